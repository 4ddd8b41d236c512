"""Contributions: points earned of points there are to earn, by criterion and by question; exact, as the score is a sum."""

from __future__ import annotations

from collections.abc import Iterator

from credscore.model.estimate import Estimate
from credscore.model.evaluation import Contribution, Span
from credscore.scoring.judge import Judgement
from credscore.scoring.reasons import best_proof


def contributions(judgement: Judgement) -> Iterator[Contribution]:
    """Each criterion's part of the score, followed by those of its questions, in the order of the rubric (points)."""
    for criterion in judgement.criteria:
        if criterion.asked.weight > 0:
            name = criterion.asked.id
            title = judgement.plan.rubric.criteria[name].title
            yield _part(name, None, title, criterion.score, criterion.asked.weight)
            for answer in criterion.answers:
                proof = best_proof(answer)
                yield _part(name, proof.id, proof.title, answer.points, answer.share)


def _part(criterion: str, indicator: str | None, title: str, points: Estimate, share: float) -> Contribution:
    low, likely, high = (float(getattr(points, end)) * share for end in ("low", "likely", "high"))
    return Contribution.model_construct(
        criterion=criterion, indicator=indicator, title=title, available=100.0 * share,
        earned=Span.model_construct(low=low, likely=likely, high=high), lost=100.0 * share - likely,
    )  # fmt: skip
