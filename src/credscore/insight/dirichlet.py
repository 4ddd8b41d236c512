"""Dirichlet: how often weightings around the stated ones bring a weighted mean to a bar.

With whole-number parameters it is the share of a simplex on one side of a plane, which has an exact form: Varsi, G.
(1973), The multidimensional content of the frustum of the simplex, Pacific Journal of Mathematics 46, 303-314; Ali,
M. M. (1973), Content of the frustum of a simplex, ibid. 48, 313-322. Otherwise it is sampled, with a seed and a
standard error.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd, lcm, sqrt

CONCENTRATION = 60
"""The least sum of the parameters: a weight of a quarter then spreads by about five and a half points."""
LARGEST = 400
DRAWS, SEED = 10_000, 20_261_125


@dataclass(frozen=True, slots=True)
class Chances:
    """Dirichlet parameters in proportion to the weights; ``error`` and ``seed`` where they must be sampled."""

    parameters: tuple[float, ...]
    concentration: float
    error: float | None = None
    seed: int | None = None

    def reaching(self, values: Sequence[float], bar: float) -> float:
        """The share of weightings whose weighted mean of the values reaches the bar (share of 0 to 1)."""
        if min(values) >= bar:
            return 1.0
        if max(values) < bar:
            return 0.0
        if self.seed is not None:
            return _sampled(self.parameters, values, bar, self.seed)
        return 1.0 - share_below([v for v, n in zip(values, self.parameters, strict=True) for _ in range(int(n))], bar)


def chances(importances: Sequence[float]) -> Chances:
    """The chances around weights in proportion to importances: whole-number parameters wherever these allow it."""
    parts = [Fraction(x).limit_denominator(1000) for x in importances]
    scale = reduce(lcm, (p.denominator for p in parts), 1)
    whole = [int(p * scale) for p in parts]
    whole = [n // reduce(gcd, whole) for n in whole]
    total = sum(whole)
    if total <= LARGEST:
        times = max(-(-CONCENTRATION // total), 1)
        return Chances(tuple(float(n * times) for n in whole), float(total * times))
    shares = tuple(CONCENTRATION * x / sum(importances) for x in importances)
    return Chances(shares, float(CONCENTRATION), error=sqrt(0.25 / DRAWS), seed=SEED)


def share_below(values: Sequence[float], bar: float) -> float:
    """The share of the simplex in which a mean of the values, weighted by its coordinates, is at most the bar.

    >>> round(share_below([0.0, 1.0], 0.25), 12), round(share_below([0.0, 1.0, 1.0], 0.5), 12)
    (0.25, 0.25)
    """
    above = [v - bar for v in values if v > bar]
    content = [1.0] + [0.0] * len(above)
    for v in values:
        if v <= bar:
            z = v - bar
            for k, y in enumerate(above, 1):
                content[k] = (y * content[k] - z * content[k - 1]) / (y - z)
    return content[-1]


def _sampled(parameters: Sequence[float], values: Sequence[float], bar: float, seed: int) -> float:
    draw, hits = random.Random(seed), 0  # noqa: S311 - weightings, not secrets
    for _ in range(DRAWS):
        parts = [draw.gammavariate(a, 1.0) for a in parameters]
        hits += sum(p * (v - bar) for p, v in zip(parts, values, strict=True)) >= 0.0
    return hits / DRAWS
