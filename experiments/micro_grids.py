"""How small should a micro grid be? (pattern P4: 微网格规模)

Runs ``configs/experiment/micro_grids.yaml``, a Hydra application; settings can be given::

    python experiments/micro_grids.py replicates=12 engine.workers=2

Then ``cogov report results/micro_grids`` draws weeks to notice, leaders' hours and outcomes against the
size of a grid.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("micro_grids")
