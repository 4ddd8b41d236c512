"""Tables: every row of a table judged for every goal, and every row accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import narwhals as nw
import polars as pl

from credscore.batch.alone import NAMES, Origin, wanted
from credscore.batch.answers import columns_of
from credscore.batch.block import Block, Question
from credscore.batch.engines import polars as engine
from credscore.batch.engines.chunk import ROW, Chunk, Reading
from credscore.batch.judging import Judged, judge_frame
from credscore.batch.matching import Asked, Matcher
from credscore.batch.pieces import Pieces
from credscore.batch.tablefile import TableFile
from credscore.batch.tally import openness
from credscore.measures.case import Given
from credscore.model.goal import Goal
from credscore.model.layout import Slot, slot_of
from credscore.reference.currency import rate_between
from credscore.scoring.plan import Plan
from credscore.sources.mapping import TableMapping, slots_of
from credscore.sources.row import RowReader

FREE = ("jsonl", "files")
"""Forms in which every row names its own fields."""
TEXTS = frozenset({"source", "id", "name", "provider", "kind", "goal", "verdict", "stakes"})


class TableScorer:
    """One table on its way through the door: its headers, its reader, and what has been matched so far."""

    def __init__(self, table: TableFile, mapping: TableMapping, question: Question) -> None:
        self.table, self.mapping, self.question = table, mapping, question
        self.plans = question.plans()
        self.given = Given(question.rubric.assumptions, question.rubric.id)
        self._readers: dict[tuple[str, ...], tuple[RowReader, Pieces, tuple[Matcher, ...]]] = {}

    def blocks(self, after: int = 0) -> Iterator[Block]:
        """The answers chunk by chunk, in the order of the rows; those after a number of rows.

        Raises:
            InputError: the table cannot be read, or its headers lead nowhere.
        """
        headers = engine.headers_of(self.table)
        if headers is not None:
            slots_of(self.mapping, headers, self.table.name)  # refuses a table whose headers lead nowhere
        for chunk in engine.chunks(self.table, self._reading(), after):
            yield self._block(chunk)

    def of_files(self, paths: Sequence[str], jobs: int | None = None) -> Iterator[Block]:
        """The answers about program files, many at a time, in their order."""
        for chunk in engine.documents(paths, self._reading(), jobs):
            yield self._block(chunk)

    def _reading(self) -> Reading:
        if not self.mapping.columns:
            return Reading(None, self.mapping.ignore_in_numbers)
        named = ((slot_of(path), header) for path, header in self.mapping.columns.items())
        figures = {h for slot, header in named if slot is not None and slot.is_number for h in _several(header)}
        return Reading(frozenset(figures), self.mapping.ignore_in_numbers)

    def _reader(self, headers: tuple[str, ...]) -> tuple[RowReader, Pieces, tuple[Matcher, ...]]:
        if headers not in self._readers:
            reader = RowReader(self.mapping, self._slots(headers), self.table.name)
            pieces = Pieces(reader)
            matchers = tuple(Matcher(pieces, self._asked(goal)) for goal in self.question.goals)
            self._readers[headers] = reader, pieces, matchers
        return self._readers[headers]

    def _slots(self, headers: tuple[str, ...]) -> Mapping[Slot, tuple[str, ...]]:
        if self.table.form not in FREE:
            return slots_of(self.mapping, headers, self.table.name)
        if self.mapping.columns:
            named = {slot_of(path): _several(header) for path, header in self.mapping.columns.items()}
            return {slot: n for slot, n in named.items() if slot is not None and all(h in headers for h in n)}
        return {slot: (h,) for h in headers if (slot := slot_of(h)) is not None}

    def _asked(self, goal: Goal) -> Asked:
        day, wanted_currency = self.question.as_of, goal.means.currency

        @cache
        def rates(currency: str) -> float:
            return rate_between(currency or wanted_currency, wanted_currency, day)

        return Asked(goal, self.given, day, rates)

    def _block(self, chunk: Chunk) -> Block:
        reader, pieces, matchers = self._reader(chunk.headers)
        own = not self.mapping.columns
        origin = Origin(self.table.name, self.table.form, own, chunk, reader)
        frame, strays = self._parted(chunk)
        names = [chunk.held[h].text for name in NAMES for h in reader.slots.get(Slot(name, "", None), ())]
        answers, failed, found = list[pl.DataFrame](), origin.broken(), None
        for plan, matcher in zip(self.plans, matchers, strict=True):
            judged = judge_frame(
                nw.from_native(frame), reader, pieces, chunk.held, matcher, plan, engine.engine(), [ROW, *names],
                extra=lambda judgement: openness(judgement, width=self.question.coverage),
            )  # fmt: skip
            if found is None:
                odd = nw.to_native(judged.odd)
                found = origin.found([*odd.iter_rows(named=True), *strays.iter_rows(named=True)])
                failed += found.failed
            alone, lost = origin.scored(found.programs, plan, self.given, self.question)
            failed += lost
            told = _told(judged, origin)
            if alone:
                told = pl.concat([told, _framed(alone)], how="diagonal_relaxed")
            answers.append(self._ordered(told.sort(ROW), plan, origin))
        assert found is not None
        by_row = _stated(reader, chunk)
        stated = frame.select(**by_row).row(0, named=True) if by_row else {}
        return Block(tuple(answers), tuple(failed), chunk.frame.height, found.empty, stated,
                     lambda numbers: wanted(_rows(frame, strays, numbers), origin))  # fmt: skip

    def _parted(self, chunk: Chunk) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The rows that are rows, without those that name what is no field, and those."""
        frame = chunk.frame
        if chunk.broken:
            frame = frame.filter(~pl.col(ROW).is_in([n for n, _ in chunk.broken]))
        lost = [chunk.held[h].text for h in chunk.headers if slot_of(h) is None]
        if self.table.form not in FREE or self.mapping.columns or not lost:
            return frame, frame.clear()
        stray = pl.any_horizontal([pl.col(column) != "" for column in lost])
        return frame.filter(~stray), frame.filter(stray)

    def _ordered(self, frame: pl.DataFrame, plan: Plan, origin: Origin) -> pl.DataFrame:
        """The answers' columns in their order, each of its kind."""
        names = [*columns_of(self.question.rubric), "rank", *self._sums()]
        kinds = {n: pl.Int64 if n == ROW else pl.String if n in TEXTS else pl.Float64 for n in names}
        first, paths = origin.chunk.first, origin.chunk.paths
        about = {"goal": pl.lit(plan.goal.name), "source": pl.lit(origin.table)}
        if paths:
            about["source"] = (pl.col(ROW) - first).replace_strict(
                range(len(paths)), list(paths), return_dtype=pl.String
            )
            about[ROW] = pl.lit(None)
        return frame.select(
            (about[name] if name in about else pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
            for name, kind in kinds.items()
        )  # fmt: skip

    def _sums(self) -> Iterator[str]:
        asked = [q for plan in self.plans for c in plan.criteria if c.weight > 0 for q in c.questions]
        kinds = ("open", "width") if self.question.coverage else ("open",)
        return iter(dict.fromkeys(f"{kind}.{q.indicators[0].id}" for q in asked for kind in kinds))


def _several(header: str | tuple[str, ...]) -> tuple[str, ...]:
    return (header,) if isinstance(header, str) else header


def _told(judged: Judged, origin: Origin) -> pl.DataFrame:
    """The answers under their own names, with the names of the programs as they are stated."""
    frame: pl.DataFrame = nw.to_native(judged.answers)
    reader, chunk = origin.reader, origin.chunk
    constants = {slot.field: value for slot, value in reader.constants.items() if not slot.part}
    names = []
    for name in NAMES:
        headers = reader.slots.get(Slot(name, "", None))
        text = pl.col(chunk.held[headers[0]].text) if headers else pl.lit("")
        words = reader.words_of(Slot(name, "", None)).words
        text = text.replace(list(words), [str(w) for w in words.values()]) if words else text
        names.append(pl.when(text == "").then(pl.lit(constants.get(name), dtype=pl.String)).otherwise(text).alias(name))
    return frame.select(ROW, *names, *(pl.col(column).alias(name) for name, column in judged.columns.items()))


def _framed(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Answers reckoned one by one, as a frame."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    kinds = {n: pl.Int64 if n == ROW else pl.String if n in TEXTS else pl.Float64 for n in names}
    return pl.DataFrame([{n: _null(row.get(n)) for n in names} for row in rows], schema=kinds)


def _null(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value


def _stated(reader: RowReader, chunk: Chunk) -> dict[str, pl.Expr]:
    """For each field, in how many rows it is stated."""
    counts = {}
    for slot, headers in reader.slots.items():
        held = chunk.held[headers[0]]
        if not slot.part or slot.kind is None:
            counts[slot.field] = (pl.col(held.figure).is_not_null() if held.number else pl.col(held.text) != "").sum()
    return counts


def _rows(frame: pl.DataFrame, strays: pl.DataFrame, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    order = pl.DataFrame({ROW: numbers}, schema={ROW: pl.Int64})
    whole = pl.concat([frame, strays]) if strays.height else frame
    return order.join(whole, on=ROW, how="left", maintain_order="left").iter_rows(named=True)
