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

from credscore.batch.chunk import ROW, Held
from credscore.batch.pieces import BAD, REQUIRED, Pieces, Raw, cell_of
from credscore.measures.facts import NO_LIMIT, Cell
from credscore.model.estimate import Estimate, Truth
from credscore.model.fact import PER_YEAR, Fact, Gap, Tier
from credscore.model.layout import NUMERIC, Slot, fields
from credscore.model.notation import LARGEST, FactKind
from credscore.model.program.terms import CONFER_DEGREES, DEGREES
from credscore.model.sheet import Sheet, column_name
from credscore.sources.row import RowReader

NO = nw.lit(False)
FREE = frozenset({"name", "provider", "id", "language", "url", "source"})
"""Plain fields in which any text will do."""
BLANK = {"name": ("",), "provider": ("",)}
ENDS = ("low", "likely", "high")


class Opened(NamedTuple):
    """A frame with the cells of its programs, and the flag of the rows to be read by themselves."""

    frame: Any
    cells: dict[str, Cell]


class Door:
    """One table's door: what each column holds, and how it becomes cells."""

    def __init__(self, reader: RowReader, pieces: Pieces, held: Mapping[str, Held], sheet: Sheet) -> None:
        self.reader, self.pieces, self.held, self.sheet = reader, pieces, held, sheet
        self.slots: dict[str, dict[str, tuple[Slot, tuple[str, ...]]]] = {}
        for slot, headers in reader.slots.items():
            self.slots.setdefault(slot.field, {})[slot.part] = (slot, headers)
        self.cells: dict[str, Cell] = {}
        self.columns: dict[str, nw.Expr] = {}
        self.odd: list[nw.Expr] = []

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
                if field in self.slots or self._constant(field):
                    self._quantity(field, kind, exchange if kind.money else 1.0, distinct)
            elif "" in self.slots.get(field, {}) or (kind is None and field in self.slots):
                self._piece(field, distinct, asked=kind is not None or field == "kind")
            elif field in self.slots:
                self._none_of(self.slots[field], ("low", "high"))
            elif self.pieces.stated(field):
                self._fixed(field)
        self._agree()
        if not all(self.pieces.stated(field) for field in REQUIRED):
            self.odd.append(nw.col(ROW) > 0)
        flag = reduce(or_, self.odd, NO)
        return Opened(frame.with_columns(**self.columns, odd=flag), self.cells)

    def text_columns(self, field: str) -> tuple[str, ...]:
        """The text columns of a field, in the order in which its pieces are read."""
        return tuple(self.held[h].text for h in self.pieces.headers.get(field, ()))

    def _constant(self, field: str) -> bool:
        return any(slot.field == field and slot.part == "" for slot in self.reader.constants)

    def _keep(self, name: str, expr: nw.Expr, *, filled: bool = False) -> Any:
        self.columns[column_name(name)] = expr
        return self.sheet.column(column_name(name), filled=filled)

    # -- numbers

    def _quantity(self, field: str, kind: FactKind, money: nw.Expr | float, distinct: Any) -> None:
        parts = self.slots.get(field, {})
        if "" not in parts and self._constant(field):
            if not isinstance(money, float) or parts:
                self.odd.append(nw.lit(True))  # a constant with its own evidence by row: read row by row
            else:
                self._fixed_number(field, money)
            return
        value = self._figure(kind, *parts[""]) if "" in parts else None
        low, high = (self._figure(kind, *parts[end]) if end in parts else None for end in ("low", "high"))
        stated = value if value is not None else low if low is not None else high
        if stated is None:
            return  # evidence of a figure that is nowhere
        scale = self._scale(field, kind, money, stated, distinct)
        if low is None and high is None:
            assert value is not None
            self.cells[field] = Estimate.of(self._keep(field, _times(value, scale)))
        elif low is None or high is None:
            half = low if low is not None else high
            assert half is not None
            self.odd.append(~half.is_null())  # half a range: every row that states it is refused
            if value is not None:
                self.cells[field] = Estimate.of(self._keep(field, _times(value, scale)))
        else:
            self._range(field, value, low, high, scale, parts)
        self._evidence(field, kind, parts, distinct)

    def _figure(self, kind: FactKind, slot: Slot, headers: tuple[str, ...]) -> nw.Expr:
        """The numbers of one column, null for gaps; what is no number, or none of this kind, is odd."""
        held = self.held[headers[0]]
        x, told = nw.col(held.figure), self.reader.words_of(slot)
        if len(headers) > 1 or told.words:
            self.odd.append(reduce(or_, [nw.col(self.held[h].text) != "" for h in headers]))
            return nw.when(NO).then(x).otherwise(nw.lit(None, nw.Float64))
        tokens = sorted(self.reader.gaps_of(slot))
        if held.number:
            numeric = [float(t) for t in tokens if _is_number(t)]
            gap = x.is_in(numeric) if numeric else None
        else:
            gap = reduce(or_, [nw.col(held.text) == token for token in tokens])
            lost = x.is_null() & (nw.col(held.text) != "")
            self.odd.append((lost & ~gap).fill_null(True))
        if slot.field in NO_LIMIT and not held.number:
            limits = [t for t, why in self.reader.gaps_of(slot).items() if why == Gap.NOT_APPLICABLE]
            self.odd.append(nw.col(held.text).is_in(limits))
        if gap is not None:
            x = nw.when(gap).then(nw.lit(None, nw.Float64)).otherwise(x)
        x = x * told.scale if told.scale != 1.0 else x
        self.odd.append(self._out_of_bounds(kind, slot, x))
        return x

    @staticmethod
    def _out_of_bounds(kind: FactKind, slot: Slot, x: nw.Expr) -> nw.Expr:
        rate = kind.kind == "rate" or slot.part == "response_rate"
        if slot.part == "n":
            fine = (x >= 1.0) & (x <= LARGEST) & (x.floor() == x)
        elif slot.part == "years_after":
            fine = (x >= -LARGEST) & (x <= LARGEST)
        else:
            fine = (x >= (-LARGEST if kind.negative and not rate else 0.0)) & (x <= (1.0 if rate else LARGEST))
        return (~fine).fill_null(False)

    def _range(self, field: str, value: nw.Expr | None, low: nw.Expr, high: nw.Expr, scale: Any, parts: Any) -> None:
        self.odd.append(low.is_null() != high.is_null())
        self.odd.append((low > high).fill_null(False))
        for slot, headers in parts.values():
            held = self.held[headers[0]]
            if slot.part in ("low", "high", "") and not held.number:
                self.odd.append(nw.col(held.text).is_in(sorted(self.reader.gaps_of(slot))))
        likely = (low + high) / 2.0
        if value is not None:
            outside = (value < low) | (value > high)
            self.odd.append(outside.fill_null(False))
            likely = nw.when(value.is_null()).then(likely).otherwise(value)
            low, high = (nw.when(end.is_null()).then(value).otherwise(end) for end in (low, high))
        ends = zip(ENDS, (low, likely, high), strict=True)
        self.cells[field] = Estimate(*(self._keep(f"{field}.{end}", _times(x, scale)) for end, x in ends))

    def _scale(self, field: str, kind: FactKind, money: Any, stated: nw.Expr, distinct: Any) -> Any:
        """What a stated number is multiplied by: its currency's rate, and for pay its periods in a year."""
        if kind.kind != "pay":
            return money
        part = self.slots.get(field, {}).get("period")
        fixed = [v for s, v in self.reader.constants.items() if s.field == field and s.part == "period"]
        if part is None:
            if not fixed or fixed[0] not in PER_YEAR:
                self.odd.append(~stated.is_null())
                return money
            return money * PER_YEAR[fixed[0]]
        words = self._words(part, distinct)
        column = nw.col(self.held[part[1][0]].text)
        known = {raw: PER_YEAR[word] for raw, word in words.items() if word in PER_YEAR}
        if "" not in known and fixed and fixed[0] in PER_YEAR:
            known[""] = PER_YEAR[fixed[0]]
        years = _looked_up(column, known)
        self.odd.append(years.is_null() & ~stated.is_null())
        return years * money

    def _fixed_number(self, field: str, money: float) -> None:
        fact = self.pieces.value(field)
        if fact is BAD:
            self.odd.append(nw.lit(True))
        elif isinstance(fact, Fact) and fact.gap is None:
            scale = money * (PER_YEAR[fact.period] if fact.period else 1.0)
            assert isinstance(fact.value, float) and fact.low is not None and fact.high is not None
            same = fact.low == fact.high
            self.cells[field] = Estimate.of(fact.value * scale) if same else Estimate(
                fact.low * scale, fact.value * scale, fact.high * scale)  # fmt: skip
            self.cells[f"{field}.tier"] = str(fact.tier or Tier.CLAIMED)
            for key in ("n", "response_rate"):
                if (content := getattr(fact, key)) is not None:
                    self.cells[f"{field}.{key}"] = Estimate.of(content)
        elif isinstance(fact, Fact) and fact.gap is Gap.NOT_APPLICABLE:
            self.odd.append(nw.lit(True))

    # -- evidence

    def _evidence(self, field: str, kind: FactKind, parts: Any, distinct: Any) -> None:
        """Who says so, of how many, and who answered; checked for every figure, asked of rates and pay."""
        if kind.kind == "number":  # no measure asks who counted a price, but it has to be said rightly
            self._aside(field, parts, distinct, ("period", "years_after"))
            return
        if kind.kind == "rate":
            self._none_of(parts, ("period", "years_after"))
        self._backing(field, parts, distinct)

    def _aside(self, field: str, parts: Any, distinct: Any, forbidden: Sequence[str]) -> None:
        """Check evidence that no measure asks for, and that nothing is said which such a fact has not."""
        self._none_of(parts, forbidden)
        aside = Door(self.reader, self.pieces, self.held, Sheet())
        aside.slots = self.slots
        aside._backing(field, parts, distinct)
        self.odd += aside.odd

    def _none_of(self, parts: Any, forbidden: Sequence[str]) -> None:
        for key in forbidden:
            if key in parts:
                held = self.held[parts[key][1][0]]
                self.odd.append(~nw.col(held.figure).is_null() if held.number else nw.col(held.text) != "")

    def _backing(self, field: str, parts: Any, distinct: Any) -> None:
        for key in ("n", "response_rate"):
            if key in parts:
                kind = FactKind("number")
                self.cells[f"{field}.{key}"] = Estimate.of(
                    self._keep(f"{field}.{key}", self._figure(kind, *parts[key]))
                )
            elif (content := self._said(field, key)) is not None:
                self.cells[f"{field}.{key}"] = Estimate.of(float(content))
        tier = self._said(field, "tier")
        if "tier" in parts:
            words = self._words(parts["tier"], distinct)
            column = nw.col(self.held[parts["tier"][1][0]].text)
            tiers = {raw: word for raw, word in words.items() if word in set(Tier)}
            self.odd.append(~column.is_in([*tiers, "", *(r for r, w in words.items() if w is None)]))
            tiers[""] = tier or str(Tier.CLAIMED)
            same = all(raw == word for raw, word in tiers.items() if raw)
            expr = (
                nw.when(column == "").then(nw.lit(tiers[""])).otherwise(column) if same else _looked_up(column, tiers)
            )
            self.cells[f"{field}.tier"] = self._keep(f"{field}.tier", expr)
        else:
            self.cells[f"{field}.tier"] = tier or str(Tier.CLAIMED)
        for key in ("as_of", "years_after"):
            if key in parts:
                self._checked_part(key, parts[key], distinct)

    def _said(self, field: str, part: str) -> Any:
        return next((v for s, v in self.reader.constants.items() if s.field == field and s.part == part), None)

    def _checked_part(self, key: str, part: Any, distinct: Any) -> None:
        """Evidence that no measure reads still has to be what it should be."""
        if key == "years_after":
            self._figure(FactKind("number"), *part)
            return
        column = self.held[part[1][0]].text
        reader = self.reader.narrowed({Slot("as_of", "", None): part[1]}, {})
        plain = Pieces(reader)
        bad = [raw[0] for raw in distinct([column]) if plain.value("as_of", raw) is BAD]
        if bad:
            self.odd.append(nw.col(column).is_in(bad))

    def _words(self, part: tuple[Slot, tuple[str, ...]], distinct: Any) -> dict[str, str | None]:
        """What each way of writing a word says, by its text; None for a gap."""
        slot, headers = part
        found = {}
        for (raw,) in distinct([self.held[headers[0]].text]):
            read = self.reader.read(slot, raw)
            found[raw] = None if read is None else str(read)
        return found

    # -- everything else

    def _piece(self, field: str, distinct: Any, *, asked: bool) -> None:
        columns = self.text_columns(field)
        if field in FREE:
            slot = Slot(field, "", None)
            told = [*self.reader.words_of(slot).words, *self.reader.gaps_of(slot), *BLANK.get(field, ())]
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
        self._aside(field, parts, distinct, ("low", "high", "period", "years_after"))
        cells = {raw[0]: cell_of(value) for raw, value in values.items() if value is not BAD}
        self._told(field, nw.col(columns[0]), {raw: cell for raw, cell in cells.items() if cell is not None})

    def _told(self, field: str, column: nw.Expr, cells: dict[str, Cell]) -> None:
        """A column of words, answers or days, by the text they were written in."""
        kinds = {type(cell) for cell in cells.values()}
        if kinds <= {str}:
            if field == "kind":
                self.cells[field] = self._keep(field, _worded(column, cells), filled=True)
            elif cells:
                self.cells[field] = self._keep(field, _worded(column, cells))
        elif kinds == {Truth}:
            table = {raw: float(cell.certain) for raw, cell in cells.items()}  # type: ignore[union-attr, arg-type]
            kept = self._keep(field, _looked_up(column, table) == 1.0)
            self.cells[field] = Truth(kept.fill_null(False), kept.fill_null(True))
        else:
            table = {raw: cell.likely for raw, cell in cells.items()}  # type: ignore[union-attr, misc]
            self.cells[field] = Estimate.of(self._keep(field, _looked_up(column, table)))

    def _fixed(self, field: str) -> None:
        value = self.pieces.value(field)
        if value is BAD:
            self.odd.append(nw.lit(True))
        elif (cell := cell_of(value)) is not None:
            self.cells[field] = cell

    def _exchange(self, distinct: Any, rates: Callable[[str], float]) -> nw.Expr | float:
        """Units of the goal's currency for one of the row's; a currency without a rate makes its rows odd."""
        field = "cost.currency"
        if field not in self.slots:
            fixed = self.pieces.value(field) if self.pieces.stated(field) else None
            return _rate(rates, fixed) or 0.0 if fixed is not BAD else 0.0
        columns = self.text_columns(field)
        found = {raw: self.pieces.value(field, raw) for raw in distinct(columns)}
        known = {raw[0]: _rate(rates, value) for raw, value in found.items() if value is not BAD}
        if set(known.values()) == {1.0}:
            return 1.0
        table = {raw: rate for raw, rate in known.items() if rate is not None}
        self.odd.append(~nw.col(columns[0]).is_in(list(table)))
        return _looked_up(nw.col(columns[0]), table)

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


def _times(x: nw.Expr, scale: Any) -> nw.Expr:
    return x if isinstance(scale, float) and scale == 1.0 else x * scale


def _is_number(token: str) -> bool:
    try:
        float(token)
    except ValueError:
        return False
    return True


def _looked_up(column: nw.Expr, table: Mapping[str, Any]) -> nw.Expr:
    text = any(isinstance(value, str) for value in table.values())
    kind = nw.String if text else nw.Float64
    if not table:
        return nw.when(NO).then(nw.lit(0.0)).otherwise(nw.lit(None, nw.Float64))
    return column.replace_strict(list(table), list(table.values()), default=None, return_dtype=kind)


def _worded(column: nw.Expr, cells: Mapping[str, Any]) -> nw.Expr:
    if all(raw == cell for raw, cell in cells.items()):
        return nw.when(column.is_in(list(cells))).then(column).otherwise(nw.lit(None, nw.String))
    return _looked_up(column, cells)


def _one_of(columns: Sequence[str], bad: Iterable[Raw]) -> nw.Expr:
    """Whether the row writes a field in one of several ways."""
    if len(columns) == 1:
        return nw.col(columns[0]).is_in([raw[0] for raw in bad])
    rows = [
        reduce(lambda a, b: a & b, [nw.col(c) == text for c, text in zip(columns, raw, strict=True)]) for raw in bad
    ]
    return reduce(or_, rows)
