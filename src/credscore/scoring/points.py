"""Points: what a measure's answer earns on an indicator's value function.

Unknown spans 0 to 100; its likely value is a base rate the measure applied, or the rubric's points for unknown.
"""

from __future__ import annotations

from credscore.measures.case import MEASURES, Answer, Case
from credscore.model.cell import Flag, below, either, is_word, known, lookup, maximum, minimum, negate, unknown_float
from credscore.model.estimate import Estimate, Truth, where_estimate
from credscore.model.rubric import Indicator, Variant

NO_POINTS, ALL_POINTS = 0.0, 100.0


def answer_to(case: Case, name: str) -> Answer:
    """What a measure answers for a case.

    Raises:
        KeyError: there is no measure of that name.
    """
    return MEASURES[name](case)


def points_for(case: Case, indicator: Indicator) -> Estimate:
    """The points an indicator earns (0 to 100), for one program or a column of them."""
    open_points = Estimate(NO_POINTS, indicator.unknown, ALL_POINTS)
    answer = answer_to(case, indicator.measure)
    if isinstance(answer, Estimate):
        return open_points if unknown_float(answer.likely) else _on_curve(case, indicator, answer).or_else(open_points)
    table = indicator.points if isinstance(indicator.points, dict) else {}
    if isinstance(answer, Truth):
        yes, no = Estimate.of(table.get("yes", ALL_POINTS)), Estimate.of(table.get("no", NO_POINTS))
        return answer.choose(yes, no, open_points)
    return Estimate.of(lookup(answer, table)).or_else(open_points)


def _on_curve(case: Case, indicator: Indicator, answer: Estimate) -> Estimate:
    assert indicator.curve is not None, f"{indicator.id}: {indicator.measure} is a number and needs knots"
    points = indicator.curve(answer)
    for variant in indicator.variants:
        points = _varied(case, variant, answer, points)
    return points


def _varied(case: Case, variant: Variant, answer: Estimate, points: Estimate) -> Estimate:
    word, other = case.program.text(variant.field), variant.curve(answer)
    unstated = Estimate(
        minimum(points.low, other.low), minimum(points.likely, other.likely), maximum(points.high, other.high)
    )
    return where_estimate(is_word(word, variant.word), other, where_estimate(negate(known(word)), unstated, points))


def best_of(proofs: list[Estimate]) -> Estimate:
    """The best of several proofs of one thing, end by end."""
    best = proofs[0]
    for proof in proofs[1:]:
        best = best.floor(proof)
    return best


def narrowed(points: Estimate) -> Flag:
    """Whether the facts narrow the points at all; if they do not, it is as good as unknown."""
    return either(below(NO_POINTS, points.low), below(points.high, ALL_POINTS))
