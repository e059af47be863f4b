"""Which of three designs works better in Wuliqiao, by how much, and how sure are we?

Runs ``configs/experiment/compare_designs.yaml``; settings can be given as to ``cogov study``::

    python experiments/compare_designs.py replicates=3 workers=2

Figures (in ``results/compare_designs/``): ``trajectories.png``, the outcomes over the weeks with the
reform marked, and ``effects.png``, the differences from the baseline with their 95 % intervals.
"""

import sys

from cogov.cli import main

if __name__ == "__main__":
    sys.exit(main(["study", "experiment=compare_designs", *sys.argv[1:]]))
