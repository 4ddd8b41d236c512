"""Door: from a table's columns to the cells that measures ask for, and the rows that must be read by themselves.

A row is let through only where a program file with the same facts would be; whatever looks odd is read as one program,
which either scores it or says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

import narwhals as nw

from credscore.batch.figures import EVERY_ROW, NO, Figures, looked_up
from credscore.batch.pieces import BAD, REQUIRED, Raw, cell_of
from credscore.measures.facts import Cell
from credscore.model.estimate import Estimate, Truth
from credscore.model.layout import NUMERIC, Slot, fields
from credscore.model.program.terms import CONFER_DEGREES, DEGREES

FREE = frozenset({"name", "provider", "id", "language", "url", "source"})
"""Plain fields in which any text will do."""
BLANK = {"name": ("",), "provider": ("",)}


class Opened(NamedTuple):
    """A frame with the cells of its programs, and the flag of the rows to be read by themselves."""

    frame: Any
    cells: dict[str, Cell]


class Door(Figures):
    """One table's door: what each column holds, and how it becomes cells."""

    def opened(
        self, frame: Any, distinct: Callable[[Sequence[str]], list[Raw]], rates: Callable[[str], float]
    ) -> Opened:
        """The frame with a column for every stated cell, and ``odd``, where a row must be read by itself.

        Args:
            frame: a narwhals frame of the held columns.
            distinct: the distinct rows of some of its text columns.
            rates: units of the goal's currency for one of another; the goal's own for "".
        """
        exchange = self._exchange(distinct, rates)
        for field, kind in fields().items():
            if kind is not None and kind.kind in NUMERIC:
                if field in self.slots or self.constant(field):
                    self.quantity(field, kind, exchange if kind.money else 1.0, distinct)
            elif "" in self.slots.get(field, {}) or (kind is None and field in self.slots):
                self._piece(field, distinct, asked=kind is not None or field == "kind")
            elif field in self.slots:
                self.none_of(self.slots[field], ("low", "high"))
            elif self.pieces.stated(field):
                self._fixed(field)
        self._agree()
        if not all(self.pieces.stated(field) for field in REQUIRED):
            self.odd.append(EVERY_ROW)
        flag = reduce(or_, self.odd, NO)
        return Opened(frame.with_columns(**self.columns, odd=flag), self.cells)

    def text_columns(self, field: str) -> tuple[str, ...]:
        """The text columns of a field, in the order in which its pieces are read."""
        return tuple(self.held[h].text for h in self.pieces.headers.get(field, ()))

    def _piece(self, field: str, distinct: Any, *, asked: bool) -> None:
        columns = self.text_columns(field)
        if field in FREE:
            slot = Slot(field, "", None)
            blank = BLANK.get(field, ()) if slot not in self.reader.constants else ()
            told = [*self.reader.words_of(slot).words, *self.reader.gaps_of(slot), *blank]
            self.odd.append(reduce(or_, [nw.col(columns[0]) == word for word in told]))
            return
        raws = distinct(columns)
        values = {raw: self.pieces.value(field, raw) for raw in raws}
        bad = [raw for raw, value in values.items() if value is BAD]
        if bad:
            self.odd.append(_one_of(columns, bad))
        if not asked:
            return
        parts = self.slots[field]
        self.aside(field, parts, distinct, ("low", "high", "period", "years_after"))
        cells = {raw[0]: cell_of(value) for raw, value in values.items() if value is not BAD}
        self._told(field, nw.col(columns[0]), {raw: cell for raw, cell in cells.items() if cell is not None})

    def _told(self, field: str, column: nw.Expr, cells: dict[str, Cell]) -> None:
        """A column of words, answers or days, by the text they were written in."""
        kinds = {type(cell) for cell in cells.values()}
        if kinds <= {str}:
            if field == "kind":
                self.cells[field] = self.keep(field, _worded(column, cells), filled=True)
            elif cells:
                self.cells[field] = self.keep(field, _worded(column, cells))
        elif kinds == {Truth}:
            table = {raw: float(cell.certain) for raw, cell in cells.items()}  # type: ignore[union-attr, arg-type]
            kept = self.keep(field, looked_up(column, table) == 1.0)
            self.cells[field] = Truth(kept.fill_null(False), kept.fill_null(True))
        else:
            table = {raw: cell.likely for raw, cell in cells.items()}  # type: ignore[union-attr, misc]
            self.cells[field] = Estimate.of(self.keep(field, looked_up(column, table)))

    def _fixed(self, field: str) -> None:
        value = self.pieces.value(field)
        if value is BAD:
            self.odd.append(EVERY_ROW)
        elif (cell := cell_of(value)) is not None:
            self.cells[field] = cell

    def _exchange(self, distinct: Any, rates: Callable[[str], float]) -> nw.Expr | float:
        """Units of the goal's currency for one of the row's; a currency without a rate makes its rows odd."""
        field = "cost.currency"
        if field not in self.slots:
            fixed = self.pieces.value(field) if self.pieces.stated(field) else None
            rate = None if fixed is BAD else _rate(rates, fixed)
            if rate is None:
                self.odd.append(EVERY_ROW)
            return 1.0 if rate is None else rate
        columns = self.text_columns(field)
        found = {raw: self.pieces.value(field, raw) for raw in distinct(columns)}
        known = {raw[0]: _rate(rates, value) for raw, value in found.items() if value is not BAD}
        if set(known.values()) == {1.0}:
            return 1.0
        table = {raw: rate for raw, rate in known.items() if rate is not None}
        self.odd.append(~nw.col(columns[0]).is_in(list(table)))
        return looked_up(nw.col(columns[0]), table)

    def _agree(self) -> None:
        """The one rule that two fields must keep together: only some kinds award degrees."""
        award, kind = self.cells.get("content.award"), self.cells.get("kind")
        if award is None or isinstance(award, Estimate | Truth):
            return
        degree = nw.lit(award in DEGREES) if isinstance(award, str) else self.columns["content__award"].is_in(DEGREES)
        confers = (
            nw.lit(kind in CONFER_DEGREES) if isinstance(kind, str) else self.columns["kind"].is_in(CONFER_DEGREES)
        )
        self.odd.append((degree & ~confers).fill_null(False))


def _rate(rates: Callable[[str], float], currency: str | None) -> float | None:
    from credscore.errors import RateError

    try:
        return rates(currency or "")
    except RateError:
        return None


def _worded(column: nw.Expr, cells: Mapping[str, Any]) -> nw.Expr:
    if all(raw == cell for raw, cell in cells.items()):
        return nw.when(column.is_in(list(cells))).then(column).otherwise(nw.lit(None, nw.String))
    return looked_up(column, cells)


def _one_of(columns: Sequence[str], bad: Iterable[Raw]) -> nw.Expr:
    """Whether the row writes a field in one of several ways."""
    if len(columns) == 1:
        return nw.col(columns[0]).is_in([raw[0] for raw in bad])
    rows = [
        reduce(lambda a, b: a & b, [nw.col(c) == text for c, text in zip(columns, raw, strict=True)]) for raw in bad
    ]
    return reduce(or_, rows)
