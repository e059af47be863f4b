"""Which of the designs of five documents works better in Wuliqiao, by how much, and how sure are we?

Runs ``configs/experiment/compare_designs.yaml``, a Hydra application; settings can be given::

    python experiments/compare_designs.py replicates=3 engine.workers=2
    python experiments/compare_designs.py --multirun communities=small reform_week=13,26

Then ``cogov report results/compare_designs`` draws the outcomes over the weeks with the reform marked, the
differences from the baseline with their intervals, who gains and who loses, and what it costs.
"""

from cogov.cli.sweep import experiment

if __name__ == "__main__":
    experiment("compare_designs")
