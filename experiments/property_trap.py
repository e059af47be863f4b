"""Do firms that begin poor stay poor? (pattern P7: 物业低质低价陷阱)

Runs ``configs/experiment/property_trap.yaml``, a Hydra application; settings can be given::

    python experiments/property_trap.py replicates=12 engine.workers=2

Then ``cogov report results/property_trap`` draws quality and fees from each start.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("property_trap")
