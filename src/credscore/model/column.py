"""Column: a cell for every row of a table, as a step that knows what it is made of.

Equal steps are one object, and each knows what can make it unknown, so that no guard stands where none is needed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

NO_GAPS: frozenset[int] = frozenset()
Part: TypeAlias = Any
"""What a step is made of: another step, or a number, word, flag or table that is the same in every row."""


class Steps(Protocol):
    """What keeps the steps, and knows equal ones for one."""

    def step(self, op: str, parts: tuple[Part, ...], gaps: frozenset[int] | None) -> Column:
        """The step that does this; without given gaps, its own nulls are what makes it unknown."""


class Column:
    """Numbers, words or flags, null where unknown; ``gaps`` are the steps any of whose nulls makes it null."""

    __slots__ = ("gaps", "op", "parts", "place", "sheet")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, sheet: Steps, place: int, op: str, parts: tuple[Part, ...], gaps: frozenset[int]) -> None:
        self.sheet, self.place, self.op, self.parts, self.gaps = sheet, place, op, parts, gaps

    def _of(self, op: str, *parts: Part) -> Column:
        """A step that is unknown exactly where one of its parts is."""
        return self.sheet.step(op, parts, _gaps(parts))

    def _word(self, op: str, other: Column | bool) -> Column:
        """A step of three-valued logic: it may be known where one of its parts is not."""
        parts = (self, other)
        return self.sheet.step(op, parts, NO_GAPS if not _gaps(parts) else None)

    def __add__(self, other: Part) -> Column:
        return self if _is(other, 0.0) else self._of("add", self, other)

    def __radd__(self, other: Part) -> Column:
        return self if _is(other, 0.0) else self._of("add", other, self)

    def __sub__(self, other: Part) -> Column:
        return self if _is(other, 0.0) else self._of("sub", self, other)

    def __rsub__(self, other: Part) -> Column:
        return self._of("sub", other, self)

    def __mul__(self, other: Part) -> Column:
        return self if _is(other, 1.0) else self._of("mul", self, other)

    def __rmul__(self, other: Part) -> Column:
        return self if _is(other, 1.0) else self._of("mul", other, self)

    def __truediv__(self, other: Part) -> Column:
        return self if _is(other, 1.0) else self._of("div", self, other)

    def __rtruediv__(self, other: Part) -> Column:
        return self._of("div", other, self)

    def __pow__(self, other: Part) -> Column:
        return self._of("pow", self, other)

    def __rpow__(self, other: Part) -> Column:
        return self._of("pow", other, self)

    def __neg__(self) -> Column:
        return self._of("sub", 0.0, self)

    def __lt__(self, other: Part) -> Column:
        return self._of("lt", self, other)

    def __le__(self, other: Part) -> Column:
        return self._of("le", self, other)

    def __gt__(self, other: Part) -> Column:
        return self._of("lt", other, self) if isinstance(other, Column) else self._of("gt", self, other)

    def __ge__(self, other: Part) -> Column:
        return self._of("le", other, self) if isinstance(other, Column) else self._of("ge", self, other)

    def __eq__(self, other: object) -> Column:  # type: ignore[override]
        return self._of("eq", self, other)

    def __and__(self, other: Column) -> Column:
        return self if other is self else self._word("and", other)

    def __or__(self, other: Column) -> Column:
        return self if other is self else self._word("or", other)

    def __invert__(self) -> Column:
        return self.parts[0] if self.op == "not" else self._of("not", self)

    def is_known(self) -> Column | bool:
        """Whether it is not unknown; plainly so where nothing can make it unknown."""
        return True if not self.gaps else ~self.sheet.step("is_null", (self,), NO_GAPS)

    def fill_null(self, value: Part) -> Column:
        """The cell, or another where it is unknown."""
        theirs = _gaps((value,))
        if not self.gaps or theirs >= self.gaps or theirs == UNKNOWN_CONSTANT:
            return self
        return self.sheet.step("fill", (self, value), None if theirs else NO_GAPS)

    def clip(self, low: float, high: float) -> Column:
        """The number held between two bounds."""
        return self._of("clip", self, low, high)

    def sqrt(self) -> Column:
        """The square root."""
        return self._of("sqrt", self)

    def smaller(self, other: Column | float) -> Column:
        """The smaller of two numbers; unknown where either is."""
        return self._nearer("min", other, (other, self))

    def larger(self, other: Column | float) -> Column:
        """The larger of two numbers; unknown where either is."""
        return self._nearer("max", other, (self, other))

    def _nearer(self, op: str, other: Column | float, below: tuple[Part, Part]) -> Column:
        """One of two numbers: the other where ``below`` holds, which is never where either is unknown."""
        theirs, own = _gaps((other,)), self.gaps
        if not own and not theirs:
            return self._of(op, self, other)
        low, high = below
        if theirs <= own:
            return self.sheet.step("where", (low < high, other, self), own)
        if own <= theirs:
            return self.sheet.step("where", (high < low, self, other), theirs)
        chosen = self.sheet.step("where", (low < high, other, self), None)
        return self.sheet.step("where", (~self.sheet.step("is_null", (other,), NO_GAPS), chosen, math.nan), None)

    def is_in(self, words: Sequence[str]) -> Column:
        """Whether the word is one of several."""
        return self._of("is_in", self, tuple(words))

    def looked_up(self, table: Mapping[str, float], otherwise: float | None) -> Column:
        """The number beside the word in a table."""
        parts = (self, tuple(table.items()), otherwise)
        return self.sheet.step("lookup", parts, NO_GAPS if otherwise is not None else None)

    def where(self, yes: Part, no: Part) -> Column | Any:
        """One cell where this flag holds, another where it does not or is unknown."""
        if yes is no or (not isinstance(yes, Column) and not isinstance(no, Column) and _same(yes, no)):
            return yes
        if yes is True and no is False:
            return self.fill_null(False)
        gaps = _gaps((yes,))
        return self.sheet.step("where", (self.holds(), yes, no), gaps if gaps == _gaps((no,)) else None)

    def holds(self) -> Column:
        """The same flag as a condition, for which unknown is as good as no."""
        if self.op == "fill" and self.parts[1] is False:
            return self.parts[0].holds()
        if self.op in ("and", "or") and any(isinstance(p, Column) and p.op == "fill" for p in self.parts):
            return self._rejoined()
        return self

    def _rejoined(self) -> Column:
        one, other = (p.holds() if isinstance(p, Column) else p for p in self.parts)
        return one & other if self.op == "and" else one | other


UNKNOWN_CONSTANT = frozenset({-1})


def _gaps(parts: tuple[Part, ...]) -> frozenset[int]:
    found = NO_GAPS
    for part in parts:
        if isinstance(part, Column):
            found = found | part.gaps if found else part.gaps
        elif part is None or part != part:
            found = found | UNKNOWN_CONSTANT
    return found


def _is(part: Part, number: float) -> bool:
    return isinstance(part, float) and part == number


def _same(a: Part, b: Part) -> bool:
    return bool(a == b) or (a != a and b != b)
