"""Own: program and goal files as credscore defines them, in TOML or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from credscore.documents import Document, overridden, read_document, validated
from credscore.errors import InputError, Problem
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.reference.currency import CURRENCIES


def read_program(path: str, overrides: Sequence[str] = ()) -> Program:
    """The program in a file, or on stdin for ``-``; overrides are ``field=value``.

    Raises:
        InputError: it cannot be read or is no program; every mistake is listed.
        UsageError: an override is not ``field=value``.
    """
    document = overridden(read_document(path), overrides)
    _looks_like("goal", "aim" in document.data and "kind" not in document.data, document)
    program = validated(Program, document)
    known_currency(program.cost.currency, "cost.currency", document)
    return program


def read_goal(path: str, overrides: Sequence[str] = ()) -> Goal:
    """The goal in a file, or on stdin for ``-``; overrides are ``field=value``.

    Raises:
        InputError: it cannot be read or is no goal; every mistake is listed.
        UsageError: an override is not ``field=value``.
    """
    document = overridden(read_document(path), overrides)
    _looks_like("program", "kind" in document.data and "aim" not in document.data, document)
    goal = validated(Goal, document)
    known_currency(goal.means.currency, "means.currency", document)
    return goal


def _looks_like(other: str, so: bool, document: Document) -> None:
    """Refuse a file that is plainly of the other kind, with one line instead of a list of its keys."""
    if so:
        reason = f"this looks like a {other}, not a {'goal' if other == 'program' else 'program'}"
        raise InputError([Problem(document.name, "", reason, "credscore evaluate PROGRAM --goal GOAL", 1)])


def known_currency(code: Any, path: str, document: Document) -> None:
    """Refuse a currency that is not in use.

    Raises:
        InputError: it is not one.
    """
    if code is not None and code not in CURRENCIES:
        close = get_close_matches(code, CURRENCIES, n=1, cutoff=0.5)
        hint = f'did you mean "{close[0]}"?' if close else "an ISO 4217 code, such as USD or EUR"
        raise InputError(
            [Problem(document.name, path, f'"{code}" is no currency in use', hint, document.line_of(path))]
        )
