"""What decides whether a lift is built? (pattern P6: 加梯表决)

Runs ``configs/experiment/lift_consent.yaml``, a Hydra application; settings can be given::

    python experiments/lift_consent.py replicates=12 engine.workers=2

Then ``cogov report results/lift_consent`` draws consents and lifts by law, with and without plans re-fitted
to objectors.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("lift_consent")
