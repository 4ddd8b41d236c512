"""A fact: one stated value with its evidence, or a gap with its reason.

A fact is written in the shortest form that is true: a value, a range, a gap word, or a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Gap(StrEnum):
    """Why a fact is not there; every reason is shown to the reader."""

    NOT_REPORTED = "not-reported"  #: nobody says
    SUPPRESSED = "suppressed"  #: withheld, usually because the group is small
    NOT_APPLICABLE = "not-applicable"  #: the question makes no sense here
    UNREADABLE = "unreadable"  #: something was there and could not be understood


class Tier(StrEnum):
    """How good the evidence for a fact is, strongest first."""

    ADMINISTRATIVE = "administrative"  #: wage records, or audited
    INDEPENDENT = "independent"  #: an outside study
    DISCLOSED = "disclosed"  #: the provider, with denominator and response rate
    CLAIMED = "claimed"  #: the provider, without a denominator
    ADVERTISED = "advertised"  #: a testimonial or a slogan


PER_YEAR = {"year": 1.0, "quarter": 4.0, "month": 12.0, "week": 52.0, "hour": 2080.0}
"""Periods in a year; an hour counts as one of 40 x 52 working hours."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated value of a program, or the gap where it should be.

    ``low`` and ``high`` are set for numbers only, and are equal where the value is known exactly.
    """

    value: float | str | bool | date | None = None
    low: float | None = None
    high: float | None = None
    gap: Gap | None = None
    source: str | None = None
    as_of: date | None = None
    tier: Tier | None = None
    n: float | None = None
    response_rate: float | None = None
    period: str | None = None
    years_after: float | None = None
    note: str | None = None

    @property
    def stated(self) -> bool:
        """Whether there is a value at all."""
        return self.gap is None

    def __deepcopy__(self, memo: dict[int, Any]) -> Fact:
        """Itself: immutable, and the default of most fields."""
        return self

    def plain(self) -> Any:
        """The shortest form that says the same, as a program file would write it."""
        if self.gap is not None and self.source is None and self.note is None:
            return str(self.gap)
        table: dict[str, Any] = {}
        if self.gap is not None:
            table["value"] = str(self.gap)
        elif self.low is not None and self.low != self.high:
            table |= {"low": self.low, "high": self.high}
            if self.value != (self.low + (self.high or 0.0)) / 2:
                table["value"] = self.value
        else:
            table["value"] = self.value
        for key in ("period", "years_after", "source", "as_of", "tier", "n", "response_rate", "note"):
            if (content := getattr(self, key)) is not None:
                table[key] = str(content) if isinstance(content, StrEnum) else content
        return table["value"] if list(table) == ["value"] else table
