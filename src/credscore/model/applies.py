"""Applies: whom a question, a gate, a flag or a lever concerns, by what the goal states."""

from typing import Annotated, Any

from pydantic import Field, field_validator

from credscore.model.goal import Aim, Goal
from credscore.model.notation import mistake, suggestion
from credscore.model.program.terms import Kind
from credscore.model.record import Record

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]


class Applies(Record):
    """Whom a question is asked of: all that is stated must hold, each list meaning any of it.

    ``goal`` and ``without`` name goal fields (``target.decider``) that are stated, or are not.
    """

    aims: tuple[Aim, ...] = ()
    kinds: tuple[Kind, ...] = ()
    goal: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @field_validator("goal", "without")
    @classmethod
    def _goal_fields(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        for path in paths:
            _check_goal_field(path)
        return paths

    def to(self, goal: Goal) -> bool:
        """Whether the goal is asked this; the program's kind is a matter for gates only."""
        return (
            (not self.aims or goal.aim in self.aims)
            and (not self.goal or any(goal.states(path) for path in self.goal))
            and not any(goal.states(path) for path in self.without)
        )


def _check_goal_field(path: str) -> None:
    record: Any = Goal
    for name in path.split("."):
        fields = getattr(record, "model_fields", {})
        if name not in fields:
            raise mistake(f'a goal has no field "{path}"', suggestion(name, tuple(fields)))
        record = record_of(fields[name].annotation)


def record_of(annotation: Any) -> Any:
    """The record that an annotation names, also as one part of it; None where it names none."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if isinstance(part, type) and issubclass(part, Record):
            return part
    return None
