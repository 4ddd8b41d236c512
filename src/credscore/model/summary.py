"""Summary: what a batch adds up to, for whoever has to answer for the whole list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Lack(NamedTuple):
    """One field that the goals ask about: how often a source states it, and which questions look at it."""

    field: str
    stated: int
    questions: tuple[str, ...]


class Doubt(NamedTuple):
    """One question of a goal: how often it is open, and how much of the score that leaves open on average."""

    goal: str
    question: str
    title: str
    open: float  #: share of the programs scored, 0 to 1
    width: float | None  #: points of the whole score, 0 to 100; None unless it was measured
    fields: tuple[str, ...]


class GoalSummary(NamedTuple):
    """What all programs come to for one goal."""

    goal: str
    verdicts: Mapping[str, int]
    failed_gates: Mapping[str, int]
    open_gates: Mapping[str, int]
    flags: Mapping[str, int]
    known: float  #: mean share of weight that rests on known facts, 0 to 1


class Summary(NamedTuple):
    """Every row accounted for, and what the source lacks."""

    seen: int
    scored: int
    failed: int
    empty: int
    goals: tuple[GoalSummary, ...]
    reasons: Mapping[str, int]  #: of the rows that could not be scored
    lacks: tuple[Lack, ...]
    doubts: tuple[Doubt, ...]
    skipped: bool = False  #: whether rows that could not be scored were left out on purpose
    whole: bool = True  #: whether the batch ran to its end
