"""``python -m cogov``."""

import sys

from cogov.cli import main

if __name__ == "__main__":
    sys.exit(main())
