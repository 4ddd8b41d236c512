"""Recognition: who outside the provider is said to value it, and on what evidence."""

from typing import Annotated, Literal

from credscore.model.fact import Fact, Gap
from credscore.model.notation import FactKind
from credscore.model.program.terms import ABSENT, Answer, Count, Day, Evidence, Listed, Rate
from credscore.model.record import Record

Designation = Literal[
    "state-licence", "federal-licence", "satisfies-licence", "registered-apprenticeship", "ncca", "ice",
    "ansi-17024", "dod-cool", "wioa-etpl", "va-weams", "exam-body-recognised",
]  # fmt: skip
Claim = Literal["job-guarantee", "risk-free", "not-a-loan", "incentivised-reviews", "fast-finish"]


class Employer(Evidence):
    """An employer the provider names, and what it is said to do; without a source it is a name only."""

    name: str
    role: Literal["hires", "interviews", "co-designed", "advisory", "logo"]


class Postings(Record):
    """Job advertisements of the occupation that ask for this credential."""

    share: Rate = ABSENT
    n: Count = ABSENT


class Reply(Evidence):
    """What one named employer, board or college answered when asked whether it accepts this award."""

    name: str
    accepts: bool


ASSESSMENTS = ("none", "unproctored-quiz", "validated-knowledge", "applied-performance", "independent-third-party")


class Assessment(Record):
    """How the award is earned."""

    type: Annotated[Fact, FactKind("word", words=ASSESSMENTS)] = ABSENT
    supervised: Answer = ABSENT
    identity_verified: Answer = ABSENT


class Recognition(Record):
    """Who, outside the provider, treats it as worth something."""

    designations: Listed[Designation] = Gap.NOT_REPORTED
    first_offered: Day = ABSENT
    employers: Listed[Employer] = Gap.NOT_REPORTED
    replies: Listed[Reply] = Gap.NOT_REPORTED
    postings: Postings = Postings.model_construct()
    holders: Count = ABSENT
    openings: Count = ABSENT
    assessment: Assessment = Assessment.model_construct()
    claims: Listed[Claim] = Gap.NOT_REPORTED
