"""Time: how long it takes, how many hours, at whose pace and where."""

from typing import Annotated, Literal

from credscore.model.fact import Fact, Gap
from credscore.model.notation import FactKind
from credscore.model.program.terms import ABSENT, Answer, CalendarDay, Hours, Listed, Weeks
from credscore.model.record import Record

MODALITIES = ("online", "in-person", "hybrid", "correspondence")


class Time(Record):
    """How long it takes; instruction hours and total workload hours are two different facts."""

    duration_weeks: Weeks = ABSENT
    instruction_hours: Hours = ABSENT
    workload_hours: Hours = ABSENT
    pacing: Annotated[Fact, FactKind("word", words=("cohort", "self-paced"))] = ABSENT
    displaces_work: Answer = ABSENT
    modality: Annotated[Fact, FactKind("word", words=MODALITIES)] = ABSENT
    schedule: Listed[Literal["weekday", "evening", "weekend", "asynchronous"]] = Gap.NOT_REPORTED
    starts: Listed[CalendarDay] = Gap.NOT_REPORTED
    locations: Listed[str] = Gap.NOT_REPORTED
    supports: Listed[str] = Gap.NOT_REPORTED
