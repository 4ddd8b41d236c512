"""Tables: every row of a table judged for every goal, and every row accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Protocol

import narwhals as nw
import polars as pl

from credscore.batch.alone import NAMES, Origin, wanted
from credscore.batch.answers import SETS, TEXT, columns_of
from credscore.batch.block import Block, Question
from credscore.batch.chunk import ROW, Chunk, Reading
from credscore.batch.judging import Distincts, Engine, Judged, judge_frame
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
from credscore.sources.row import GAPS, NUMBER, RowReader

FREE = ("jsonl", "files")
"""Forms in which every row names its own fields."""
TEXTS = TEXT - frozenset(SETS)


class Source(Protocol):
    """What reads tables for an engine."""

    def headers_of(self, table: TableFile) -> tuple[str, ...] | None:
        """The headers of a table, None where every row names its own."""

    def chunks(self, table: TableFile, reader: Reading, after: int = 0) -> Iterator[Chunk]:
        """The rows of a table in order, those after a number of rows."""


class TableScorer:
    """One table on its way through the door: its headers, its reader, and what has been matched so far."""

    def __init__(self, table: TableFile, mapping: TableMapping, question: Question) -> None:
        self.table, self.mapping, self.question = table, mapping, question
        self.plans = question.plans()
        self.given = Given(question.rubric.assumptions, question.rubric.id)
        self._readers: dict[tuple[str, ...], tuple[RowReader, Pieces, tuple[Matcher, ...]]] = {}

    def blocks(self, source: Source, engine: Engine, after: int = 0) -> Iterator[Block]:
        """The answers in the order of the rows; those after a number of rows.

        Raises:
            InputError: the table cannot be read, or its headers lead nowhere.
        """
        self.admit(source.headers_of(self.table))
        for chunk in source.chunks(self.table, self.reading(), after):
            yield from self.of_chunk(chunk, engine)

    def admit(self, headers: tuple[str, ...] | None) -> None:
        """Refuse a table whose headers lead nowhere; None where every row names its own fields.

        Raises:
            InputError: a header is no field, stands twice, or is lacking.
        """
        if headers is not None:
            slots_of(self.mapping, headers, self.table.name)

    def reading(self) -> Reading:
        """What is known of the columns before they are read."""
        if not self.mapping.columns:
            return Reading(None, self.mapping.ignore_in_numbers)
        named = [(slot_of(path), h) for path, header in self.mapping.columns.items() for h in _several(header)]
        figures, words = (
            {h for slot, h in named if slot is not None and slot.is_number is number} for number in (True, False)
        )
        return Reading(frozenset(figures), self.mapping.ignore_in_numbers, own=False, words=frozenset(figures & words))

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

    def of_chunk(self, chunk: Chunk, engine: Engine) -> Iterator[Block]:
        """The answers about a chunk, in as many parts as its engine gives."""
        reader, pieces, matchers = self._reader(chunk.headers)
        origin = Origin(self.table.name, self.table.form, not self.mapping.columns, chunk, reader)
        frame, strays = self._parted(chunk, engine)
        names = [chunk.held[h].text for name in NAMES for h in reader.slots.get(Slot(name, "", None), ())]
        distincts = Distincts(frame, engine)
        judged = [
            judge_frame(frame, reader, pieces, chunk.held, matcher, plan, engine, distincts, [ROW, *names],
                        extra=lambda judgement: openness(judgement, width=self.question.coverage))
            for plan, matcher in zip(self.plans, matchers, strict=True)
        ]  # fmt: skip
        odd = engine.collected(judged[0].odd)
        found = origin.found([*odd.iter_rows(named=True), *strays.iter_rows(named=True)])
        failed = [*origin.broken(), *found.failed]
        alone = []
        for plan in self.plans:
            rows, lost = origin.scored(found.programs, plan, self.given, self.question)
            alone.append(_framed(rows))
            failed += lost
        count, last, stated = self._counted(frame, chunk, reader, engine)
        last = max([last, *found.programs, *(n for n, _ in chunk.broken), *(strays[ROW] if strays.height else ())])
        kept = [engine.kept(j.answers) for j in judged]
        step = engine.step or max(last - chunk.first + 1, 1)
        count += len(chunk.broken) + strays.height
        for first in range(chunk.first, max(last + 1, chunk.first + 1), step):
            end = min(first + step, last + 1)
            answers = [self._answers(engine.part(k, first, end), j, a, plan, origin, (first, end))
                       for k, j, a, plan in zip(kept, judged, alone, self.plans, strict=True)]  # fmt: skip
            whole = first == chunk.first
            yield Block(tuple(answers), tuple(failed) if whole else (), end - first if engine.step else count, found.empty if whole else 0,
                        stated if whole else {}, lambda numbers: wanted(self._rows(chunk, engine, numbers), origin))  # fmt: skip

    def _answers(
        self,
        frame: pl.DataFrame,
        judged: Judged,
        alone: pl.DataFrame,
        plan: Plan,
        origin: Origin,
        rows: tuple[int, int],
    ) -> pl.DataFrame:
        """The answers about some rows, those read by themselves among them, in order."""
        told = _told(frame, judged, origin)
        if alone.height:
            alone = alone.filter(pl.col(ROW).is_between(*rows, closed="left"))
            told = pl.concat([told, alone], how="diagonal_relaxed")
        return self._ordered(told.sort(ROW), plan, origin)

    def _parted(self, chunk: Chunk, engine: Engine) -> tuple[Any, pl.DataFrame]:
        """The rows that are rows, without those that name what is no field, and those."""
        frame = nw.from_native(chunk.frame)
        if chunk.broken:
            frame = frame.filter(~nw.col(ROW).is_in([n for n, _ in chunk.broken]))
        lost = [chunk.held[h].text for h in chunk.headers if slot_of(h) is None]
        if self.table.form not in FREE or self.mapping.columns or not lost:
            return frame, pl.DataFrame(schema={ROW: pl.Int64})
        stray = nw.any_horizontal(*(nw.col(column) != "" for column in lost), ignore_nulls=False)
        return frame.filter(~stray), engine.collected(frame.filter(stray))

    def _counted(self, frame: Any, chunk: Chunk, reader: RowReader, engine: Engine) -> tuple[int, int, dict[str, int]]:
        """How many rows there are, the number of the last, and in how many each field is stated."""
        counts = {}
        for slot, headers in reader.slots.items():
            held, tokens = chunk.held[headers[0]], sorted(reader.gaps_of(slot))
            if not slot.part or slot.kind is None:
                figures = [float(t) for t in tokens if NUMBER.fullmatch(t)]
                lost = nw.col(held.figure).is_in(figures) if held.number else nw.col(held.text).is_in([*tokens, ""])
                said = ~(lost | nw.col(held.figure).is_null() if held.number else lost)
                counts[slot.field] = nw.when(said).then(nw.lit(1)).otherwise(nw.lit(0)).sum()
        columns = {f"c{n}": count for n, count in enumerate(counts.values())}
        found = engine.collected(frame.select(rows=nw.len(), last=nw.col(ROW).max(), **columns)).row(0)
        stated = {slot.field: found[0] for slot, said in reader.constants.items() if not slot.part and said not in GAPS}
        stated |= {field: int(n or 0) for field, n in zip(counts, found[2:], strict=True) if field not in stated}
        return found[0], found[1] or 0, stated

    def _rows(self, chunk: Chunk, engine: Engine, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
        """Some rows of a chunk as they stand, in the order asked for."""
        some = engine.collected(nw.from_native(chunk.frame).filter(nw.col(ROW).is_in(list(numbers))))
        order = pl.DataFrame({ROW: numbers}, schema={ROW: pl.Int64})
        return order.join(some, on=ROW, how="left", maintain_order="left").iter_rows(named=True)

    def kinds(self) -> dict[str, Any]:
        """The columns of the answers in their order, each with its kind."""
        names = [*columns_of(self.question.rubric), "rank", *self._sums()]
        return {n: pl.Int64 if n == ROW else pl.String if n in TEXTS else pl.Float64 for n in names}

    def _ordered(self, frame: pl.DataFrame, plan: Plan, origin: Origin) -> pl.DataFrame:
        """The answers' columns in their order, each of its kind."""
        first, paths = origin.chunk.first, origin.chunk.paths
        about = {"goal": pl.lit(plan.goal.name), "source": pl.lit(origin.table)}
        if paths:
            about["source"] = (pl.col(ROW) - first).replace_strict(
                range(len(paths)), list(paths), return_dtype=pl.String
            )
            about[ROW] = pl.lit(None)
        return frame.select(
            (about[name] if name in about else pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
            for name, kind in self.kinds().items()
        )  # fmt: skip

    def _sums(self) -> Iterator[str]:
        asked = [q for plan in self.plans for c in plan.criteria if c.weight > 0 for q in c.questions]
        kinds = ("open", "width") if self.question.coverage else ("open",)
        return iter(dict.fromkeys(f"{kind}.{q.indicators[0].id}" for q in asked for kind in kinds))


def _several(header: str | tuple[str, ...]) -> tuple[str, ...]:
    return (header,) if isinstance(header, str) else header


def _told(frame: pl.DataFrame, judged: Judged, origin: Origin) -> pl.DataFrame:
    """The answers under their own names, with the names of the programs as they are stated."""
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
    names = list(dict.fromkeys(name for row in rows for name in row)) or [ROW]
    kinds = {n: pl.Int64 if n == ROW else pl.String if n in TEXTS else pl.Float64 for n in names}
    return pl.DataFrame([{n: _null(row.get(n)) for n in names} for row in rows], schema=kinds)


def _null(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value
