"""Change: one field of a program or a goal set to another value, as ``--set field=value`` would set it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar

from credscore.model.fact import PER_YEAR, Fact
from credscore.model.goal import AnnualPay, Goal
from credscore.model.notation import FactKind
from credscore.model.program import Program

GOAL = "goal."
Kept = TypeVar("Kept", Program, Goal)


class Change(NamedTuple):
    """A field, in the form ``cost.tuition`` or ``goal.means.budget``, and the raw value that a file would state."""

    field: str
    value: Any

    @property
    def assignment(self) -> str:
        """The change in the form that ``--set`` takes."""
        return f"{self.field}={inline(self.value)}"


def inline(value: Any) -> str:
    """A raw value as TOML on one line.

    >>> inline({"value": 0.7, "tier": "disclosed"}), inline([{"name": "WGU", "accepts": True}])
    ('{ value = 0.7, tier = "disclosed" }', '[{ name = "WGU", accepts = true }]')
    """
    match value:
        case dict():
            return "{ " + ", ".join(f"{key} = {inline(item)}" for key, item in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(map(inline, value)) + "]"
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case bool() | int() | float() | str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            raise TypeError(f"{value!r} cannot stand in a file")


def changed(program: Program, goal: Goal, changes: Sequence[Change]) -> tuple[Program, Goal]:
    """The program and the goal with fields set.

    Raises:
        ValidationError: a value does not suit its field.
    """
    for change in changes:
        if change.field.startswith(GOAL):
            goal = _set(goal, change.field.removeprefix(GOAL).split("."), change.value)
        else:
            program = _set(program, change.field.split("."), change.value)
    return program, goal


def _set(record: Kept, steps: Sequence[str], value: Any) -> Kept:
    """The record with the field at the end of a path set; sections that stay as they are are not checked again."""
    return type(record).model_validate(_with(record, steps, value))


def _with(record: Any, steps: Sequence[str], value: Any) -> dict[str, Any]:
    stated = {name: getattr(record, name) for name in record.model_fields_set}
    first, *rest = steps
    return {**stated, first: _with(getattr(record, first), rest, value) if rest else value}


def reached(program: Program, goal: Goal, field: str) -> Any:
    """What stands at a field now."""
    found: Any = goal if field.startswith(GOAL) else program
    for step in field.removeprefix(GOAL).split("."):
        found = getattr(found, step)
    return found


def number_at(program: Program, goal: Goal, field: str) -> float | None:
    """The present number at a field, in its own unit; a date as its day number; None where none is stated."""
    match reached(program, goal, field):
        case Fact(value=bool()):
            return None
        case Fact(value=float() as x):
            return x
        case Fact(value=date() as day) | (date() as day):
            return float(day.toordinal())
        case AnnualPay(value=x):
            return x
        case bool():
            return None
        case int() | float() as x:
            return float(x)
        case _:
            return None


class Form(NamedTuple):
    """How a number is written at a field: its kind, whether it is money, and the period of a pay."""

    kind: str  #: number | rate | pay | date
    money: bool = False
    unit: str = ""


@cache
def form_of(field: str) -> Form:
    """How a number is written at a field.

    Raises:
        KeyError: there is no such field.
    """
    record: Any = Goal if field.startswith(GOAL) else Program
    *path, last = field.removeprefix(GOAL).split(".")
    for step in path:
        record = record.model_fields[step].annotation
    info = record.model_fields[last]
    for kind in info.metadata:
        if isinstance(kind, FactKind):
            return Form(kind.kind, kind.money, kind.unit)
    text = str(info.annotation)
    if "AnnualPay" in text:
        return Form("pay", money=True)
    if "date" in text:
        return Form("date")
    return Form("rate" if last == "sponsor_pays" else "number", money=last in ("budget", "savings"))


def raw(program: Program, goal: Goal, field: str, x: float, evidence: dict[str, float | str]) -> Any:
    """A number as a file states it at a field, with its evidence where a figure needs some."""
    form, now = form_of(field), reached(program, goal, field)
    match form.kind:
        case "date":
            return date.fromordinal(round(x))
        case "pay":
            period = getattr(now, "period", None) or "year"
            return {"value": x, "period": period, **evidence}
        case _:
            return {"value": x, **evidence} if evidence else x


def per_year(program: Program, goal: Goal, field: str) -> float:
    """How many of a pay's periods make a year; 1 for what is no pay."""
    period = getattr(reached(program, goal, field), "period", None)
    return PER_YEAR.get(period, 1.0) if isinstance(period, str) else 1.0
