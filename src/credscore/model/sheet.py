"""Sheet: the steps of one calculation over a table, and how a dataframe library works them out.

Only what the answers need is worked out, and what several steps need is worked out once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import add, and_, eq, ge, gt, le, lt, mul, or_, sub, truediv
from typing import Any, NamedTuple, TypeAlias

import narwhals as nw

from credscore.model.column import NO_GAPS, Column, Part

LONGEST_FORMULA = 24

OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": add, "sub": sub, "mul": mul, "div": truediv, "pow": pow, "lt": lt, "le": le, "gt": gt, "ge": ge, "eq": eq, "and": and_, "or": or_,
    "not": lambda a: ~a,
    "is_null": lambda a: a.is_null(),
    "fill": lambda a, b: a.fill_null(b) if isinstance(b, float | bool | str) else nw.when(a.is_null()).then(b).otherwise(a),
    "clip": lambda a, low, high: a.clip(low, high),
    "sqrt": lambda a: a.sqrt(),
    "min": nw.min_horizontal,
    "max": nw.max_horizontal,
    "is_in": lambda a, words: a.is_in(words),
    "where": lambda flag, a, b: nw.when(flag).then(a).otherwise(b),
}  # fmt: skip
PLAIN = {"clip": (1, 2), "is_in": (1,), "fill": (1,), "lt": (1,), "le": (1,), "gt": (1,), "ge": (1,)}
"""Parts that an operation takes as they are, where they are no column, not as expressions."""


class Wave(NamedTuple):
    """One wave of a calculation: the columns it makes, and those that nothing needs after it."""

    made: Mapping[str, nw.Expr]
    dropped: tuple[str, ...]


Through: TypeAlias = Callable[[Any, Sequence[Wave]], Any]


def in_turn(frame: Any, waves: Sequence[Wave]) -> Any:
    """A frame taken through one wave after another."""
    for wave in waves:
        frame = frame.with_columns(**wave.made)
        if wave.dropped:
            frame = frame.drop(*wave.dropped)
    return frame


class Sheet:
    """The steps of a calculation over a table; equal steps are one."""

    def __init__(self) -> None:
        self.steps: list[Column] = []
        self._known: dict[tuple[Any, ...], Column] = {}

    def column(self, name: str, *, filled: bool = False) -> Column:
        """A column that the table already has; ``filled`` where it has no gaps."""
        return self.step("column", (name,), NO_GAPS if filled else None)

    def columns(self) -> list[str]:
        """The columns of the table that any step reads."""
        return [step.parts[0] for step in self.steps if step.op == "column"]

    def step(self, op: str, parts: tuple[Part, ...], gaps: frozenset[int] | None) -> Column:
        """The step that does this; without given gaps, its own nulls are what makes it unknown."""
        key = (
            op,
            *(("step", p.place) if isinstance(p, Column) else (type(p), repr(p) if p != p else p) for p in parts),
        )
        found = self._known.get(key)
        if found is None:
            place = len(self.steps)
            found = Column(self, place, op, parts, frozenset({place}) if gaps is None else gaps)
            self.steps.append(found)
            self._known[key] = found
        return found

    def worked_out(
        self, frame: Any, answers: Mapping[str, Any], keep: Sequence[str] = (), through: Through = in_turn
    ) -> Any:
        """The frame with the answers under their names, and the columns to keep.

        Each wave of steps uses only what the table and the waves before it hold; what nothing needs any more is left
        behind, so that a long calculation holds few columns at a time.

        Args:
            frame: a narwhals frame.
            answers: cells by name.
            keep: columns of the frame that go along.
            through: how its engine takes a frame through the waves.
        """
        plan = Plan(self.steps, answers)
        return through(frame, plan.waves_over(keep)).select(*keep, **plan.answers)


class Plan:
    """Which steps become columns of their own, in which wave, and when they are dropped again."""

    def __init__(self, steps: Sequence[Column], answers: Mapping[str, Any]) -> None:
        wanted = [cell for cell in answers.values() if isinstance(cell, Column)]
        self._uses = _uses(steps, wanted)
        self._expr: dict[int, nw.Expr] = {}
        self._size: dict[int, int] = {}
        self._level: dict[int, int] = {}
        self._needs: dict[int, frozenset[str]] = {}
        self._waves: list[dict[str, nw.Expr]] = []
        self._last: dict[str, int] = {}
        for column in steps:
            if column.place in self._uses:
                self._work(column)
        self.answers = {name: self._as_expr(cell) for name, cell in answers.items()}
        for cell in wanted:
            self._last |= dict.fromkeys(self._needs[cell.place], len(self._waves))

    def waves_over(self, keep: Sequence[str]) -> list[Wave]:
        """The waves, each with what is dropped after it, were it not kept."""
        dropped: list[list[str]] = [[] for _ in self._waves]
        for name, last in self._last.items():
            if last < len(dropped) and name not in keep:
                dropped[last].append(name)
        return [Wave(made, tuple(after)) for made, after in zip(self._waves, dropped, strict=True)]

    def _work(self, column: Column) -> None:
        place, inner = column.place, [p for p in column.parts if isinstance(p, Column)]
        plain = PLAIN.get(column.op, ())
        if column.op == "column":
            expr = nw.col(column.parts[0])
        elif column.op == "lookup":
            word, table, otherwise = column.parts
            expr = _looked_up(self._as_expr(word), table, otherwise)
        else:
            parts = (
                self._as_expr(p) if isinstance(p, Column) or n not in plain else p for n, p in enumerate(column.parts)
            )
            expr = OPERATIONS[column.op](*parts)
        level = max((self._level[p.place] for p in inner), default=0)
        needs: frozenset[str] = reduce(or_, (self._needs[p.place] for p in inner), frozenset())
        if column.op == "column":
            needs = frozenset(column.parts)
        size = 1 + sum(self._size[p.place] for p in inner)
        self._expr[place], self._level[place], self._size[place], self._needs[place] = expr, level, size, needs
        if column.op != "column" and (self._uses[place] > 1 or size > LONGEST_FORMULA):
            self._keep(place, level)

    def _keep(self, place: int, level: int) -> None:
        name = f"~{place}"
        while len(self._waves) <= level:
            self._waves.append({})
        self._waves[level][name] = self._expr[place]
        for needed in self._needs[place]:
            self._last[needed] = max(level, self._last.get(needed, 0))
        self._expr[place], self._level[place], self._size[place] = nw.col(name), level + 1, 1
        self._needs[place] = frozenset({name})
        self._last.setdefault(name, level)

    def _as_expr(self, cell: Any) -> nw.Expr:
        return self._expr[cell.place] if isinstance(cell, Column) else literal(cell)


def _uses(steps: Sequence[Column], wanted: Sequence[Column]) -> Counter[int]:
    """How many steps and answers use each step that any answer needs."""
    uses = Counter(column.place for column in wanted)
    for column in reversed(steps):
        if column.place in uses:
            uses.update({part.place for part in column.parts if isinstance(part, Column)})
    return uses


def literal(cell: float | str | bool | None) -> nw.Expr:
    """The same cell for every row: an unknown float or word becomes null."""
    match cell:
        case bool():
            return nw.lit(cell, nw.Boolean)
        case int() | float():
            return nw.lit(None if cell != cell else float(cell), nw.Float64)
        case _:
            return nw.lit(cell, nw.String)


def _looked_up(column: nw.Expr, table: Sequence[tuple[str, float]], otherwise: float | None) -> nw.Expr:
    old, new = [word for word, _ in table], [float(x) for _, x in table]
    return column.replace_strict(old, new, default=otherwise, return_dtype=nw.Float64)


def column_name(cell: str) -> str:
    """The name of a cell's column, without the dots that some engines read as steps into a record.

    >>> column_name("cost.total.low")
    'cost__total__low'
    """
    return cell.replace(".", "__")
