"""Robustness: how the verdict holds when the weights of the criteria are off.

A verdict that a score decides stands as long as the weighted score stays on its side of a few lines; each is linear
in the weights, so everything here is exact. Sources: Wendell (1985) for the tolerance, Triantaphyllou and Sanchez
(1997) for single weights; ``insight/dirichlet.py`` for chances.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from credscore.insight.dirichlet import Chances, chances
from credscore.model.evaluation import Chance, Robustness, WeightInterval
from credscore.scoring.judge import CriterionScore, Judgement
from credscore.scoring.ladder import RANKS, reaches_of

Weights = Sequence[float]


class Line(NamedTuple):
    """A bar that the weighted mean of some values (points, one a criterion) must stay on its side of."""

    values: tuple[float, ...]
    bar: float

    def margin(self, weights: Weights) -> float:
        """How far above the bar the weighted mean lies (points; below zero where it is under it)."""
        return sum(w * (v - self.bar) for w, v in zip(weights, self.values, strict=True)) / sum(weights)

    def tolerance(self, weights: Weights) -> float:
        """The share by which every weight may be off at once before the mean can reach the bar; 1 or more: never."""
        spread = sum(w * abs(v - self.bar) for w, v in zip(weights, self.values, strict=True))
        return (
            abs(sum(w * (v - self.bar) for w, v in zip(weights, self.values, strict=True))) / spread if spread else 0.0
        )

    def interval(self, weights: Weights, k: int) -> tuple[float, float]:
        """How far one weight (share) may move, the others in proportion, before the mean reaches the bar."""
        own = weights[k] / sum(weights)
        if own >= 1.0:
            return 0.0, 1.0
        mean = self.bar + self.margin(weights)
        rest = (mean - own * self.values[k]) / (1.0 - own)
        if self.values[k] == rest:
            return 0.0, 1.0
        crossing = (self.bar - rest) / (self.values[k] - rest)
        return (max(crossing, 0.0), 1.0) if crossing <= own else (0.0, min(crossing, 1.0))


Border = tuple[Line, ...]
"""Lines all of which must be crossed for another verdict."""


def robustness(judgement: Judgement) -> Robustness:
    """The tolerance of the verdict, the interval of each weight, and the chances of each band or better."""
    scored = [c for c in judgement.criteria if c.asked.weight > 0]
    weights = [c.asked.weight for c in scored]
    found = list(borders(judgement, scored)) if _by_score(judgement) else []
    tolerance = min((max(line.tolerance(weights) for line in border) for border in found), default=1.0)
    if not _by_score(judgement):
        return Robustness.model_construct(
            says="A test decides it: no weighting of the criteria changes it", tolerance=None
        )
    spread = chances([c.asked.importance for c in scored])
    return Robustness.model_construct(
        says=_says(tolerance), tolerance=tolerance if tolerance < 1.0 else None,
        intervals=tuple(_intervals(found, scored, weights)), chances=tuple(_chances(judgement, scored, spread)),
        concentration=spread.concentration, error=spread.error, seed=spread.seed,
    )  # fmt: skip


def _says(tolerance: float) -> str:
    if tolerance >= 1.0:
        return "No weighting of the criteria changes it"
    return f"Holds even if every weight is off by up to {int(tolerance * 100)} % at once"


def _by_score(judgement: Judgement) -> bool:
    """Whether the score decides, and no test before it."""
    verdict = str(judgement.verdict)
    failed = any(o.passed.possible is False for o in judgement.gates)
    wide = verdict == "insufficient-evidence" and judgement.caps.too_wide is True
    return bool(judgement.answers) and not failed and (verdict in RANKS or wide)


def borders(judgement: Judgement, scored: Sequence[CriterionScore]) -> Iterator[Border]:
    """What the weights must cross to make another verdict; each border alone is enough."""
    low, likely, high = (tuple(float(getattr(c.score, end)) for c in scored) for end in ("low", "likely", "high"))
    ladder, verdict = judgement.plan.rubric.verdict, str(judgement.verdict)
    wide = ladder.too_wide
    below_it, above_it = Line(low, wide.low_below), Line(high, wide.high_at_least)
    if verdict == "insufficient-evidence":
        yield from ((below_it,), (above_it,))
        return
    points = low if judgement.stakes.severe is True else likely
    if judgement.stakes.small is not True and judgement.stakes.severe is not True:
        reaches = reaches_of(ladder, judgement.score.low, judgement.score.high)
        yield tuple(line for line, crossed in zip((below_it, above_it), reaches, strict=True) if crossed is not True)
    bounds = {str(step.verdict): step.at_least for step in ladder.bands}
    if bounds[verdict] > 0:
        yield (Line(points, bounds[verdict]),)
    risks = list(_at_risk(judgement, scored, points, bounds))
    if verdict == "worth-it":
        yield from ((line,) for line in risks)
    elif RANKS[verdict] < float(judgement.caps.ceiling):  # type: ignore[arg-type]
        upward = min((at for word, at in bounds.items() if RANKS[word] > RANKS[verdict]), default=None)
        if upward is not None:
            last = upward == max(bounds.values())
            yield (Line(points, upward), *(risks if last else []))


def _at_risk(
    judgement: Judgement, scored: Sequence[CriterionScore], points: tuple[float, ...], bounds: dict[str, float]
) -> Iterator[Line]:
    """A line for each open question that a plain yes must survive: the score without what the question lends it."""
    if judgement.stakes.small is True or judgement.stakes.severe is True:
        return
    for k, criterion in enumerate(scored):
        for answer in criterion.answers:
            lent = float(answer.points.likely) * answer.question.weight  # type: ignore[arg-type]
            if answer.known is not True and lent > 0:
                without = (*points[:k], points[k] - lent, *points[k + 1 :])
                yield Line(without, max(bounds.values()))


def _intervals(found: Sequence[Border], scored: Sequence[CriterionScore], weights: Weights) -> Iterator[WeightInterval]:
    for k, criterion in enumerate(scored):
        ends = [[line.interval(weights, k) for line in border] for border in found if border]
        low = max((min(a for a, _ in border) for border in ends), default=0.0)
        high = min((max(b for _, b in border) for border in ends), default=1.0)
        yield WeightInterval.model_construct(
            criterion=criterion.asked.id, weight=criterion.asked.weight, low=low, high=high
        )


def _chances(judgement: Judgement, scored: Sequence[CriterionScore], spread: Chances) -> Iterator[Chance]:
    ends = [[float(getattr(c.score, end)) for c in scored] for end in ("low", "likely", "high")]
    for step in judgement.plan.rubric.verdict.bands:
        if step.at_least > 0:
            low, likely, high = (spread.reaching(values, step.at_least) for values in ends)
            yield Chance.model_construct(verdict=step.verdict, low=low, likely=likely, high=high)
