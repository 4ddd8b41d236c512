"""Reading: how good a verdict is, and the score it was read at."""

from __future__ import annotations

from credscore.scoring.judge import Judgement
from credscore.scoring.ladder import RANKS

OFF_THE_SCALE = {"avoid": -3.0, "not-eligible-yet": -2.0, "insufficient-evidence": 0.5}
"""Where the words that are no band stand for someone who wants a better one (rank)."""


def rank(verdict: str) -> float:
    """The place of a verdict among the seven words, worse to better (rank)."""
    return OFF_THE_SCALE.get(verdict, RANKS.get(verdict, 0.0))


def read_point(judgement: Judgement) -> float:
    """The score the verdict was read at: the low end where stakes are severe, else the likely one (points)."""
    score = judgement.score
    return float(score.low if judgement.stakes.severe is True else score.likely)  # type: ignore[arg-type]
