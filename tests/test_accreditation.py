"""Accreditation: the right kind of assurance, its dates, near misses and warning signs, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
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
YESTERDAY = DAY - timedelta(days=1)


def case_of(goal: dict[str, Any] | None = None, *, kind: str = "degree", **rooms: Any) -> Case:
    """The case of a program that states these rooms."""
    program = Program.model_validate({"name": "p", "provider": "q", "kind": kind, **rooms})
    return read_case(program, Goal.model_validate({"name": "g", "aim": "credit", **(goal or {})}), GIVEN, DAY)


def ask(name: str, goal: dict[str, Any] | None = None, *, kind: str = "degree", **rooms: Any) -> Any:
    """The answer of an accreditation measure for such a program; an estimate as low, likely, high."""
    found = MEASURES[f"accreditation.{name}"](case_of(goal, kind=kind, **rooms))
    return (found.low, found.likely, found.high) if isinstance(found, Estimate) else found


def stating(*bodies: Any, places: Any = (), registers: Any = (), advice: Any = None) -> dict[str, Any]:
    """Rooms that leave no list open: these accreditors, authorised in these places, on these registers, so advised.

    The advice is out of date unless another is given, so that none in date can be thought of.
    """
    advice = advice or {"body": "ACE", "expires": YESTERDAY}
    return {
        "accreditation": {"bodies": [named(b) if isinstance(b, str) else b for b in bodies], "authorised_in": list(places)},
        "recognition": {"designations": list(registers)}, "transferability": {"recommendation": advice},
    }  # fmt: skip


def named(name: str, since: date | None = None, to: date | None = None) -> dict[str, Any]:
    return {"name": name} | {key: day for key, day in (("from", since), ("to", to)) if day is not None}


@pytest.mark.parametrize(("kind", "rooms", "fit"), [
    ("degree", stating("HLC"), "right"), ("degree", stating("A3ES"), "right"), ("degree", stating("TEQSA"), "right"),
    ("degree", stating("ABET"), "adjacent"), ("degree", stating("IACET"), "wrong"), ("degree", stating("IACET", "HLC"), "right"),
    ("certification", stating("NCCA"), "right"), ("certification", stating(registers=["ansi-17024"]), "right"),
    ("certification", stating("ACAP"), "adjacent"), ("certification", stating(registers=["dod-cool"]), "adjacent"),
    ("certification", stating("HLC"), "wrong"), ("certificate", stating("ACAP"), "right"), ("certificate", stating("IACET"), "adjacent"),
    ("certificate", stating("UKAS"), "wrong"), ("certificate", stating(advice={"body": "NCCRS"}), "adjacent"),
    ("bootcamp", stating(places=["US-CO"]), "right"), ("bootcamp", stating("CIRR"), "right"), ("bootcamp", stating("HLC"), "adjacent"),
    ("bootcamp", stating("HLC Endorsement"), "right"), ("online-course", stating("IACET"), "right"),
    ("online-course", stating("HLC"), "adjacent"), ("micro-credential", stating("TMC"), "adjacent"), ("badge", stating("ANAB"), "right"),
    ("badge", stating("TMC"), "adjacent"), ("apprenticeship", stating(registers=["registered-apprenticeship"]), "right"),
    ("online-course", stating(advice={"body": "ACE", "expires": DAY}), "adjacent"), ("bootcamp", stating(registers=["ncca"]), "wrong"),
    ("licence-training", stating(registers=["satisfies-licence"]), "right"), ("licence-training", stating("NCCA"), "wrong"),
    *((kind, stating(), "none") for kind in KINDS),
])  # fmt: skip
def test_each_kind_of_award_has_its_kind_of_assurance(kind: str, rooms: Any, fit: str) -> None:
    """Exams by ISO 17024 or NCCA, certificates by ICE 1100, courses by IACET, credit by institutional accreditors."""
    assert ask("assurance", kind=kind, **rooms) == fit
    assert ask("required_met", kind=kind, **rooms) == Truth.of(fit == "right")
    assert ask("genuine", kind=kind, **rooms) == Truth.of(fit in ("right", "adjacent"))


@pytest.mark.parametrize("rooms", [
    stating("Board of Nowhere"), stating("Board of Nowhere", "IACET"), stating("Board of Nowhere", named("HLC", to=YESTERDAY)), {},
    stating(registers=["exam-body-recognised"]),
    {"accreditation": {"bodies": "not-reported", "authorised_in": []}, "recognition": {"designations": []}},
])  # fmt: skip
def test_a_body_nobody_knows_is_unknown_and_not_none(rooms: dict[str, Any]) -> None:
    """A register's silence implies no deficit, nor does a provider's; a right body beside the unknown one settles it."""
    assert ask("assurance", **rooms) is None
    assert ask("required_met", **rooms) == ask("genuine", **rooms) == Truth.OPEN
    assert ask("assurance", **stating("Board of Nowhere", "HLC")) == "right"


@pytest.mark.parametrize(("bodies", "fit"), [(["IACET"], "adjacent"), ([], None), (["ACAP"], "right")])
def test_what_is_left_out_could_only_better_it(bodies: list[str], fit: str | None) -> None:
    """A credit recommendation nobody mentions would be adjacent: it could lift none at all, and nothing as good."""
    rooms = stating(*bodies) | {"transferability": {}}
    assert ask("assurance", kind="certificate", **rooms) == fit
    assert ask("genuine", kind="certificate", **rooms) == (Truth.YES if fit else Truth.OPEN)


@pytest.mark.parametrize(("body", "fit"), [
    (named("HLC", to=DAY), "right"), (named("HLC", to=YESTERDAY), "wrong"), (named("HLC", since=DAY), "right"),
    (named("HLC", since=DAY + timedelta(days=1)), "wrong"), (named("ACICS"), "wrong"), (named("ACICS", to=date(2030, 1, 1)), "wrong"),
    ({"name": "HLC", "to": YESTERDAY, "note": "Accredited"}, "wrong"),
])  # fmt: skip
def test_dates_decide_and_not_the_word_accredited(body: dict[str, Any], fit: str) -> None:
    """From its first day to its last, both included; a body that lost its recognition in 2022 vouches for nobody."""
    assert ask("assurance", **stating(body)) == fit
    assert ask("genuine", **stating(body)) == Truth.of(fit == "right")


def test_a_receiver_that_takes_it_makes_it_genuine() -> None:
    """A college's agreement answers for the award; its refusal and its silence do not."""
    goal = {"target": {"credit_at": "Springfield"}}
    for word, genuine in (("agreement", Truth.YES), ("refused", Truth.NO), ("claimed", Truth.NO)):
        facts = {"receivers": [{"name": "SPRINGFIELD", "status": word}]}
        assert ask("genuine", goal, **stating() | {"transferability": facts}) == genuine


EIGHT = {"pacing": "cohort", "duration_weeks": 8, "starts": [DAY]}
LAST = DAY + timedelta(weeks=8)


@pytest.mark.parametrize(("bodies", "time", "word"), [
    ([named("HLC", to=LAST)], EIGHT, "through"), ([named("HLC", to=LAST - timedelta(days=1))], EIGHT, "lapses"),
    ([named("HLC", to=DAY)], EIGHT, "lapses"), ([named("HLC", to=YESTERDAY)], EIGHT, "ended"), ([named("HLC", to=YESTERDAY)], {}, "ended"),
    ([named("HLC", to=LAST), named("ABET", to=YESTERDAY)], EIGHT, "through"), ([named("HLC", to=LAST)], {}, None),
    ([named("HLC", to=LAST)], EIGHT | {"duration_weeks": {"low": 8, "high": 9}}, "lapses"), ([named("HLC")], EIGHT, None),
    ([named("Board of Nowhere", to=LAST)], EIGHT, None), ("not-reported", EIGHT, None),
])  # fmt: skip
def test_accreditation_must_last_through_the_program(bodies: Any, time: Any, word: str | None) -> None:
    """Through its last day, lapsing a day earlier, ended before today; the longest counts, an unknown end or length none."""
    assert ask("in_force", accreditation={"bodies": bodies}, time=time) == word
    assert ask("lapses", accreditation={"bodies": bodies}, time=time) == Truth.of(word in ("lapses", "ended"))


@pytest.mark.parametrize(("rooms", "stale"), [
    (stating(named("HLC", to=YESTERDAY), advice={"body": "ACE"}), True), (stating(named("HLC", to=DAY), advice={"body": "ACE"}), False),
    (stating("ACICS", advice={"body": "ACE"}), True), (stating("HLC", advice={"body": "ACE", "expires": YESTERDAY}), True),
    (stating("HLC", advice={"body": "ACE", "expires": DAY}), False), (stating("HLC", named("Nowhere", to=YESTERDAY)), True), ({}, False),
])  # fmt: skip
def test_what_has_run_out_is_flagged(rooms: dict[str, Any], stale: bool) -> None:
    """An accreditation or a credit recommendation is stale the day after its last, and so is one of a body that ended."""
    assert ask("stale", **rooms) == Truth.of(stale)


@pytest.mark.parametrize(("name", "like", "unlisted"), [
    ("Higher Learning Commission", None, False), ("HIGHER-LEARNING Comission", "Higher Learning Commission", True),
    ("Comission of Higher Learning", "Higher Learning Commission", True), ("higher  léarning, commission", None, False),
    ("Board of Nowhere", None, True), ("d.e.t.c.", None, False), ("Nederlands Vlaamse accreditatieorganisatie", None, False),
    ("Distance Education Accreditation Commission", "Distance Education Accrediting Commission", True),
])  # fmt: skip
def test_a_name_much_like_a_recognised_one_is_flagged(name: str, like: str | None, unlisted: bool) -> None:
    """Case, accents, punctuation and former names are the same body; a letter off is a near miss; others are unlisted."""
    rooms = {"accreditation": {"bodies": [named(name)]}}
    assert ask("near_miss", **rooms) == Truth.of(like is not None)
    assert case_of(**rooms).program.text("accreditation.named_like") == like
    assert ask("unlisted", **rooms) == Truth.of(unlisted)


NEUTRAL = ("no_address", "sound_alike_name", "sold_outright", "experience_only")
ABOUT_DEGREES = (
    "very_short",
    "flat_fee",
    "little_attendance",
    "few_assignments",
    "few_requirements",
    "price_out_of_range",
)


@pytest.mark.parametrize(("yes", "no", "share", "passes"), [
    (NEUTRAL[:2], NEUTRAL[2:], 0.5, Truth.YES), (NEUTRAL[:2], NEUTRAL[2:3], 2 / 3, Truth.NO), (NEUTRAL[:2], (), 1, Truth.OPEN),
    ((), NEUTRAL[:2], 0, Truth.OPEN), ((), NEUTRAL[:3], 0, Truth.YES), (NEUTRAL[:3], (), 1, Truth.NO), ((), (), None, Truth.OPEN),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["degree", "bootcamp"])
def test_a_majority_of_warning_signs_is_a_mill(kind: str, yes: Any, no: Any, share: Any, passes: Truth) -> None:
    """Half of the answers still pass, two of three do not; fewer than three settle nothing by themselves."""
    rooms = {"accreditation": {"signs": dict.fromkeys(yes, True) | dict.fromkeys(no, False)}}
    found = ask("mill_signs", kind=kind, **rooms)
    assert isnan(found[1]) if share is None else found == pytest.approx((share,) * 3)
    assert ask("not_a_mill", kind=kind, **rooms) == passes


@pytest.mark.parametrize("sign", ABOUT_DEGREES)
def test_signs_that_also_describe_short_courses_count_for_degrees_only(sign: str) -> None:
    """Short, flat in price and little attended is a course as well; one yes of three is a third of a degree's answers."""
    rooms = {"accreditation": {"signs": {sign: True, "no_address": False, "sold_outright": False}}}
    assert ask("mill_signs", kind="degree", **rooms) == pytest.approx((1 / 3,) * 3)
    assert {ask("mill_signs", kind=kind, **rooms) for kind in KINDS if kind != "degree"} == {(0, 0, 0)}


@pytest.mark.parametrize(("signs", "passes"), [((), Truth.YES), (NEUTRAL[:2], Truth.YES), (NEUTRAL[:3], Truth.NO)])
def test_a_recognised_body_answers_until_enough_is_answered(signs: tuple[str, ...], passes: Truth) -> None:
    """Two signs do not outweigh the accreditor; three of three do."""
    assert ask("not_a_mill", accreditation={"bodies": [named("HLC")], "signs": dict.fromkeys(signs, True)}) == passes


@pytest.mark.parametrize(("home", "places", "body", "may"), [
    ("US-CO", ["US-CO"], "IACET", Truth.YES), ("US-CO", ["US-NM", "US"], "IACET", Truth.YES), ("US-CO", ["US-NM"], "IACET", Truth.NO),
    ("US-CO", [], "IACET", Truth.NO), ("US-CO", ["DE"], "HLC", Truth.YES), (None, ["US-CO"], "IACET", Truth.OPEN),
    ("RU-SAM", ["RU-SA"], "IACET", Truth.NO),
])  # fmt: skip
def test_it_must_be_allowed_where_the_learner_lives(home: str | None, places: list[str], body: str, may: Truth) -> None:
    """A region or its country allows it, a neighbour does not, an accreditor stands in, an unknown home is open."""
    goal = {"learner": {} if home is None else {"residence": home}}
    assert ask("authorised", goal, **stating(body, places=places)) == may


@pytest.mark.parametrize("kind", KINDS)
def test_of_an_empty_program_no_accreditation_is_known(kind: str) -> None:
    """Nothing is known and no flag is raised."""
    for name in (n.removeprefix("accreditation.") for n in MEASURES if n.startswith("accreditation.")):
        found = ask(name, {"learner": {"residence": "US-CO"}}, kind=kind)
        empty = found is None or found == Truth.OPEN or (isinstance(found, tuple) and isnan(found[1]))
        assert found == Truth.NO if name in ("lapses", "stale", "near_miss", "unlisted") else empty, name
