"""credscore: is this credential worth it, for me?

Three files in, one answer out: ``evaluate(load_program(…), load_goal(…))``.
"""

from typing import TYPE_CHECKING

from credscore.version import __version__

if TYPE_CHECKING:  # the door is opened on first use, see ``__getattr__``
    from credscore.api import evaluate, load_goal, load_program, load_rubric

__all__ = ["__version__", "evaluate", "load_goal", "load_program", "load_rubric"]


def __getattr__(name: str) -> object:
    """The library door, opened on first use so that ``--version`` loads no models."""
    if name in __all__:
        from credscore import api

        return getattr(api, name)
    raise AttributeError(f"module 'credscore' has no attribute '{name}'")
