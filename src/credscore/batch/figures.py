"""Figures: the columns of numbers at the door, each with its bounds, its range, its currency and its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
from pydantic_core import PydanticCustomError

from credscore.batch.chunk import ROW, Held
from credscore.batch.pieces import BAD, Pieces
from credscore.measures.facts import NO_LIMIT, Cell
from credscore.model.estimate import Estimate
from credscore.model.fact import PER_YEAR, Fact, Gap, Tier
from credscore.model.layout import Slot
from credscore.model.notation import LARGEST, FactKind
from credscore.model.sheet import Sheet, column_name
from credscore.sources.row import RowReader

NO = nw.lit(False)
ENDS, FIXED_ENDS = ("low", "likely", "high"), ("low", "high", "")
EVERY_ROW = nw.col(ROW) > 0


class Figures:
    """What a table's columns become: cells, the columns they stand in, and what makes a row odd."""

    def __init__(self, reader: RowReader, pieces: Pieces, held: Mapping[str, Held], sheet: Sheet) -> None:
        self.reader, self.pieces, self.held, self.sheet = reader, pieces, held, sheet
        self.slots: dict[str, dict[str, tuple[Slot, tuple[str, ...]]]] = {}
        for slot, headers in reader.slots.items():
            self.slots.setdefault(slot.field, {})[slot.part] = (slot, headers)
        self.cells: dict[str, Cell] = {}
        self.columns: dict[str, nw.Expr] = {}
        self.odd: list[nw.Expr] = []

    def constant(self, field: str) -> bool:
        """Whether a figure is the same in every row."""
        return any(slot.field == field and slot.part in FIXED_ENDS for slot in self.reader.constants)

    def keep(self, name: str, expr: nw.Expr, *, filled: bool = False) -> Any:
        """A column of the frame for a cell."""
        self.columns[column_name(name)] = expr
        return self.sheet.column(column_name(name), filled=filled)

    def quantity(self, field: str, kind: FactKind, money: nw.Expr | float, distinct: Any) -> None:
        """The cells of one fact that is a number, with its evidence."""
        parts = self.slots.get(field, {})
        self._sound(field, kind)
        fixed = {slot.part for slot in self.reader.constants if slot.field == field and slot.part in FIXED_ENDS}
        if fixed and (not parts or fixed - parts.keys()):
            if not isinstance(money, float) or parts:
                self.odd.append(EVERY_ROW)  # half of it by row and half for all: read row by row
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
            self.cells[field] = Estimate.of(self.keep(field, _times(value, scale)))
        elif low is None or high is None:
            half = low if low is not None else high
            assert half is not None
            self.odd.append(~half.is_null())  # half a range: every row that states it is refused
            if value is not None:
                self.cells[field] = Estimate.of(self.keep(field, _times(value, scale)))
        else:
            self._range(field, value, low, high, scale, parts)
        self._evidence(field, kind, parts, distinct)

    def _sound(self, field: str, kind: FactKind) -> None:
        """Find every row odd where what is said of all could not stand in a file."""
        said = {slot.part or "value": value for slot, value in self.reader.constants.items() if slot.field == field}
        if not said:
            return
        whole = {} if "low" in said or "high" in said else {"value": 1.0}
        period = {"period": "year"} if kind.kind == "pay" else {}
        try:
            kind.read({**whole, **period, **said})
        except PydanticCustomError:
            self.odd.append(EVERY_ROW)

    def _figure(self, kind: FactKind, slot: Slot, headers: tuple[str, ...]) -> nw.Expr:
        """The numbers of one column, null for gaps; what is no number, or none of this kind, is odd."""
        held = self.held[headers[0]]
        x, told = nw.col(held.figure), self.reader.words_of(slot)
        if len(headers) > 1 or told.words:
            self.odd.append(reduce(or_, [self.filled(h) for h in headers]))
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
        fixed = self._said(slot.field, slot.part)
        if isinstance(fixed, int | float) and not isinstance(fixed, bool):
            x = nw.when(self.filled(headers[0])).then(x).otherwise(nw.lit(float(fixed), nw.Float64))
        self.odd.append(self._out_of_bounds(kind, slot, x))
        return x

    def filled(self, header: str) -> nw.Expr:
        """Whether anything stands in a column."""
        held = self.held[header]
        return ~nw.col(held.figure).is_null() if held.number else nw.col(held.text) != ""

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
        self.cells[field] = Estimate(*(self.keep(f"{field}.{end}", _times(x, scale)) for end, x in ends))

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
        words = self.words(part, distinct)
        column = nw.col(self.held[part[1][0]].text)
        known = {raw: PER_YEAR[word] for raw, word in words.items() if word in PER_YEAR}
        if "" not in known and fixed and fixed[0] in PER_YEAR:
            known[""] = PER_YEAR[fixed[0]]
        years = looked_up(column, known)
        self.odd.append(years.is_null() & ~stated.is_null())
        return years * money

    def _fixed_number(self, field: str, money: float) -> None:
        fact = self.pieces.value(field)
        if fact is BAD:
            self.odd.append(EVERY_ROW)
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
            self.odd.append(EVERY_ROW)

    def _evidence(self, field: str, kind: FactKind, parts: Any, distinct: Any) -> None:
        """Who says so, of how many, and who answered; checked for every figure, asked of rates and pay."""
        if kind.kind == "number":  # no measure asks who counted a price, but it has to be said rightly
            self.aside(field, parts, distinct, ("period", "years_after"))
            return
        if kind.kind == "rate":
            self.none_of(parts, ("period", "years_after"))
        self.backing(field, parts, distinct)

    def aside(self, field: str, parts: Any, distinct: Any, forbidden: Sequence[str]) -> None:
        """Check evidence that no measure asks for, and that nothing is said which such a fact has not."""
        self.none_of(parts, forbidden)
        aside = Figures(self.reader, self.pieces, self.held, Sheet())
        aside.slots = self.slots
        aside.backing(field, parts, distinct)
        self.odd += aside.odd

    def none_of(self, parts: Any, forbidden: Sequence[str]) -> None:
        """Find a row odd that states what such a fact has not."""
        for key in forbidden:
            if key in parts:
                self.odd.append(self.filled(parts[key][1][0]))

    def backing(self, field: str, parts: Any, distinct: Any) -> None:
        """The cells of a figure's evidence."""
        for key in ("n", "response_rate"):
            if key in parts:
                kind = FactKind("number")
                self.cells[f"{field}.{key}"] = Estimate.of(self.keep(f"{field}.{key}", self._figure(kind, *parts[key])))
            elif isinstance(content := self._said(field, key), int | float):
                self.cells[f"{field}.{key}"] = Estimate.of(float(content))
        tier = self._said(field, "tier")
        if "tier" in parts:
            words = self.words(parts["tier"], distinct)
            column = nw.col(self.held[parts["tier"][1][0]].text)
            tiers = {raw: word for raw, word in words.items() if word in set(Tier)}
            self.odd.append(~column.is_in([*tiers, "", *(r for r, w in words.items() if w is None)]))
            tiers[""] = tier or str(Tier.CLAIMED)
            same = all(raw == word for raw, word in tiers.items() if raw)
            expr = nw.when(column == "").then(nw.lit(tiers[""])).otherwise(column) if same else looked_up(column, tiers)
            self.cells[f"{field}.tier"] = self.keep(f"{field}.tier", expr)
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

    def words(self, part: tuple[Slot, tuple[str, ...]], distinct: Any) -> dict[str, str | None]:
        """What each way of writing a word says, by its text; None for a gap."""
        slot, headers = part
        found = {}
        for (raw,) in distinct([self.held[headers[0]].text]):
            read = self.reader.read(slot, raw)
            found[raw] = None if read is None else str(read)
        return found


def _times(x: nw.Expr, scale: Any) -> nw.Expr:
    return x if isinstance(scale, float) and scale == 1.0 else x * scale


def _is_number(token: str) -> bool:
    try:
        float(token)
    except ValueError:
        return False
    return True


def looked_up(column: nw.Expr, table: Mapping[str, Any]) -> nw.Expr:
    """The number or word beside a text in a table, null where it is not there."""
    text = any(isinstance(value, str) for value in table.values())
    kind = nw.String if text else nw.Float64
    if not table:
        return nw.when(NO).then(nw.lit(0.0)).otherwise(nw.lit(None, nw.Float64))
    return column.replace_strict(list(table), list(table.values()), default=None, return_dtype=kind)
