"""Reasons: why a program got its verdict, in the words of its own scorecard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from credscore.batch.block import Block
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.rubric import Rubric
from credscore.scoring import assess


def reasons_for(program: Program, goal: Goal, rubric: Rubric, as_of: date) -> str:
    """The reasons of an evaluation, in one line."""
    found = assess(program, goal, rubric, as_of).evaluation
    return " · ".join(found.reasons)


def explained(table: Any, block: Block, goal: Goal, rubric: Rubric, as_of: date) -> Any:
    """The answers with their reasons; those of files have them already."""
    if isinstance(table, list) or block.programs is None:
        return table
    import polars as pl

    numbers: Sequence[int] = table["row"].to_list()
    told = [reasons_for(program, goal, rubric, as_of) for program in block.programs(numbers)]
    return table.with_columns(pl.Series("reasons", told, dtype=pl.String))
