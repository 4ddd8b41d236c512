"""Rows: answers about many programs as CSV, JSON Lines or one JSON document, part by part.

A table is a list of dictionaries or a Polars frame; both come out as the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

FORMULA = "=+-@\t\r\n|%"
"""Signs with which a spreadsheet begins to reckon."""
SCHEMA = "credscore/batch/1"


class Csv:
    """Comma-separated values with a header; cells that a spreadsheet would run are made text."""

    def head(self, columns: Sequence[str]) -> str:
        """What stands before the first row."""
        return ",".join(columns) + "\n"

    def part(self, table: Any, *, first: bool) -> str:
        """Some rows."""
        del first
        if isinstance(table, list):
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerows([harmless(v) for v in row.values()] for row in table)
            return out.getvalue()
        import polars as pl

        text = [name for name, kind in table.schema.items() if kind == pl.String]
        begins = f"^[{''.join(map(_escaped, FORMULA))}]"
        tamed = [
            pl.when(pl.col(n).str.contains(begins)).then("'" + pl.col(n)).otherwise(pl.col(n)).str.replace_all("\x00", "")
            .alias(n) for n in text
        ]  # fmt: skip
        return str(table.with_columns(tamed).write_csv(include_header=False))

    def tail(self) -> str:
        """What stands after the last row."""
        return ""


def _escaped(sign: str) -> str:
    return {"\t": r"\t", "\r": r"\r", "\n": r"\n"}.get(sign, f"\\{sign}")


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula.

    >>> harmless("=1+1"), harmless("-5"), harmless(-5.0)
    ("'=1+1", "'-5", -5.0)
    """
    if isinstance(value, str):
        value = value.replace("\x00", "")
        return f"'{value}" if value[:1] and value[0] in FORMULA else value
    return value


class Jsonl:
    """JSON Lines: an object for each row."""

    def head(self, columns: Sequence[str]) -> str:
        """What stands before the first row."""
        del columns
        return ""

    def part(self, table: Any, *, first: bool) -> str:
        """Some rows."""
        del first
        if isinstance(table, list):
            return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in table)
        return str(table.write_ndjson())

    def tail(self) -> str:
        """What stands after the last row."""
        return ""


class Json:
    """One JSON document, shape ``credscore/batch/1``: what was asked, and an object for each row."""

    def __init__(self, about: Mapping[str, Any]) -> None:
        self.about = about

    def head(self, columns: Sequence[str]) -> str:
        """What stands before the first row."""
        told = json.dumps({"schema": SCHEMA, **self.about, "columns": list(columns)}, ensure_ascii=False, indent=2)
        return told.removesuffix("\n}") + ',\n  "rows": ['

    def part(self, table: Any, *, first: bool) -> str:
        """Some rows, after a comma unless they are the first."""
        lines = Jsonl().part(table, first=first).removesuffix("\n").split("\n") if len(table) else []
        return ("" if first or not lines else ",") + ",".join(f"\n    {line}" for line in lines)

    def tail(self) -> str:
        """What stands after the last row."""
        return "\n  ]\n}\n"
