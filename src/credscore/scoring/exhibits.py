"""Exhibits: the facts that a measure looked at, with their evidence.

So that every number on a scorecard can be traced to what the file states and who says so.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from credscore.measures.case import MEASURES, Case
from credscore.measures.derived import fields_behind
from credscore.model.evaluation import Exhibit
from credscore.model.fact import Fact, Gap
from credscore.model.layout import fact_fields
from credscore.model.program import Program
from credscore.model.record import Record
from credscore.scoring.wording import fact_written

EVIDENCE_KEYS = ("n", "tier", "response_rate")
MOST_ITEMS = 6


def fields_read(case: Case, measure: str) -> tuple[str, ...]:
    """The program fields that a measure looked at, once it has answered."""
    found: dict[str, None] = {}
    for name in MEASURES[measure].fields(case):
        found.update(dict.fromkeys(field_behind(name)))
    return tuple(found)


@cache
def _facts() -> frozenset[str]:
    return frozenset(name for name, _ in fact_fields())


@cache
def field_behind(cell: str) -> tuple[str, ...]:
    """The program fields that a cell comes from, without its evidence keys, numbered items and the kind."""
    base, _, key = cell.rpartition(".")
    found = fields_behind(base if key in EVIDENCE_KEYS and base in _facts() else cell)
    return tuple("cost.aid" if f.startswith("cost.aid.") else f for f in found if f != "kind")


def reach(program: Program, field: str) -> Any:
    """Whatever stands at a dotted field of a program; None beyond a gap."""
    found: Any = program
    for step in field.split("."):
        found = getattr(found, step, None)
    return found


def is_stated(program: Program, field: str) -> bool:
    """Whether the program states anything at a field."""
    found = reach(program, field)
    return found.stated if isinstance(found, Fact) else found is not None and not isinstance(found, Gap) and found != {}


def exhibits(case: Case, program: Program, measure: str) -> tuple[Exhibit, ...]:
    """What the program states in the fields that a measure looked at, in the order it looked."""
    return tuple(
        _exhibit(program, field)
        for field in fields_read(case, measure)
        if is_stated(program, field) or _explained_gap(program, field)
    )


def _explained_gap(program: Program, field: str) -> bool:
    found = reach(program, field)
    return isinstance(found, Fact) and found.gap is not Gap.NOT_REPORTED


def _exhibit(program: Program, field: str) -> Exhibit:
    found = reach(program, field)
    if isinstance(found, Fact):
        return Exhibit.model_construct(
            field=field, says=fact_written(found), gap=found.gap and str(found.gap), source=found.source or program.source,
            as_of=found.as_of or program.as_of, tier=found.tier and str(found.tier), n=found.n,
            response_rate=found.response_rate,
        )  # fmt: skip
    items = found if isinstance(found, tuple) else (found,)
    words = [_item(item) for item in items[:MOST_ITEMS]] + (["…"] if len(items) > MOST_ITEMS else [])
    sources = [item.source for item in items if getattr(item, "source", None)]
    return Exhibit.model_construct(
        field=field, says=", ".join(words) or "none", gap=None, source=sources[0] if sources else program.source,
        as_of=program.as_of, tier=None, n=None, response_rate=None,
    )  # fmt: skip


def _item(item: Any) -> str:
    for key in ("name", "occupation", "body", "framework"):
        if hasattr(item, key):
            return str(getattr(item, key))
    return f"{len(item)} answers" if isinstance(item, dict) else "stated" if isinstance(item, Record) else str(item)
