"""Column: one step of arithmetic over all rows of a table, and the Sheet that keeps the steps.

A formula that grows long becomes a column of its own, so that no expression is ever written out twice over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals as nw

LONGEST_FORMULA = 12


class Sheet:
    """The steps of a calculation over a table, in waves: each wave uses only the columns before it."""

    def __init__(self) -> None:
        self.waves: list[list[tuple[str, nw.Expr]]] = []
        self._count = 0

    def column(self, name: str) -> Column:
        """A column that the table already has."""
        return Column(self, nw.col(name), 1, 0)

    def keep(self, expr: nw.Expr, wave: int) -> Column:
        """A formula as a column of its own, worked out in a wave after all it uses."""
        name = f"~{self._count}"
        self._count += 1
        while len(self.waves) <= wave:
            self.waves.append([])
        self.waves[wave].append((name, expr))
        return Column(self, nw.col(name), 1, wave + 1)

    def worked_out(self, frame: Any, answers: Mapping[str, Any], keep: Sequence[str] = ()) -> Any:
        """The frame with every step worked out: the answers under their names, and the columns to keep."""
        for wave in self.waves:
            frame = frame.with_columns(**dict(wave))
        return frame.select(*keep, **{name: as_expr(cell) for name, cell in answers.items()})


class Column:
    """A cell for every row: numbers, words or flags, null where unknown."""

    __slots__ = ("expr", "sheet", "size", "wave")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, sheet: Sheet, expr: nw.Expr, size: int, wave: int) -> None:
        self.sheet, self.expr, self.size, self.wave = sheet, expr, size, wave

    def made(self, make: Callable[..., nw.Expr], *others: Any) -> Column:
        """A new column from this one and other cells; kept as a step of its own once its formula is long."""
        size = self.size + 1 + sum(o.size if isinstance(o, Column) else 1 for o in others)
        wave = max((o.wave for o in others if isinstance(o, Column)), default=self.wave)
        wave = max(wave, self.wave)
        expr = make(self.expr, *(as_expr(o) for o in others))
        return Column(self.sheet, expr, size, wave) if size <= LONGEST_FORMULA else self.sheet.keep(expr, wave)

    def __add__(self, other: Any) -> Column:
        return self.made(lambda a, b: a + b, other)

    def __radd__(self, other: Any) -> Column:
        return self.made(lambda a, b: b + a, other)

    def __sub__(self, other: Any) -> Column:
        return self.made(lambda a, b: a - b, other)

    def __rsub__(self, other: Any) -> Column:
        return self.made(lambda a, b: b - a, other)

    def __mul__(self, other: Any) -> Column:
        return self.made(lambda a, b: a * b, other)

    def __rmul__(self, other: Any) -> Column:
        return self.made(lambda a, b: b * a, other)

    def __truediv__(self, other: Any) -> Column:
        return self.made(lambda a, b: a / b, other)

    def __rtruediv__(self, other: Any) -> Column:
        return self.made(lambda a, b: b / a, other)

    def __pow__(self, other: Any) -> Column:
        return self.made(lambda a, b: a**b, other)

    def __rpow__(self, other: Any) -> Column:
        return self.made(lambda a, b: b**a, other)

    def __neg__(self) -> Column:
        return self.made(lambda a: 0.0 - a)

    def __lt__(self, other: Any) -> Column:
        return self.made(lambda a, b: a < b, other)

    def __le__(self, other: Any) -> Column:
        return self.made(lambda a, b: a <= b, other)

    def __gt__(self, other: Any) -> Column:
        return self.made(lambda a, b: a > b, other)

    def __ge__(self, other: Any) -> Column:
        return self.made(lambda a, b: a >= b, other)

    def __eq__(self, other: object) -> Column:  # type: ignore[override]
        return self.made(lambda a, b: a == b, other)

    def __and__(self, other: Any) -> Column:
        return self.made(lambda a, b: a & b, other)

    def __or__(self, other: Any) -> Column:
        return self.made(lambda a, b: a | b, other)

    def __invert__(self) -> Column:
        return self.made(lambda a: ~a)

    def is_null(self) -> Column:
        """Whether it is unknown."""
        return self.made(lambda a: a.is_null())

    def fill_null(self, value: bool) -> Column:
        """The flag, with a known one where it is unknown."""
        return self.made(lambda a: a.fill_null(value))

    def clip(self, low: float, high: float) -> Column:
        """The number held between two bounds."""
        return self.made(lambda a: a.clip(low, high))

    def sqrt(self) -> Column:
        """The square root."""
        return self.made(lambda a: a.sqrt())

    def is_in(self, words: Sequence[str]) -> Column:
        """Whether the word is one of several."""
        return self.made(lambda a: a.is_in(words))

    def looked_up(self, table: Mapping[str, float], otherwise: float | None) -> Column:
        """The number beside the word in a table."""
        old, new = list(table), [float(v) for v in table.values()]
        return self.made(lambda a: a.replace_strict(old, new, default=otherwise, return_dtype=nw.Float64))

    def where(self, yes: Any, no: Any) -> Column:
        """One cell where this flag holds, another where it does not or is unknown."""
        return self.made(lambda flag, a, b: nw.when(flag).then(a).otherwise(b), yes, no)


def as_expr(cell: Any) -> nw.Expr:
    """The cell as an expression: an unknown float or word becomes null."""
    match cell:
        case Column():
            return cell.expr
        case bool():
            return nw.lit(cell, nw.Boolean)
        case int() | float():
            return nw.lit(None if cell != cell else float(cell), nw.Float64)
        case _:
            return nw.lit(cell, nw.String)
