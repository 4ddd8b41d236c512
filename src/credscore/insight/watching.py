"""Watching: a goal that notes which of its fields each measure looks at."""

from __future__ import annotations

from datetime import date
from typing import Any

from credscore.insight.change import GOAL
from credscore.measures import Case, read_case
from credscore.measures.facts import Facts
from credscore.model.program import Program
from credscore.model.record import Record
from credscore.scoring.judge import Judgement, judge


class Watched:
    """A record whose fields are noted, by dotted name, among what the measure at work has read."""

    def __init__(self, record: Record, prefix: str, row: list[Facts]) -> None:
        self._record, self._prefix, self._row = record, prefix, row

    def __getattr__(self, name: str) -> Any:
        """The field, noted; a section is watched in its turn."""
        found, path = getattr(self._record, name), f"{self._prefix}{name}"
        if name in type(self._record).model_fields and isinstance(found, Record) and self._prefix == GOAL:
            return Watched(found, f"{path}.", self._row)
        for row in self._row:
            row.reads[path] = None
        return found


def watched(program: Program, base: Judgement, as_of: date) -> Case:
    """The case of a judgement, judged once more with its goal watched: its memo says what each measure looked at."""
    rows: list[Facts] = []
    goal: Any = Watched(base.case.goal, GOAL, rows)
    case = read_case(program, goal, base.case.given, as_of)
    assert isinstance(case.program, Facts)
    rows.append(case.program)
    judge(case, base.plan)
    return case
