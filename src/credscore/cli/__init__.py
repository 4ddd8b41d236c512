"""The command line: options in, one call, a report out, an exit code.

Nothing heavy is loaded before a command needs it.
"""

from credscore.cli.app import app

__all__ = ["app"]
