"""Selection: which answers are kept, in what order, how many, and which of their columns."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from credscore.batch.answers import SETS, TEXT, Sets
from credscore.errors import UsageError
from credscore.model.notation import suggestion

SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge, "<=": operator.le, "!=": operator.ne, "=": operator.eq, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
CONDITION = re.compile(r"\s*([\w.-]+)\s*(>=|<=|!=|=|>|<|~)(.*)", re.DOTALL)
RANK = ("-rank", "-score.low", "-score.likely", "source", "row")
"""By verdict, then by the low end: what is known to be good stands before what may be."""
INPUT = "input"
DECIMALS = 6


class Condition(NamedTuple):
    """One test of a column: a number against a bound, or a word against words; ``~`` looks inside a text."""

    column: str
    sign: str
    values: tuple[str | float, ...]

    def holds(self, row: dict[str, Any]) -> bool:
        """Whether a row passes; what is unknown passes nothing."""
        value = row[self.column]
        if value is None:
            return False
        if self.sign == "~":
            return str(self.values[0]).casefold() in str(value).casefold()
        tests = [bool(SIGNS[self.sign](value, wanted)) for wanted in self.values]
        return all(tests) if self.sign == "!=" else any(tests)

    def kept(self, frame: Any) -> Any:
        """The rows of a frame that pass."""
        import polars as pl

        column = pl.col(self.column)
        if self.sign == "~":
            wanted = re.escape(str(self.values[0]))
            return frame.filter(column.str.contains(f"(?i){wanted}"))
        tests = [SIGNS[self.sign](column, wanted) for wanted in self.values]
        test = tests[0]
        for other in tests[1:]:
            test = test & other if self.sign == "!=" else test | other
        return frame.filter(test)


def condition(text: str, columns: Sequence[str]) -> Condition:
    """The condition that ``column=value``, ``column>=number`` or ``column~text`` states.

    Raises:
        UsageError: it is none, or names no column.
    """
    found = CONDITION.fullmatch(text)
    if found is None:
        raise UsageError(f"--where {text}: not column=value", "write --where verdict=worth-it or --where score.low>=60")
    column, sign, value = found[1], found[2], found[3].strip()
    if column not in columns:
        raise UsageError(f"--where {text}: no column {column}", suggestion(column, tuple(columns)) or "see --columns")
    if column in TEXT:
        if sign not in ("=", "!=", "~"):
            raise UsageError(f"--where {text}: {column} is text", "test it with =, != or ~")
        return Condition(column, sign, (value,) if sign == "~" else tuple(v.strip() for v in value.split(",")))
    try:
        numbers = tuple(float(v) for v in value.split(",")) if sign != "~" else ()
    except ValueError:
        numbers = ()
    if not numbers:
        raise UsageError(f"--where {text}: {column} is a number", "write --where score.low>=60")
    return Condition(column, sign, numbers)


class Selection(NamedTuple):
    """What is asked of the answers."""

    columns: tuple[str, ...]
    where: tuple[Condition, ...] = ()
    sort: tuple[str, ...] = ()  #: columns, "-" before those that fall; empty for the order of the sources
    top: int | None = None  #: for each goal

    @property
    def streams(self) -> bool:
        """Whether answers can go out as they come."""
        return not self.sort and self.top is None

    def filtered(self, table: Any) -> Any:
        """The answers that pass every condition."""
        for test in self.where:
            table = [row for row in table if test.holds(row)] if isinstance(table, list) else test.kept(table)
        return table

    def best(self, table: Any) -> Any:
        """The answers in order, the first of them only if so many are asked for."""
        if self.sort:
            table = _sorted(table, self.sort)
        return table if self.top is None else table[: self.top]

    def best_programs(self, tables: Sequence[Any]) -> list[Any]:
        """The answers for every goal about the programs that stand best for any, so many as are asked for."""
        limit = self.top
        if limit is None:
            return list(tables)
        standing: dict[tuple[Any, Any], tuple[float, float]] = {}
        for table in tables:
            for row in _rows(self.best(table)):
                key, mine = (row["source"], row["row"]), (-row["rank"], -row["score.low"])
                standing[key] = min(mine, standing.get(key, mine))
        first = set(sorted(standing, key=lambda key: (standing[key], str(key)))[:limit])
        return [[row for row in _rows(table, first) if (row["source"], row["row"]) in first] for table in tables]

    def shown(self, table: Any) -> Any:
        """The columns that are asked for, in their order."""
        if isinstance(table, list):
            return [{name: row[name] for name in self.columns} for row in table]
        return table.select(self.columns)


def _rows(table: Any, keys: Iterable[tuple[Any, Any]] | None = None) -> list[dict[str, Any]]:
    """The answers as dictionaries; of a frame only those in some rows, if any are named."""
    if isinstance(table, list):
        return table
    if keys is not None:
        import polars as pl

        table = table.filter(pl.col("row").is_in([row for _, row in keys if row is not None]))
    return list(table.to_dicts())


def sort_keys(text: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns to sort by: ``rank``, ``input``, or columns with ``-`` before those that fall.

    Raises:
        UsageError: there is no such column.
    """
    if text == INPUT:
        return ()
    keys: list[str] = []
    for part in text.split(","):
        key = part.strip()
        if key == "rank":
            keys += RANK
        elif key.lstrip("+-") not in columns:
            hint = suggestion(key.lstrip("+-"), ("rank", INPUT, *columns))
            raise UsageError(f"--sort {text}: no column {key.lstrip('+-')}", hint or "rank, input, or a column")
        else:
            keys.append(key.lstrip("+"))
    return (*keys, *(key for key in ("source", "row") if key not in keys))


def _sorted(table: Any, keys: Sequence[str]) -> Any:
    names, falls = [key.lstrip("-") for key in keys], [key.startswith("-") for key in keys]
    if not isinstance(table, list):
        return table.sort(names, descending=falls, nulls_last=True, maintain_order=True)
    for name, falling in reversed(list(zip(names, falls, strict=True))):
        known = [row for row in table if row[name] is not None]
        known.sort(key=operator.itemgetter(name), reverse=falling)  # equal ones keep their order
        table = known + [r for r in table if r[name] is None]
    return table


def joined(tables: Iterable[Any]) -> Any:
    """Several tables as one."""
    found = list(tables)
    if all(isinstance(table, list) for table in found):
        return [row for table in found for row in table]
    import polars as pl

    frames = [table for table in found if not isinstance(table, list)]
    schema = frames[0].schema
    return pl.concat([pl.DataFrame(t, schema=schema) if isinstance(t, list) else t for t in found])


def told(table: Any, sets: Sets) -> Any:
    """Answers as they are shown: sets in words, numbers to six decimals, and none that has no bound."""
    if isinstance(table, list):
        return [{name: _shown(name, value, sets) for name, value in row.items()} for row in table]
    import polars as pl

    columns = []
    for name, kind in table.schema.items():
        if name in SETS:
            bits = table[name].fill_null(0.0).unique().to_list()
            words = [sets.words(name, b) or None for b in bits]
            columns.append(pl.col(name).fill_null(0.0).replace_strict(bits, words, return_dtype=pl.String))
        elif kind == pl.Float64:
            columns.append(pl.when(pl.col(name).is_finite()).then(pl.col(name).round(DECIMALS) + 0.0).alias(name))
    return table.with_columns(columns)


def _shown(name: str, value: Any, sets: Sets) -> Any:
    if name in SETS:
        return sets.words(name, value or 0.0) or None
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0 if math.isfinite(value) else None
    return value
