"""Content: what is taught, to whom, what it confers and what it asks at the door."""

from typing import Annotated

from pydantic import Field

from credscore.model.fact import Fact, Gap
from credscore.model.notation import FactKind
from credscore.model.program.terms import ABSENT, EDUCATION, LEVELS, Answer, Count, Day, Education, Level, Listed, Place
from credscore.model.record import Named, Record


class Skill(Named):
    """A skill taught: its name, an optional identifier, level and hours. A bare name will do."""

    id: str | None = None
    level: Level | None = None
    hours: Annotated[float, Field(ge=0)] | None = None
    aliases: tuple[str, ...] = ()


class Licence(Record):
    """A legal authority to practise, in one jurisdiction."""

    occupation: str
    jurisdiction: Place


class Requirement(Record):
    """One way to be admitted: everything stated in it is needed."""

    education: Education | None = None
    experience_months: Annotated[float, Field(ge=0)] | None = None
    experience_field: str | None = None
    age: Annotated[float, Field(ge=0)] | None = None
    residence: tuple[Place, ...] | None = None
    holds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


class Prerequisite(Record):
    """Alternatives: any one of them is enough."""

    any: Annotated[tuple[Requirement, ...], Field(min_length=1)]


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
