"""What happens in a worker of dask.distributed; imported where distributed is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from distributed import Worker, WorkerPlugin

from cogov.errors import StudyError
from cogov.study.cell import Cell, RunResult, execute
from cogov.study.identity import model_version

if TYPE_CHECKING:
    from cogov.study.study import Study


class StudyPlugin(WorkerPlugin):
    """Brings the study to every worker once, also to those that start later or again."""

    def __init__(self, study: Study):
        self.study = study
        self.version = model_version()

    def setup(self, worker: Worker) -> None:
        self.place = worker.address

    def run(self, *cell: Any) -> RunResult:
        """Run the cell with these values.

        Raises
        ------
        StudyError
            If this worker has another version of the model: its results would not belong to the study.
        """
        if self.version != model_version():
            raise StudyError(
                f"the worker at {self.place} has cogov {model_version()}, and this study is run with"
                f" {self.version}: install one version everywhere"
            )
        return execute(self.study, Cell(*cell))
