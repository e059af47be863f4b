"""A mechanism that misbehaves where it is told to; workers import it from here."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from cogov.kit.fields import param
from cogov.mechanisms import Mechanism
from cogov.rules import Design, Rule


@dataclass(frozen=True, kw_only=True)
class Fault(Mechanism):
    """Does harm instead of bringing rules."""

    name, zh, seed, family = "fault", "故障", "none", "tests"
    zero = {"kind": "none"}

    kind: str = param(choices=("none", "die", "raise", "wait"), doc="what happens")
    spare: int = param(0, low=0, high=2**31, doc="process in which nothing happens")
    once: str = param("", doc="file that says that it has happened; empty: it happens every time")

    def rules(self) -> tuple[Rule, ...]:
        if self.kind == "none" or os.getpid() == self.spare or (self.once and Path(self.once).exists()):
            return ()
        if self.once:
            Path(self.once).touch()
        if self.kind == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.kind == "wait":
            time.sleep(600)
        raise RuntimeError("the mechanism is broken")


def broken(kind: str, once: str | Path = "") -> Design:
    """A design that does harm in any process but this one."""
    fault = Fault(kind=kind, spare=os.getpid(), once=str(once))
    return Design((fault,), name=f"broken_{kind}")
