"""Does what worked in one neighbourhood work in all? (seed 000: 在32个居民区落地生根)

Runs ``configs/experiment/scale_up.yaml``, a Hydra application; settings can be given::

    python experiments/scale_up.py replicates=12 engine.workers=2

Then ``cogov report results/scale_up`` compares 1, 4, 16 and 32 neighbourhoods; places of the first tell
what a pilot hides.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("scale_up")
