"""Row: one line of a table as the data of a program, exactly as its file would state it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from credscore.documents import validated
from credscore.documents.document import Document
from credscore.model.fact import Gap
from credscore.model.layout import Slot, slot_of
from credscore.model.program import Program
from credscore.sources.mapping import TableMapping, Words
from credscore.sources.own import known_currency

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
GAPS = frozenset(str(gap) for gap in Gap)
ENDS = ("low", "high", "")
NO_WORDS = Words()


class RowReader:
    """Reads the rows of one table: what each column holds, and what is said of all rows alike."""

    def __init__(
        self,
        mapping: TableMapping,
        slots: Mapping[Slot, tuple[str, ...]],
        table: str,
        constants: Mapping[Slot, Any] | None = None,
    ) -> None:
        self.mapping, self.slots, self.table = mapping, slots, table
        stated = {slot: value for path, value in mapping.defaults.items() if (slot := slot_of(path))}
        self.constants = stated if constants is None else constants

    def narrowed(self, slots: Mapping[Slot, tuple[str, ...]], constants: Mapping[Slot, Any]) -> RowReader:
        """A reader of some of the columns and constants alone."""
        return RowReader(self.mapping, slots, self.table, constants)

    def program(self, row: Mapping[str, Any], number: int) -> Program:
        """The program in a row, by its number (1 is the first below the header).

        Raises:
            InputError: the row is no program; every mistake is listed.
        """
        place = f"{self.table} row {number}"
        document = Document("", self.data(row), place, "json")
        program = validated(Program, document)
        known_currency(program.cost.currency, "cost.currency", document)
        return program

    def data(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """What a program file with the same facts would hold."""
        parts: dict[str, dict[str, Any]] = {}
        for slot, headers in self.slots.items():
            cell = self._joined(slot, [row.get(h) for h in headers])
            if cell is not None:
                parts.setdefault(slot.field, {})[slot.part] = cell
        for slot, value in self.constants.items():
            parts.setdefault(slot.field, {}).setdefault(slot.part, list(value) if isinstance(value, tuple) else value)
        data: dict[str, Any] = {}
        for field, found in parts.items():
            stated = slot_of(field)
            assert stated is not None
            content = found if stated.kind is None else _fact(found)
            if content is not None:
                _put(data, field, content, listed=stated.kind is None)
        return data

    def words_of(self, slot: Slot) -> Words:
        """What the mapping says of the words in a slot's column."""
        return self.mapping.fields.get(slot.path, NO_WORDS)

    def gaps_of(self, slot: Slot) -> dict[str, str]:
        """The tokens that stand for a gap in a slot's column, each with its reason; the gap words stand for themselves."""
        told = {**self.mapping.gaps, **self.words_of(slot).gaps}
        return {**{word: word for word in GAPS}, **{token: str(gap) for token, gap in told.items()}}

    def _joined(self, slot: Slot, cells: list[Any]) -> Any:
        read = [found for cell in cells if (found := self.read(slot, cell)) is not None]
        if len(cells) > 1 and all(isinstance(found, list) for found in read):
            return [item for found in read for item in found] or None
        return read[0] if read else None

    def read(self, slot: Slot, cell: Any) -> Any:
        """A cell as a file would write it; None where it holds nothing."""
        told = self.words_of(slot)
        if isinstance(cell, str):
            cell = cell.strip()
            if not cell:
                return None
        elif cell is None or (isinstance(cell, float) and math.isnan(cell)):
            return None
        token = cell if isinstance(cell, str) else f"{cell:g}" if isinstance(cell, int | float) else ""
        gap = self.gaps_of(slot).get(token)
        if gap is not None and slot.part in ENDS:
            return gap
        if gap is not None:
            return None
        if token in told.words:
            return told.words[token]
        return self._plain(slot, cell, told.scale)

    def _plain(self, slot: Slot, cell: Any, scale: float) -> Any:
        kind = slot.kind.kind if slot.kind else ""
        if slot.is_number:
            return self._number(cell, scale)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, bool | date) or not isinstance(cell, str):
            return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
        if kind == "date" or slot.part == "as_of":
            return int(cell) if re.fullmatch(r"[0-9]{4}", cell) else cell
        if kind == "answer" or (slot.kind is None and slot.part):
            return {"true": True, "false": False}.get(cell.lower(), cell)
        if slot.kind is None and slot.field.count("."):
            return self._listed(slot, cell)
        return cell

    def _number(self, cell: Any, scale: float) -> Any:
        if isinstance(cell, str):
            bare = cell.translate({ord(c): None for c in self.mapping.ignore_in_numbers}).strip()
            if not NUMBER.fullmatch(bare):
                return cell
            cell = float(bare)
        return cell * scale if scale != 1.0 and not isinstance(cell, bool) else cell

    def _listed(self, slot: Slot, cell: str) -> Any:
        """A list: JSON, or items between separators; a single word where the field is none."""
        if cell[0] in "[{":
            try:
                return json.loads(cell)
            except (ValueError, RecursionError):
                return cell
        if slot.field in SINGLE:
            return cell
        items = [item for part in cell.split(self.mapping.separator) if (item := part.strip())]
        return [{"name": item} for item in items] if slot.field in NAMED else items


NAMED = frozenset({"accreditation.bodies", "transferability.stacks_into"})
"""Lists of records of which a name is enough."""
SINGLE = frozenset({"cost.currency", "transferability.recommendation", "transferability.level"})
"""Fields that hold neither a fact nor a list."""


def _fact(parts: dict[str, Any]) -> Any:
    """A fact in the shortest form that says the same; None where only its evidence is there."""
    if not any(end in parts for end in ENDS):
        return None
    value = parts.get("")
    rest = {key: content for key, content in parts.items() if key}
    if not rest:
        return value
    return {**({} if value is None else {"value": value}), **rest}


def _put(data: dict[str, Any], field: str, content: Any, *, listed: bool) -> None:
    *home, name = field.split(".")
    for step in home:
        data = data.setdefault(step, {})
    if not listed:
        data[name] = content
        return
    if "" in content:
        data[name] = content[""]
        return
    data[name] = {}
    for path, value in content.items():
        *inner, last = path.split(".")
        place = data[name]
        for step in inner:
            place = place.setdefault(step, {})
        place[last] = value
