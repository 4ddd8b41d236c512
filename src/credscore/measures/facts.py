"""Facts: what a program states, as cells under the names of its file.

The cells of one program, or of a table's columns; measures cannot tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from credscore.model.cell import NEVER, UNKNOWN, Text
from credscore.model.estimate import Estimate, Truth
from credscore.model.fact import PER_YEAR, Fact, Gap, Tier
from credscore.model.layout import stated_facts
from credscore.model.program import Program

Cell: TypeAlias = "Estimate | Truth | Text"
NOTHING = Estimate.of(UNKNOWN)
NO_LIMIT = frozenset({"cost.financing.cap"})
"""Limits of which "not-applicable" says that there is none."""


@dataclass(slots=True)
class Facts:
    """Cells by name: those that are stated, and those that ``derive`` matches when one is first asked for.

    ``reads`` holds the names asked for so far, in order.
    """

    cells: dict[str, Cell]
    derive: Callable[[str], Mapping[str, Cell]] | None = None
    reads: dict[str, None] = field(default_factory=dict)

    def _derived(self, name: str) -> Cell:
        if self.derive is not None:
            self.cells.update(self.derive(name))
        return self.cells.setdefault(name, None)

    def number(self, name: str) -> Estimate:
        """A quantity, unknown where it is not stated: money in goal currency, pay by the year, dates as day numbers."""
        self.reads[name] = None
        cell = self.cells[name] if name in self.cells else self._derived(name)
        return cell if isinstance(cell, Estimate) else NOTHING

    def text(self, name: str) -> Text:
        """A word, None where it is not stated."""
        self.reads[name] = None
        cell = self.cells[name] if name in self.cells else self._derived(name)
        return None if isinstance(cell, Estimate | Truth) else cell

    def truth(self, name: str) -> Truth:
        """A statement, open where it is not stated."""
        self.reads[name] = None
        cell = self.cells[name] if name in self.cells else self._derived(name)
        return cell if isinstance(cell, Truth) else Truth.OPEN

    def slots(self, name: str) -> int:
        """How many numbered items stand under a list's name; in a table, the most that any row holds."""
        count = self.number(f"{name}.count").likely
        return int(count) if isinstance(count, float) and count == count else 0


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
