"""Derived cells: what matching yields from lists, registers and dates.

Each is worked out in Python on what one program states; a table joins the same answers by distinct value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from credscore.measures.case import Given
from credscore.measures.facts import Cell
from credscore.model.goal import Goal
from credscore.model.program import Program


class Question(NamedTuple):
    """What matching may look at: the program's lists, the goal, the assumptions and the day."""

    program: Program
    goal: Goal
    given: Given
    as_of: date
    exchange: float = 1.0  #: the file's currency into the goal's


class Derivation(NamedTuple):
    """A matching function, the cells it yields and the program fields that answer it."""

    cells: tuple[str, ...]
    fields: tuple[str, ...]
    function: Callable[[Question], Mapping[str, Cell]]


DERIVATIONS: dict[str, Derivation] = {}


def derived(
    *cells: str, fields: tuple[str, ...]
) -> Callable[[Callable[[Question], Mapping[str, Cell]]], Callable[[Question], Mapping[str, Cell]]]:
    """Enter a matching function under each cell it yields."""

    def enter(function: Callable[[Question], Mapping[str, Cell]]) -> Callable[[Question], Mapping[str, Cell]]:
        entry = Derivation(cells, fields, function)
        for cell in cells:
            DERIVATIONS[cell] = entry
        return function

    return enter


def fields_behind(name: str) -> tuple[str, ...]:
    """The program fields that a cell comes from: itself, or those its matching looked at."""
    entry = DERIVATIONS.get(name)
    return entry.fields if entry else (name,)
