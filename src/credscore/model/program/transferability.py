"""Transferability: credit at named receivers, larger awards, and where it is recognised."""

from typing import Annotated, Literal

from pydantic import Field

from credscore.model.fact import Fact, Gap
from credscore.model.notation import FactKind
from credscore.model.program.terms import ABSENT, Answer, CalendarDay, Count, Evidence, Listed, Place, Years
from credscore.model.record import Record


class Receiver(Evidence):
    """A named institution that takes the credit, and how sure that is."""

    name: str
    credits: Annotated[float, Field(ge=0)] | None = None
    status: Literal["agreement", "confirmed", "claimed", "refused"]


class Step(Evidence):
    """A larger award this one counts towards; ``vertical`` where that award is of a higher level."""

    name: str
    vertical: bool = False
    credits: Annotated[float, Field(ge=0)] | None = None


class CreditRecommendation(Evidence):
    """A recommendation that colleges grant credit; the college decides."""

    body: str
    expires: CalendarDay | None = None


class Framework(Record):
    """A place in a qualifications framework."""

    framework: str
    value: Annotated[float, Field(ge=0)]


CREDIT_SYSTEMS = ("us-semester", "us-quarter", "ects", "cats", "nz", "ncrf", "clock-hours", "ceu")


class Transferability(Record):
    """What moves with the learner."""

    credits: Count = ABSENT
    credit_system: Annotated[Fact, FactKind("word", words=CREDIT_SYSTEMS)] = ABSENT
    sector: Annotated[
        Fact, FactKind("word", words=("public-two-year", "public-four-year", "nonprofit", "for-profit"))
    ] = ABSENT
    recommendation: CreditRecommendation | None = None
    receivers: Listed[Receiver] = Gap.NOT_REPORTED
    stacks_into: Listed[Step] = Gap.NOT_REPORTED
    level: Framework | None = None
    digital: Annotated[Fact, FactKind("word", words=("none", "pdf", "hosted", "ob2", "ob3", "elm", "clr"))] = ABSENT
    vendor_neutral: Answer = ABSENT
    recognised_in: Listed[Place] = Gap.NOT_REPORTED
    valid_years: Years = ABSENT
