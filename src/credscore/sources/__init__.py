"""Sources: other people's formats to programs; so far the project's own TOML and JSON.

A new format is one file here: a function from bytes to programs and problems.
"""

from credscore.sources.baseline import baselines, read_baseline
from credscore.sources.own import read_goal, read_program

__all__ = ["baselines", "read_baseline", "read_goal", "read_program"]
