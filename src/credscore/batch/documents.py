"""Documents: many program files, or lines of JSON, as the rows of one table.

What a cell of text could not say as its document does is marked, and such a document is read by itself.
"""

from __future__ import annotations

import gc
import json
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from credscore.batch.pool import in_parts, workers_for
from credscore.documents import placeholders, read_document
from credscore.errors import InputError, Problem
from credscore.model.layout import slot_of
from credscore.sources.row import ENDS, GAPS

Cells: TypeAlias = dict[str, str]
Read: TypeAlias = "Cells | tuple[Problem, ...]"
"""The cells of a document by dotted name, or why it is none."""
SIGNS, CURRENCY = "accreditation.signs", "cost.currency"
STRAY = "~"
"""A cell that leads to no field: the document is read by itself."""
PART = 200
WORTH_A_POOL = 4000
"""Documents from which starting further processes saves more time than it takes."""


def cells_of(data: Mapping[str, Any]) -> Cells:
    """A document's content as cells of text under dotted names; a stray cell where text could not say the same."""
    found: Cells = {}
    told, leant = set[str](), set[str]()
    _flatten(data, "", found, told, leant)
    if not leant <= told:
        found[STRAY] = min(leant - told)  # evidence of nothing
    return found


def _flatten(data: Mapping[str, Any], prefix: str, found: Cells, told: set[str], leant: set[str]) -> None:
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            if not value and name != SIGNS and slot_of(name) is not None:
                found[STRAY] = name
            _flatten(value, f"{name}.", found, told, leant)
            continue
        way = _way(name, type(value))  # type: ignore[arg-type]
        if way.form is None or (isinstance(value, str) and not _fits(way, value)) or way.name in found:
            if value is not None or way.form is None:
                found[STRAY] = name
            continue
        found[way.name] = way.form(value)
        if way.fact:
            (told if way.states else leant).add(way.fact)


class Way(NamedTuple):
    """How values of one type are written under one name."""

    name: str  #: the cell's
    form: Callable[[Any], str] | None  #: None where text could not say the same
    gap_only: bool = False  #: whether a text must be a gap word
    fact: str = ""  #: the fact it belongs to
    states: bool = False  #: whether it states that fact, or is evidence for it


STRAYS = Way(STRAY, None)


@cache
def _way(name: str, kind: type) -> Way:
    """How values of a type are written under a name: as a table's cell, if that says the same."""
    home = slot_of(name.removesuffix(".value")) if name.endswith(".value") else None
    slot = home if home is not None and home.kind is not None and not home.part else slot_of(name)
    if slot is None:
        return STRAYS
    sort = slot.kind.kind if slot.kind else ""
    fact, states = (slot.field, slot.part in ENDS) if slot.kind else ("", False)
    text = Way(slot.path, str, fact=fact, states=states)
    gap = text._replace(gap_only=True)
    number = text._replace(form=repr)
    if slot.is_number:
        return number if kind in (int, float) else gap if kind is str and slot.part in ENDS else STRAYS
    if sort == "answer" and not slot.part:
        return text._replace(form=_flag) if kind is bool else gap if kind is str else STRAYS
    if sort == "date" or "as_of" in (slot.part, slot.field):
        day = text._replace(form=_day)
        return day if issubclass(kind, date) else text if kind is str else number if kind is int else STRAYS
    if slot.kind is None and "." in slot.field and slot.field != CURRENCY:
        if not slot.part:
            return text._replace(form=_listed) if kind is list else gap if kind is str else STRAYS
        scalar: Any = {bool: _flag, int: repr, float: repr, str: str}.get(
            kind, _day if issubclass(kind, date) else None
        )
        return text._replace(form=scalar) if scalar else STRAYS
    return text if kind is str else STRAYS


def _fits(way: Way, value: str) -> bool:
    """Whether a text says in a cell what it says in a document: no blanks around it, and a gap word where it must be."""
    return value in GAPS if way.gap_only else bool(value) and value == value.strip()


def _flag(value: Any) -> str:
    return "true" if value else "false"


def _day(value: date) -> str:
    return (value.date() if isinstance(value, datetime) else value).isoformat()


_listed = json.JSONEncoder(ensure_ascii=False, default=_day).encode


def plain_cells(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Somebody else's record as cells of text under dotted names, for a mapping to say what they hold."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from plain_cells(value, f"{prefix}{key}.")
        elif value is not None:
            yield f"{prefix}{key}", value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def json_row(line: str, *, own: bool) -> Cells | str:
    """The cells of one line of JSON, or why it is none; no cells for an empty line."""
    if not line.strip():
        return {}
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"is not JSON: {str(error)[:80]}"
    if not isinstance(data, dict):
        return "is no JSON object"
    return cells_of(data) if own else dict(plain_cells(data))


def read(path: str) -> Read:
    """The cells of a program file, or every reason why it is none."""
    try:
        document = read_document(path)
    except InputError as error:
        return error.problems
    cells = cells_of(document.data)
    if ("…" in document.text or '"..."' in document.text) and any(placeholders(document.data)):
        cells[STRAY] = "…"
    return cells


def read_all(paths: Sequence[str], jobs: int | None = None) -> Iterator[tuple[str, Read]]:
    """Program files in their order, with what each holds; on every core once there are enough of them."""
    workers = workers_for(len(paths), WORTH_A_POOL) if jobs is None else jobs
    if workers < 2:
        yield from ((path, read(path)) for path in paths)
        return
    parts = (paths[at : at + PART] for at in range(0, len(paths), PART))
    for part, found in in_parts(_read_part, parts, workers, _begin):
        yield from zip(part, found, strict=True)


def _begin() -> None:
    """Ready a process: the parent alone hears an interruption, and a short life needs no collecting."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def _read_part(paths: Sequence[str]) -> list[Read]:
    return [read(path) for path in paths]
