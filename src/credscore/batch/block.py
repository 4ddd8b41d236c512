"""Block: what a batch asks, and a run of programs that were asked it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from credscore.errors import Problem
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.rubric import Rubric
from credscore.scoring.plan import Plan, make_plan


class Question(NamedTuple):
    """What a batch asks of every program: each goal's plan, under one rubric on one day."""

    rubric: Rubric
    goals: tuple[Goal, ...]
    as_of: date
    coverage: bool = False  #: whether to measure what missing facts leave open
    reasons: bool = False  #: whether to tell the reasons for each verdict

    def plans(self) -> tuple[Plan, ...]:
        """The plan of each goal."""
        return tuple(make_plan(self.rubric, goal, self.as_of) for goal in self.goals)


class Failed(NamedTuple):
    """One row or file that could not be scored, with every reason."""

    source: str
    row: int | None  #: from 1, below the header; None for a file of its own
    problems: tuple[Problem, ...]


class Block(NamedTuple):
    """A run of programs: for each goal a table of answers, as a frame or as rows by column."""

    answers: tuple[Any, ...]  #: a Polars frame, or a list of dictionaries, for each goal
    failed: tuple[Failed, ...]
    seen: int  #: how many rows or files it covers
    empty: int = 0  #: how many of them hold nothing at all
    stated: Mapping[str, int] = {}  #: in how many of them each field is stated
    programs: Callable[[Sequence[int]], Iterator[Program]] | None = None  #: the programs in some rows of a frame

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every answer as a dictionary by column, goal by goal."""
        for table in self.answers:
            yield from table if isinstance(table, list) else table.iter_rows(named=True)
