"""JSON, shape ``credscore/evaluation/1``. Frozen: a change is a new module, never an edit of a published key.

The records repeat the model on purpose, so that renaming a model field cannot rename a key in somebody's pipeline.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from credscore.model.evaluation import CriterionResult, Evaluation, Exhibit, IndicatorResult, Robustness, Span
from credscore.model.record import Record
from credscore.version import __version__

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


def record(evaluation: Evaluation) -> EvaluationV1:
    """The evaluation in the published shape."""
    about = evaluation.about
    return EvaluationV1.model_validate({
        "schema": SCHEMA,
        "tool": {"name": "credscore", "version": __version__},
        "as_of": evaluation.as_of,
        "program": {key: about.program[key] for key in ("id", "name", "provider", "kind", "url")},
        "goal": {**{key: about.goal[key] for key in ("id", "name", "aim")}, "currency": about.currency},
        "rubric": {key: about.rubric[key] for key in ("id", "version", "digest")},
        "exchange": about.exchange,
        "verdict": evaluation.verdict,
        "headline": evaluation.headline,
        "score": _span(evaluation.score),
        "coverage": min(max(evaluation.coverage, 0.0), 1.0),
        "stakes": {key: getattr(evaluation.stakes, key) for key in ("level", "loss", "weeks_of_pay", "says")},
        "reasons": evaluation.reasons,
        "conditions": evaluation.conditions,
        "missing": evaluation.missing,
        "criteria": [_criterion(c) for c in evaluation.criteria],
        "gates": [{key: getattr(g, key) for key in ("id", "title", "kind", "outcome", "says")} for g in evaluation.gates],
        "flags": [{"id": f.id, "says": f.says, "authority": f.authority} for f in evaluation.flags],
        "figures": [{"id": f.id, "says": f.says} for f in evaluation.figures],
        "context": [{"id": f.id, "says": f.says} for f in evaluation.context],
        "questions": [_kept(q, QuestionV1) for q in evaluation.questions],
        "flips": [_kept(f, FlipV1) for f in evaluation.flips],
        "reaches": [_kept(r, ReachV1) for r in evaluation.reaches],
        "combinations": [_kept(c, CombinationV1) for c in evaluation.combinations],
        "robustness": _robustness(evaluation.robustness),
        "contributions": [{**_kept(c, ContributionV1), "earned": _span(c.earned)} for c in evaluation.contributions],
        "citations": evaluation.citations,
    })  # fmt: skip


def as_data(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation in the published shape, as plain data."""
    return record(evaluation).model_dump(mode="json", by_alias=True)


def render(evaluations: Sequence[Evaluation]) -> str:
    """One evaluation as a JSON object, several as an array; the same bytes for the same answer."""
    shown = [as_data(e) for e in evaluations]
    return json.dumps(shown[0] if len(shown) == 1 else shown, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _span(span: Span | None) -> dict[str, float | None] | None:
    return None if span is None else {"low": span.low, "likely": span.likely, "high": span.high}


def _kept(found: Record, shape: type[Shape]) -> dict[str, object]:
    """The fields of a record that a shape has, by their names in the code."""
    return {name: getattr(found, name) for name in shape.model_fields}


def _robustness(found: Robustness | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        **_kept(found, RobustnessV1),
        "intervals": [_kept(i, WeightIntervalV1) for i in found.intervals],
        "chances": [_kept(c, ChanceV1) for c in found.chances],
    }


def _criterion(criterion: CriterionResult) -> dict[str, object]:
    return {
        "id": criterion.id,
        "title": criterion.title,
        "weight": criterion.weight,
        "score": _span(criterion.score),
        "coverage": criterion.coverage,
        "indicators": [_indicator(i) for i in criterion.indicators],
    }


def _indicator(indicator: IndicatorResult) -> dict[str, object]:
    kept = ("id", "title", "measure", "unit", "status", "group", "weight", "says", "cite")
    return {
        **{key: getattr(indicator, key) for key in kept},
        "value": _span(indicator.value) if isinstance(indicator.value, Span) else indicator.value,
        "points": _span(indicator.points),
        "evidence": [_evidence(e) for e in indicator.evidence],
    }


def _evidence(fact: Exhibit) -> dict[str, object]:
    kept = ("field", "gap", "source", "as_of", "tier", "n", "response_rate")
    return {**{key: getattr(fact, key) for key in kept}, "value": fact.says}
