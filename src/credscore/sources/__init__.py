"""Sources: other people's formats to programs; so far the project's own TOML and JSON.

A new format is one file here: a function from bytes to programs and problems.
"""

from credscore.sources.own import read_goal, read_program

__all__ = ["read_goal", "read_program"]
