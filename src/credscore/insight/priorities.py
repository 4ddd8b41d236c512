"""Priorities: weights from what a learner says of swings or of an order, and the trade-offs that weights imply.

A swing is the step from the worst to the best of a criterion's scale. Sources: Edwards and Barron (1994), SMARTS and
SMARTER, Organizational Behavior and Human Decision Processes 60, 306-325 (swing weights, rank-order centroids).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from credscore.insight.change import Change, form_of, number_at, per_year, raw
from credscore.insight.scene import Scene
from credscore.model.comparison import Weighing
from credscore.scoring.wording import exact_money

MOST_IMPORTANT = 3.0
"""The importance of the criterion that matters most, as goal files state it (0 to 3)."""


def swing_weights(ratings: Mapping[str, float]) -> dict[str, float]:
    """Weights (shares) in proportion to how much each swing is worth beside the largest, rated 100.

    Raises:
        ValueError: no rating is above zero, or one is below.

    >>> swing_weights({"cost": 100, "time": 50, "place": 0})
    {'cost': 0.6666666666666666, 'time': 0.3333333333333333, 'place': 0.0}
    """
    total = sum(ratings.values())
    if total <= 0 or min(ratings.values()) < 0:
        raise ValueError("ratings are zero or more, and one is above zero")
    return {name: rating / total for name, rating in ratings.items()}


def rank_order_centroids(order: Sequence[str]) -> dict[str, float]:
    """Weights (shares) of criteria of which only the order is known, most important first.

    >>> [round(w, 4) for w in rank_order_centroids(["a", "b", "c"]).values()]
    [0.6111, 0.2778, 0.1111]
    """
    n = len(order)
    return {name: sum(1.0 / i for i in range(k, n + 1)) / n for k, name in enumerate(order, 1)}


def importances(weights: Mapping[str, float]) -> dict[str, float]:
    """Importances of 0 to 3 in proportion to weights, as the ``[priorities]`` of a goal file state them."""
    top = max(weights.values())
    return {name: round(MOST_IMPORTANT * weight / top, 2) for name, weight in weights.items()}


def weigh(order: Sequence[str], ratings: Sequence[float] | None, scene: Scene | None) -> Weighing:
    """The weights of an order, or of its swings rated from 100 down, with what they imply for a program.

    Raises:
        ValueError: ratings do not match the order, rise along it, or are all zero.
    """
    if ratings is None:
        weights, method = rank_order_centroids(order), "rank"
    else:
        if len(ratings) != len(order):
            raise ValueError(f"{len(order)} criteria and {len(ratings)} ratings")
        if any(b > a for a, b in pairwise(ratings)):
            raise ValueError("ratings rise along the order")
        weights, method = swing_weights(dict(zip(order, ratings, strict=True))), "swing"
    told = () if scene is None else tuple(trade_offs(scene))
    return Weighing.model_construct(method=method, weights=weights, priorities=importances(weights), trade_offs=told)


STEPS = {
    "outcomes.completion_rate": ("One point of completion", 0.01),
    "outcomes.placement_rate": ("One point of work in the field", 0.01),
    "outcomes.median_earnings": ("1,000 more of yearly pay afterwards", 1000.0),
    "goal.means.hours_per_week": ("One more free hour a week", 1.0),
    "time.duration_weeks": ("One week less", -1.0),
}
PRICES = ("cost.total", "cost.tuition", "cost.exam")


def trade_offs(scene: Scene) -> Iterator[str]:
    """What a small step of each thing that matters is worth in points, and in money by the worth of a lower price."""
    a_unit, currency = _worth_of_money(scene), scene.goal.means.currency
    for field, (title, step) in STEPS.items():
        levers = [lever for lever in scene.base.plan.rubric.levers if lever.field == field]
        start = number_at(scene.program, scene.goal, field)
        if levers and start is not None:
            apart = step / per_year(scene.program, scene.goal, field)
            shown = levers[0].evidence
            points = _moved(scene, field, start + apart, shown) - _moved(scene, field, start, shown)
            if abs(points) >= WORTH_TELLING:
                worth = f", as much as {exact_money(points / a_unit, currency)} off the price" if a_unit > 0 else ""
                yield f"{title} is worth {points:.2f} points to you{worth}"


WORTH_TELLING = 0.005
"""A smaller step is told as nothing (points)."""


def _worth_of_money(scene: Scene) -> float:
    """The likely points that one unit of the goal's currency off the price is worth."""
    for field in PRICES:
        start = number_at(scene.program, scene.goal, field)
        if start:
            step = min(start, max(start * 0.01, 1.0))
            gain = _moved(scene, field, start - step, {}) - _moved(scene, field, start, {})
            return gain / (step * scene.assessment.telling.exchange)
    return 0.0


def _moved(scene: Scene, field: str, x: float, evidence: dict[str, float | str]) -> float:
    bounded = min(x, 1.0) if form_of(field).kind == "rate" else x
    change = Change(field, raw(scene.program, scene.goal, field, bounded, evidence))
    return float(scene.judged(change).score.likely)  # type: ignore[arg-type]
