"""Into how many blocks should neighbourhoods be pooled, and which together? (pattern P1: 街区划分)

Runs ``configs/experiment/block_size.yaml``, a Hydra application; settings can be given::

    python experiments/block_size.py replicates=12 engine.workers=2

Then ``cogov report results/block_size`` draws how each outcome responds to the number of blocks for each
way of grouping.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("block_size")
