"""Documents: many program files, or lines of JSON, as the rows of one table.

What a cell of text could not say as its document does is marked, and such a document is read by itself.
"""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeAlias

from credscore.documents import placeholders, read_document
from credscore.errors import InputError, Problem
from credscore.model.layout import Slot, slot_of
from credscore.sources.row import ENDS, GAPS

Cells: TypeAlias = dict[str, str]
Read: TypeAlias = "Cells | tuple[Problem, ...]"
"""The cells of a document by dotted name, or why it is none."""
SIGNS, CURRENCY = "accreditation.signs", "cost.currency"
STRAY = "~"
"""A cell that leads to no field: the document is read by itself."""
PART = 500
WORTH_A_POOL = 4000
"""Documents from which starting further processes saves more time than it takes."""
AHEAD = 3


def cells_of(data: Mapping[str, Any]) -> Cells:
    """A document's content as cells of text under dotted names; a stray cell where text could not say the same."""
    found: Cells = {}
    _flatten(data, "", found)
    slots = [slot for name in found if (slot := slot_of(name)) is not None and slot.kind is not None]
    told = {slot.field for slot in slots if slot.part in ENDS}
    lonely = next((slot.path for slot in slots if slot.field not in told), None)
    if lonely is not None:
        found[STRAY] = lonely  # evidence of nothing
    return found


def _flatten(data: Mapping[str, Any], prefix: str, found: Cells) -> None:
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            if not value and name != SIGNS and slot_of(name) is not None:
                found[STRAY] = name
            _flatten(value, f"{name}.", found)
            continue
        if key == "value" and prefix and (home := slot_of(prefix[:-1])) is not None and home.kind is not None:
            name = prefix[:-1]
        slot = slot_of(name)
        if slot is None or not _says_the_same(slot, value) or name in found:
            found[STRAY] = name
        elif value is not None:
            found[name] = _text(value)


def _says_the_same(slot: Slot, value: Any) -> bool:
    """Whether the value as text in the slot's column states what it states in a document."""
    kind = slot.kind.kind if slot.kind else ""
    if slot.is_number:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number or (slot.part in ENDS and _is_gap(value))
    if kind == "answer" and not slot.part:
        return isinstance(value, bool) or _is_gap(value)
    if kind == "date" or slot.part == "as_of" or slot.field == "as_of":
        return isinstance(value, date | str) or (isinstance(value, int) and not isinstance(value, bool))
    if slot.kind is None and "." in slot.field and slot.field != CURRENCY:
        return isinstance(value, list) or _is_gap(value) if not slot.part else not isinstance(value, list | dict)
    return isinstance(value, str) and value == value.strip() != ""


def _is_gap(value: Any) -> bool:
    return isinstance(value, str) and value in GAPS


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return json.dumps(value, ensure_ascii=False, default=_text)


def json_row(line: str) -> Cells | str:
    """The cells of one line of JSON, or why it is none; no cells for an empty line."""
    if not line.strip():
        return {}
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"is not JSON: {str(error)[:80]}"
    return cells_of(data) if isinstance(data, dict) else "is no JSON object"


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
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = (cores if len(paths) >= WORTH_A_POOL else 1) if jobs is None else jobs
    if workers < 2:
        yield from ((path, read(path)) for path in paths)
        return
    from collections import deque
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    parts = (paths[at : at + PART] for at in range(0, len(paths), PART))
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin)
    waiting: deque[tuple[Sequence[str], Future[list[Read]]]] = deque()
    try:
        waiting.extend((part, pool.submit(_read_part, part)) for part in islice(parts, workers * AHEAD))
        while waiting:
            part, future = waiting.popleft()
            yield from zip(part, future.result(), strict=True)
            waiting.extend((more, pool.submit(_read_part, more)) for more in islice(parts, 1))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """Ready a process: the parent alone hears an interruption, and a short life needs no collecting."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def _read_part(paths: Sequence[str]) -> list[Read]:
    return [read(path) for path in paths]
