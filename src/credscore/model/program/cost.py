"""Cost: what is charged, to whom, with what help, and how it may be borrowed.

A price rule lists its conditions; the goal decides which apply.
"""

from typing import Annotated

from pydantic import Field, model_validator

from credscore.model.fact import Fact, Gap
from credscore.model.notation import FactKind, mistake
from credscore.model.program.terms import (
    ABSENT,
    Days,
    Education,
    Evidence,
    Listed,
    Money,
    Months,
    Pay,
    Place,
    Rate,
    Years,
)
from credscore.model.record import Record


class Conditions(Record):
    """On whom a price rule applies: every condition stated must hold; a list means any of them."""

    age: Annotated[tuple[float, float], Field(description="youngest and oldest, inclusive")] | None = None
    residence: tuple[Place, ...] | None = None
    status: tuple[str, ...] | None = None
    sponsor: tuple[str, ...] | None = None
    education: tuple[Education, ...] | None = None


class Aid(Evidence):
    """A price rule: a share of the price or an amount, up to a cap, for those who meet its conditions."""

    name: str
    share: Annotated[float, Field(ge=0, le=1)] | None = None
    amount: Annotated[float, Field(ge=0)] | None = None
    cap: Annotated[float, Field(ge=0)] | None = None
    when: Conditions = Conditions.model_construct()
    stacks: bool = False

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> "Aid":
        if (self.share is None) == (self.amount is None):
            raise mistake("aid is either a share or an amount", "write share = 0.5 or amount = 1000")
        return self


class Renewal(Record):
    """What keeping the credential costs."""

    amount: Money = ABSENT
    every_years: Years = ABSENT


class Refund(Record):
    """When the money comes back."""

    full_until_day: Days = ABSENT
    prorata_until: Rate = ABSENT
    days_to_pay: Days = ABSENT


FINANCING = ("employer", "grant", "cash", "federal-loan", "private-loan", "isa", "clawback")


class Financing(Record):
    """How the price may be borrowed: a loan (apr, months) or an income share (share, months, floor, cap)."""

    type: Annotated[Fact, FactKind("word", words=FINANCING)] = ABSENT
    apr: Rate = ABSENT
    months: Months = ABSENT
    share: Rate = ABSENT
    floor: Pay = ABSENT
    cap: Money = ABSENT


class Cost(Record):
    """Prices in one currency; ``total`` stands for all required charges where only a total is published."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    total: Money = ABSENT
    tuition: Money = ABSENT
    fees: Money = ABSENT
    materials: Money = ABSENT
    equipment: Money = ABSENT
    exam: Money = ABSENT
    retake: Money = ABSENT
    renewal: Renewal = Renewal.model_construct()
    tax_rate: Rate = ABSENT
    pay_during: Pay = ABSENT
    refund: Refund = Refund.model_construct()
    aid: Listed[Aid] = Gap.NOT_REPORTED
    financing: Financing = Financing.model_construct()
