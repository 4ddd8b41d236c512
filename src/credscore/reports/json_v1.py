"""JSON, shape ``credscore/evaluation/1``: an evaluation as the records of ``shape_v1`` and as text."""

import json
from collections.abc import Sequence
from typing import Any

from credscore.model.evaluation import CriterionResult, Evaluation, Exhibit, IndicatorResult, Robustness, Span
from credscore.model.record import Record
from credscore.reports.shape_v1 import (
    SCHEMA,
    ChanceV1,
    CombinationV1,
    ContributionV1,
    EvaluationV1,
    FlipV1,
    QuestionV1,
    ReachV1,
    RobustnessV1,
    Shape,
    WeightIntervalV1,
)
from credscore.version import __version__


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
