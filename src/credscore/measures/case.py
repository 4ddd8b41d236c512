"""Case: one question put to the measures, and how a measure answers it.

A measure is written once over cells; each answer is worked out once a case and remembers what it read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from credscore.errors import InputError, Problem
from credscore.measures.facts import Facts
from credscore.model.cell import UNKNOWN, Number, Text, lookup
from credscore.model.estimate import Estimate, Truth
from credscore.model.goal import Goal
from credscore.model.rubric import Assumption

Answer: TypeAlias = "Estimate | Truth | Text"
Kept = TypeVar("Kept", Estimate, Truth, Text)


class Given(NamedTuple):
    """The rubric's assumptions: numbers that measures need and no program states."""

    assumptions: Mapping[str, Assumption]
    rubric: str = "rubric"

    def number(self, name: str) -> float:
        """The value of an assumption, in its own unit."""
        value = self._find(name).value
        return value if isinstance(value, float) else value.get("other", UNKNOWN)

    def range(self, name: str) -> Estimate:
        """The low, likely and high value of an assumption."""
        found = self._find(name)
        value = self.number(name)
        low = value if found.low is None else found.low
        high = value if found.high is None else found.high
        return Estimate.of(value) if low == high else Estimate(low, value, high)

    def entry(self, name: str, word: str) -> float:
        """The value that stands beside one word; that of ``other`` for a word not listed."""
        found = self.by(name, word)
        assert isinstance(found, float)
        return found

    def by(self, name: str, word: Text) -> Number:
        """The value that stands beside a word; that of ``other`` for words not listed."""
        table = self._find(name).value
        if isinstance(table, float):
            return table
        return lookup(word, table, table.get("other", UNKNOWN))

    def _find(self, name: str) -> Assumption:
        found = self.assumptions.get(name)
        if found is None:
            raise InputError(
                [
                    Problem(
                        self.rubric,
                        f"assumptions.{name}",
                        "is required by a measure this rubric uses",
                        "copy it from rubrics/standard.toml, with its citation",
                    )
                ]  # fmt: skip
            )
        return found


@dataclass(frozen=True, slots=True)
class Case:
    """These facts, for this goal, under these assumptions, on this day.

    ``as_of`` is a day's ordinal number; ``exchange`` turns US dollars of an assumption into goal currency.
    """

    program: Facts
    goal: Goal
    given: Given
    as_of: float
    exchange: float = 1.0
    memo: dict[str, tuple[Any, dict[str, None]]] = field(default_factory=dict)


ASKED = "measure "
"""Stands before the name of a measure among the cells that another one read."""


@dataclass(frozen=True, slots=True)
class Measure(Generic[Kept]):
    """A named function of a case; ``unit`` says what its numbers count, or "word" or "statement"."""

    name: str
    unit: str
    function: Callable[[Case], Kept]
    asked: str = field(init=False)  #: how it stands among the cells that another measure read

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", ASKED + self.name)

    @property
    def says(self) -> str:
        """The first line of its documentation."""
        return (self.function.__doc__ or "").strip().splitlines()[0]

    def __call__(self, case: Case) -> Kept:
        """The answer for a case, worked out once; what it reads is noted each time."""
        name, facts, memo = self.name, case.program, case.memo
        before = facts.reads
        before[self.asked] = None
        if name in memo:
            return memo[name][0]
        facts.reads = {}
        answer = self.function(case)
        memo[name] = (answer, facts.reads)
        facts.reads = before
        return answer

    def fields(self, case: Case) -> Iterator[str]:
        """The cells that the answer for a case rests on, its own and those of the measures it asked, in order."""
        for name in case.memo[self.name][1] if self.name in case.memo else ():
            if name.startswith(ASKED):
                yield from MEASURES[name.removeprefix(ASKED)].fields(case)
            else:
                yield name


MEASURES: dict[str, Measure[Any]] = {}


def measure(unit: str) -> Callable[[Callable[[Case], Kept]], Measure[Kept]]:
    """Enter a function in the catalogue of measures under ``room.function``."""

    def enter(function: Callable[[Case], Kept]) -> Measure[Kept]:
        room = function.__module__.removeprefix("credscore.measures.").split(".")[0]
        name = f"{room}.{function.__name__}"
        entry = MEASURES[name] = Measure(name, unit, function)
        return entry

    return enter
