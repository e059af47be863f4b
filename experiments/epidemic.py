"""What does an epidemic cost, and what shortens the recovery? (pattern P10: 疫情冲击)

Runs ``configs/experiment/epidemic.yaml``, a Hydra application; settings can be given::

    python experiments/epidemic.py replicates=12 engine.workers=2

Then ``cogov report results/epidemic`` compares depth, weeks to recover and area lost.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("epidemic")
