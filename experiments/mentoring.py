"""What do a studio, visits and training do to what secretaries can do? (pattern P9: 传帮带)

Runs ``configs/experiment/mentoring.yaml``, a Hydra application; settings can be given::

    python experiments/mentoring.py replicates=12 engine.workers=2

Then ``cogov report results/mentoring`` draws capability for each way of learning, against turnover.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("mentoring")
