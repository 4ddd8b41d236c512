"""Verdict: the seven words, and the numbers that lead to one of them from gates, stakes and a score."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, field_validator

from credscore.model.notation import mistake
from credscore.model.record import Record

Verdict = Literal[
    "avoid", "not-eligible-yet", "not-worth-it", "insufficient-evidence", "compare-first", "worth-it-if", "worth-it"
]
Points = Annotated[float, Field(ge=0, le=100)]
Cites = Annotated[tuple[str, ...], Field(description="keys of [citations]")]


class Stakes(Record):
    """What is lost if it fails, in weeks of the learner's own pay."""

    small_weeks_of_pay: Annotated[float, Field(ge=0)]
    severe_weeks_of_pay: Annotated[float, Field(ge=0)]
    says: Annotated[
        dict[str, str],
        Field(
            description="a sentence for small, material, severe and unknown stakes; ``savings`` where more than the savings is lost"
        ),
    ] = {}
    cite: Cites


class Band(Record):
    """The verdict from a score upward."""

    at_least: Points
    verdict: Verdict


class TooWide(Record):
    """A range too wide to read: the low end below one score while the high end reaches another."""

    low_below: Points
    high_at_least: Points


class WeakCriterion(Record):
    """A criterion that matters and cannot reach a score even at its high end holds the verdict."""

    high_below: Points
    at_most: Verdict


class Ladder(Record):
    """From gates and a score to one of the seven words."""

    bands: tuple[Band, ...]
    too_wide: TooWide
    weak_criterion: tuple[WeakCriterion, ...]
    weak_importance: float = 2.0
    open_question_cap: Verdict = "worth-it-if"
    headlines: dict[Verdict, str]
    low_headlines: Annotated[dict[Verdict, str], Field(description="where severe stakes held the verdict down")] = {}
    cite: Cites

    @field_validator("bands")
    @classmethod
    def _falling(cls, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        if any(a.at_least <= b.at_least for a, b in pairwise(bands)):
            raise mistake("bands are not in falling order", "write the highest score first")
        if not bands or bands[-1].at_least != 0:
            raise mistake("the last band must start at 0", "every score needs a verdict")
        return bands
