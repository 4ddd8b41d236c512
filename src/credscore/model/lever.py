"""Lever: a fact or a goal value that somebody could change or negotiate, and what that asks of them."""

from typing import Annotated, Literal

from pydantic import Field

from credscore.model.applies import Applies, Identifier
from credscore.model.record import Record
from credscore.model.verdict import Cites


class Setting(Record):
    """One answer to a question that is no number: the value as a file would state it, and how it is told."""

    value: Annotated[str, Field(description="TOML, with {goal.…} blanks")]
    says: str


class Lever(Record):
    """A field that may be set: a number between two bounds on a grid of steps, or one of a few settings.

    ``high`` is in the field's own unit (money in US dollars); left out, it is ``up_to`` times the present value.
    ``unless`` names fields that, once stated, are set instead of this one. ``evidence`` is what must stand behind a figure for it to count. ``effort`` runs from 1 (a question) to 5 (hard).
    """

    id: Identifier
    field: str
    title: str
    better: Literal["lower", "higher", "either"] = "either"
    low: float = 0.0
    high: float | None = None
    up_to: Annotated[float, Field(gt=0)] = 2.0
    step: Annotated[float, Field(gt=0)] = 1.0
    settings: tuple[Setting, ...] = ()
    evidence: dict[str, float | str] = {}
    while_unknown: bool = False
    unless: tuple[str, ...] = ()
    effort: Annotated[float, Field(ge=1, le=5)]
    applies: Applies = Applies.model_construct()
    cite: Cites
