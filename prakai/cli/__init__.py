"""The command line: one more door. ``prakai --help`` lists what it can do."""

from prakai.cli.main import main

__all__ = ["main"]
