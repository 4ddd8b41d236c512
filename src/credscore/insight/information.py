"""Information: the expected value of knowing one answer before deciding, in closed form.

Take the program where the score reaches the bar, leave it otherwise: knowing an answer is worth what it adds to the
expected score above the bar. Source: Raiffa, H. and Schlaifer, R. (1961), Applied Statistical Decision Theory.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from credscore.model.curve import Curve
from credscore.model.rubric import Indicator
from credscore.scoring.judge import Answered, Judgement
from credscore.scoring.reasons import bar

Piece = tuple[float, float, float]
"""A share of the probability over which points run evenly from one value to another (share, points, points)."""


def worth_knowing(judgement: Judgement, answer: Answered) -> float | None:
    """The expected points above the bar gained by knowing a question's answer first; None without a prior or where it is known."""
    indicator = answer.question.indicators[0]
    if indicator.prior is None or answer.known is True:
        return None
    pieces = list(pieces_of(indicator))
    expected = sum(p * (a + b) / 2 for p, a, b in pieces)
    likely: float = answer.points.likely  # type: ignore[assignment]
    score = float(judgement.score.likely) + answer.share * (expected - likely)  # type: ignore[arg-type]
    rest, line = score - answer.share * expected, bar(judgement)
    known = sum(p * mean_excess(rest + answer.share * a - line, rest + answer.share * b - line) for p, a, b in pieces)
    return max(known - max(score - line, 0.0), 0.0)


def pieces_of(indicator: Indicator) -> Iterator[Piece]:
    """How an indicator's points are spread under its prior: even over a range of its measure, or a chance of yes."""
    prior = indicator.prior
    if isinstance(prior, float):
        points = indicator.points if isinstance(indicator.points, dict) else {}
        yes, no = points.get("yes", 100.0), points.get("no", 0.0)
        yield from ((prior, yes, yes), (1.0 - prior, no, no))
    elif prior is not None and indicator.curve is not None:
        yield from _over(indicator.curve, *prior)


def _over(curve: Curve, low: float, high: float) -> Iterator[Piece]:
    """The pieces of a value function between two places, each by its share of the range; both sides of a step."""
    places = [low, *(x for x, _ in curve.knots if low < x < high), high]
    for a, b in pairwise(sorted(set(places))):
        nudge = (b - a) * 1e-9
        yield (b - a) / (high - low), float(curve.at(a + nudge)), float(curve.at(b - nudge))  # type: ignore[arg-type]


def mean_excess(a: float, b: float) -> float:
    """The mean of the positive part of something that runs evenly from a to b.

    >>> mean_excess(-1.0, 3.0), mean_excess(-2.0, -1.0), mean_excess(2.0, 2.0)
    (1.125, 0.0, 2.0)
    """
    low, high = min(a, b), max(a, b)
    if low >= 0.0:
        return (low + high) / 2
    return 0.0 if high <= 0.0 else high * high / (2 * (high - low))
