"""Credit systems: hours of total workload behind one credit.

Where a figure was not seen in a primary source, its basis says judgement.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class CreditSystem(NamedTuple):
    """Hours of total workload per credit (hours), with the basis of the figure."""

    low: float
    likely: float
    high: float
    basis: str
    source: str
    note: str


@cache
def credit_systems() -> dict[str, CreditSystem]:
    """Every known credit system by name."""
    with files("credscore.reference").joinpath("credits.csv").open(encoding="utf-8") as lines:
        return {
            row["system"]: CreditSystem(
                float(row["low"]), float(row["likely"]), float(row["high"]), row["basis"], row["source"], row["note"]
            )
            for row in csv.DictReader(lines)
        }
