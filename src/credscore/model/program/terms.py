"""Terms: the kinds of fact a program states, and the words that several of its sections share."""

from datetime import date
from typing import Annotated, Literal, TypeVar, get_args

from pydantic import BeforeValidator, Discriminator, Field, Tag

from credscore.model.fact import Fact, Gap
from credscore.model.notation import FactKind, as_date
from credscore.model.record import Record

Kind = Literal[
    "micro-credential", "badge", "certificate", "certification", "bootcamp", "online-course",
    "apprenticeship", "degree", "licence-training",
]  # fmt: skip
Level = Literal["awareness", "entry", "intermediate", "advanced"]
Education = Literal[
    "none", "secondary", "some-college", "certificate", "associate", "bachelor", "master", "doctorate"
]  # fmt: skip

KINDS: tuple[str, ...] = get_args(Kind)
LEVELS: tuple[str, ...] = get_args(Level)
EDUCATION: tuple[str, ...] = get_args(Education)

CONFER_DEGREES = ("degree", "apprenticeship")
"""Kinds that may award an associate's degree or more."""
DEGREES = EDUCATION[EDUCATION.index("associate") :]

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
Place = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
"""A country or a region of one, by ISO 3166: ``US``, ``US-CO``."""
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
