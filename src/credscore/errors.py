"""Every error a user can cause and can mend.

Each says what is wrong, where, and what to do next; none reaches the screen as a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake in one file: its place, its reason and the next step."""

    file: str
    path: str  #: dotted path of the field, or "" for the file as a whole
    reason: str
    hint: str = ""
    line: int | None = None  #: 1-based
    column: int | None = None  #: 1-based, where the reader knows it

    @property
    def place(self) -> str:
        """The place in the form editors open: ``file:line:column``."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


class CredscoreError(Exception):
    """Base of all errors a user can cause and can fix.

    ``slug`` names the section of ``docs/errors.md``; ``exit_code`` is the process's.
    """

    slug = "error"
    exit_code = 3


class InputError(CredscoreError):
    """An input cannot be used; ``problems`` lists every mistake found, in file order."""

    slug = "input"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.place}: {p.path + ': ' if p.path else ''}{p.reason}" for p in self.problems))


class UsageError(CredscoreError):
    """The command was asked for something it cannot do; ``hint`` is the next step."""

    slug = "usage"
    exit_code = 2

    def __init__(self, reason: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(reason)


class NothingToScoreError(CredscoreError):
    """The input holds no program."""

    slug = "nothing-to-score"
    exit_code = 4


class MissingExtraError(CredscoreError):
    """A command needs an optional package; the message names the install command."""

    slug = "missing-extra"
    exit_code = 2

    def __init__(self, extra: str, package: str) -> None:
        super().__init__(f"this needs {package}: pip install 'credscore[{extra}]'")


class RateError(CredscoreError):
    """No reference exchange rate is known for a pair of currencies on a day."""

    slug = "currency"
