"""Accreditation: the bodies said to vouch for it, and the warning signs that were looked for."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from credscore.model.fact import Gap
from credscore.model.notation import mistake
from credscore.model.program.terms import CalendarDay, Evidence, Listed, Place
from credscore.model.record import Record


class Body(Evidence):
    """A body said to accredit the provider or the program."""

    name: str
    kind: str | None = None
    start: Annotated[CalendarDay | None, Field(alias="from")] = None
    end: Annotated[CalendarDay | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _in_order(self) -> "Body":
        if self.start is not None and self.end is not None and self.end < self.start:
            raise mistake(f"ends on {self.end}, before it begins on {self.start}", "swap the two days?")
        return self


Sign = Literal[
    "sold_outright", "claims_unproven_accreditation", "no_authority", "little_attendance", "few_assignments",
    "very_short", "experience_only", "few_requirements", "price_out_of_range", "no_address", "no_faculty_list",
    "sound_alike_name", "unproven_claims", "flat_fee",
]  # fmt: skip


class Accreditation(Record):
    """Who vouches for the provider; ``signs`` answers the mill checklist, true where the sign is present."""

    bodies: Listed[Body] = Gap.NOT_REPORTED
    authorised_in: Listed[Place] = Gap.NOT_REPORTED
    endorsements: Listed[str] = Gap.NOT_REPORTED
    signs: dict[Sign, bool] = {}
