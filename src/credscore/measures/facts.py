"""Facts: what a program states, as cells under the names of its file.

A Row holds one program and a Table the columns of many; measures cannot tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Protocol, TypeAlias

from credscore.model.cell import NEVER, UNKNOWN, Text
from credscore.model.estimate import Estimate, Truth
from credscore.model.fact import PER_YEAR, Fact, Gap, Tier
from credscore.model.notation import FactKind
from credscore.model.program import Program
from credscore.model.record import Record

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
    """The columns of a table: ``name``, or ``name.low``, ``name.likely`` and ``name.high`` for ranges."""

    sheet: Any  #: the ``Sheet`` that keeps the steps of the calculation
    columns: frozenset[str]
    reads: dict[str, None] = field(default_factory=dict)

    def number(self, name: str) -> Estimate:
        """A quantity per row, null where it is not stated."""
        self.reads[name] = None
        if f"{name}.low" in self.columns:
            return Estimate(*(self.sheet.column(f"{name}.{end}") for end in ("low", "likely", "high")))
        return Estimate.of(self.sheet.column(name)) if name in self.columns else NOTHING

    def text(self, name: str) -> Text:
        """A word per row, null where it is not stated."""
        self.reads[name] = None
        return self.sheet.column(name) if name in self.columns else None

    def truth(self, name: str) -> Truth:
        """A statement per row, null where it is not stated."""
        self.reads[name] = None
        if name not in self.columns:
            return Truth.OPEN
        stated = self.sheet.column(name)
        return Truth(stated.fill_null(False), stated.fill_null(True))

    def slots(self, name: str) -> int:
        """The largest number of items any row holds."""
        prefix = f"{name}."
        return 1 + max((int(c.removeprefix(prefix).split(".")[0]) for c in self.columns
                        if c.startswith(prefix) and c.removeprefix(prefix)[:1].isdigit()), default=-1)  # fmt: skip


@cache
def _layout(record: type[Record]) -> tuple[tuple[str, FactKind | type[Record]], ...]:
    """The fields of a record that hold a fact, with its kind, or a record of them."""
    found: list[tuple[str, FactKind | type[Record]]] = []
    for name, info in record.model_fields.items():
        kinds = [m for m in info.metadata if isinstance(m, FactKind)]
        if kinds:
            found.append((name, kinds[0]))
        elif isinstance(info.annotation, type) and issubclass(info.annotation, Record):
            found.append((name, info.annotation))
    return tuple(found)


def fact_fields(record: type[Record] = Program, prefix: str = "") -> Iterator[tuple[str, FactKind]]:
    """Every field of a program that holds a fact, by dotted name, with its kind."""
    for name, holds in _layout(record):
        if isinstance(holds, FactKind):
            yield f"{prefix}{name}", holds
        else:
            yield from fact_fields(holds, f"{prefix}{name}.")


def stated_facts(record: Record, prefix: str = "") -> Iterator[tuple[str, FactKind, Fact]]:
    """Every fact that a program states, gaps with their reason included, in the order of its fields."""
    stated = record.model_fields_set
    for name, holds in _layout(type(record)) if stated else ():
        if name in stated:
            if isinstance(holds, FactKind):
                yield f"{prefix}{name}", holds, getattr(record, name)
            else:
                yield from stated_facts(getattr(record, name), f"{prefix}{name}.")


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
