"""Where does one mechanism more begin to hurt? (pattern P8: 上面千条线，下面一根针)

Runs ``configs/experiment/burden.yaml``, a Hydra application; settings can be given::

    python experiments/burden.py replicates=12 engine.workers=2

Then ``cogov report results/burden`` draws outcomes as mechanisms are added, by the share of hours that
administration takes.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("burden")
