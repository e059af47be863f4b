"""Experiments as Hydra applications: what ``experiments/*.py`` call."""

from __future__ import annotations

import re
import sys
from typing import Any

from cogov.cli.study import run
from cogov.kit.exits import exit_code
from cogov.kit.resources import shipped, values_of
from cogov.study.settings import read_study


def experiment(name: str) -> None:
    """Run an experiment of ``configs/experiment`` as a Hydra application; ends the process.

    Settings are given as to ``cogov study``, in Hydra's own grammar; with ``--multirun`` every job is a
    study in a folder of its own, named after what the job overrides.
    """
    import hydra

    from cogov.kit.configsource import guard

    guard()
    settings = [place for place, word in enumerate(sys.argv) if "=" in word and word[0] != "-"]
    if not any(sys.argv[place].startswith("experiment=") for place in settings):
        # Hydra takes settings in one row only, before or after its flags.
        sys.argv.insert(min(settings, default=len(sys.argv)), f"experiment={name}")
    codes: list[int] = []
    hydra.main(version_base="1.3", config_path=str(shipped("configs")), config_name="study")(
        lambda config: codes.append(_job(config))
    )()
    sys.exit(max(codes, default=0))


def _job(config: Any) -> int:
    """One job; returns the exit code as `cogov.cli.main` does."""
    from hydra.core.hydra_config import HydraConfig
    from hydra.types import RunMode

    def work() -> int:
        values = values_of(config)
        settings = HydraConfig.get()
        if settings.mode == RunMode.MULTIRUN:
            job = ",".join(word for word in settings.overrides.task if not word.startswith("experiment="))
            values["name"] = f"{values['name']}-" + re.sub(r"[^\w=.,-]+", "_", job)
        return run(*read_study(values))

    return exit_code(work)
