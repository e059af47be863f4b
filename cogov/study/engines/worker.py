"""What happens in a worker of dask.distributed; imported where distributed is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from distributed import Worker, WorkerPlugin

from cogov.kit.errors import StudyError
from cogov.study.cell import Cell, RunResult
from cogov.study.execute import execute
from cogov.study.identity import versions_of
from cogov.study.machine import machine, other_bits

if TYPE_CHECKING:
    from cogov.study.study import Study


class StudyPlugin(WorkerPlugin):
    """Brings the study to every worker once, also to those that start later or again."""

    def __init__(self, study: Study):
        self.study = study
        self.versions = versions_of(study.arms)
        self.machine = machine()

    def setup(self, worker: Worker) -> None:
        self.place = worker.address

    def run(self, *cells: Any) -> list[RunResult]:
        """Run the cells with these values.

        Raises
        ------
        StudyError
            If this worker has another version of the model, or is a machine that may compute other bits: its
            results would not belong to the study.
        """
        differing = [
            f"  {name}: {self.versions[name]} -> {version}"
            for name, version in versions_of(self.study.arms).items()
            if self.versions[name] != version
        ]
        if differing := [*differing, *other_bits(self.machine)]:
            lines = "\n".join(differing)
            raise StudyError(
                f"the worker at {self.place} has other versions than this study is run with:\n{lines}\n"
                "Install one version everywhere"
            )
        return [execute(self.study, Cell(*cell)) for cell in cells]
