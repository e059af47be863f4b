"""Do units that begin far apart come to the same engagement? (pattern P2: 单位参与的两种稳态)

Runs ``configs/experiment/unit_engagement.yaml``, a Hydra application; settings can be given::

    python experiments/unit_engagement.py replicates=12 engine.workers=2

Then ``cogov report results/unit_engagement`` draws engagement week by week from each start: where two lines
stay apart there are two states.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("unit_engagement")
