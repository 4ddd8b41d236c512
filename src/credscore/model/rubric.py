"""Rubric: criteria, gates, flags, stakes and verdict bands, every number beside its citation.

A rubric is data; nothing here judges, and an uncited number cannot load.
"""

from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, field_validator, model_validator

from credscore.model.applies import Applies, Identifier
from credscore.model.curve import Curve
from credscore.model.goal import Aim
from credscore.model.lever import Lever
from credscore.model.notation import mistake
from credscore.model.program.terms import CalendarDay
from credscore.model.record import Record
from credscore.model.verdict import Cites, Ladder, Points, Stakes

Basis = Literal["law", "statistic", "standard", "research", "trade", "vendor", "derived", "judgement"]
GateKind = Literal["integrity", "eligibility", "requirement"]


class Citation(Record):
    """Where a number comes from: a title and an address, or an honest ``basis = "judgement"``."""

    title: str
    basis: Basis
    url: str | None = None
    read_on: CalendarDay | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _can_be_followed(self) -> "Citation":
        if self.basis not in ("judgement", "derived") and not self.url:
            raise mistake("a citation needs an address", 'add url = "https://…", or say basis = "judgement"')
        return self


class Assumption(Record):
    """A number the measures need and no program states: one value, a range, or one per word."""

    value: float | dict[str, float]
    low: float | None = None
    high: float | None = None
    unit: str
    why: str
    cite: Cites

    @model_validator(mode="after")
    def _range_in_order(self) -> "Assumption":
        ranged = self.low is not None and self.high is not None and isinstance(self.value, float)
        if ranged and not self.low <= self.value <= self.high:  # type: ignore[operator]
            raise mistake(f"value {self.value} is outside {self.low} to {self.high}", "order them")
        return self


class Variant(Record):
    """Another curve where a program field has a given word."""

    field: str
    word: str
    points: tuple[tuple[float, Points], ...]

    @cached_property
    def curve(self) -> Curve:
        """The value function."""
        return Curve.through(self.points)


class Indicator(Record):
    """A measure placed in a rubric: value function, weight, words and citation.

    ``points`` maps the measure to 0-100: knots for a number, points per word for a category, and
    ``{ yes = 100, no = 0 }`` for a statement. ``unknown`` is the likely points while it is unknown;
    the range then stays 0-100. Members of one ``group`` answer one question; the best proof counts. ``prior`` says
    how it is spread while unknown: evenly between two values of the measure, or the chance of a yes.
    """

    id: Identifier
    title: str
    measure: str
    points: tuple[tuple[float, Points], ...] | dict[str, Points]
    variants: tuple[Variant, ...] = ()
    weight: Annotated[float, Field(gt=0)]
    weight_by_aim: dict[Aim, Annotated[float, Field(ge=0)]] = {}
    applies: Applies = Applies.model_construct()
    group: Identifier | None = None
    unknown: Points = 30.0
    prior: tuple[float, float] | float | None = None
    likely_from: tuple[Identifier, ...] = ()
    small_stakes: Points | None = None
    met: str
    unmet: str
    open: str
    why: str
    ask: str
    ask_whom: str = "the provider"
    good_answer: str = ""
    improve: str
    cite: Cites

    @field_validator("points", mode="before")
    @classmethod
    def _in_order(cls, points: Any) -> Any:
        return _knots(points) if isinstance(points, list | tuple) else points

    @field_validator("prior")
    @classmethod
    def _sane_prior(cls, prior: Any) -> Any:
        if isinstance(prior, tuple) and prior[0] >= prior[1]:
            raise mistake(f"prior {prior[0]:g} to {prior[1]:g} is no range", "write prior = [low, high]")
        if isinstance(prior, float) and not 0 <= prior <= 1:
            raise mistake(f"prior {prior:g} is no chance", "a chance is a share of 0 to 1")
        return prior

    @cached_property
    def curve(self) -> Curve | None:
        """The value function of a number; None where points stand beside words."""
        return None if isinstance(self.points, dict) else Curve.through(self.points)

    def weight_for(self, aim: str) -> float:
        """Importance of the question for one aim, 0 to 3."""
        return self.weight_by_aim.get(aim, self.weight)  # type: ignore[call-overload]


class Criterion(Record):
    """A weighted group of indicators: one of the rooms of the scorecard."""

    title: str
    why: str
    indicators: tuple[Indicator, ...]


class AimWeights(Record):
    """What one aim makes important, and which question decides it."""

    title: str
    weights: dict[Identifier, Annotated[float, Field(ge=0)]]
    deciding: tuple[Identifier, ...] = ()
    deciding_says: str = ""
    cite: Cites


class Test(Record):
    """A measure held against a bound, or a statement that must be true."""

    measure: str
    at_least: float | None = None
    at_most: float | None = None


class Says(Record):
    """What a gate tells the learner."""

    passed: Annotated[str, Field(alias="pass")]
    failed: Annotated[str, Field(alias="fail")]
    unknown: str


class Gate(Record):
    """A non-compensatory test: pass, fail or unknown.

    ``decides`` says where an integrity gate left unknown means that nothing else can be trusted.
    """

    id: Identifier
    title: str
    kind: GateKind
    test: Annotated[Test, Field(alias="pass")]
    applies: Applies = Applies.model_construct()
    decides: Applies | None = None
    says: Says
    ask: str
    ask_whom: str = "the provider"
    good_answer: str = ""
    improve: str = ""
    cite: Cites
    effective_from: date | None = None
    effective_to: date | None = None


class Flag(Record):
    """A warning that is always printed and never averaged away."""

    id: Identifier
    when: Test
    says: str
    authority: str
    applies: Applies = Applies.model_construct()
    cite: Cites


class Figure(Record):
    """A number worth telling the learner in their own units; shown, never scored."""

    id: Identifier
    measure: str
    says: str
    applies: Applies = Applies.model_construct()
    cite: Cites


class Context(Record):
    """What is known of such credentials at large; shown, never scored."""

    id: Identifier
    says: str
    applies: Applies = Applies.model_construct()
    cite: Cites


class Rubric(Record):
    """What is asked of a program for a goal, and how the answers become a verdict."""

    id: Identifier
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: str
    as_of: CalendarDay
    description: str = ""
    citations: dict[Identifier, Citation] = {}
    assumptions: dict[Identifier, Assumption] = {}
    criteria: dict[Identifier, Criterion] = {}
    aims: dict[Aim, AimWeights] = {}
    gates: tuple[Gate, ...] = ()
    flags: tuple[Flag, ...] = ()
    figures: tuple[Figure, ...] = ()
    context: tuple[Context, ...] = ()
    levers: tuple[Lever, ...] = ()
    stakes: Stakes
    verdict: Ladder

    _digest: str = PrivateAttr(default="")

    @property
    def digest(self) -> str:
        """The SHA-256 of the file it was read from, as ``sha256:…``; empty for a rubric made in memory."""
        return self._digest

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in the order of the file."""
        return tuple(i for criterion in self.criteria.values() for i in criterion.indicators)


def _knots(points: Any) -> Any:
    """The knots as written, once they are known to run in order of x."""
    places = [p[0] for p in points if isinstance(p, list | tuple) and len(p) == 2 and isinstance(p[0], int | float)]
    if len(places) == len(points):
        if not points:
            raise mistake("a curve needs at least one knot", "write points = [[x, points], …]")
        for a, b in pairwise(places):
            if a > b:
                raise mistake(f"knots are not in order: {a:g} comes before {b:g}", "sort them by their first number")
    return points
