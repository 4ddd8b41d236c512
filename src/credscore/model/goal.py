"""Goal: the learner, what they aim at, what they have, and what they cannot do without.

Everything is optional but the aim; what is not stated is not asked about.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from credscore.model.fact import PER_YEAR
from credscore.model.notation import mistake, suggestion
from credscore.model.program.content import Licence
from credscore.model.program.terms import CalendarDay, Education, Level, Place
from credscore.model.record import Named, Record

AIMS = ("enter", "switch", "advance", "raise-pay", "licence", "credit", "keep-job", "learn")
Aim = Literal["enter", "switch", "advance", "raise-pay", "licence", "credit", "keep-job", "learn"]
Positive = Annotated[float, Field(ge=0)]


class AnnualPay(Record):
    """Pay with its period, read as a yearly amount in the goal's currency."""

    value: Positive
    period: Literal["year", "quarter", "month", "week", "hour"]

    @model_validator(mode="before")
    @classmethod
    def _needs_its_period(cls, raw: Any) -> Any:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            raise mistake("pay needs its period", f'write {{ value = {raw}, period = "year" }}')
        return raw

    @property
    def yearly(self) -> float:
        """The amount for a year (goal currency)."""
        return self.value * PER_YEAR[self.period]


class Experience(Record):
    """Time spent in a field of work."""

    field: str
    months: Positive


class Learner(Record):
    """Who asks."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    residence: Place | None = None
    age: Annotated[float, Field(ge=0, le=130)] | None = None
    status: tuple[str, ...] | None = None
    education: Education | None = None
    experience: tuple[Experience, ...] | None = None
    holds: tuple[str, ...] | None = None
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] | None = None
    dependants: Annotated[int, Field(ge=0)] | None = None


class WantedSkill(Named):
    """A skill the target asks for: importance 1 (nice to have) to 5 (essential). A bare name counts 3."""

    id: str | None = None
    importance: Annotated[float, Field(gt=0, le=5)] = 3.0
    level: Level | None = None
    aliases: tuple[str, ...] = ()


class Target(Record):
    """Where the learner wants to get to; ``decider`` is the party whose acceptance counts."""

    occupation: str | None = None
    title: str | None = None
    region: str | None = None
    earnings: AnnualPay | None = None
    minimum_earnings: AnnualPay | None = None
    skills: tuple[WantedSkill, ...] = ()
    level: Level | None = None
    award: Education | None = None
    requires: tuple[str, ...] = ()
    decider: str | None = None
    credit_at: str | None = None
    licence: Licence | None = None
    in_demand: bool | None = None
    growth: float | None = None
    average_growth: float | None = None


class Means(Record):
    """What the learner has: money, time and support. Amounts are in ``currency``."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    budget: Positive | None = None
    can_stretch: bool = False
    savings: Positive | None = None
    current_earnings: AnnualPay | None = None
    hours_per_week: Annotated[float, Field(ge=0, le=168)] | None = None
    can_stop_working: bool | None = None
    search_weeks: Positive | None = None
    upkeep: AnnualPay | None = None
    deadline: CalendarDay | None = None
    sponsor: Literal["none", "employer", "state"] | None = None
    sponsor_pays: Annotated[float, Field(ge=0, le=1, description="share of the price the sponsor pays")] | None = None
    borrows: bool | None = None
    modality: tuple[Literal["online", "in-person", "hybrid", "correspondence"], ...] = ()
    schedule: tuple[Literal["weekday", "evening", "weekend", "asynchronous"], ...] = ()
    supports: tuple[str, ...] = ()


class Limits(Record):
    """What is not negotiable: a program that breaks one of these is not worth it for this goal."""

    modality: tuple[Literal["online", "in-person", "hybrid", "correspondence"], ...] = ()
    schedule: tuple[Literal["weekday", "evening", "weekend", "asynchronous"], ...] = ()
    languages: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    deadline: CalendarDay | None = None
    accreditation: Literal["required"] | None = None
    recognised_in: tuple[Place, ...] = ()


WORDS = {"decisive": 3.0, "high": 3.0, "medium": 2.0, "matters": 2.0, "low": 1.0, "minor": 1.0, "none": 0.0}


def _importance(raw: Any) -> Any:
    if isinstance(raw, str):
        if raw not in WORDS:
            raise mistake(f'no priority "{raw}"', suggestion(raw, tuple(WORDS)))
        return WORDS[raw]
    return raw


class Priorities(Record):
    """Importance of a criterion, in words or 0 to 3; left out, the rubric's weight for the aim holds."""

    recognition: Annotated[Positive | None, BeforeValidator(_importance)] = None
    cost: Annotated[Positive | None, BeforeValidator(_importance)] = None
    time: Annotated[Positive | None, BeforeValidator(_importance)] = None
    accreditation: Annotated[Positive | None, BeforeValidator(_importance)] = None
    transferability: Annotated[Positive | None, BeforeValidator(_importance)] = None
    alignment: Annotated[Positive | None, BeforeValidator(_importance)] = None


class Goal(Record):
    """The learner: aim, target, means, limits, and what they already hold."""

    name: str
    aim: Aim
    id: str | None = None
    viewpoint: Literal["learner", "employer"] = "learner"
    learner: Learner = Learner.model_construct()
    target: Target = Target.model_construct()
    means: Means = Means.model_construct()
    limits: Limits = Limits.model_construct()
    priorities: Priorities = Priorities.model_construct()

    def states(self, path: str) -> bool:
        """Whether the goal states the field at a dotted path, such as ``target.decider``.

        Raises:
            AttributeError: a goal has no such field.
        """
        found: Any = self
        for name in path.split("."):
            if found is None:
                return False
            found = getattr(found, name)
        return found is not None and found != () and found is not False
