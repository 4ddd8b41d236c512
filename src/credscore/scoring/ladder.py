"""Ladder: from gates and a score to one of the seven words; the first rung that holds decides.

Every cap that bit is kept, so that verdict and printed conditions cannot disagree.
"""

from __future__ import annotations

from typing import NamedTuple

from credscore.model.cell import Flag, Number, Text, at_most, below, both, choose, either, negate, where
from credscore.model.estimate import Estimate, Truth
from credscore.model.verdict import Ladder

SLACK = 1e-9
"""A score this near a bound has reached it: sums of the same points in another order differ by less (points)."""
RANKS = {"not-worth-it": 0.0, "compare-first": 1.0, "worth-it-if": 2.0, "worth-it": 3.0}
OFF_THE_SCALE = {"avoid": -3.0, "not-eligible-yet": -2.0, "insufficient-evidence": 0.5}
"""Where the words that are no band stand for someone who wants a better one (rank)."""


class Reading(NamedTuple):
    """What the ladder looks at."""

    score: Estimate
    integrity: Truth
    eligibility: Truth
    requirement: Truth
    undecided: Flag  #: integrity open where everything rests on it
    small: Flag
    severe: Flag
    weak: tuple[tuple[Number, float], ...]  #: each criterion's high end and importance
    price_known: Flag
    decided: Flag  #: whether the aim's deciding question is answered
    open_risk: tuple[tuple[Flag, Number], ...]  #: each question: whether open, and the points it lends the score


class Caps(NamedTuple):
    """Which caps bit: each would have let a better verdict stand."""

    weak: tuple[Flag, ...]
    gate: Flag
    price: Flag
    deciding: Flag
    open: tuple[Flag, ...]
    too_wide: Flag
    read_low: Flag
    ceiling: Number  #: the best rank that the caps which do not look at the score would allow
    held_down: Flag  #: whether the likely end would have earned a better band than the low end that was read

    @property
    def bit(self) -> bool:
        """Whether any of them holds one program's verdict below what its score earns."""
        return any(flag is True for flag in (*self.weak, self.gate, self.price, self.deciding, *self.open))


def reaches_of(ladder: Ladder, low: Number, high: Number) -> tuple[Flag, Flag]:
    """Whether a score's ends (points, 0 to 100) reach so low, and so high; both at once are too wide for a word."""
    wide = ladder.too_wide
    return below(low, wide.low_below - SLACK), at_most(wide.high_at_least - SLACK, high)


def _band(ladder: Ladder, point: Number) -> Number:
    """The rank of the band that a score (0 to 100) lies in."""
    band: Number = 0.0
    for step in ladder.bands:
        rank = RANKS[step.verdict]
        band = where(both(at_most(step.at_least - SLACK, point), below(band, rank)), rank, band)
    return band


def climb(ladder: Ladder, reading: Reading) -> tuple[Caps, Text]:
    """The caps that bit and the verdict."""
    score = reading.score
    point = where(reading.severe, score.low, score.likely)
    band = _band(ladder, point)
    top = next(step.at_least for step in ladder.bands)
    material = both(negate(reading.small), negate(reading.severe))
    caps, rank = [], band
    cap, ceiling = RANKS[ladder.open_question_cap], max(RANKS.values())

    def held(flag: Flag, at: float, *, of_score: bool = False) -> Flag:
        nonlocal rank, ceiling
        if flag is False:
            return False
        ceiling = ceiling if of_score else where(both(flag, below(at, ceiling)), at, ceiling)
        bit = both(flag, below(at, band))
        rank = where(both(bit, below(at, rank)), at, rank)
        return bit

    for weak in ladder.weak_criterion:
        for high, importance in reading.weak:
            flag = below(high, weak.high_below - SLACK) if importance >= ladder.weak_importance else False
            caps.append(held(flag, RANKS[weak.at_most]))
    gate = held(either(reading.eligibility.unknown, reading.requirement.unknown), cap)
    price = held(negate(reading.price_known), cap)
    deciding = held(negate(reading.decided), cap)
    at_stake = tuple(
        held(both(both(is_open, material), below(point - lent, top - SLACK)), cap, of_score=True)
        if is_open is not False
        else False
        for is_open, lent in reading.open_risk
    )
    wide = both(material, both(*reaches_of(ladder, score.low, score.high)))
    held_down = both(reading.severe, below(band, _band(ladder, score.likely)))
    words = [(at_most(RANKS[word], rank), word) for word in ("worth-it", "worth-it-if", "compare-first")]
    verdict = choose(
        [
            (negate(reading.integrity.possible), "avoid"),
            (negate(reading.eligibility.possible), "not-eligible-yet"),
            (negate(reading.requirement.possible), "not-worth-it"),
            (either(reading.undecided, wide), "insufficient-evidence"),
            *words,
        ],
        "not-worth-it",
    )
    return Caps(tuple(caps), gate, price, deciding, at_stake, wide, reading.severe, ceiling, held_down), verdict


def rank(verdict: str) -> float:
    """The place of a verdict among the seven words, worse to better (rank)."""
    return OFF_THE_SCALE.get(verdict, RANKS.get(verdict, 0.0))
