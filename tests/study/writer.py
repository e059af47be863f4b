"""A driver that flushes one run after another and says so, to be killed by tests."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from cogov.study.store import Store
    from tests.study.synthetic import made_up, made_up_study

    study = made_up_study()
    with Store.open(sys.argv[1], study) as store:
        for cell in study.cells():
            if cell.run not in store.done:
                store.add(made_up(study, cell))
                store.flush()
                print("flushed", flush=True)
        sys.stdin.read()
