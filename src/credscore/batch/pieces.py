"""Pieces: the fields of a table that hold no number, read once for each way they are written.

Every distinct cell goes through the same reader and the same checks as a program file.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import ValidationError

from credscore.measures.facts import Cell
from credscore.model.estimate import Estimate, Truth
from credscore.model.fact import Fact, Gap
from credscore.model.layout import Slot
from credscore.model.program import Program
from credscore.reference.currency import CURRENCIES
from credscore.sources.row import RowReader

Raw = tuple[str, ...]
"""What stands in the columns of one field, "" where nothing does."""
BAD = object()
"""Stands for what no program file could state: the row is then read by itself, and says what is wrong."""
REQUIRED: dict[str, Any] = {"name": "-", "provider": "-", "kind": "degree"}
SECTIONS: dict[str, Any] = {name: Program.model_fields[name].annotation for name in Program.SECTIONS}
BLANK = Program.model_validate(REQUIRED)
"""A program that states nothing."""
SIGNS = {
    "": Fact(gap=Gap.NOT_REPORTED), "0": Fact(value=0.0, low=0.0, high=0.0),
    "0+": Fact(value=0.5, low=0.0, high=1.0), "+": Fact(value=1.0, low=1.0, high=1.0),
}  # fmt: skip
"""What stands for a number where matching asks only whether it is stated, and whether it is nothing."""


class Pieces:
    """The fields of one table by themselves, and programs put together from some of them."""

    def __init__(self, reader: RowReader) -> None:
        self.headers: dict[str, tuple[str, ...]] = {}
        parts: dict[str, dict[Slot, tuple[str, ...]]] = {}
        for slot, headers in reader.slots.items():
            if slot.kind is not None and slot.part:
                continue  # the evidence of a fact is checked at the door
            parts.setdefault(slot.field, {})[slot] = headers
            self.headers[slot.field] = (*self.headers.get(slot.field, ()), *headers)
        constants: dict[str, dict[Slot, Any]] = {}
        for slot, value in reader.constants.items():
            constants.setdefault(slot.field, {})[slot] = value
        self._readers = {field: reader.narrowed(parts.get(field, {}), constants.get(field, {}))
                         for field in {**parts, **constants}}  # fmt: skip
        self._values: dict[tuple[str, Raw], Any] = {}

    def stated(self, field: str) -> bool:
        """Whether the table can state a field at all: in a column, or for all rows alike."""
        return field in self._readers

    def value(self, field: str, raw: Raw = ()) -> Any:
        """What the columns of a field say, as a program holds it; ``BAD`` where no program could."""
        key = (field, raw)
        if key not in self._values:
            self._values[key] = self._read(field, raw)
        return self._values[key]

    def _read(self, field: str, raw: Raw) -> Any:
        data = self._readers[field].data(dict(zip(self.headers.get(field, ()), raw, strict=True)))
        if field in REQUIRED and field not in data:
            return BAD
        section, _, name = field.partition(".")
        try:
            found: Any = (SECTIONS[section].model_validate(data.get(section, {})) if name
                          else Program.model_validate({**REQUIRED, **data}))  # fmt: skip
        except (ValidationError, RecursionError):
            return BAD
        for step in (name or section).split("."):
            found = getattr(found, step)
        return BAD if field == "cost.currency" and found is not None and found not in CURRENCIES else found

    @staticmethod
    def sign(sign: str) -> Fact:
        """A number of which only its being stated, and being nothing, is known, as a program holds it."""
        return SIGNS[sign]


def cell_of(value: Any) -> Cell:
    """What a fact that is no number, or a plain field, is to the measures."""
    content = value.value if isinstance(value, Fact) else value
    match content:
        case bool():
            return Truth.of(content)
        case date():
            return Estimate.of(float(content.toordinal()))
        case str() if not isinstance(content, Gap):
            return content
        case _:
            return None
