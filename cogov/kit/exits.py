"""How a command ends: its exit code, and what it says on standard error when it cannot go on."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from cogov.kit.errors import CogovError

FAULT = 1
"""Exit code of what should not happen."""


def exit_code(work: Callable[[], int | None]) -> int:
    """Do some work; returns the exit code of the process.

    0, or what the work returns; 2 for wrong input, or if there is no room, on disk or in memory; 130 if
    interrupted; 1 if cogov itself is at fault, with the line at which, in place of a traceback.
    """
    try:
        code = work() or 0
        sys.stdout.flush()
    except CogovError as error:
        print("\n".join([f"cogov: {error}", *getattr(error, "__notes__", ())]), file=sys.stderr)
        return 2
    except KeyboardInterrupt as error:
        print("\n".join(["cogov: interrupted", *getattr(error, "__notes__", ())]), file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader has gone; so that the interpreter's own last flush is quiet too
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, MemoryError) as error:
        reason = "not enough memory" if isinstance(error, MemoryError) else str(error)
        print(f"cogov: {reason}", file=sys.stderr)
        return 2
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        text = f"{type(error).__name__}: {' '.join(str(error).split())[:300]} ({place})"
        print(f"cogov: a fault of cogov's own, please report it: {text}", file=sys.stderr)
        return FAULT
    return code
