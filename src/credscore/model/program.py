"""Program: what is on offer, as its file states it.

Sections mirror the criteria, so a person knows where a fact goes; every fact may be a gap.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from credscore.model.fact import Fact, FactKind, Gap, as_date, mistake
from credscore.model.record import Named, Record

KINDS = (
    "micro-credential", "badge", "certificate", "certification", "bootcamp", "online-course",
    "apprenticeship", "degree", "licence-training",
)  # fmt: skip
LEVELS = ("awareness", "entry", "intermediate", "advanced")
EDUCATION = ("none", "secondary", "some-college", "certificate", "associate", "bachelor", "master", "doctorate")

Kind = Literal[
    "micro-credential", "badge", "certificate", "certification", "bootcamp", "online-course",
    "apprenticeship", "degree", "licence-training",
]  # fmt: skip
Level = Literal["awareness", "entry", "intermediate", "advanced"]
Education = Literal[
    "none", "secondary", "some-college", "certificate", "associate", "bachelor", "master", "doctorate"
]  # fmt: skip

Money = Annotated[Fact, FactKind("number", unit="the file's currency", money=True)]
Hours = Annotated[Fact, FactKind("number", unit="hours")]
Weeks = Annotated[Fact, FactKind("number", unit="weeks")]
Days = Annotated[Fact, FactKind("number", unit="days")]
Years = Annotated[Fact, FactKind("number", unit="years")]
Months = Annotated[Fact, FactKind("number", unit="months")]
Count = Annotated[Fact, FactKind("number", unit="a count")]
Rate = Annotated[Fact, FactKind("rate", unit="a share of 0 to 1")]
Pay = Annotated[Fact, FactKind("pay", unit="money with its period", money=True)]
Words = Annotated[Fact, FactKind("text")]
Answer = Annotated[Fact, FactKind("answer")]
Day = Annotated[Fact, FactKind("date")]
CalendarDay = Annotated[date, BeforeValidator(as_date)]

Item = TypeVar("Item")
Listed = Annotated[
    Annotated[tuple[Item, ...], Tag("list")] | Annotated[Gap, Tag("gap")],
    Discriminator(lambda raw: "gap" if isinstance(raw, str) else "list"),
]
"""A list, or the gap word that says why there is none; a stated list is complete."""

ABSENT = Fact(gap=Gap.NOT_REPORTED)


class Evidence(Record):
    """Where an item of a list comes from."""

    source: str | None = None
    as_of: CalendarDay | None = None
    note: str | None = None


class Conditions(Record):
    """On whom a price rule applies: every condition stated must hold; a list means any of them."""

    age: Annotated[tuple[float, float], Field(description="youngest and oldest, inclusive")] | None = None
    residence: tuple[str, ...] | None = None
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


DESIGNATIONS = (
    "state-licence", "federal-licence", "satisfies-licence", "registered-apprenticeship", "ncca", "ice",
    "ansi-17024", "dod-cool", "wioa-etpl", "va-weams", "exam-body-recognised",
)  # fmt: skip


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
CLAIMS = ("job-guarantee", "risk-free", "not-a-loan", "incentivised-reviews", "fast-finish")


class Assessment(Record):
    """How the award is earned."""

    type: Annotated[Fact, FactKind("word", words=ASSESSMENTS)] = ABSENT
    supervised: Answer = ABSENT
    identity_verified: Answer = ABSENT


class Recognition(Record):
    """Who, outside the provider, treats it as worth something."""

    designations: Listed[
        Literal[
            "state-licence",
            "federal-licence",
            "satisfies-licence",
            "registered-apprenticeship",
            "ncca",
            "ice",
            "ansi-17024",
            "dod-cool",
            "wioa-etpl",
            "va-weams",
            "exam-body-recognised",
        ]  # fmt: skip
    ] = Gap.NOT_REPORTED
    first_offered: Day = ABSENT
    employers: Listed[Employer] = Gap.NOT_REPORTED
    replies: Listed[Reply] = Gap.NOT_REPORTED
    postings: Postings = Postings.model_construct()
    holders: Count = ABSENT
    openings: Count = ABSENT
    assessment: Assessment = Assessment.model_construct()
    claims: Listed[Literal["job-guarantee", "risk-free", "not-a-loan", "incentivised-reviews", "fast-finish"]] = (
        Gap.NOT_REPORTED
    )


class Body(Evidence):
    """A body said to accredit the provider or the program."""

    name: str
    kind: str | None = None
    start: Annotated[CalendarDay | None, Field(alias="from")] = None
    end: Annotated[CalendarDay | None, Field(alias="to")] = None


SIGNS = (
    "sold_outright", "claims_unproven_accreditation", "no_authority", "little_attendance", "few_assignments",
    "very_short", "experience_only", "few_requirements", "price_out_of_range", "no_address", "no_faculty_list",
    "sound_alike_name", "unproven_claims", "flat_fee",
)  # fmt: skip


class Accreditation(Record):
    """Who vouches for the provider; ``signs`` answers the mill checklist, true where the sign is present."""

    bodies: Listed[Body] = Gap.NOT_REPORTED
    authorised_in: Listed[str] = Gap.NOT_REPORTED
    endorsements: Listed[str] = Gap.NOT_REPORTED
    signs: dict[
        Literal[
            "sold_outright", "claims_unproven_accreditation", "no_authority", "little_attendance", "few_assignments",
            "very_short", "experience_only", "few_requirements", "price_out_of_range", "no_address",
            "no_faculty_list", "sound_alike_name", "unproven_claims", "flat_fee",
        ],
        bool,
    ] = {}  # fmt: skip


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
    recognised_in: Listed[str] = Gap.NOT_REPORTED
    valid_years: Years = ABSENT


class Skill(Named):
    """A skill taught: its name, an optional identifier, level and hours. A bare name will do."""

    id: str | None = None
    level: Level | None = None
    hours: Annotated[float, Field(ge=0)] | None = None
    aliases: tuple[str, ...] = ()


class Licence(Record):
    """A legal authority to practise, in one jurisdiction."""

    occupation: str
    jurisdiction: str


class Requirement(Record):
    """One way to be admitted: everything stated in it is needed."""

    education: Education | None = None
    experience_months: Annotated[float, Field(ge=0)] | None = None
    experience_field: str | None = None
    age: Annotated[float, Field(ge=0)] | None = None
    residence: tuple[str, ...] | None = None
    holds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


class Prerequisite(Record):
    """Alternatives: any one of them is enough."""

    any: tuple[Requirement, ...]


class Instructors(Record):
    """Who teaches."""

    practitioners: Answer = ABSENT
    ratio: Count = ABSENT


class Content(Record):
    """What is taught, to whom, and what it confers."""

    occupations: Listed[str] = Gap.NOT_REPORTED
    skills: Listed[Skill] = Gap.NOT_REPORTED
    level: Annotated[Fact, FactKind("word", words=LEVELS)] = ABSENT
    award: Annotated[Fact, FactKind("word", words=EDUCATION)] = ABSENT
    confers: Listed[str] = Gap.NOT_REPORTED
    confers_licence: Listed[Licence] = Gap.NOT_REPORTED
    prerequisites: Listed[Prerequisite] = Gap.NOT_REPORTED
    last_reviewed: Day = ABSENT
    instructors: Instructors = Instructors.model_construct()
    need_evidence: Annotated[Fact, FactKind("word", words=("documented", "asserted", "none"))] = ABSENT


class Outcomes(Record):
    """What became of those who started."""

    completion_rate: Rate = ABSENT
    completion_within: Annotated[Fact, FactKind("number", unit="multiples of normal time")] = ABSENT
    pass_rate: Rate = ABSENT
    placement_rate: Rate = ABSENT
    placement_in_field: Answer = ABSENT
    placement_days: Days = ABSENT
    advancement_rate: Rate = ABSENT
    median_earnings: Pay = ABSENT
    upper_quartile_earnings: Pay = ABSENT
    days_to_job: Days = ABSENT


class Program(Record):
    """What is on offer: any kind of credential or course.

    ``source`` and ``as_of`` are the default evidence of every fact below them.
    """

    SECTIONS: ClassVar[tuple[str, ...]] = (
        "cost", "time", "recognition", "accreditation", "transferability", "content", "outcomes",
    )  # fmt: skip

    name: Annotated[str, Field(min_length=1)]
    provider: str
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
