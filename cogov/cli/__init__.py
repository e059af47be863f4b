"""The command line: ``cogov run | study | report | show | list | diff``."""

from cogov.cli.app import main

__all__ = ["main"]
