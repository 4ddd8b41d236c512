"""Facts: what a program states, as cells under the names of its file.

A Row holds one program and a Table the columns of many; measures cannot tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeAlias

from credscore.model.cell import NEVER, UNKNOWN, Text
from credscore.model.estimate import Estimate, Truth
from credscore.model.fact import PER_YEAR, Fact, Gap, Tier
from credscore.model.layout import stated_facts
from credscore.model.program import Program

if TYPE_CHECKING:  # columns need narwhals, which only tables load
    from credscore.model.column import Column
    from credscore.model.sheet import Sheet

Cell: TypeAlias = "Estimate | Truth | str | None"
NOTHING = Estimate.of(UNKNOWN)
NO_LIMIT = frozenset({"cost.financing.cap"})
"""Limits of which "not-applicable" says that there is none."""


class Facts(Protocol):
    """Cells by field name; ``reads`` holds the fields asked for so far, in order."""

    reads: dict[str, None]

    def number(self, name: str) -> Estimate:
        """A quantity: money in goal currency, pay by the year, dates as day numbers, rates 0 to 1."""

    def text(self, name: str) -> Text:
        """A word."""

    def truth(self, name: str) -> Truth:
        """A statement."""

    def slots(self, name: str) -> int:
        """How many numbered items stand under a list's name."""


@dataclass(slots=True)
class Row:
    """One program's cells: those it states, and those derived from its lists when first asked for."""

    cells: dict[str, Cell]
    derive: Callable[[str], Mapping[str, Cell]] | None = None
    reads: dict[str, None] = field(default_factory=dict)

    def _derived(self, name: str) -> Cell:
        if self.derive is not None:
            self.cells.update(self.derive(name))
        return self.cells.setdefault(name, None)

    def number(self, name: str) -> Estimate:
        """A quantity, unknown where it is not stated."""
        self.reads[name] = None
        cell = self.cells[name] if name in self.cells else self._derived(name)
        return cell if isinstance(cell, Estimate) else NOTHING

    def text(self, name: str) -> Text:
        """A word, None where it is not stated."""
        self.reads[name] = None
        cell = self.cells[name] if name in self.cells else self._derived(name)
        return cell if isinstance(cell, str) else None

    def truth(self, name: str) -> Truth:
        """A statement, open where it is not stated."""
        self.reads[name] = None
        cell = self.cells[name] if name in self.cells else self._derived(name)
        return cell if isinstance(cell, Truth) else Truth.OPEN

    def slots(self, name: str) -> int:
        """How many items the list holds."""
        count = self.number(f"{name}.count").likely
        return int(count) if isinstance(count, float) and count == count else 0


@dataclass(slots=True)
class Table:
    """The columns of a table under the names of its cells; ``derive`` finds those that matching yields, when asked.

    ``columns`` says of each whether it has gaps; a range stands in three: ``name``.low, .likely and .high.
    """

    sheet: Sheet
    columns: dict[str, bool]
    derive: Callable[[str], Mapping[str, bool]] | None = None
    reads: dict[str, None] = field(default_factory=dict)

    def number(self, name: str) -> Estimate:
        """A quantity per row, null where it is not stated."""
        if self._has(name, f"{name}.low"):
            return Estimate(*(self._column(f"{name}.{end}") for end in ("low", "likely", "high")))
        return Estimate.of(self._column(name)) if name in self.columns else NOTHING

    def text(self, name: str) -> Text:
        """A word per row, null where it is not stated."""
        return self._column(name) if self._has(name, name) else None

    def truth(self, name: str) -> Truth:
        """A statement per row, null where it is not stated."""
        if not self._has(name, name):
            return Truth.OPEN
        stated = self._column(name)
        return Truth(stated.fill_null(False), stated.fill_null(True))

    def slots(self, name: str) -> int:
        """The largest number of items any row holds."""
        self._has(f"{name}.count", name)
        prefix = f"{name}."
        return 1 + max((int(c.removeprefix(prefix).split(".")[0]) for c in self.columns
                        if c.startswith(prefix) and c.removeprefix(prefix)[:1].isdigit()), default=-1)  # fmt: skip

    def _has(self, name: str, column: str) -> bool:
        """Whether the table has a column for a cell, matched if need be."""
        self.reads[name] = None
        if self.derive is not None and name not in self.columns and column not in self.columns:
            self.columns.update(self.derive(name))
        return column in self.columns

    def _column(self, name: str) -> Column:
        return self.sheet.column(column_name(name), filled=not self.columns[name])


def column_name(cell: str) -> str:
    """The name of a cell's column, without the dots that some engines read as steps into a record."""
    return cell.replace(".", "__")


def stated_cells(program: Program, exchange: float = 1.0) -> dict[str, Cell]:
    """The cells of a program's facts; money times ``exchange``, from the file's currency into the goal's."""
    cells: dict[str, Cell] = {"kind": program.kind}
    for name, kind, fact in stated_facts(program):
        if fact.gap is not None:
            if fact.gap is Gap.NOT_APPLICABLE and name in NO_LIMIT:
                cells[name] = Estimate.of(NEVER)
            continue
        match fact.value:
            case bool():
                cells[name] = Truth.of(fact.value)
            case float():
                scale = (exchange if kind.money else 1.0) * (PER_YEAR[fact.period] if fact.period else 1.0)
                cells[name] = _scaled(fact, scale)
            case date():
                cells[name] = Estimate.of(float(fact.value.toordinal()))
            case str():
                cells[name] = fact.value
        if kind.kind in ("rate", "pay"):
            cells.update(_evidence(name, fact))
    return cells


def _scaled(fact: Fact, scale: float) -> Estimate:
    assert isinstance(fact.value, float) and fact.low is not None and fact.high is not None
    if fact.low == fact.high:
        return Estimate.of(fact.value * scale)
    return Estimate(fact.low * scale, fact.value * scale, fact.high * scale)


def _evidence(name: str, fact: Fact) -> Iterable[tuple[str, Cell]]:
    yield f"{name}.tier", str(fact.tier or Tier.CLAIMED)
    if fact.n is not None:
        yield f"{name}.n", Estimate.of(fact.n)
    if fact.response_rate is not None:
        yield f"{name}.response_rate", Estimate.of(fact.response_rate)
