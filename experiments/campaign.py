"""Do a hundred days of concentrated work leave anything? (seed 002: 百日行动)

Runs ``configs/experiment/campaign.yaml``, a Hydra application; settings can be given::

    python experiments/campaign.py replicates=12 engine.workers=2

Then ``cogov report results/campaign`` draws open problems week by week under the campaign and without
it; outcomes by compound compare the places chosen, and those not, with the same places under the baseline.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("campaign")
