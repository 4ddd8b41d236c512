"""The published shape ``credscore/evaluation/1``, record by record.

Frozen: a change is a new module, never an edit of a published key. The records repeat the model on purpose, so that
renaming a model field cannot rename a key in somebody's pipeline.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "credscore/evaluation/1"


class Shape(BaseModel):
    """A closed record of the published shape."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=True)


class SpanV1(Shape):
    """Low, likely and high; null at an end without a bound (a payback that never comes)."""

    low: float | None
    likely: float | None
    high: float | None


class ToolV1(Shape):
    """What made this."""

    name: Literal["credscore"]
    version: str


class ProgramV1(Shape):
    """What was judged."""

    id: str
    name: str
    provider: str
    kind: str
    url: str | None


class GoalV1(Shape):
    """For whom."""

    id: str
    name: str
    aim: str
    currency: str


class RubricV1(Shape):
    """By what; ``digest`` is the SHA-256 of the rubric file."""

    id: str
    version: str
    digest: str


class StakesV1(Shape):
    """What is lost if it fails (goal currency; weeks of the learner's own pay)."""

    level: Literal["small", "material", "severe", "unknown"]
    loss: float | None
    weeks_of_pay: float | None
    says: str


class EvidenceV1(Shape):
    """A fact that a measure looked at."""

    field: str
    value: str
    gap: str | None
    source: str | None
    as_of: date | None
    tier: str | None
    n: float | None
    response_rate: float | None


class IndicatorV1(Shape):
    """One question; ``weight`` is its share of the criterion."""

    id: str
    title: str
    measure: str
    unit: str
    status: Literal["known", "unknown", "not-applicable"]
    group: str | None
    value: SpanV1 | bool | str | None
    points: SpanV1 | None
    weight: float
    says: str
    cite: tuple[str, ...]
    evidence: tuple[EvidenceV1, ...]


class CriterionV1(Shape):
    """One criterion; ``weight`` is its share of the whole, 0 where the goal does not need it."""

    id: str
    title: str
    weight: float
    score: SpanV1 | None
    coverage: float
    indicators: tuple[IndicatorV1, ...]


class GateV1(Shape):
    """A non-compensatory test."""

    id: str
    title: str
    kind: Literal["integrity", "eligibility", "requirement"]
    outcome: Literal["pass", "fail", "unknown"]
    says: str


class FlagV1(Shape):
    """A warning that was raised."""

    id: str
    says: str
    authority: str


class QuestionV1(Shape):
    """What to ask before paying; ``swing`` and ``value`` in points of the score."""

    field: str
    ask: str
    whom: str
    good_answer: str
    swing: float
    can_flip: bool
    settles: bool
    value: float | None


class FlipV1(Shape):
    """A value at which the verdict changes; ``set`` is what ``--set`` takes."""

    field: str
    title: str
    start: Annotated[float | str | None, Field(alias="from")]
    end: Annotated[float | str, Field(alias="to")]
    verdict: str
    score: float
    effort: float
    assignment: Annotated[str, Field(alias="set")]
    says: str


class ReachV1(Shape):
    """What cannot change the verdict alone, and the best score it can reach."""

    field: str
    title: str
    score: float
    says: str


class CombinationV1(Shape):
    """The fewest changes that together make a better verdict, where none does alone."""

    assignments: Annotated[tuple[str, ...], Field(alias="set")]
    verdict: str
    score: float
    effort: float
    says: str


class WeightIntervalV1(Shape):
    """How far one criterion's weight may move without another verdict (shares)."""

    criterion: str
    weight: float
    low: float
    high: float


class ChanceV1(Shape):
    """The share of weightings near the stated ones that give this verdict or better."""

    verdict: str
    low: float
    likely: float
    high: float


class RobustnessV1(Shape):
    """How the verdict holds when weights are off; ``tolerance`` null where no weighting changes it."""

    says: str
    tolerance: float | None
    intervals: tuple[WeightIntervalV1, ...]
    chances: tuple[ChanceV1, ...]
    concentration: float | None
    error: float | None
    seed: int | None


class ContributionV1(Shape):
    """Points of the whole score earned of those available; ``indicator`` null for a whole criterion."""

    criterion: str
    indicator: str | None
    title: str
    available: float
    earned: SpanV1
    lost: float


class NoteV1(Shape):
    """A sentence that is shown and never scored."""

    id: str
    says: str


class CitationV1(Shape):
    """Where a number of the rubric comes from."""

    title: str
    url: str
    basis: str


class EvaluationV1(Shape):
    """The answer for one program and one goal."""

    schema_: Annotated[Literal["credscore/evaluation/1"], Field(alias="schema")]
    tool: ToolV1
    as_of: date
    program: ProgramV1
    goal: GoalV1
    rubric: RubricV1
    exchange: str | None
    verdict: Literal[
        "avoid", "not-eligible-yet", "not-worth-it", "insufficient-evidence", "compare-first", "worth-it-if", "worth-it"
    ]
    headline: str
    score: SpanV1
    coverage: Annotated[float, Field(ge=0, le=1)]
    stakes: StakesV1
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    missing: tuple[str, ...]
    criteria: tuple[CriterionV1, ...]
    gates: tuple[GateV1, ...]
    flags: tuple[FlagV1, ...]
    figures: tuple[NoteV1, ...]
    context: tuple[NoteV1, ...]
    questions: tuple[QuestionV1, ...]
    flips: tuple[FlipV1, ...]
    reaches: tuple[ReachV1, ...]
    combinations: tuple[CombinationV1, ...]
    robustness: RobustnessV1 | None
    contributions: tuple[ContributionV1, ...]
    citations: dict[str, CitationV1]
