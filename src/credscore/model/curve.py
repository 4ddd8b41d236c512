"""Value functions: from a measure to points of 0 to 100.

A curve is piecewise linear and flat beyond its ends; two knots at one place make a step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from credscore.model.cell import Number, at_most, below, both, clip, greatest, least, where
from credscore.model.estimate import Estimate


@dataclass(frozen=True)
class Curve:
    """A piecewise-linear value function through its knots, given in order of x.

    >>> Curve(((0.5, 100.0), (5.0, 60.0), (10.0, 0.0))).at(7.5)
    30.0
    """

    knots: tuple[tuple[float, float], ...]

    @classmethod
    def through(cls, knots: Sequence[Sequence[float]]) -> Curve:
        """The curve through knots as a rubric writes them, ``[[x, points], …]``."""
        return cls(tuple((float(x), float(y)) for x, y in knots))

    @cached_property
    def rising(self) -> bool | None:
        """Whether more is better; None where the curve both rises and falls."""
        steps = [b[1] - a[1] for a, b in pairwise(self.knots)]
        return True if min(steps, default=0) >= 0 else False if max(steps) <= 0 else None

    @cached_property
    def _segments(self) -> tuple[tuple[float, float, float], ...]:
        return tuple((a[0], b[0] - a[0], b[1] - a[1]) for a, b in pairwise(self.knots) if a[1] != b[1])

    @cached_property
    def _turns(self) -> tuple[tuple[float, float], ...]:
        """Knots where a range may reach higher or lower than at its ends; none on a curve that only rises or falls."""
        return self.knots if self.rising is None else ()

    @property
    def turns(self) -> tuple[float, ...]:
        """The places at which it may turn from rising to falling."""
        return tuple(place for place, _ in self._turns)

    def at(self, x: Number) -> Number:
        """Points at a known place; at a step, those of the knot written last. Unknown stays unknown."""
        y: Number = self.knots[0][1]
        for start, width, rise in self._segments:
            if width:
                share = clip((x - start) / width, 0.0, 1.0)
                y = y + share * rise
            else:
                y = y + where(at_most(start, x), rise, where(below(x, start), 0.0, x))
        return y if self._segments else where(x == x, y, x)

    def __call__(self, x: Estimate) -> Estimate:
        """Points over a range: the least and greatest at its ends and at every turn between them."""
        likely = self.at(x.likely)
        if x.exact:
            return Estimate.of(likely)
        ends = [self.at(x.low), self.at(x.high)]
        low, high = least(ends), greatest(ends)
        for place, y in self._turns:
            inside = both(at_most(x.low, place), at_most(place, x.high))
            low = where(both(inside, below(y, low)), y, low)
            high = where(both(inside, below(high, y)), y, high)
        return Estimate(low, likely, high)
