"""Into how many blocks should Wuliqiao pool its neighbourhoods? (pattern P1 of the model: 街区划分)

Runs ``configs/experiment/blocks.yaml``, a Hydra application; settings can be given::

    python experiments/blocks.py replicates=12 engine.workers=2

Then ``cogov report results/blocks`` draws how each outcome responds to the number of blocks, with intervals;
the baseline, which has no blocks, is a band across.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("blocks")
