"""How a command ends: its exit code, and what it says on standard error when it cannot go on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from cogov.errors import CogovError


def exit_code(work: Callable[[], int | None]) -> int:
    """Do some work; returns 0, or what the work returns, or 2 for wrong input, 130 if interrupted."""
    try:
        code = work() or 0
        sys.stdout.flush()
    except CogovError as error:
        print(f"cogov: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("cogov: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader has gone; so that the interpreter's own last flush is quiet too
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
