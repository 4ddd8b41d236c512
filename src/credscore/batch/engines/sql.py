"""SQL: the steps of a sheet as one statement, in the words that DuckDB and Spark share.

An engine so plans a long calculation once; narwhals has each wave planned by itself, on top of all those before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from credscore.model.sheet import Speech, Wave

SPACE = "".join(chr(n) for n in range(0x3001) if chr(n).isspace())
"""What is trimmed from cells, as in text by itself."""
NUMBER = r"[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?"
"""What is a number, as in a row by itself."""
BATCH = 200_000
"""Rows at a time, where a table is given back in parts."""


class Sql(str):
    """An expression, to be told apart from a word that a step takes as it is."""

    __slots__ = ()


def name(column: str, quote: str) -> Sql:
    """A column's name in its engine's quotes."""
    return Sql(quote + column.replace(quote, quote * 2) + quote)


def literal(cell: Any) -> Sql:
    """The same cell for every row; an unknown number or word becomes null."""
    match cell:
        case None:
            return Sql("CAST(NULL AS STRING)")
        case bool():
            return Sql("TRUE" if cell else "FALSE")
        case int() | float() if cell != cell:
            return Sql("CAST(NULL AS DOUBLE)")
        case int() | float() if math.isinf(cell):
            return Sql(f"CAST('{'-' if cell < 0 else ''}Infinity' AS DOUBLE)")
        case int() | float():
            return Sql(f"({float(cell)!r}{'' if 'e' in repr(float(cell)) else 'e0'})")
        case _:
            return Sql("'" + str(cell).replace("'", "''") + "'")


def _joined(sign: str) -> Callable[[Sql, Any], Sql]:
    return lambda a, b: Sql(f"({a} {sign} {_written(b)})")


def _written(part: Any) -> Sql:
    return part if isinstance(part, Sql) else literal(part)


def _called(function: str) -> Callable[..., Sql]:
    return lambda *parts: Sql(f"{function}({', '.join(map(_written, parts))})")


def _clip(a: Sql, low: Any, high: Any) -> Sql:
    low, high = _written(low), _written(high)
    return Sql(f"(CASE WHEN {a} < {low} THEN {low} WHEN {a} > {high} THEN {high} ELSE {a} END)")


def _is_in(a: Sql, words: Sequence[str]) -> Sql:
    return Sql(f"({a} IN ({', '.join(map(_written, words))}))")


def _where(flag: Sql, yes: Sql, no: Sql) -> Sql:
    return Sql(f"(CASE WHEN {flag} THEN {yes} ELSE {no} END)")


def _looked_up(a: Sql, table: Sequence[tuple[str, float]], otherwise: float | None) -> Sql:
    cases = " ".join(f"WHEN {literal(word)} THEN {literal(float(x))}" for word, x in table)
    rest = literal(math.nan if otherwise is None else otherwise)
    return Sql(f"(CASE {a} {cases} ELSE {rest} END)")


OPERATIONS: dict[str, Callable[..., Sql]] = {
    "add": _joined("+"), "sub": _joined("-"), "mul": _joined("*"), "div": _joined("/"), "pow": _called("power"),
    "lt": _joined("<"), "le": _joined("<="), "gt": _joined(">"), "ge": _joined(">="), "eq": _joined("="),
    "and": _joined("AND"), "or": _joined("OR"), "not": lambda a: Sql(f"(NOT {a})"),
    "is_null": lambda a: Sql(f"({a} IS NULL)"), "fill": _called("coalesce"), "clip": _clip, "sqrt": _called("sqrt"),
    "min": _called("least"), "max": _called("greatest"), "is_in": _is_in, "where": _where, "lookup": _looked_up,
}  # fmt: skip


def speech(quote: str) -> Speech:
    """How an engine that quotes names so writes a step."""
    return Speech(lambda column: name(column, quote), literal, OPERATIONS)


def columns(wave: Wave, quote: str) -> list[str]:
    """The columns of a wave, as they stand after SELECT."""
    made = (f"{expr} AS {name(column, quote)}" for column, expr in wave.made.items())
    return [*(name(column, quote) for column in wave.held), *made]


def statement(waves: Sequence[Wave], quote: str, source: str) -> str:
    """One statement that takes a table through all waves, each a step of its own."""
    steps = []
    for number, wave in enumerate(waves):
        steps.append(f"wave_{number} AS (SELECT {', '.join(columns(wave, quote))} FROM {source})")  # noqa: S608 - names are quoted, and words escaped
        source = f"wave_{number}"
    return f"WITH {', '.join(steps)} SELECT * FROM {source}"  # noqa: S608
