"""Alignment: skills, occupations, requirements, entry and outcomes against a goal, worked by hand."""

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


def case_of(goal: dict[str, Any] | None = None, *, kind: str = "bootcamp", called: str = "p", **rooms: Any) -> Case:
    """The case of a program that states these rooms."""
    program = Program.model_validate({"name": called, "provider": "q", "kind": kind, **rooms})
    return read_case(program, Goal.model_validate({"name": "g", "aim": "switch", **(goal or {})}), GIVEN, DAY)


def ask(name: str, goal: dict[str, Any] | None = None, *, kind: str = "bootcamp", **rooms: Any) -> Any:
    """The answer of an alignment measure for such a program; an estimate as low, likely, high."""
    found = MEASURES[f"alignment.{name}"](case_of(goal, kind=kind, **rooms))
    return (found.low, found.likely, found.high) if isinstance(found, Estimate) else found


def aims(*held: str, **target: Any) -> dict[str, Any]:
    """A learner with these skills and this target."""
    return {"learner": {"skills": held}, "target": target}


def skill(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, **more}


@pytest.mark.parametrize(("wanted", "taught", "covered"), [
    (skill("Databases", id="S1"), skill("Datenbanken", id="S1"), 1), ("Análisis de Datos", "analisis-de  DATOS", 1), ("Node.js", "NodeJS", 1),
    (skill("JavaScript", aliases=["ECMAScript"]), "ECMASCRIPT", 1),
    ("K8s", skill("Kubernetes", aliases=["k8s"]), 1), ("data analysis", "data analyses", 1), ("analysis of data", "data analysis", 1),
    ("JavaScript", "Java", 0), ("C", "C++", 0), ("C#", "C", 0), ("SQL", "SQLs", 0), (skill("Welding", id="S1"), skill("Welding", id="S2"), 1),
])  # fmt: skip
def test_a_skill_is_found_by_id_name_alias_or_likeness(wanted: Any, taught: Any, covered: float) -> None:
    """One letter of thirteen off is 92.3 like and passes 90; one of four more is 85.7 and does not, nor does C for C++."""
    assert ask("skills_covered", aims(skills=[wanted]), content={"skills": [taught]}) == (covered,) * 3


@pytest.mark.parametrize(("level", "taught", "share"), [
    ("advanced", "entry", 0.5), ("advanced", "intermediate", 0.5), ("entry", "entry", 1), ("entry", "advanced", 1), ("entry", "awareness", 0.5),
])  # fmt: skip
def test_a_skill_taught_below_the_level_counts_half(level: str, taught: str, share: float) -> None:
    """At the level or above it is covered whole; beside a second skill of equal weight uncovered, half of that."""
    content = {"skills": [skill("SQL", level=taught)]}
    assert ask("skills_covered", aims(skills=[skill("SQL", level=level)]), content=content) == (share,) * 3
    assert ask("skills_covered", aims(skills=[skill("SQL", level=level), "Go"]), content=content) == (share / 2,) * 3


WANTED = [skill("SQL", importance=5), "Python", skill("Excel", importance=2)]


@pytest.mark.parametrize(("held", "taught", "share", "left"), [
    ((), ["SQL"], 0.5, "Python, Excel"), ((), ["python", "excel"], 0.5, "SQL"), (("sql",), ["SQL", "Python"], 0.6, "Excel"),
    ((), ["SQL", "Python", "Excel"], 1, "none"), ((), [], 0, "SQL, Python, Excel"), ((), "suppressed", None, None),
    (("SQL", "PYTHON", "excel"), ["SQL"], None, "none"),
])  # fmt: skip
def test_the_gap_is_what_is_wanted_and_not_held(held: Any, taught: Any, share: float | None, left: str | None) -> None:
    """By importance 5, 3 and 2; what is held counts no more, no gap and unstated teaching have no share, none taught is 0."""
    found = ask("skills_covered", aims(*held, skills=WANTED), content={"skills": taught})
    assert isnan(found[1]) if share is None else found == pytest.approx((share,) * 3)
    case = case_of(aims(*held, skills=WANTED), content={"skills": taught})
    assert case.program.text("alignment.skills_uncovered") == left


@pytest.mark.parametrize(("held", "taught", "share"), [
    (("SQL",), [skill("sql", hours=30), skill("Go", hours=10)], 0.75), (("SQL",), [skill("sql", hours=30), "Go"], 0.5),
    (("k8s",), [skill("Kubernetes", aliases=["K8S"]), "Go", "SQL", "C"], 0.25), ((), ["SQL"], 0), (("SQL",), [], None),
    (("SQL",), "not-reported", None),
])  # fmt: skip
def test_what_is_taught_again_counts_by_hours_where_all_state_them(held: Any, taught: Any, share: float | None) -> None:
    """30 of 40 hours are three quarters; with one length unstated, one skill of two is half."""
    found = ask("redundancy", aims(*held), content={"skills": taught})
    assert isnan(found[1]) if share is None else found == pytest.approx((share,) * 3)


@pytest.mark.parametrize(("stated", "near"), [
    (["15-1252.00"], "detailed"), (["15125200"], "detailed"), (["15-1254"], "broad"), (["15-1211"], "minor"), (["15-2051"], "major"),
    (["53-3032"], "none"), (["53-3032", "15-1254"], "broad"), (["software  DEVELOPER"], "detailed"), (["2512"], None), (["cook"], None),
    ([], "none"), ("unreadable", None),
])  # fmt: skip
def test_occupations_lie_as_near_as_their_codes(stated: Any, near: str | None) -> None:
    """The 2018 SOC's four levels below 15-1252; the nearest counts; another scheme's code and title cannot be compared."""
    goal = aims(occupation="15-1252", title="Software Developer")
    assert ask("occupation", goal, content={"occupations": stated}) == near


@pytest.mark.parametrize(("stated", "near"), [
    ("2512", "detailed"), ("C2512.4", "detailed"), ("2513", "broad"), ("2521", "minor"), ("2120", "major"), ("5120", "none"), ("15-1252", None),
])  # fmt: skip
def test_isco_is_compared_digit_by_digit(stated: str, near: str | None) -> None:
    """Four, three, two, one or no digit in common; never across schemes."""
    assert ask("occupation", aims(occupation="ISCO-2512"), content={"occupations": [stated]}) == near


BOTH = {"skills": ["SQL"], "occupation": "15-1252"}


@pytest.mark.parametrize(("target", "taught", "occupations", "on"), [
    (BOTH, ["Go"], ["15-1211"], Truth.NO), (BOTH, ["Go"], ["15-1254"], Truth.YES), (BOTH, ["SQL"], ["53-3032"], Truth.YES),
    (BOTH, None, ["15-1211"], Truth.OPEN), (BOTH, None, ["15-1254"], Truth.YES), (BOTH, ["Go"], None, Truth.OPEN), (BOTH, None, None, Truth.OPEN),
    (BOTH, [], [], Truth.NO), ({"occupation": "15-1252"}, ["Go"], ["15-1211"], Truth.YES), ({"occupation": "15-1252"}, None, ["15-2051"], Truth.NO),
    ({"occupation": "15-1252"}, None, ["53-3032"], Truth.NO), ({"occupation": "15-1252"}, ["Go"], None, Truth.OPEN),
    ({"skills": ["SQL"]}, ["Go"], None, Truth.NO), ({"skills": ["SQL"]}, ["SQL", "Go"], None, Truth.YES),
])  # fmt: skip
def test_off_target_covers_no_skill_and_misses_the_occupation(target: Any, taught: Any, occupations: Any, on: Truth) -> None:  # fmt: skip
    """With skills wanted, none covered and not the broad occupation; without, the major group at most; gaps are open."""
    content = {key: told for key, told in (("skills", taught), ("occupations", occupations)) if told is not None}
    assert ask("on_target", aims(**target), content=content) == on


@pytest.mark.parametrize(("confers", "on"), [(["CDL"], Truth.YES), (["BLS"], Truth.NO), (None, Truth.OPEN)])
def test_what_confers_a_requirement_is_never_off_target(confers: Any, on: Truth) -> None:
    """A far occupation that confers the award required is on target, and may be where it does not say what it confers."""
    content = {"skills": ["Go"], "occupations": ["53-3032"]} | ({} if confers is None else {"confers": confers})
    assert ask("on_target", aims(**BOTH, requires=["CDL"]), content=content) == on


@pytest.mark.parametrize(("requires", "held", "content", "met"), [
    (["PMP®"], [], {"confers": ["pmp"]}, Truth.YES), (["PMP", "CDL"], ["cdl"], {"confers": ["PMP"]}, Truth.YES), (["PMP"], [], {}, Truth.OPEN),
    (["PMP", "CDL"], [], {"confers": ["PMP"]}, Truth.NO), (["PMP"], [], {"confers": []}, Truth.NO), (["PMP"], ["PMP"], {"confers": []}, Truth.YES),
    (["Sécurité, niveau 1"], [], {"confers": ["SECURITE niveau-1"]}, Truth.YES), (["This Award"], [], {"confers": []}, Truth.YES),
    (["This Award"], [], {}, Truth.YES), (["C++ Associate"], [], {"confers": ["C Associate"]}, Truth.NO),
])  # fmt: skip
def test_the_requirement_is_met_by_what_is_held_and_conferred(requires: Any, held: Any, content: Any, met: Truth) -> None:  # fmt: skip
    """Required less held less conferred must leave nothing; a stated list is complete, an absent one unknown."""
    goal = {"learner": {"holds": held}, "target": {"requires": requires}}
    assert ask("requirement_met", goal, called="this award", content=content) == met


@pytest.mark.parametrize(("kind", "award", "wanted", "held", "met"), [
    ("degree", "master", "bachelor", "secondary", Truth.YES), ("degree", "bachelor", "bachelor", None, Truth.YES),
    ("degree", "associate", "bachelor", "secondary", Truth.NO), ("degree", "associate", "bachelor", "bachelor", Truth.YES),
    ("degree", None, "bachelor", "secondary", Truth.OPEN), ("bootcamp", None, "bachelor", "secondary", Truth.NO),
    ("bootcamp", None, "certificate", "secondary", Truth.OPEN), ("bootcamp", "certificate", "certificate", "secondary", Truth.YES),
    ("apprenticeship", None, "associate", "secondary", Truth.OPEN),
])  # fmt: skip
def test_an_award_is_a_level_of_education(kind: str, award: Any, wanted: str, held: Any, met: Truth) -> None:
    """As high as wanted, or held already; what is not said is open, but a boot camp awards no degree."""
    goal = {"learner": {} if held is None else {"education": held}, "target": {"award": wanted}}
    assert ask("requirement_met", goal, kind=kind, content={} if award is None else {"award": award}) == met


def licence(occupation: str, jurisdiction: str = "US-TX") -> dict[str, str]:
    return {"occupation": occupation, "jurisdiction": jurisdiction}


@pytest.mark.parametrize(("wanted", "content", "leads"), [
    ("53-3032", {"confers_licence": [licence("53-3032.00")]}, Truth.YES), ("53-3032", {"confers_licence": [licence("53-3033")]}, Truth.NO),
    ("Truck Driver", {"confers_licence": [licence("truck-driver")]}, Truth.YES), ("53-3032", {"confers_licence": []}, Truth.NO),
    ("53-3032", {"confers_licence": [licence("53-3032", "US-IL")]}, Truth.NO), ("53-3032", {"confers_licence": [licence("truck driver")]}, Truth.OPEN),
    ("53-3032", {"confers_licence": [licence("53-3033"), licence("53-3032")]}, Truth.YES), ("53-3032", {}, Truth.OPEN),
    ("53-3032", {"occupations": ["15-1252"]}, Truth.NO), ("53-3032", {"occupations": ["15-1252", "driver"]}, Truth.OPEN),
    ("53-3032", {"occupations": ["53-3033"]}, Truth.OPEN), ("53-3032", {"confers_licence": [licence("truck driver", "US-IL")]}, Truth.NO),
])  # fmt: skip
def test_a_licence_counts_for_its_occupation_and_jurisdiction(wanted: str, content: Any, leads: Truth) -> None:
    """Of the same work in the same place; unsaid is open, but training for wholly other work leads to none."""
    goal = aims(licence=licence(wanted))
    assert ask("licence_conferred", goal, content=content) == ask("requirement_met", goal, content=content) == leads


@pytest.mark.parametrize(("holds", "target", "content", "adds"), [
    (["This Award"], {}, {}, Truth.NO), (["CDL", "BLS"], {}, {"confers": ["cdl", "bls"]}, Truth.NO), (["CDL"], {}, {"confers": ["CDL", "BLS"]}, Truth.YES),
    (["CDL"], {"requires": ["CDL"]}, {"confers": ["BLS"]}, Truth.NO), (["CDL"], {"requires": ["CDL"], "skills": ["SQL"]}, {"confers": ["BLS"]}, Truth.YES),
    (["CDL"], {"requires": ["CDL"], "licence": licence("53-3032")}, {"confers": ["BLS"]}, Truth.YES), (["CDL"], {}, {}, Truth.OPEN), ([], {}, {}, Truth.YES),
])  # fmt: skip
def test_what_is_held_already_adds_nothing(holds: Any, target: Any, content: Any, adds: Truth) -> None:
    """Its own name held, all it confers held, or nothing needed any more; a skill or a licence still wanted is something."""
    assert ask("adds_something", {"learner": {"holds": holds}, "target": target}, called="This  award", content=content) == adds  # fmt: skip


CALM = {"education": "secondary", "age": 21, "residence": "US-CO", "holds": ["CPR"], "languages": ["en"],
        "experience": [{"field": "IT project management", "months": 20}, {"field": "cooking", "months": 60}]}  # fmt: skip
MONTHS = {"experience_months": 24, "experience_field": "Project-Management"}


@pytest.mark.parametrize(("ways", "met", "missing"), [
    ([{"education": "secondary"}], Truth.YES, None), ([{"education": "bachelor"}], Truth.NO, "bachelor education"),
    ([{"age": 21}], Truth.YES, None), ([{"age": 22}], Truth.NO, "age 22"), ([{"residence": ["US-NM", "US"]}], Truth.YES, None),
    ([{"residence": ["US-NM", "DE"]}], Truth.NO, "residence in US-NM or DE"), ([{"holds": ["cpr."]}], Truth.YES, None),
    ([{"holds": ["CPR", "BLS"]}], Truth.NO, "BLS"), ([{"languages": ["en"]}], Truth.YES, None), ([{"languages": ["de"]}], Truth.NO, "the language de"),
    ([{"experience_months": 80}], Truth.YES, None), ([MONTHS | {"experience_months": 20}], Truth.YES, None), ([{}], Truth.YES, None),
    ([MONTHS], Truth.NO, "24 months' experience in Project-Management; you have 20, 4 to go"),
    ([{"education": "bachelor"}, {"age": 21, "holds": ["CPR"]}], Truth.YES, None),
    ([{"education": "bachelor"}, {"age": 22, "holds": ["BLS"]}], Truth.NO, "bachelor education, or age 22 and BLS"),
])  # fmt: skip
def test_any_alternative_admits_and_all_of_it_is_needed(ways: Any, met: Truth, missing: str | None) -> None:
    """Of several ways one is enough; within a way everything is; what lacks is named, the months still to go as well."""
    content = {"prerequisites": [{"any": [{"age": 18}]}, {"any": ways}]}
    assert ask("prerequisites_met", {"learner": CALM}, content=content) == met
    case = case_of({"learner": CALM}, content=content)
    assert case.program.text("alignment.prerequisites_missing") == missing


@pytest.mark.parametrize("way", [{"education": "bachelor"}, {"age": 1}, {"residence": ["US"]}, {"holds": ["CPR"]}, {"languages": ["en"]}, MONTHS])  # fmt: skip
def test_what_a_learner_does_not_say_is_open(way: dict[str, Any]) -> None:
    """Silence on either side is no failure: the learner's, or of a program that does not state what it asks."""
    assert ask("prerequisites_met", content={"prerequisites": [{"any": [way]}]}) == Truth.OPEN
    assert case_of(content={"prerequisites": [{"any": [way]}]}).program.text("alignment.prerequisites_missing")
    assert ask("prerequisites_met", {"learner": CALM}, content={"prerequisites": "suppressed"}) == Truth.OPEN
    assert ask("prerequisites_met", content={"prerequisites": []}) == Truth.YES


@pytest.mark.parametrize(("level", "reached"), [
    ("entry", Truth.NO), ("intermediate", Truth.YES), ("advanced", Truth.YES), ("suppressed", Truth.OPEN),
])  # fmt: skip
def test_a_level_is_reached_from_itself_upwards(level: str, reached: Truth) -> None:
    """Intermediate is reached by itself and by advanced; a level nobody states is open."""
    assert ask("level_reached", aims(level="intermediate"), content={"level": level}) == reached


def pay(value: Any, **more: Any) -> dict[str, Any]:
    """Yearly pay from records of so many that sampling does not matter."""
    worth = value if isinstance(value, dict) else {"value": value}
    return {"period": "year", "tier": "administrative", "n": 10**14, **worth, **more}


LEAST = {"target": {"minimum_earnings": {"value": 25, "period": "hour"}}, "means": {"current_earnings": {"value": 40_000, "period": "year"}}}  # fmt: skip


@pytest.mark.parametrize(("outcomes", "enough"), [
    ({"upper_quartile_earnings": pay(52_000)}, Truth.YES), ({"upper_quartile_earnings": pay(51_999)}, Truth.NO),
    ({"upper_quartile_earnings": pay({"low": 50_000, "high": 54_000})}, Truth.OPEN),
    ({"upper_quartile_earnings": pay({"low": 50_000, "high": 52_000})}, Truth.OPEN), ({"median_earnings": pay(30_000)}, Truth.OPEN),
    ({"median_earnings": pay(53_000)}, Truth.YES), ({"median_earnings": pay(30_000), "upper_quartile_earnings": pay(60_000)}, Truth.YES),
    ({"median_earnings": {"value": 90_000, "period": "year"}}, Truth.OPEN), ({}, Truth.OPEN),
])  # fmt: skip
def test_a_median_alone_never_pays_too_little(outcomes: dict[str, Any], enough: Truth) -> None:
    """25 an hour is 52,000 a year; the best-paid quarter fails below it, a shown median above it passes, a claim does not."""
    assert ask("pays_enough", LEAST, outcomes=outcomes) == enough


@pytest.mark.parametrize(("median", "expected"), [
    (pay(65_000), (65_000,) * 3), (pay(25, period="hour"), (52_000,) * 3), ({"value": 60_000, "period": "year"}, (0, 44_000, 133_694.04)),
])  # fmt: skip
def test_pay_is_expected_as_far_as_it_is_shown(median: dict[str, Any], expected: tuple[float, ...]) -> None:
    """A claim never lifts pay above 40,000 and the base gain of 4,000; its one graduate may earn 2.228234 times 60,000."""
    assert ask("expected_pay", LEAST, outcomes={"median_earnings": median}) == pytest.approx(expected, rel=1e-5)
    adequacy = tuple(end / 52_000 for end in expected)
    assert ask("pay_adequacy", LEAST, outcomes={"median_earnings": median}) == pytest.approx(adequacy, rel=1e-5)


SURE = {"value": 0.8, "tier": "administrative", "n": 10**14}


@pytest.mark.parametrize(("outcomes", "share"), [
    ({"placement_rate": SURE, "placement_in_field": True}, (0.8,) * 3), ({"placement_rate": SURE, "placement_in_field": False}, (0.7,) * 3),
    ({"placement_rate": SURE}, (0.7, 0.7, 0.8)), ({}, (0, 0.5, 1)), ({"placement_rate": 1, "placement_in_field": True}, (0, 0.5, 1)),
    ({"placement_rate": 0.2, "placement_in_field": True}, (0, 0.2 * 0.24 + 0.5 * 0.76, 1)), ({"placement_in_field": False}, (0, 0.5, 0.7)),
])  # fmt: skip
def test_placement_counts_in_the_field(outcomes: dict[str, Any], share: tuple[float, ...]) -> None:
    """In any work at most .7; unsaid, at most that at the likely end; half where nobody knows, and no more by a claim."""
    assert ask("placement", outcomes=outcomes) == pytest.approx(share, abs=1e-6)


def test_advancement_is_rare_where_nobody_shows_it() -> None:
    """One in eight is the base; a share that records show is itself."""
    assert ask("advancement") == pytest.approx((0, 0.12, 1))
    assert ask("advancement", outcomes={"advancement_rate": SURE}) == pytest.approx((0.8,) * 3, abs=1e-6)


@pytest.mark.parametrize(("target", "word"), [
    ({"in_demand": True}, "listed"), ({"in_demand": False}, None), ({"growth": -0.1, "in_demand": True}, "declining"),
    ({"growth": 5, "average_growth": 3}, "faster"), ({"growth": 3, "average_growth": 3}, "average"), ({"growth": 0, "average_growth": 3}, "slower"),
    ({"growth": 5}, None), ({}, None),
])  # fmt: skip
def test_demand_is_growth_against_the_average_or_a_list(target: dict[str, Any], word: str | None) -> None:
    """Below zero it declines whatever a list says; without the average, growth says nothing more."""
    assert ask("demand", {"target": target}) == word


def test_content_is_dated_taught_and_needed_as_stated() -> None:
    """731 days are two years, a later day is none; who teaches and how need was shown are told, or unknown."""
    assert ask("review_age", content={"last_reviewed": date(2024, 11, 23)}) == pytest.approx((2,) * 3, abs=0.002)
    assert ask("review_age", content={"last_reviewed": date(2027, 1, 1)}) == (0, 0, 0)
    for practise, who in ((True, "practitioners"), (False, "others"), ("suppressed", None)):
        assert ask("instructors", content={"instructors": {"practitioners": practise}}) == who
    assert [ask("need_evidence", content={"need_evidence": w}) for w in ("documented", "none", "suppressed")] == ["documented", "none", None]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_of_an_empty_program_no_fit_is_known(kind: str) -> None:
    """Nothing is known but base rates between nothing and all, and what the goal itself says of demand."""
    goal = {"target": {"skills": ["SQL"], "occupation": "15-1252", "requires": ["CDL"], "level": "entry", "in_demand": True,
                       "minimum_earnings": {"value": 1, "period": "hour"}}, "learner": {"holds": ["BLS"]}}  # fmt: skip
    for name in (n.removeprefix("alignment.") for n in MEASURES if n.startswith("alignment.")):
        found = ask(name, goal, kind=kind)
        if name in ("placement", "advancement"):
            assert (found[0], found[2]) == (0, 1), name
        elif name == "demand":
            assert found == "listed"
        elif name == "licence_conferred":
            assert found == Truth.YES, "no licence is asked for"
        else:
            assert found is None or found == Truth.OPEN or (isinstance(found, tuple) and isnan(found[1])), name


def test_a_licence_named_by_its_title_is_not_left_open_for_those_who_train_for_wholly_other_work() -> None:
    """The target's own code speaks for the title of its licence: a web developer's course leads to no driving licence."""
    goal = Goal.model_validate({
        "name": "g", "aim": "licence",
        "target": {"occupation": "53-3032", "title": "Heavy truck drivers",
                   "licence": {"occupation": "Heavy Truck Drivers", "jurisdiction": "US-TX"}},
    })  # fmt: skip
    rubric = load_rubric()
    for code, possible in (("15-1254", False), ("53-3033", True), ("15125400", False)):
        program = Program.model_validate(
            {"name": "p", "provider": "q", "kind": "certificate", "content": {"occupations": [code]}}
        )
        case = read_case(program, goal, Given(rubric.assumptions), date(2026, 11, 24))

        assert MEASURES["alignment.licence_conferred"](case).possible is possible
        assert MEASURES["alignment.on_target"](case).possible is possible
