"""Tables: every row of a table judged for every goal, and every row accounted for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import narwhals as nw
import polars as pl

from credscore.batch.answers import Sets, answers_of, columns_of, rank_of, sets_of
from credscore.batch.block import Block, Failed, Question
from credscore.batch.engines import polars as engine
from credscore.batch.judging import Judged, judge_frame
from credscore.batch.matching import Asked, Matcher
from credscore.batch.pieces import Pieces
from credscore.batch.tablefile import TableFile
from credscore.batch.tally import openness
from credscore.documents import validated
from credscore.documents.document import Document
from credscore.errors import InputError, Problem, RateError
from credscore.measures.case import Given
from credscore.measures.reading import read_case
from credscore.model.goal import Goal
from credscore.model.layout import Slot, slot_of
from credscore.model.program import Program
from credscore.reference.currency import rate_between
from credscore.scoring.judge import judge
from credscore.scoring.plan import Plan
from credscore.sources.mapping import OWN, TableMapping, slots_of
from credscore.sources.row import RowReader

NAMES = ("id", "name", "provider", "kind")


class TableScorer:
    """One table on its way through the door: its headers, its reader, and what has been matched so far."""

    def __init__(
        self,
        table: TableFile,
        mapping: TableMapping,
        question: Question,
        engine_name: str = "polars",
        master: str | None = None,
    ) -> None:
        self.table, self.mapping, self.question = table, mapping, question
        self.coverage = question.coverage
        self.plans = question.plans()
        self.given = Given(question.rubric.assumptions, question.rubric.id)
        self.sets: Sets = sets_of(question.rubric)
        headers = engine.headers_of(table)
        if headers is not None:
            slots_of(mapping, headers, table.name)  # refuses a table whose headers lead nowhere
        self._readers: dict[tuple[str, ...], tuple[RowReader, Pieces, tuple[Matcher, ...]]] = {}

    def blocks(self, after: int = 0) -> Iterator[Block]:
        """The answers chunk by chunk, in the order of the rows; those after a number of rows.

        Raises:
            InputError: the table cannot be read, or its headers lead nowhere.
        """
        for chunk in engine.chunks(self.table, self._reading(), after):
            yield self._block(chunk)

    def _reading(self) -> engine.Reading:
        if not self.mapping.columns:
            return engine.Reading(None, self.mapping.ignore_in_numbers)
        figures = {
            header
            for path, named in self.mapping.columns.items()
            for header in ((named,) if isinstance(named, str) else named)
            if (slot := slot_of(path)) is not None and slot.is_number
        }
        return engine.Reading(frozenset(figures), self.mapping.ignore_in_numbers)

    def _reader(self, headers: tuple[str, ...]) -> tuple[RowReader, Pieces, tuple[Matcher, ...]]:
        if headers not in self._readers:
            slots = self._slots(headers)
            reader = RowReader(self.mapping, slots, self.table.name)
            pieces = Pieces(reader)
            self._readers[headers] = (
                reader,
                pieces,
                tuple(Matcher(pieces, self._asked(goal)) for goal in self.question.goals),
            )
        return self._readers[headers]

    def _slots(self, headers: tuple[str, ...]) -> Mapping[Slot, tuple[str, ...]]:
        if self.table.form != "jsonl":
            return slots_of(self.mapping, headers, self.table.name)
        if self.mapping.columns:
            named = {slot_of(path): (n,) if isinstance(n, str) else n for path, n in self.mapping.columns.items()}
            return {slot: n for slot, n in named.items() if slot is not None and all(h in headers for h in n)}
        return {slot: (h,) for h in headers if (slot := slot_of(h)) is not None}

    def _asked(self, goal: Goal) -> Asked:
        day = self.question.as_of
        wanted = goal.means.currency

        @cache
        def rates(currency: str) -> float:
            return rate_between(currency or wanted, wanted, day)

        return Asked(goal, self.given, day, rates)

    def _block(self, chunk: engine.Chunk) -> Block:
        reader, pieces, matchers = self._reader(chunk.headers)
        frame, strays = self._parted(chunk)
        found, failed = list[pl.DataFrame](), [
            Failed(self.table.name, n, (Problem(f"{self.table.name} row {n}", "", reason, "mend the row"),))
            for n, reason in chunk.broken
        ]  # fmt: skip
        programs: dict[int, Program] | None = None
        for plan, matcher in zip(self.plans, matchers, strict=True):
            judged = judge_frame(
                nw.from_native(frame), reader, pieces, chunk.held, matcher, plan, engine.engine(), [engine.ROW],
                extra=lambda judgement: openness(judgement, width=self.coverage),
            )  # fmt: skip
            if programs is None:
                odd = [*nw.to_native(judged.odd).iter_rows(named=True), *strays.iter_rows(named=True)]
                programs, wrong, empty = self._one_by_one(odd, chunk, reader)
                failed += wrong
            told = self._told(judged, plan, frame, chunk, reader)
            alone, lost = self._alone(programs, plan)
            failed += lost
            whole = pl.concat([told, alone]).sort(engine.ROW) if alone.height else told.sort(engine.ROW)
            found.append(whole)
        return Block(
            tuple(found),
            tuple(failed),
            frame.height,
            empty,
            self._stated(frame, chunk, reader),
            lambda numbers: self._programs(frame, chunk, reader, numbers),
        )

    def _parted(self, chunk: engine.Chunk) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The rows that are rows, without those of JSON whose keys lead nowhere, and those."""
        frame = chunk.frame
        if chunk.broken:
            frame = frame.filter(~pl.col(engine.ROW).is_in([n for n, _ in chunk.broken]))
        if self.table.form != "jsonl" or self.mapping.columns:
            return frame, frame.clear()
        lost = [chunk.held[h].text for h in chunk.headers if slot_of(h) is None]
        stray = pl.any_horizontal([pl.col(column) != "" for column in lost]) if lost else pl.lit(False)
        return frame.filter(~stray), frame.filter(stray)

    # -- rows read by themselves

    def _one_by_one(
        self, odd: Sequence[Mapping[str, Any]], chunk: engine.Chunk, reader: RowReader
    ) -> tuple[dict[int, Program], list[Failed], int]:
        """The odd rows as programs, those that are none with their reasons, and how many hold nothing."""
        programs, failed, empty = dict[int, Program](), list[Failed](), 0
        for row in odd:
            number = row[engine.ROW]
            cells = self._cells(row, chunk)
            if all(cell in ("", None) for cell in cells.values()):
                empty += 1
                continue
            try:
                programs[number] = self._program(row, cells, number, reader)
            except InputError as error:
                failed.append(Failed(self.table.name, number, error.problems))
        return programs, failed, empty

    def _program(self, row: Mapping[str, Any], cells: Mapping[str, Any], number: int, reader: RowReader) -> Program:
        if self.table.form == "jsonl" and not self.mapping.columns:
            data = _nested(json.loads(row[engine.LINE]))
            return validated(Program, Document("", data, f"{self.table.name} row {number}", "json"))
        return reader.program(cells, number)

    def _programs(
        self, frame: pl.DataFrame, chunk: engine.Chunk, reader: RowReader, numbers: Sequence[int]
    ) -> Iterator[Program]:
        """The programs in some rows of a chunk, in the order asked for."""
        wanted = pl.DataFrame({engine.ROW: numbers}, schema={engine.ROW: pl.Int64})
        for row in wanted.join(frame, on=engine.ROW, how="left", maintain_order="left").iter_rows(named=True):
            yield self._program(row, self._cells(row, chunk), row[engine.ROW], reader)

    @staticmethod
    def _cells(row: Mapping[str, Any], chunk: engine.Chunk) -> dict[str, Any]:
        return {h: row[held.figure if held.number else held.text] for h, held in chunk.held.items()}

    def _alone(self, programs: Mapping[int, Program], plan: Plan) -> tuple[pl.DataFrame, list[Failed]]:
        rows, failed = [], []
        for number, program in programs.items():
            try:
                case = read_case(program, plan.goal, self.given, self.question.as_of)
            except RateError as error:
                problem = Problem(
                    f"{self.table.name} row {number}", "cost.currency", str(error), "give it in the goal's currency"
                )
                failed.append(Failed(self.table.name, number, (problem,)))
                continue
            judgement = judge(case, plan)
            answers = answers_of(judgement)
            answers |= {"rank": rank_of(answers)}
            about = {"source": self.table.name, "row": number, "goal": plan.goal.name}
            about |= {key: getattr(program, key) for key in NAMES}
            rows.append({**about, **answers, **openness(judgement, width=self.coverage)})
        return self._frame(rows, plan), failed

    # -- the answer's columns

    def _told(
        self, judged: Judged, plan: Plan, frame: pl.DataFrame, chunk: engine.Chunk, reader: RowReader
    ) -> pl.DataFrame:
        found: pl.DataFrame = nw.to_native(judged.answers).rename(
            {column: name for name, column in judged.columns.items()}
        )
        rows = frame.select(engine.ROW, *self._names(chunk, reader))
        found = found.join(rows, on=engine.ROW, how="left")
        return self._ordered(found, plan)

    def _names(self, chunk: engine.Chunk, reader: RowReader) -> Iterator[pl.Expr]:
        constants = {slot.field: value for slot, value in reader.constants.items() if not slot.part}
        for name in NAMES:
            headers = reader.slots.get(Slot(name, "", None))
            if headers is None:
                yield pl.lit(constants.get(name), dtype=pl.String).alias(name)
                continue
            text = pl.col(chunk.held[headers[0]].text)
            words = reader.words_of(Slot(name, "", None)).words
            told = text.replace(list(words), [str(w) for w in words.values()]) if words else text
            yield pl.when(told == "").then(None).otherwise(told).alias(name)

    def _frame(self, rows: Sequence[Mapping[str, Any]], plan: Plan) -> pl.DataFrame:
        schema = self._schema()
        plain = [{name: _null(row.get(name)) for name in schema} for row in rows]
        return self._ordered(pl.DataFrame(plain, schema=schema), plan)

    def _schema(self) -> dict[str, Any]:
        text = {"source", "id", "name", "provider", "kind", "goal", "verdict", "stakes"}
        names = [n for n in columns_of(self.question.rubric) if n != "row"]
        schema: dict[str, Any] = {"row": pl.Int64}
        schema |= {n: pl.String if n in text else pl.Float64 for n in names}
        extra = [n for plan in self.plans for n in self._extra(plan)]
        return schema | {"rank": pl.Float64} | dict.fromkeys(extra, pl.Float64)

    def _extra(self, plan: Plan) -> Iterator[str]:
        for criterion in plan.criteria:
            for question in criterion.questions if criterion.weight > 0 else ():
                name = question.indicators[0].id
                yield from (f"open.{name}", f"width.{name}")[: 2 if self.coverage else 1]

    def _ordered(self, frame: pl.DataFrame, plan: Plan) -> pl.DataFrame:
        schema = self._schema()
        fixed = {"source": self.table.name, "goal": plan.goal.name}
        return frame.select(
            pl.lit(fixed[name], dtype=pl.String).alias(name) if name in fixed
            else pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
            for name, kind in schema.items()
        )  # fmt: skip

    def _stated(self, frame: pl.DataFrame, chunk: engine.Chunk, reader: RowReader) -> dict[str, int]:
        """In how many rows each field of the table is stated."""
        counts = {}
        for slot, headers in reader.slots.items():
            held = chunk.held[headers[0]]
            column = pl.col(held.figure).is_not_null() if held.number else pl.col(held.text) != ""
            if not slot.part or slot.kind is None:
                counts[slot.field] = column.sum().alias(slot.field)
        return dict(frame.select(**counts).row(0, named=True)) if counts else {}


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


def _null(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value


def table_mapping(mapping: TableMapping | None) -> TableMapping:
    """The mapping given, or that of our own headers."""
    return OWN if mapping is None else mapping
