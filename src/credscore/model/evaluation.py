"""Evaluation: the result, holding everything that any report may show.

A report computes nothing; whatever it prints stands here.
"""

from datetime import date
from typing import Any, ClassVar, Literal

from credscore.model.record import Record

Status = Literal["known", "unknown", "not-applicable"]
Outcome = Literal["pass", "fail", "unknown"]


SLACK = 1e-9


def whole(points: float | None) -> str:
    """Points (0 to 100) without decimals, never lifted to a bar they do not reach; a dash where there are none.

    >>> whole(57.3), whole(59.8), whole(60.0), whole(None)
    ('57', '59', '60', '–')
    """
    return "–" if points is None else f"{int(points + SLACK)}"


class Span(Record):
    """Low, likely and high of one quantity; None at an end that has no bound."""

    low: float | None
    likely: float | None
    high: float | None

    @property
    def told(self) -> str:
        """Likely points and the range around them."""
        return f"{whole(self.likely)} ({whole(self.low)}–{whole(self.high)})"


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

    @property
    def told(self) -> tuple[str, ...]:
        """The evidence behind it in words: tier, number counted, who answered, date and source, as far as stated."""
        found = (
            self.tier, f"n = {self.n:g}" if self.n else None,
            None if self.response_rate is None else f"{self.response_rate * 100:.0f} % answered",
            f"as of {self.as_of}" if self.as_of else None, self.source,
        )  # fmt: skip
        return tuple(word for word in found if word)


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
    """A question to put before paying: to whom, what a good answer is, and how far it could move the score.

    ``swing`` is in points of the score. ``settles`` means that some answer leaves only one verdict, whatever else
    comes out; ``can_flip`` that some answer changes the verdict. ``value`` is the expected gain in points of knowing
    the answer before deciding, where the rubric gives a prior.
    """

    field: str
    ask: str
    whom: str
    good_answer: str
    swing: float
    can_flip: bool
    settles: bool = False
    value: float | None = None


class Flip(Record):
    """A value at which the verdict changes, all else as it stands; ``assignment`` is what ``--set`` takes."""

    field: str
    title: str
    start: float | str | None
    end: float | str
    verdict: str
    score: float
    effort: float
    assignment: str
    says: str


class Reach(Record):
    """What cannot change the verdict alone, and the best score it can reach."""

    field: str
    title: str
    score: float
    says: str


class Combination(Record):
    """The fewest changes that together make a better verdict, where none does alone."""

    assignments: tuple[str, ...]
    verdict: str
    score: float
    effort: float
    says: str


class WeightInterval(Record):
    """How far one criterion's weight may move, the others keeping their proportions, without another verdict."""

    criterion: str
    weight: float
    low: float
    high: float


class Chance(Record):
    """The share of weightings around the stated ones that give a verdict: at the low, likely and high points."""

    verdict: str
    low: float
    likely: float
    high: float


class Robustness(Record):
    """How the verdict holds when the weights are off.

    ``tolerance`` is the share by which every weight may be wrong at once; None where no weighting changes the verdict.
    ``concentration`` is the sum of the Dirichlet parameters; ``error`` the standard error where chances were sampled.
    """

    says: str
    tolerance: float | None
    intervals: tuple[WeightInterval, ...] = ()
    chances: tuple[Chance, ...] = ()
    concentration: float | None = None
    error: float | None = None
    seed: int | None = None


class Contribution(Record):
    """Points of the whole score that a criterion, or a question of it, earns of those there are to earn."""

    criterion: str
    indicator: str | None
    title: str
    available: float
    earned: Span
    lost: float


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
    questions: tuple[Asking, ...] = ()
    flips: tuple[Flip, ...] = ()
    reaches: tuple[Reach, ...] = ()
    combinations: tuple[Combination, ...] = ()
    robustness: Robustness | None = None
    contributions: tuple[Contribution, ...] = ()
    citations: dict[str, dict[str, str]] = {}

    shown_as: ClassVar[Any] = None  #: how a notebook draws it; the library door sets it to a report

    def _repr_markdown_(self) -> str | None:
        """What a notebook shows."""
        return None if type(self).shown_as is None else str(type(self).shown_as(self))
