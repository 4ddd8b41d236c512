"""Reading: the score a verdict was read at."""

from __future__ import annotations

from credscore.scoring.judge import Judgement


def read_point(judgement: Judgement) -> float:
    """The score the verdict was read at: the low end where stakes are severe, else the likely one (points)."""
    score = judgement.score
    return float(score.low if judgement.stakes.severe is True else score.likely)  # type: ignore[arg-type]
