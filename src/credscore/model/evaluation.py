"""Evaluation: the result, holding everything that any report may show.

A report computes nothing; whatever it prints stands here.
"""

from datetime import date
from typing import Any, ClassVar, Literal

from credscore.model.record import Record

Status = Literal["known", "unknown", "not-applicable"]
Outcome = Literal["pass", "fail", "unknown"]


class Span(Record):
    """Low, likely and high of one quantity; None at an end that has no bound."""

    low: float | None
    likely: float | None
    high: float | None


class Exhibit(Record):
    """One fact that a measure looked at, with its evidence."""

    field: str
    says: str
    gap: str | None = None
    source: str | None = None
    as_of: date | None = None
    tier: str | None = None
    n: float | None = None
    response_rate: float | None = None


class IndicatorResult(Record):
    """One question, what was found, what it earned and how it is put to the learner."""

    id: str
    title: str
    measure: str
    unit: str
    status: Status
    group: str | None = None
    value: Span | str | bool | None = None
    points: Span | None = None
    weight: float
    says: str
    why: str
    improve: str
    cite: tuple[str, ...] = ()
    evidence: tuple[Exhibit, ...] = ()


class CriterionResult(Record):
    """One criterion's score, its weight in the whole and the share of it that rests on known facts."""

    id: str
    title: str
    why: str
    weight: float
    score: Span | None
    coverage: float
    indicators: tuple[IndicatorResult, ...]


class GateResult(Record):
    """A non-compensatory test and its outcome."""

    id: str
    title: str
    kind: str
    outcome: Outcome
    says: str
    improve: str = ""


class FlagResult(Record):
    """A warning that was raised."""

    id: str
    says: str
    authority: str


class Asking(Record):
    """A question to put before paying: to whom, what a good answer is, and how far it could move the score."""

    field: str
    ask: str
    whom: str
    good_answer: str
    swing: float
    can_flip: bool


class Flip(Record):
    """A value at which the verdict changes."""

    field: str
    start: float | None
    end: float
    verdict: str
    says: str


class FigureResult(Record):
    """A number in the learner's own units; shown, never scored."""

    id: str
    says: str


class StakesResult(Record):
    """What is lost if it fails: in money, and in weeks of the learner's own pay."""

    level: Literal["small", "material", "severe", "unknown"]
    loss: float | None
    weeks_of_pay: float | None
    says: str


class About(Record):
    """What was judged, for whom, by what."""

    program: dict[str, str | None]
    goal: dict[str, str | None]
    rubric: dict[str, str]
    currency: str
    exchange: str | None = None


class Evaluation(Record):
    """The answer for one program and one goal under one rubric on one day."""

    about: About
    as_of: date
    verdict: str
    headline: str
    score: Span
    coverage: float
    stakes: StakesResult
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    missing: tuple[str, ...]
    criteria: tuple[CriterionResult, ...]
    gates: tuple[GateResult, ...]
    flags: tuple[FlagResult, ...]
    figures: tuple[FigureResult, ...]
    context: tuple[FigureResult, ...]
    questions: tuple[Asking, ...]
    flips: tuple[Flip, ...] = ()
    citations: dict[str, dict[str, str]] = {}

    shown_as: ClassVar[Any] = None  #: how a notebook draws it; the library door sets it to a report

    def _repr_markdown_(self) -> str | None:
        """What a notebook shows."""
        return None if type(self).shown_as is None else str(type(self).shown_as(self))
