"""What happens in a worker of dask.distributed; imported where distributed is."""

from __future__ import annotations

import copy
import dataclasses
from typing import TYPE_CHECKING

from distributed import Worker, WorkerPlugin, get_worker

from cogov.errors import StudyError
from cogov.study.cell import Cell, RunResult, execute
from cogov.study.identity import model_version

if TYPE_CHECKING:
    from cogov.study.study import Study


class StudyPlugin(WorkerPlugin):
    """Brings the study to every worker once, also to those that start later or again."""

    def __init__(self, study: Study):
        self.study = copy.copy(study)
        fields = {field.name for field in dataclasses.fields(study)}
        for name in vars(study).keys() - fields:  # what the study has worked out: the plan, long perhaps
            del vars(self.study)[name]
        self.version = model_version()

    def setup(self, worker: Worker) -> None:
        self.place = worker.address


def run_cell(plugin: str, cell: Cell) -> RunResult:
    """Run one cell of the study that a plugin has brought.

    Raises
    ------
    StudyError
        If the worker has another version of the model: its results would not belong to the study.
    """
    brought = get_worker().plugins[plugin]
    assert isinstance(brought, StudyPlugin)
    if brought.version != model_version():
        raise StudyError(
            f"the worker at {brought.place} has cogov {model_version()}, and this study is run with"
            f" {brought.version}: install one version everywhere"
        )
    return execute(brought.study, cell)
