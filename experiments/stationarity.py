"""Does Wuliqiao stand still under the baseline, once it has settled, for ten years?

Runs ``configs/experiment/stationarity.yaml``, a Hydra application; settings can be given::

    python experiments/stationarity.py communities=small replicates=20

Then ``cogov report results/stationarity`` draws how far each level has drifted, half-year by half-year,
against what replicates differ by, and says how many runs stood still when their record began. Another design
is looked at in the same way with ``baseline=wuliqiao_2020 designs=wuliqiao_2020``.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("stationarity")
