"""Validation: from data to a record, with every mistake in plain words and at its line.

A misspelt key is told the right one, and a key in the wrong section its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from credscore.documents.document import Document
from credscore.errors import InputError, Problem
from credscore.model.notation import suggestion
from credscore.model.record import Record

Checked = TypeVar("Checked", bound=Record)
TAGS = frozenset({"list", "gap", "float", "dict[str,float]", "str", "bool"})
PLAIN = {
    "missing": ("is required", "add it"),
    "string_type": ("is not text", "put it in quotes"),
    "bool_type": ("is neither true nor false", "write true or false, unquoted"),
    "bool_parsing": ("is neither true nor false", "write true or false, unquoted"),
    "float_type": ("is not a number", "write a plain number, without quotes or units"),
    "float_parsing": ("is not a number", "write a plain number, without quotes or units"),
    "int_type": ("is not a whole number", "write a whole number, without quotes"),
    "int_parsing": ("is not a whole number", "write a whole number, without quotes"),
    "finite_number": ("is not a finite number", "leave the key out where it is not known"),
    "tuple_type": ("is not a list", "write it in brackets: [ … ]"),
    "list_type": ("is not a list", "write it in brackets: [ … ]"),
    "dict_type": ("is not a table", "write it as a section or in braces: { … }"),
    "model_type": ("is not a table", "write it as a section or in braces: { … }"),
    "string_too_short": ("is empty", "write at least one sign"),
}


def validated(model: type[Checked], document: Document) -> Checked:
    """The record that a document holds.

    Raises:
        InputError: it holds mistakes; all of them are listed in the order of the file.
    """
    blanks = list(placeholders(document.data)) if "…" in document.text or '"..."' in document.text else []
    if blanks:
        raise InputError(
            Problem(
                document.name,
                path,
                "is still a placeholder",
                "fill it in, or leave the key out",
                document.line_of(path),
            )
            for path in blanks
        )
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        problems = [_problem(model, document, dict(found)) for found in error.errors(include_url=False)]
    except RecursionError:
        problems = [Problem(document.name, "", "is nested too deeply", "a program or goal file is a few levels deep")]
    unique = {(p.path, p.reason): p for p in problems}
    raise InputError(sorted(unique.values(), key=lambda p: (p.line or 0, p.path)))


def placeholders(data: Any, path: str = "") -> Iterator[str]:
    """The paths of values that a template left to be filled in."""
    if data in ("…", "..."):
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from placeholders(value, f"{path}.{key}" if path else str(key))


def _problem(model: type[Record], document: Document, found: Mapping[str, Any]) -> Problem:
    steps = [str(step) for step in found["loc"] if str(step) not in TAGS]
    path = ".".join(steps)
    reason, hint = _words(model, steps, found)
    return Problem(document.name, path, reason, hint, document.line_of(path) or document.line_of(".".join(steps[:-1])))


def _words(model: type[Record], steps: list[str], found: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong and what to do about it."""
    kind, context = found["type"], found.get("ctx", {})
    if kind == "credscore":
        return str(context["reason"]), str(context["hint"])
    if kind == "extra_forbidden":
        return "no such key", _misspelt(model, steps)
    if kind in ("literal_error", "enum"):
        if "'not-reported'" in str(context.get("expected", "")) and isinstance(found["input"], str):
            return f"{_shown(found['input'])} is not a list", f'write ["{found["input"][:40]}"], or a gap word'
        words = [w.strip().strip("'") for w in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]
        return f"{_shown(found['input'])} is not one of its words", suggestion(
            str(found["input"]), words
        ) or f"one of: {', '.join(words)}"
    if kind in PLAIN:
        reason, hint = PLAIN[kind]
        return (reason if kind == "missing" else f"{_shown(found['input'])} {reason}"), hint
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        return _bound(kind, context, found["input"])
    if kind == "string_pattern_mismatch":
        return f"{_shown(found['input'])} is not of the form wanted here", _form(str(context.get("pattern")))
    return str(found["msg"]).removeprefix("Value error, "), ""


def _form(pattern: str) -> str:
    if pattern == r"\S":
        return "write a name"
    if "{3}" in pattern:
        return "a currency is three capitals, such as USD"
    if "{1,3}" in pattern:
        return "a place is a country or its region, such as US or US-CO"
    if "{2}" in pattern:
        return "a country is two capitals, such as US"
    return (
        "lower-case words joined by hyphens, such as net-price"
        if "a-z" in pattern
        else "a version is three numbers: 1.0.0"
    )


def _bound(kind: str, context: Mapping[str, Any], value: Any) -> tuple[str, str]:
    bound = next((context[k] for k in ("ge", "gt", "le", "lt") if k in context), "")
    if kind.startswith("greater"):
        return f"{_shown(value)} is below {bound}", f"write {bound} or more"
    share = isinstance(value, int | float) and bound == 1 and 2 <= value <= 100
    return f"{_shown(value)} is above {bound}", f"did you mean {value / 100:g}?" if share else f"write {bound} or less"


def _shown(value: Any) -> str:
    text = "".join(c if c.isprintable() else "?" for c in str(value)[:80])
    text = text if len(text) <= 40 else f"{text[:39]}…"
    return f'"{text}"' if isinstance(value, str) else text


def _misspelt(model: type[Record], steps: list[str]) -> str:
    home = _record_at(model, steps[:-1])
    key = steps[-1]
    names = list(_names(home)) if home else []
    close = suggestion(key, names)
    if close.startswith("did"):
        return close
    for section in getattr(model, "SECTIONS", ()):
        if key in _names(_record_at(model, [section]) or model) and [section] != steps[:-1]:
            return f"it belongs in [{section}]"
    return close


def _names(record: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in record.model_fields.items()]


def _record_at(model: type[BaseModel] | None, steps: list[str]) -> type[BaseModel] | None:
    """The record that stands at a path, through lists, unions and aliases."""
    for step in steps:
        if model is None:
            return None
        info = next((i for name, i in model.model_fields.items() if step in (name, i.alias)), None)
        model = (
            model
            if info is None and (step.isdigit() or not step.isidentifier())
            else _record_in(info.annotation)
            if info
            else None
        )
    return model


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if (found := _record_in(part)) is not None:
            return found
    return None
