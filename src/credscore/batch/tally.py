"""Tally: what a batch adds up to: verdicts, what is missing and what that costs in certainty."""

from __future__ import annotations

from typing import Any

from credscore.model.cell import negate, where
from credscore.scoring.judge import Judgement


def certainty(judgement: Judgement) -> dict[str, Any]:
    """For each question whether it is open, and the points of the score that it leaves open (0 to 100)."""
    found: dict[str, Any] = {}
    for answer in judgement.answers:
        name = answer.question.indicators[0].id
        found[f"open.{name}"] = where(negate(answer.known), 1.0, 0.0)
        found[f"width.{name}"] = (answer.points.high - answer.points.low) * answer.share
    return found
