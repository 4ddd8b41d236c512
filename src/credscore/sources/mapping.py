"""Mapping: other people's column headers, words and tokens, told in ours.

A table with our own dotted headers needs none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from credscore.documents import Document, read_document, validated
from credscore.errors import InputError, Problem
from credscore.model.fact import Gap
from credscore.model.layout import Slot, fields, slot_of
from credscore.model.notation import suggestion
from credscore.model.record import Record


def _dotted(raw: Any) -> Any:
    """Tables within tables as one, their names joined by dots, however they were nested."""
    return dict(_leaves(raw)) if isinstance(raw, dict) else raw


def _leaves(raw: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in raw.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


Headers = Annotated[dict[str, str | Annotated[tuple[str, ...], Field(min_length=1)]], BeforeValidator(_dotted)]
Constants = Annotated[dict[str, str | float | bool | tuple[str, ...]], BeforeValidator(_dotted)]


class Words(Record):
    """What is written in one field's column, and what it says in ours: words, gaps, and a factor for numbers."""

    words: dict[str, str | bool] = {}
    gaps: dict[str, Gap] = {}
    scale: Annotated[float, Field(gt=0)] = 1.0


class TableMapping(Record):
    """How a table of somebody else's is read."""

    title: str = ""
    separator: Annotated[str, Field(min_length=1)] = ";"
    ignore_in_numbers: str = ""
    columns: Headers = {}
    defaults: Constants = {}
    gaps: dict[str, Gap] = {}
    fields: dict[str, Words] = {}


OWN = TableMapping()
"""A table whose headers are the dotted names of fields."""


def read_mapping(path: str) -> TableMapping:
    """The mapping in a TOML or JSON file.

    Raises:
        InputError: it cannot be read, is no mapping, or names a field that a program has not; all mistakes are listed.
    """
    document = read_document(path)
    mapping = validated(TableMapping, document)
    problems = list(_lost(mapping, document))
    if problems:
        raise InputError(problems)
    return mapping


def _lost(mapping: TableMapping, document: Document) -> Iterator[Problem]:
    for key in ("columns", "defaults", "fields"):
        for path in getattr(mapping, key):
            if slot_of(path) is None:
                yield Problem(document.name, f"{key}.{path}", "a program has no such field", nearest(path),
                              document.line_of(f"{key}.{path}") or document.line_of(key))  # fmt: skip


def nearest(path: str) -> str:
    """A hint for a misspelt field of a program."""
    close = suggestion(path, tuple(fields()))
    return close if close.startswith("did") else "credscore schema program lists the fields"


def slots_of(mapping: TableMapping, headers: tuple[str, ...], table: str) -> dict[Slot, tuple[str, ...]]:
    """Where each column of a table goes, by slot; a list may be filled from several.

    Raises:
        InputError: a header leads nowhere, stands twice, or a column that the mapping names is not there.
    """
    problems: list[Problem] = []
    twice = sorted({h for h in headers if headers.count(h) > 1})
    problems += [Problem(table, h, "this header stands twice", "rename one of them") for h in twice]
    found: dict[Slot, tuple[str, ...]] = {}
    if mapping.columns:
        for path, named in mapping.columns.items():
            wanted = (named,) if isinstance(named, str) else named
            problems += [
                Problem(table, h, "the mapping names this column, and the table has none", suggestion(h, headers))
                for h in wanted if h not in headers
            ]  # fmt: skip
            slot = slot_of(path)
            assert slot is not None
            found[slot] = wanted
    else:
        for header in headers:
            slot = slot_of(header)
            if slot is None:
                hint = nearest(header)
                if not hint.startswith("did"):
                    hint = "rename it to a field (credscore schema program), drop it, or say with --mapping what each column holds"
                problems.append(Problem(table, header, "no field of a program has this name", hint))
            else:
                found[slot] = (header,)
    stated = {slot.field for slot in found} | set(mapping.defaults)
    problems += [
        Problem(table, name, "no column holds this, and every program needs it", _needed(mapping, name))
        for name in ("name", "provider", "kind") if name not in stated
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    return found


def _needed(mapping: TableMapping, name: str) -> str:
    if mapping.columns:
        return f"add {name} under [columns], or a value for all rows under [defaults]"
    return f"add a column {name}, or say with --mapping which one it is"
