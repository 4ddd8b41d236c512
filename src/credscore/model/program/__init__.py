"""Program: what is on offer, as its file states it.

Sections mirror the criteria, so a person knows where a fact goes; every fact may be a gap.
"""

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from credscore.model.notation import mistake
from credscore.model.program.accreditation import Accreditation
from credscore.model.program.content import Content
from credscore.model.program.cost import Cost
from credscore.model.program.outcomes import Outcomes
from credscore.model.program.recognition import Recognition
from credscore.model.program.terms import CONFER_DEGREES, DEGREES, CalendarDay, Kind
from credscore.model.program.time import Time
from credscore.model.program.transferability import Transferability
from credscore.model.record import Record

__all__ = ["Program"]


class Program(Record):
    """What is on offer: any kind of credential or course.

    ``source`` and ``as_of`` are the default evidence of every fact below them.
    """

    SECTIONS: ClassVar[tuple[str, ...]] = (
        "cost", "time", "recognition", "accreditation", "transferability", "content", "outcomes",
    )  # fmt: skip

    name: Annotated[str, Field(min_length=1, pattern=r"\S")]
    provider: Annotated[str, Field(pattern=r"\S")]
    kind: Kind
    id: str | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    language: str | None = None
    url: str | None = None
    source: str | None = None
    as_of: CalendarDay | None = None
    cost: Cost = Cost.model_construct()
    time: Time = Time.model_construct()
    recognition: Recognition = Recognition.model_construct()
    accreditation: Accreditation = Accreditation.model_construct()
    transferability: Transferability = Transferability.model_construct()
    content: Content = Content.model_construct()
    outcomes: Outcomes = Outcomes.model_construct()

    @model_validator(mode="after")
    def _awards_what_its_kind_can(self) -> "Program":
        award = self.content.award
        if award.stated and self.kind not in CONFER_DEGREES and award.value in DEGREES:
            raise mistake(f"a {self.kind} confers no {award.value} award", 'kind = "degree"?')
        return self
