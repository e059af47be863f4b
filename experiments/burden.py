"""Where does one mechanism more begin to hurt? (pattern P8: 上面千条线，下面一根针)

Runs ``configs/experiment/burden.yaml``, a Hydra application; settings can be given::

    python experiments/burden.py replicates=12 engine.workers=2

Then ``cogov report results/burden`` draws what changes as four, eight and twelve mechanisms are added in
three orders, with a budget that grows with them and one that does not, with relief and without.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("burden")
