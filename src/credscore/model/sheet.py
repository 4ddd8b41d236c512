"""Sheet: the steps of one calculation over a table, and how a dataframe library works them out.

Only what the answers need is worked out, and what several steps need is worked out once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add, and_, eq, ge, gt, le, lt, mul, or_, sub, truediv
from typing import Any, NamedTuple

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
    """The columns that a frame has after one more wave: those that stay, and those that are made."""

    held: tuple[str, ...]
    made: Mapping[str, Any]


class Speech(NamedTuple):
    """How an engine writes a step: a column of the table, what is the same in every row, and every operation."""

    column: Callable[[str], Any]
    literal: Callable[[Any], Any]
    operations: Mapping[str, Callable[..., Any]]
    longest: int = LONGEST_FORMULA  #: of how many steps a formula may be before it becomes a column of its own


class Working(NamedTuple):
    """How an engine works out a sheet."""

    speech: Speech
    through: Callable[[Any, Sequence[Wave]], Any]  #: takes a frame through the waves


def _in_turn(frame: Any, waves: Sequence[Wave]) -> Any:
    for wave in waves:
        frame = frame.select(*wave.held, **wave.made)
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
        self, frame: Any, answers: Mapping[str, Any], keep: Sequence[str] = (), working: Working | None = None
    ) -> Any:
        """The frame with the answers under their names, and the columns to keep.

        Each wave of steps uses only what the table and the waves before it hold; what nothing needs any more is left
        behind, so that a long calculation holds few columns at a time.

        Args:
            frame: a narwhals frame.
            answers: cells by name.
            keep: columns of the frame that go along.
            working: how its engine works it out; in narwhals expressions, wave by wave, without one.
        """
        working = working or NARWHALS
        plan = Plan(self.steps, answers, working.speech)
        return working.through(frame, [*plan.waves_over(keep), Wave(tuple(keep), plan.answers)])


class Plan:
    """Which steps become columns of their own, in which wave, and when they are dropped again."""

    def __init__(self, steps: Sequence[Column], answers: Mapping[str, Any], speech: Speech) -> None:
        self._speech = speech
        wanted = [cell for cell in answers.values() if isinstance(cell, Column)]
        self._uses = _uses(steps, wanted)
        self._expr: dict[int, Any] = {}
        self._size: dict[int, int] = {}
        self._level: dict[int, int] = {}
        self._needs: dict[int, frozenset[str]] = {}
        self.waves: list[dict[str, Any]] = []
        last: dict[str, int] = {}
        for column in steps:
            if column.place in self._uses:
                self._work(column, last)
        self.answers = {name: self._as_expr(cell) for name, cell in answers.items()}
        held = frozenset().union(*(self._needs[c.place] for c in wanted)) if wanted else frozenset()
        self._last = last | dict.fromkeys(held, len(self.waves))

    def waves_over(self, keep: Sequence[str]) -> Iterator[Wave]:
        """Each wave, which holds what is kept and what a later one needs."""
        made = {name: at for at, wave in enumerate(self.waves) for name in wave}
        for at, wave in enumerate(self.waves):
            held = [name for name, last in self._last.items() if made.get(name, -1) < at < last and name not in keep]
            yield Wave((*keep, *held), wave)

    def _work(self, column: Column, last: dict[str, int]) -> None:
        place, inner = column.place, [p for p in column.parts if isinstance(p, Column)]
        plain = PLAIN.get(column.op, ())
        if column.op == "column":
            expr = self._speech.column(column.parts[0])
        elif column.op == "lookup":
            (word, table, otherwise) = column.parts
            expr = self._speech.operations["lookup"](self._as_expr(word), table, otherwise)
        else:
            parts = (
                self._as_expr(p) if isinstance(p, Column) or n not in plain else p for n, p in enumerate(column.parts)
            )
            expr = self._speech.operations[column.op](*parts)
        level = max((self._level[p.place] for p in inner), default=0)
        needs: frozenset[str] = reduce(or_, (self._needs[p.place] for p in inner), frozenset())
        if column.op == "column":
            needs = frozenset(column.parts)
        size = 1 + sum(self._size[p.place] for p in inner)
        self._expr[place], self._level[place], self._size[place], self._needs[place] = expr, level, size, needs
        if column.op != "column" and (self._uses[place] > 1 or size > self._speech.longest):
            self._keep(place, level, last)

    def _keep(self, place: int, level: int, last: dict[str, int]) -> None:
        name = f"~{place}"
        while len(self.waves) <= level:
            self.waves.append({})
        self.waves[level][name] = self._expr[place]
        for needed in self._needs[place]:
            last[needed] = max(level, last.get(needed, 0))
        self._expr[place], self._level[place], self._size[place] = self._speech.column(name), level + 1, 1
        self._needs[place] = frozenset({name})
        last.setdefault(name, level)

    def _as_expr(self, cell: Any) -> Any:
        return self._expr[cell.place] if isinstance(cell, Column) else self._speech.literal(cell)


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


NARWHALS = Working(Speech(nw.col, literal, {**OPERATIONS, "lookup": _looked_up}), _in_turn)
"""Steps as narwhals expressions, wave by wave."""


def column_name(cell: str) -> str:
    """The name of a cell's column, without the dots that some engines read as steps into a record.

    >>> column_name("cost.total.low")
    'cost__total__low'
    """
    return cell.replace(".", "__")
