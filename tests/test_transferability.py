"""Transferability: receivers, credit kept, larger awards, other employers and countries, worked by hand."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import Any

import pytest

from credscore.api import load_rubric
from credscore.measures import MEASURES, Case, Given, read_case
from credscore.model.estimate import Estimate, Truth
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.program.terms import KINDS

GIVEN, DAY = Given(load_rubric("standard").assumptions), date(2026, 11, 24)


def case_of(goal: dict[str, Any] | None = None, *, kind: str = "certificate", **rooms: Any) -> Case:
    """The case of a program that states these rooms."""
    program = Program.model_validate({"name": "p", "provider": "q", "kind": kind, **rooms})
    return read_case(program, Goal.model_validate({"name": "g", "aim": "credit", **(goal or {})}), GIVEN, DAY)


def ask(name: str, goal: dict[str, Any] | None = None, *, kind: str = "certificate", **rooms: Any) -> Any:
    """The answer of a transferability measure for such a program; an estimate as low, likely, high."""
    found = MEASURES[f"transferability.{name}"](case_of(goal, kind=kind, **rooms))
    return (found.low, found.likely, found.high) if isinstance(found, Estimate) else found


def says(*words: str, name: str = "Springfield College") -> dict[str, Any]:
    """One college in as many words on its credit."""
    return {"receivers": [{"name": name, "status": word} for word in words]}


AT = {"target": {"credit_at": "Springfield College"}}


@pytest.mark.parametrize(("facts", "accepts"), [
    (says("agreement"), Truth.YES), (says("confirmed"), Truth.YES), (says("refused"), Truth.NO), (says("claimed", "refused"), Truth.NO),
    (says("claimed", "confirmed"), Truth.YES), (says("claimed"), Truth.OPEN), (says(), Truth.OPEN), ({}, Truth.OPEN),
    (says("agreement", name="Springfield"), Truth.OPEN), (says("agreement", name="SPRINGFIELD  Collegé"), Truth.YES),
    (says("refused", name="The Springfield-College"), Truth.NO),
])  # fmt: skip
def test_the_college_named_decides(facts: dict[str, Any], accepts: Truth) -> None:
    """An agreement or a written yes counts, a refusal fails, a claim and another college's word settle nothing."""
    assert ask("receiver_accepts", AT, transferability=facts) == accepts
    assert ask("receiver_accepts", transferability=facts) == Truth.OPEN


@pytest.mark.parametrize(("receivers", "flag"), [
    ([("A", "claimed"), ("A", "refused")], True), ([("Université A", "claimed"), ("universite a.", "refused")], True),
    ([("A", "claimed"), ("B", "refused")], False), ([("A", "refused")], False), ([("A", "claimed")], False), ([], False),
])  # fmt: skip
def test_credit_claimed_where_it_was_refused_is_flagged(receivers: list[tuple[str, str]], flag: bool) -> None:
    """The flag needs a claim and a refusal of one and the same college, however it is written."""
    listed = [{"name": name, "status": status} for name, status in receivers]
    assert ask("misstated_credit", transferability={"receivers": listed}) == Truth.of(flag)


def advised(expires: date | None = None) -> dict[str, Any]:
    return {"recommendation": {"body": "ACE"} | ({} if expires is None else {"expires": expires})}


LAPSED = advised(date(2026, 11, 23))


@pytest.mark.parametrize(("facts", "kept", "route"), [
    (says("agreement") | {"credits": 3, "sector": "for-profit"}, (1,) * 3, "agreement"), (says("confirmed"), (1,) * 3, "agreement"),
    (says() | {"credits": 3, "sector": "public-two-year"}, (0.78,) * 3, "public-two-year"),
    (says("claimed", "refused") | {"credits": 3, "sector": "public-four-year"}, (0.63,) * 3, "public-four-year"),
    (says() | LAPSED | {"credits": 3, "sector": "nonprofit"}, (0.57,) * 3, "nonprofit"),
    (says() | LAPSED | {"credits": 3, "sector": "for-profit"}, (0.06,) * 3, "for-profit"),
    (says() | LAPSED | {"credits": 3}, (0.06, 0.57, 0.78), "unspecified"),
    (says() | advised() | {"credits": 3, "sector": "for-profit"}, (0.4,) * 3, "recommendation"),
    (says() | advised(DAY) | {"credits": 0}, (0.4,) * 3, "recommendation"), (says() | LAPSED | {"credits": 0}, (0,) * 3, "none"),
    ({"credits": 3, "sector": "public-two-year"}, (0.78, 0.78, 1), "public-two-year"), (advised(), (0.4, 0.4, 1), "recommendation"),
    (says() | advised(), (0.4, 0.4, 0.78), "recommendation"), (says() | {"credits": 3, "sector": "for-profit"}, (0.06, 0.06, 0.4), "for-profit"),
])  # fmt: skip
def test_credit_is_kept_by_the_best_way_it_has(facts: dict[str, Any], kept: tuple[float, ...], route: str) -> None:
    """All by agreement, 78, 63, 57 or 6 % by sector, 40 % on advice in date; a way nobody denies may be there as well."""
    assert ask("credit_kept", transferability=facts) == pytest.approx(kept)
    assert case_of(transferability=facts).program.text("transferability.route") == route


@pytest.mark.parametrize("facts", [{}, says(), says("claimed") | {"credits": 0}, {"credits": "suppressed"}])
def test_no_way_stated_is_no_way_known(facts: dict[str, Any]) -> None:
    """Who states no way for credit to move, and does not exclude every one, has not said that none is kept."""
    assert isnan(ask("credit_kept", transferability=facts)[1])


def step(*, vertical: bool = True, **more: Any) -> dict[str, Any]:
    return {"name": "BSc", "vertical": vertical, **more}


SHOWN = {"source": "https://example.org"}


@pytest.mark.parametrize(("steps", "word"), [
    ([step(credits=12, **SHOWN)], "vertical-credit"), ([step(credits=0, **SHOWN)], "vertical"), ([step(**SHOWN)], "vertical"),
    ([step(vertical=False, credits=12, **SHOWN)], "horizontal"), ([step(vertical=False, **SHOWN)], "horizontal"),
    ([step(vertical=False)], "claimed"), ([step(vertical=False), step(credits=1, **SHOWN)], "vertical-credit"),
    ([], "none"), ("not-reported", None),
])  # fmt: skip
def test_a_larger_award_counts_by_its_best_step(steps: Any, word: str | None) -> None:
    """Upwards with credit, upwards, sideways, only said, none; the best of several counts, and a gap is unknown."""
    assert ask("stack", transferability={"stacks_into": steps}) == word


TWO = [{"name": name, "role": "hires", "source": "https://example.org"} for name in "AB"]


@pytest.mark.parametrize(("neutral", "employers", "portable"), [
    (True, [], Truth.YES), (False, TWO, Truth.YES), (False, TWO[:1], Truth.NO), (False, [], Truth.NO), (None, [], Truth.OPEN),
    (None, TWO, Truth.YES), (False, None, Truth.OPEN), (True, None, Truth.YES),
])  # fmt: skip
def test_portable_is_tied_to_no_product_or_taken_by_two(neutral: bool | None, employers: Any, portable: Truth) -> None:
    """Either is enough and both must be known to fail; one committed employer is not more than one."""
    assert ask("portable", **stating(neutral, employers=employers)) == portable


@pytest.mark.parametrize(("neutral", "places", "both"), [
    (True, ["ncca"], Truth.YES), (True, ["wioa-etpl"], Truth.NO), (True, [], Truth.NO), (False, None, Truth.NO), (None, [], Truth.NO),
    (True, None, Truth.OPEN), (None, ["dod-cool"], Truth.OPEN),
])  # fmt: skip
def test_neutral_and_registered_needs_both(neutral: bool | None, places: Any, both: Truth) -> None:
    """One that is known to be missing fails, whatever the other is; a list place of the programme is none."""
    assert ask("neutral_and_registered", **stating(neutral, designations=places)) == both


def stating(neutral: bool | None, **listed: Any) -> dict[str, Any]:
    """Rooms that state what is not None."""
    return {
        "transferability": {} if neutral is None else {"vendor_neutral": neutral},
        "recognition": {key: items for key, items in listed.items() if items is not None},
    }


LEVEL = {"level": {"framework": "EQF", "value": 5}}


@pytest.mark.parametrize(("facts", "time", "parts"), [
    (LEVEL | {"credits": 6}, {"workload_hours": 150}, (3, 3, 3)), (LEVEL, {"workload_hours": 150}, (2, 2, 3)), (LEVEL, {}, (1, 1, 3)),
    ({"credits": 0}, {"workload_hours": "suppressed"}, (1, 1, 3)),
])  # fmt: skip
def test_a_receiver_places_it_by_what_is_stated(facts: Any, time: Any, parts: tuple[float, ...]) -> None:
    """Of level, workload and credits those stated count, and the others may be had by asking."""
    assert ask("framework", transferability=facts, time=time) == parts


@pytest.mark.parametrize(("wanted", "places", "there"), [
    (["DE"], ["FR", "DE"], Truth.YES), (["DE", "FR"], ["DE"], Truth.NO), (["US-CO"], ["US"], Truth.YES), (["US-CO"], ["US-NM"], Truth.NO),
    (["DE"], [], Truth.NO), (["DE"], "not-reported", Truth.OPEN), ([], ["DE"], Truth.OPEN),
])  # fmt: skip
def test_recognised_in_every_place_needed(wanted: list[str], places: Any, there: Truth) -> None:
    """A country covers its regions, every place must be covered, and a gap is no denial."""
    found = ask("recognised_there", {"limits": {"recognised_in": wanted}}, transferability={"recognised_in": places})
    assert found == there


@pytest.mark.parametrize("kind", KINDS)
def test_of_an_empty_program_no_transfer_is_known(kind: str) -> None:
    """Nothing is known and no flag is raised."""
    for name in (n.removeprefix("transferability.") for n in MEASURES if n.startswith("transferability.")):
        found = ask(name, AT | {"limits": {"recognised_in": ["DE"]}}, kind=kind)
        empty = found is None or found == Truth.OPEN or (isinstance(found, tuple) and isnan(found[1]))
        assert found == Truth.NO if name == "misstated_credit" else empty, name
