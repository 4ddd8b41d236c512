"""Explanation: every step from the facts of a file to points of the score, with formula, curve and citation."""

from __future__ import annotations

from credscore.errors import UsageError
from credscore.measures import MEASURES
from credscore.model.comparison import Explanation, Step
from credscore.model.evaluation import CriterionResult, Evaluation, Exhibit, IndicatorResult, Span
from credscore.model.notation import suggestion
from credscore.model.rubric import Indicator
from credscore.scoring.assessment import Assessment
from credscore.scoring.points import answer_to
from credscore.scoring.wording import written


def explain(assessment: Assessment, evaluation: Evaluation, about: str | None = None) -> Explanation:
    """The steps of a whole evaluation, or of the criterion or question named.

    Raises:
        UsageError: the rubric has no criterion and no question of that name.
    """
    rubric = assessment.judgement.plan.rubric
    names = [*rubric.criteria, *(i.id for i in rubric.indicators)]
    if about is not None and about not in names:
        raise UsageError(f'no criterion or question "{about}"', suggestion(about, names))
    placed = {i.id: i for i in rubric.indicators}
    steps = [
        _step(assessment, criterion, result, placed[result.id])
        for criterion in evaluation.criteria
        for result in criterion.indicators
        if criterion.weight > 0 and result.points is not None and about in (None, criterion.id, result.id)
    ]
    if about is not None and not steps:
        raise UsageError(f'"{about}" is not asked for this goal', "credscore explain shows what is")
    gates = tuple(f"{g.title}: {g.outcome}. {g.says}" for g in evaluation.gates) if about is None else ()
    return Explanation.model_construct(evaluation=evaluation, about=about, steps=tuple(steps), gates=gates)


def _step(assessment: Assessment, criterion: CriterionResult, result: IndicatorResult, indicator: Indicator) -> Step:
    measure, case = MEASURES[indicator.measure], assessment.case
    points = result.points or Span(low=0.0, likely=0.0, high=0.0)
    share = criterion.weight * result.weight
    citations = assessment.judgement.plan.rubric.citations
    return Step.model_construct(
        criterion=criterion.id, id=result.id, title=result.title, why=result.why, formula=f"{measure.name}: {measure.says}",
        unit=measure.unit, value=written(answer_to(case, measure.name), measure.unit, case.goal.means.currency),
        knots=() if isinstance(indicator.points, dict) else _curve(assessment, indicator),
        words=dict(indicator.points) if isinstance(indicator.points, dict) else {},
        place=result.value if isinstance(result.value, Span) else None, points=points, weight=result.weight, share=share,
        earned=_times(points, share),
        says=result.says, evidence=tuple(_told(e) for e in result.evidence),
        citations=tuple(
            f"{c.title} ({c.basis}{', ' + str(c.read_on) if c.read_on else ''}){' ' + c.url if c.url else ''}"
            for key in result.cite if (c := citations.get(key)) is not None
        ),
    )  # fmt: skip


def _times(span: Span, share: float) -> Span:
    low, likely, high = ((getattr(span, end) or 0.0) * share for end in ("low", "likely", "high"))
    return Span.model_construct(low=low, likely=likely, high=high)


def _curve(assessment: Assessment, indicator: Indicator) -> tuple[tuple[float, float], ...]:
    """The knots in use: those of a variant where the program's word has one of its own."""
    for variant in indicator.variants:
        if assessment.case.program.text(variant.field) == variant.word:
            return variant.points
    return () if isinstance(indicator.points, dict) else indicator.points


def _told(fact: Exhibit) -> str:
    return " · ".join((f"{fact.field} = {fact.says}", *fact.told))
