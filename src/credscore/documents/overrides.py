"""Overrides: ``--set cost.tuition=0``, applied to a document's data before it is checked."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from credscore.documents.document import Document
from credscore.errors import UsageError


def overridden(document: Document, assignments: Sequence[str]) -> Document:
    """The document with fields replaced; a fact written as a table is replaced whole, unless a key of it is named.

    Raises:
        UsageError: an assignment is not ``field=value``, or leads through something that is no table.
    """
    if not assignments:
        return document
    data = copy.deepcopy(document.data)
    for assignment in assignments:
        path, equals, value = assignment.partition("=")
        steps = path.strip().split(".")
        if not equals or not all(steps):
            raise UsageError(f"--set {assignment}: not field=value", "write --set cost.tuition=0")
        _assign(data, steps, _parsed(value.strip()), assignment)
    return replace(document, data=data)


def _parsed(text: str) -> Any:
    """The value as TOML reads it; a bare word is text."""
    import tomli

    try:
        return tomli.loads(f"value = {text}")["value"]
    except tomli.TOMLDecodeError:
        return text


def _assign(data: Any, steps: list[str], value: Any, assignment: str) -> None:
    for depth, step in enumerate(steps[:-1]):
        below = _child(data, step)
        if below is None:
            below = {}
            _put(data, step, below, assignment)
        elif not isinstance(below, dict | list):
            below = {"value": below}  # one key of a fact that was written bare
            _put(data, step, below, assignment)
        data = below
        if isinstance(data, list) and not steps[depth + 1].isdigit():
            raise UsageError(
                f"--set {assignment}: {'.'.join(steps[: depth + 1])} is a list", "name an item by its number, from 0"
            )
    _put(data, steps[-1], value, assignment)


def _child(data: Any, step: str) -> Any:
    if isinstance(data, list):
        return data[int(step)] if step.isdigit() and int(step) < len(data) else None
    return data.get(step)


def _put(data: Any, step: str, value: Any, assignment: str) -> None:
    if isinstance(data, list):
        if not step.isdigit() or int(step) >= len(data):
            raise UsageError(
                f"--set {assignment}: there is no item {step}", f"the list has {len(data)}, counted from 0"
            )
        data[int(step)] = value
    else:
        data[step] = value
