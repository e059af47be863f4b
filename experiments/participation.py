"""Who takes part, and does it matter how many began? (patterns P5, P11: 参与与扩散)

Runs ``configs/experiment/participation.yaml``, a Hydra application; settings can be given::

    python experiments/participation.py replicates=12 engine.workers=2

Then ``cogov report results/participation`` draws participation from each start; the groups table has it by
age and membership.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("participation")
