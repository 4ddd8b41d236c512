"""Measures: what is true of a program for this learner, one room per criterion.

Each is a small function over Estimate, written once, for one program and for the columns of a table.
"""

from credscore.measures import accreditation, alignment, cost, recognition, time, transferability
from credscore.measures.case import MEASURES, Case, Given, Measure
from credscore.measures.reading import read_case

__all__ = [
    "MEASURES", "Case", "Given", "Measure", "accreditation", "alignment", "cost", "read_case", "recognition", "time",
    "transferability",
]  # fmt: skip
