"""Matching: what lists, registers and names yield for a goal, found once for each way they are written and joined.

The functions are those of the measures; a table only saves asking the same thing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

import narwhals as nw

from credscore.batch.door import Door
from credscore.batch.pieces import BAD, BLANK, Pieces, Raw
from credscore.errors import RateError
from credscore.measures.case import Given
from credscore.measures.derived import DERIVATIONS, Derivation
from credscore.measures.facts import Cell
from credscore.model.column import Column
from credscore.model.estimate import Estimate, Truth
from credscore.model.goal import Goal
from credscore.model.layout import NUMERIC, fields
from credscore.model.record import Record
from credscore.model.sheet import column_name, literal
from credscore.reference.names import normal_name, same_name

PRESENCE, CURRENCY = frozenset({"source"}), "cost.currency"
"""Fields of which matching asks only whether they are stated; and the one that an exchange rate comes from."""
Distinct = Callable[[Mapping[str, "str | nw.Expr"]], list[Raw]]
"""The distinct rows of some columns of a table, or of expressions over it, as text."""


class Asked(NamedTuple):
    """What is asked of every program alike."""

    goal: Goal
    given: Given
    as_of: date
    rates: Callable[[str], float]


class Joined(NamedTuple):
    """Matched cells to be joined to a frame: the key columns to make, and a row for each key."""

    keys: dict[str, nw.Expr]
    rows: list[dict[str, Any]]
    schema: dict[str, Any]


class Noted:
    """A program of some fields, that notes which of them a matching function looks at, by dotted name."""

    __slots__ = ("_prefix", "_record", "_seen", "_values")

    def __init__(self, values: Mapping[str, Any], seen: set[str], prefix: str = "", record: Record = BLANK) -> None:
        self._values, self._seen, self._prefix, self._record = values, seen, prefix, record

    def __getattr__(self, name: str) -> Any:
        """The field, noted; a section notes its own."""
        path = f"{self._prefix}{name}"
        if path in self._values:
            self._seen.add(path)
            return self._values[path]
        found = getattr(self._record, name)
        if not self._prefix and isinstance(found, Record):
            return Noted(self._values, self._seen, f"{name}.", found)
        self._seen.add(path)
        return found


class NotedQuestion:
    """A question to a matching function, that notes what it looks at of the program."""

    def __init__(self, values: Mapping[str, Any], asked: Asked, currency: str | None, seen: set[str]) -> None:
        self.program, self.goal, self.given, self.as_of = Noted(values, seen), asked.goal, asked.given, asked.as_of
        self._rates, self._currency, self._seen = asked.rates, currency, seen

    @property
    def exchange(self) -> float:
        """The file's currency into the goal's."""
        self._seen.add(CURRENCY)
        return self._rates(self._currency or "")


class Matcher:
    """The matchings of one table for one goal, remembered from chunk to chunk.

    Which fields an answer depends on is found by watching what is looked at, so that no declaration can be wrong, and
    what a goal does not ask is not told apart.
    """

    def __init__(self, pieces: Pieces, asked: Asked) -> None:
        self.pieces, self.asked = pieces, asked
        self._fields: dict[str, tuple[str, ...]] = {}
        self._known: dict[tuple[str, tuple[str, ...], Raw], tuple[Mapping[str, Cell], frozenset[str]]] = {}

    def cells(self, name: str, door: Door, distinct: Distinct) -> Matched:
        """The cells that matching yields for a name, and what must be joined for them; nothing where none does."""
        entry = DERIVATIONS.get(name)
        if entry is None:
            return Matched({}, None)
        fields_read = self._fields.get(name, ())
        while True:
            keys: dict[str, str | nw.Expr] = {}
            parts: list[tuple[str, int]] = []
            for field in fields_read:
                made = self._keys(field, door, distinct)
                parts.append((field, len(made)))
                keys |= {f"k{len(keys) + n}": expr for n, expr in enumerate(made)}
            found, seen = {}, set[str]()
            for raw in distinct(keys) if keys else [()]:
                found[raw], looked_at = self._answer(entry, fields_read, parts, raw)
                seen |= looked_at
            more = [field for field in sorted(seen) if field not in fields_read and self._stated(field, door)]
            if not more:
                break
            fields_read = self._fields[name] = (*fields_read, *more)
        if not keys:
            return Matched(dict(found[()]), None)
        exprs = {key: nw.col(made) if isinstance(made, str) else made for key, made in keys.items()}
        return _joined(entry, exprs, found, door)

    def _stated(self, field: str, door: Door) -> bool:
        """Whether the table says something of a field, in columns or for all rows alike."""
        return field in fields() and (field in door.slots or self.pieces.stated(field))

    def _keys(self, field: str, door: Door, distinct: Distinct) -> list[str | nw.Expr]:
        """The columns by which a field's part in the answer is told apart."""
        if _is_number(field):
            cell = door.cells.get(field)
            return [_sign(cell)] if isinstance(cell, Estimate) else []
        columns = door.text_columns(field)
        if field == "name":
            named = [(column, self._awards(column, distinct)) for column in columns]
            return [_only(nw.col(column), names) for column, names in named if names]
        if field in PRESENCE:
            return [nw.when(nw.col(c) == "").then(nw.lit("")).otherwise(nw.lit("-")) for c in columns]
        return list(columns)

    def _awards(self, column: str, distinct: Distinct) -> list[str]:
        """The names in the table that are those of awards the goal speaks of."""
        goal = self.asked.goal
        awards = [*goal.target.requires, *(goal.learner.holds or ())]
        if not awards:
            return []
        perhaps = reduce(or_, [_could_be(nw.col(column), award) for award in awards])
        found = distinct({"name": nw.when(perhaps).then(nw.col(column)).otherwise(nw.lit(""))})
        return [name for (name,) in found if any(same_name(name, award) for award in awards)]

    def _answer(
        self, entry: Derivation, read: tuple[str, ...], parts: Sequence[tuple[str, int]], raw: Raw
    ) -> tuple[Mapping[str, Cell], frozenset[str]]:
        key = (entry.cells[0], read, raw)
        if key not in self._known:
            self._known[key] = self._worked_out(entry, parts, raw)
        return self._known[key]

    def _worked_out(
        self, entry: Derivation, parts: Sequence[tuple[str, int]], raw: Raw
    ) -> tuple[Mapping[str, Cell], frozenset[str]]:
        """What a matching function yields for one way of writing the fields it reads, and what it looked at."""
        values: dict[str, Any] = {}
        at = 0
        for field, width in parts:
            mine, at = raw[at : at + width], at + width
            if width and _is_number(field):
                values[field] = self.pieces.sign(mine[0])
            elif width and field == "name":
                values[field] = mine[0] or "-"
            elif width and field in PRESENCE:
                values[field] = mine[0] or None
            elif width == len(self.pieces.headers.get(field, ())):
                values[field] = self.pieces.value(field, mine)
        nothing = dict.fromkeys(entry.cells)
        if BAD in values.values():
            return nothing, frozenset()  # the row is read by itself
        currency, seen = values.pop(CURRENCY, None), set[str]()
        question: Any = NotedQuestion(values, self.asked, currency, seen)
        try:
            return {**nothing, **entry.function(question)}, frozenset(seen)
        except RateError:
            return nothing, frozenset(seen)  # likewise, and says so


class Matched(NamedTuple):
    """Cells by name, and the join that brings their columns."""

    cells: dict[str, Cell]
    join: Joined | None


def _could_be(column: nw.Expr, award: str) -> nw.Expr:
    """Whether a name could be an award's, written differently: it holds its longest word, or is not plain ASCII."""
    longest = max(normal_name(award).split(), key=len, default="")
    plain = column.str.to_lowercase().str.replace_all(".", "", literal=True).str.replace_all("'", "", literal=True)
    return plain.str.contains(longest, literal=True) | column.str.contains("[^\\x00-\\x7F]")


def _only(column: nw.Expr, wanted: Sequence[str]) -> nw.Expr:
    return nw.when(column.is_in(list(wanted))).then(column).otherwise(nw.lit(""))


def _is_number(field: str) -> bool:
    kind = fields()[field]
    return kind is not None and kind.kind in NUMERIC


def _sign(cell: Estimate) -> nw.Expr:
    """Whether a number is stated, and whether its ends are nothing or more."""
    low, high = (nw.col(end.parts[0]) if isinstance(end, Column) else literal(end) for end in (cell.low, cell.high))
    positive = nw.when(low > 0.0).then(nw.lit("+")).otherwise(nw.lit("0+"))
    some = nw.when(high > 0.0).then(positive).otherwise(nw.lit("0"))
    return nw.when(high.is_null()).then(nw.lit("")).otherwise(some)


def _joined(
    entry: Derivation, keys: dict[str, nw.Expr], found: Mapping[Raw, Mapping[str, Cell]], door: Door
) -> Matched:
    """Columns for the matched cells; what no row yields has none, and what all yield alike is no column."""
    names = dict.fromkeys(name for cells in found.values() for name in cells)
    columns: dict[str, list[Any]] = {}
    schema: dict[str, Any] = {}
    cells: dict[str, Cell] = {}
    for name in names:
        yielded = [made.get(name) for made in found.values()]
        if name.endswith(".count"):
            counts = [c.likely for c in yielded if isinstance(c, Estimate) and isinstance(c.likely, float)]
            cells[name] = Estimate.of(max(counts, default=0.0))
            continue
        cells[name] = _columns(name, yielded, columns, schema, door)
    for name in entry.cells:
        cells.setdefault(name, None)
    if not columns:
        return Matched(cells, None)
    rows = [dict(zip(keys, raw, strict=True)) for raw in found]
    for name, column in columns.items():
        for row, value in zip(rows, column, strict=True):
            row[name] = value
    return Matched(cells, Joined(keys, rows, {**dict.fromkeys(keys, nw.String), **schema}))


def _columns(name: str, yielded: Sequence[Cell], columns: dict[str, Any], schema: dict[str, Any], door: Door) -> Cell:
    kinds = {type(cell) for cell in yielded if cell is not None}
    if not kinds:
        return None
    column = column_name(name)
    if kinds == {str}:
        columns[column], schema[column] = list(yielded), nw.String
        return door.sheet.column(column, filled=None not in yielded)
    if kinds == {Truth}:
        answers = [None if not isinstance(c, Truth) or c.unknown is True else c.certain for c in yielded]
        if all(answer is None for answer in answers):
            return Truth.OPEN
        columns[column], schema[column] = [None if a is None else float(a is True) for a in answers], nw.Float64
        stated = door.sheet.column(column, filled=None not in answers) == 1.0
        return Truth(stated.fill_null(False), stated.fill_null(True))
    ends = {end: [_known(getattr(c, end)) if isinstance(c, Estimate) else None for c in yielded]
            for end in ("low", "likely", "high")}  # fmt: skip
    if all(x is None for x in ends["likely"]):
        return None
    if ends["low"] == ends["high"]:
        columns[column], schema[column] = ends["likely"], nw.Float64
        return Estimate.of(door.sheet.column(column, filled=None not in ends["likely"]))
    for end, values in ends.items():
        columns[f"{column}__{end}"], schema[f"{column}__{end}"] = values, nw.Float64
    filled = None not in ends["likely"]
    return Estimate(*(door.sheet.column(f"{column}__{end}", filled=filled) for end in ends))


def _known(x: Any) -> float | None:
    return float(x) if isinstance(x, float) and x == x else None


def distinct_of(rows: Iterable[Sequence[Any]]) -> list[Raw]:
    """Distinct rows of text in an order of their own, so that results repeat."""
    return sorted(tuple("" if cell is None else str(cell) for cell in row) for row in rows)
