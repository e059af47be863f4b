"""Which mechanisms of a design carry its effects?

Runs ``configs/experiment/ablation.yaml``, a Hydra application; settings can be given::

    python experiments/ablation.py replicates=12 engine.workers=2

Then ``cogov report results/ablation`` shows what each adds, after `cogov study attribute results/ablation
design=wuliqiao_2020 players=families`.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("ablation")
