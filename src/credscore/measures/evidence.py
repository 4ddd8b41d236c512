"""What a figure is worth, given who says so, of how many, and who answered.

Silence never pays: an undisclosed response rate leaves the whole range open, a small cohort widens it.
"""

from __future__ import annotations

from typing import NamedTuple

from credscore.measures.case import Case
from credscore.model.cell import (
    Flag,
    Number,
    Text,
    below,
    fill,
    is_word,
    known,
    maximum,
    minimum,
    root,
    unknown_float,
    where,
)  # fmt: skip
from credscore.model.estimate import Estimate

UNCHECKED = ("claimed", "advertised")


def wilson(p: Number, n: Number, z: float) -> tuple[Number, Number]:
    """The Wilson score interval of a share seen among n people (share, share).

    Source: Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22, 209-212.

    >>> low, high = wilson(1.0, 9.0, 1.96)
    >>> round(low, 3), round(high, 3)
    (0.701, 1.0)
    """
    spread = z * z / n
    centre = (p + spread / 2) / (1.0 + spread)
    half = root(p * (1.0 - p) * spread + spread * spread / 4) / (1.0 + spread)
    return centre - half, minimum(centre + half, 1.0)


def rate(case: Case, field: str, base: Number) -> Estimate:
    """The true share behind a reported one (share of 0 to 1).

    With share p among those who answered and response rate r the truth lies in [p r, p r + 1 - r], widened by
    the Wilson interval of n; its likely value is p r + b (1 - r), with the cited base rate b for the silent.
    A cohort below thirty is filled up to thirty at the base rate and read at its lower bound. A figure that nobody
    checked never lifts the likely value above b, so an empty claim and silence agree. Unreported, it is 0, b, 1.
    """
    p, open_range = case.program.number(field), Estimate(0.0, base, 1.0)
    if unknown_float(p.likely):
        return open_range
    fewest, heard, n, counted = backing(case, field)
    z, floor = case.given.number("wilson-z"), case.given.number("small-cohort")
    bare = unchecked(case, field)
    low = wilson(_filled_up(p.low, fewest, floor, base), fewest, z)[0] * heard
    high = wilson(p.high, fewest, z)[1] * heard + (1.0 - heard)
    small = minimum(_filled_up(p.likely, n, floor, base), wilson(p.likely, n, z)[0])
    seen = where(bare, p.likely, where(below(n, floor), small, p.likely))
    likely = seen * counted + base * (1.0 - counted)
    likely = where(bare, minimum(likely, base), likely)
    return Estimate.between(maximum(minimum(low, likely), 0.0), likely, minimum(high, 1.0)).or_else(open_range)


def _filled_up(p: Number, n: Number, floor: float, base: Number) -> Number:
    """A share of n people, those who lack to a full cohort added at the base rate where that lowers it (share)."""
    filled = (n * p + (floor - n) * base) / floor
    return where(below(n, floor), minimum(filled, p), p)


def pay(case: Case, field: str, own: Number, gain: float) -> Estimate:
    """The yearly pay to expect behind a reported median (goal currency per year).

    Those who did not answer are taken to earn the learner's own pay at the low end, and at most the base gain
    more than that at the likely one. A small cohort widens the median by its standard error. Unknown if unreported.
    """
    value = case.program.number(field)
    if unknown_float(value.likely):
        return value
    fewest, heard, _, counted = backing(case, field)
    half = case.given.number("wilson-z") * case.given.number("pay-spread") * 1.2533 / root(fewest)
    base = own + gain
    least = maximum(value.low * (1.0 - half), 0.0)
    low = least * heard + minimum(least, own) * (1.0 - heard)
    likely = value.likely * counted + minimum(value.likely, base) * (1.0 - counted)
    likely = where(unchecked(case, field), minimum(likely, base), likely)
    return Estimate.between(minimum(low, likely), likely, value.high * (1.0 + half))


class Backing(NamedTuple):
    """Who stands behind a figure (people, shares).

    ``fewest`` and ``heard`` serve its range: the least that there could be where it is not disclosed. ``n`` and
    ``counted`` serve its likely value: the rubric's labelled assumption for the tier.
    """

    fewest: Number
    heard: Number
    n: Number
    counted: Number


def backing(case: Case, field: str) -> Backing:
    """How many people stand behind a figure, and what share of them answered."""
    n, r = (case.program.number(f"{field}.{key}").likely for key in ("n", "response_rate"))
    tier, by = _tier(case, field), case.given.by
    return Backing(
        fill(n, by("smallest-cohort", tier)), fill(r, by("undisclosed-response", tier)),
        fill(n, by("assumed-cohort", tier)), fill(r, by("assumed-response", tier)),
    )  # fmt: skip


def unchecked(case: Case, field: str) -> Flag:
    """Whether nobody but the provider stands behind a figure."""
    return is_word(_tier(case, field), *UNCHECKED)


def _tier(case: Case, field: str) -> Text:
    tier = case.program.text(f"{field}.tier")
    return where(known(tier), tier, "claimed")
