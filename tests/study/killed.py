"""A driver to kill: ``python killed.py FOLDER WORKERS REPLICATES``. It has no main guard on purpose."""

import sys
from pathlib import Path

from cogov.study import Study, store
from cogov.study.driver import Progress, run_study

folder, workers, replicates = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
store.RUNS = 3  # so that there is something on disk soon


def say(progress: Progress) -> None:
    """Tell the test how far it is."""
    print(progress.made, progress.failed, flush=True)


study = Study(
    communities=["small"],
    designs=["quyang_2014", "wuliqiao_2020"],
    replicates=replicates,
    weeks=10,
    run_in=0,
    reform_week=3,
)
run_study(study, folder, engine={"name": "dask", "workers": workers}, on_progress=say)
