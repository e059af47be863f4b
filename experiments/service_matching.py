"""What brings more of what units offer to those who need it? (pattern P3: 供需对接)

Runs ``configs/experiment/service_matching.yaml``, a Hydra application; settings can be given::

    python experiments/service_matching.py replicates=12 engine.workers=2

Then ``cogov report results/service_matching`` compares pairs, a rota and lists of growing reach.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("service_matching")
