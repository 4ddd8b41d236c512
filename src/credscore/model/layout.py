"""Layout: every field of a program by its dotted name, as files, tables, JSON and docs all write it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from credscore.model.fact import Fact
from credscore.model.notation import EVIDENCE_KEYS, FactKind
from credscore.model.program import Program
from credscore.model.record import Record

PARTS = ("low", "high", "period", "years_after", *EVIDENCE_KEYS)
"""What may stand after the name of a fact: the ends of its range, its period, and its evidence."""

NUMERIC = ("number", "rate", "pay")
"""Kinds of fact that are a number."""


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


class Slot(NamedTuple):
    """Where one column of a table goes: a field, which part of it, and its kind; None where it holds no fact."""

    field: str
    part: str  #: one of ``PARTS``; for a list or record the path within it; "" for the field itself
    kind: FactKind | None

    @property
    def path(self) -> str:
        """The dotted name."""
        return f"{self.field}.{self.part}" if self.part else self.field

    @property
    def is_number(self) -> bool:
        """Whether what stands there is a number."""
        if self.kind is None:
            return False
        counted = self.part in ("n", "response_rate", "years_after")
        return counted or (self.part in ("", "low", "high") and self.kind.kind in NUMERIC)


@cache
def fields() -> dict[str, FactKind | None]:
    """Every field of a program by dotted name in the order of its file: facts with their kind, others with None."""
    return dict(_every(Program))


def _every(record: type[Record], prefix: str = "") -> Iterator[tuple[str, FactKind | None]]:
    held = dict(_layout(record))
    for name in record.model_fields:
        holds = held.get(name)
        if holds is None or isinstance(holds, FactKind):
            yield f"{prefix}{name}", holds
        else:
            yield from _every(holds, f"{prefix}{name}.")


@cache
def slot_of(path: str) -> Slot | None:
    """The slot that a dotted name leads to, None where a program has no such field.

    >>> slot_of("outcomes.placement_rate.n")[:2], slot_of("cost.price")
    (('outcomes.placement_rate', 'n'), None)
    """
    known, steps = fields(), path.split(".")
    for length in range(len(steps), 0, -1):
        field, part = ".".join(steps[:length]), ".".join(steps[length:])
        if field in known:
            kind = known[field]
            inside = part in PARTS if kind is not None else "." in field and field != "cost.currency"
            return Slot(field, part, kind) if not part or inside else None
    return None
