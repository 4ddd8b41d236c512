"""Alone: rows that are read one by one, as programs, because something about them is odd."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from credscore.batch.answers import answers_of, rank_of
from credscore.batch.block import Failed, Question
from credscore.batch.chunk import LINE, ROW, Chunk
from credscore.batch.tally import openness
from credscore.documents import validated
from credscore.documents.document import Document
from credscore.errors import InputError, Problem, RateError
from credscore.measures.case import Given
from credscore.measures.reading import read_case
from credscore.model.program import Program
from credscore.scoring.judge import judge
from credscore.scoring.plan import Plan
from credscore.sources import read_program
from credscore.sources.row import RowReader

NAMES = ("id", "name", "provider", "kind")
Row = Mapping[str, Any]


class Found(NamedTuple):
    """The odd rows of a chunk: those that are programs, those that are none, and how many hold nothing."""

    programs: dict[int, Program]
    failed: list[Failed]
    empty: int


class Origin(NamedTuple):
    """Where the rows of a chunk come from, and how one of them is read as a program."""

    table: str
    form: str
    own: bool  #: whether its headers are our own, so that JSON is nested as in a file
    chunk: Chunk
    reader: RowReader

    def name(self, number: int) -> tuple[str, int | None]:
        """The source and the row that a number of the chunk stands for; a file has no rows."""
        paths = self.chunk.paths
        return (paths[number - self.chunk.first], None) if paths else (self.table, number)

    def place(self, number: int) -> str:
        """How messages call a row."""
        source, row = self.name(number)
        return source if row is None else f"{source} row {row}"

    def failed(self, number: int, problems: Iterable[Problem]) -> Failed:
        """A row that could not be scored."""
        return Failed(*self.name(number), tuple(problems))

    def broken(self) -> list[Failed]:
        """The rows that could not even be split into cells."""
        return [self.failed(n, why if isinstance(why, tuple) else (Problem(self.place(n), "", why, "mend the row"),))
                for n, why in self.chunk.broken]  # fmt: skip

    def cells(self, row: Row) -> dict[str, Any]:
        """The cells of a row by header."""
        return {h: row[held.figure if held.number else held.text] for h, held in self.chunk.held.items()}

    def program(self, row: Row) -> Program:
        """The program in a row.

        Raises:
            InputError: it is none; every mistake is listed.
        """
        number = row[ROW]
        if self.chunk.paths:
            return read_program(self.chunk.paths[number - self.chunk.first])
        if self.form == "jsonl" and self.own:
            return validated(Program, Document("", _nested(json.loads(row[LINE])), self.place(number), "json"))
        return self.reader.program(self.cells(row), number)

    def found(self, rows: Iterable[Row]) -> Found:
        """What odd rows are."""
        programs, failed, empty = dict[int, Program](), list[Failed](), 0
        for row in rows:
            if not self.chunk.paths and all(cell in ("", None) for cell in self.cells(row).values()):
                empty += 1
                continue
            try:
                programs[row[ROW]] = self.program(row)
            except InputError as error:
                failed.append(self.failed(row[ROW], error.problems))
        return Found(programs, failed, empty)

    def scored(
        self, programs: Mapping[int, Program], plan: Plan, given: Given, question: Question
    ) -> tuple[list[dict[str, Any]], list[Failed]]:
        """The answers about programs by row, and those whose currency has no rate."""
        rows, failed = [], []
        for number, program in programs.items():
            try:
                case = read_case(program, plan.goal, given, question.as_of)
            except RateError as error:
                problem = Problem(self.place(number), "cost.currency", str(error), "give it in the goal's currency")
                failed.append(self.failed(number, (problem,)))
                continue
            judgement = judge(case, plan)
            answers = answers_of(judgement)
            about = {ROW: number, **{name: getattr(program, name) for name in NAMES}}
            rows.append({**about, **answers, "rank": rank_of(answers), **openness(judgement, width=question.coverage)})
        return rows, failed


def _nested(data: Mapping[str, Any]) -> dict[str, Any]:
    """A program whose keys may be dotted names, as its file would nest it."""
    nested: dict[str, Any] = {}
    for key, value in data.items():
        *home, last = key.split(".")
        place = nested
        for step in home:
            below = place.setdefault(step, {})
            if not isinstance(below, dict):
                below = place[step] = {"value": below}
            place = below
        if isinstance(place.get(last), dict) and not isinstance(value, dict):
            place[last]["value"] = value
        else:
            place[last] = value
    return nested


def wanted(rows: Iterable[Row], origin: Origin) -> Iterator[Program]:
    """The programs in some rows, in the order given."""
    return (origin.program(row) for row in rows)
