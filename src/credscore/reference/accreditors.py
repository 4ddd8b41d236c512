"""Accreditors: the bodies that vouch for providers and programs, and for which awards each is the right one.

Shipped as data with sources and dates; a body that is not listed is unknown, never unrecognised.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from credscore.reference.names import closest, normal_name


class Accreditor(NamedTuple):
    """A body in the register: its names, what kinds of assurance it gives, and whether that is still in force."""

    name: str
    abbreviation: str
    aliases: tuple[str, ...]
    kinds: tuple[str, ...]
    jurisdiction: str
    recognised_by: str
    verified: bool  #: whether its recogniser was seen in a source; otherwise recalled
    status: str  #: in-force | check | ended
    ended: date | None
    register: str
    source: str
    as_of: date
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every way its name is written."""
        return (self.name, self.abbreviation, *self.aliases)


def _rows(name: str) -> list[dict[str, str]]:
    with files("credscore.reference").joinpath(name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def accreditors() -> tuple[Accreditor, ...]:
    """Every body in the register, in file order."""
    return tuple(
        Accreditor(
            row["name"], row["abbreviation"], tuple(filter(None, row["aliases"].split(" | "))),
            tuple(row["kinds"].split()), row["jurisdiction"], row["recognised_by"], row["verified"] == "yes",
            row["status"], date.fromisoformat(row["ended"]) if row["ended"] else None, row["register"],
            row["source"], date.fromisoformat(row["as_of"]), row["note"],
        )
        for row in _rows("accreditors.csv")
    )  # fmt: skip


@cache
def _by_name() -> dict[str, Accreditor]:
    return {normal_name(name): body for body in reversed(accreditors()) for name in body.names if name}


def find_accreditor(name: str) -> Accreditor | None:
    """The body of that name, abbreviation or alias; None where the register does not know it."""
    return _by_name().get(normal_name(name))


def near_miss(name: str, threshold: float) -> Accreditor | None:
    """A recognised body whose name this one resembles (likeness of 0 to 100) without being it."""
    if find_accreditor(name) is not None:
        return None
    full_names = [n for body in accreditors() for n in body.names if len(n) > 8]
    like = closest(name, full_names, threshold)
    return find_accreditor(like) if like else None


@cache
def fits() -> dict[tuple[str, str], str]:
    """How well a kind of assurance (second) suits a kind of award (first): ``right`` or ``adjacent``."""
    return {(row["kind"], row["assurance"]): row["fit"] for row in _rows("assurance.csv")}
