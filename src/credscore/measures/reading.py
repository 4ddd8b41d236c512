"""Reading: from a program and a goal to a case whose cells the measures ask for.

Money is brought into the goal's currency at the door; lists are matched only when a measure asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from credscore.measures.case import Case, Given
from credscore.measures.derived import DERIVATIONS, Question
from credscore.measures.facts import Cell, Facts, stated_cells
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.reference.currency import rate_between

CITED_CURRENCY = "USD"


def read_case(program: Program, goal: Goal, given: Given, as_of: date) -> Case:
    """The case of one program for one goal on one day.

    Raises:
        RateError: the program's currency cannot be brought into the goal's.
    """
    wanted = goal.means.currency
    stated_in = program.cost.currency or wanted
    exchange = rate_between(stated_in, wanted, as_of)
    row = Facts(stated_cells(program, exchange), matching(Question(program, goal, given, as_of, exchange)))
    return Case(row, goal, given, float(as_of.toordinal()), rate_between(CITED_CURRENCY, wanted, as_of))


def matching(question: Question) -> Callable[[str], Mapping[str, Cell]]:
    """What lists, registers and dates yield for a cell, all the cells of its matching at once."""

    def derive(name: str) -> Mapping[str, Cell]:
        entry = DERIVATIONS.get(name)
        if entry is None:
            return {}
        found = entry.function(question)
        return {**dict.fromkeys(entry.cells), **found}

    return derive
