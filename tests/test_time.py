"""Time: hours, weeks, load, deadlines, limits and finishing, in numbers worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from math import inf, isnan
from typing import Any

import pytest

from credscore.api import load_rubric
from credscore.measures import MEASURES, Given, read_case
from credscore.model.estimate import Estimate, Truth
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.program.terms import KINDS

GIVEN, DAY = Given(load_rubric("standard").assumptions), date(2026, 11, 24)


def ask(name: str, goal: dict[str, Any] | None = None, *, kind: str = "bootcamp", **rooms: Any) -> Any:
    """The answer of a time measure for a program that states these rooms; an estimate as low, likely, high."""
    program = Program.model_validate({"name": "p", "provider": "q", "kind": kind, **rooms})
    case = read_case(program, Goal.model_validate({"name": "g", "aim": "learn", **(goal or {})}), GIVEN, DAY)
    found = MEASURES[f"time.{name}"](case)
    return (found.low, found.likely, found.high) if isinstance(found, Estimate) else found


def free(hours: float, weeks: float | None = None) -> dict[str, Any]:
    """A learner with so many hours a week, and so many weeks to a last day."""
    return {"means": {"hours_per_week": hours}, "limits": {} if weeks is None else {"deadline": in_weeks(weeks)}}


def in_weeks(weeks: float) -> date:
    return DAY + timedelta(days=7 * weeks)


def credited(credits_: float, system: str) -> dict[str, Any]:
    return {"transferability": {"credits": credits_, "credit_system": system}}


@pytest.mark.parametrize(("kind", "rooms", "hours"), [
    ("bootcamp", {"time": {"workload_hours": 120, "instruction_hours": 10}, **credited(9, "us-semester")}, (120,) * 3),
    ("bootcamp", {"time": {"workload_hours": {"low": 100, "high": 140}}}, (100, 120, 140)),
    ("degree", {"time": {"instruction_hours": 10}, **credited(4, "us-semester")}, (180,) * 3),
    ("degree", credited(3, "ects"), (75, 82.5, 90)), ("degree", credited(2, "us-quarter"), (60, 66, 72)),
    ("degree", credited(0, "ncrf"), (0,) * 3), ("bootcamp", {"time": {"instruction_hours": 40}}, (40, 60, 120)),
    ("licence-training", {"time": {"instruction_hours": 40}}, (40, 40, 60)),
    ("apprenticeship", {"time": {"instruction_hours": 40}}, (40, 40, 60)),
])  # fmt: skip
def test_hours_are_stated_or_follow_from_credits_or_class(kind: str, rooms: Any, hours: tuple[float, ...]) -> None:
    """45 hours a semester credit, 25 to 30 an ECTS one; an hour of class takes 1 to 3 of work, 1 to 1.5 in clock hours."""
    assert ask("hours", kind=kind, **rooms) == pytest.approx(hours)


def test_credits_without_their_system_say_nothing_of_hours() -> None:
    """Three credits may be anything from 30 to 135 hours, so the hours stay unknown."""
    assert isnan(ask("hours", transferability={"credits": 3})[1])


PACED = {"workload_hours": 120, "duration_weeks": 8}


@pytest.mark.parametrize(("pacing", "weeks", "load"), [
    ({"pacing": "cohort"}, (8,) * 3, (1.5,) * 3), ({"pacing": "self-paced"}, (12,) * 3, (1.2,) * 3), ({}, (8, 8, 12), (1.2, 1.5, 1.5)),
    ({"pacing": "suppressed"}, (8, 8, 12), (1.2, 1.5, 1.5)),
])  # fmt: skip
def test_pacing_decides_whose_weeks_count(pacing: Any, weeks: tuple[float, ...], load: tuple[float, ...]) -> None:
    """120 hours are 15 a week for 8 weeks, or 10 free hours for 12; 1.5 of 10, or 1.2 of the 100 until the last day."""
    assert ask("weeks", free(10, 10), time=PACED | pacing) == pytest.approx(weeks)
    assert ask("load", free(10, 10), time=PACED | pacing) == pytest.approx(load)
    assert ask("weekly_hours", free(10, 10), time=PACED | pacing) == (15, 15, 15)


@pytest.mark.parametrize(("goal", "load"), [
    (free(10), 120 / 520), (free(10, 24), 0.5), (free(10, 0), inf), (free(0), inf), ({}, None),
    (free(10) | {"limits": {"deadline": in_weeks(-1)}}, inf), ({"means": {"hours_per_week": 10, "deadline": in_weeks(6)}}, 2),
])  # fmt: skip
def test_own_pace_has_until_the_deadline_or_a_year(goal: dict[str, Any], load: float | None) -> None:
    """120 hours of 10 a week over 52 weeks, or over those that are left; no hour free and no week left is no bound."""
    found = ask("load", goal, time=PACED | {"pacing": "self-paced"})
    assert isnan(found[1]) if load is None else found == pytest.approx((load,) * 3)


COHORT = {"pacing": "cohort", "duration_weeks": 8}


@pytest.mark.parametrize(("time", "weeks", "ratio", "fits"), [
    (COHORT | {"starts": [in_weeks(5), in_weeks(2), in_weeks(-1)]}, 10, (1,) * 3, Truth.YES),
    (COHORT | {"starts": [in_weeks(0)]}, 8, (1,) * 3, Truth.YES), (COHORT | {"starts": [in_weeks(3)]}, 10, (1.1,) * 3, Truth.NO),
    (COHORT, 20, (0.4, 0.6, 1.05), Truth.OPEN), (COHORT, 21, (8 / 21, 12 / 21, 1), Truth.YES),
    (COHORT | {"starts": [in_weeks(-1)]}, 20, (0.4, 0.6, 1.05), Truth.OPEN),
    (PACED | {"pacing": "self-paced", "starts": [in_weeks(30)]}, 15, (0.8,) * 3, Truth.YES),
    (COHORT | {"starts": [in_weeks(0)]}, 0, (inf,) * 3, Truth.NO),
])  # fmt: skip
def test_a_deadline_counts_the_wait_for_a_start(time: Any, weeks: float, ratio: Any, fits: Truth) -> None:
    """The next start counts, else 4 weeks of 0 to 13; own pace waits for none; on the last day is still in time."""
    assert ask("overrun", free(10, weeks), time=time) == pytest.approx(ratio)
    assert ask("ends_by_deadline", free(10, weeks), time=time) == fits


@pytest.mark.parametrize(("rooms", "kind", "fits"), [
    ({"workload_hours": 100, **COHORT}, "bootcamp", Truth.YES), ({"workload_hours": 101, **COHORT}, "bootcamp", Truth.NO),
    ({"workload_hours": {"low": 90, "high": 110}, **COHORT}, "bootcamp", Truth.OPEN), (COHORT, "bootcamp", Truth.OPEN),
    ({"workload_hours": 101, "duration_weeks": 8}, "bootcamp", Truth.OPEN),
    ({"workload_hours": 101, "duration_weeks": 8, "pacing": "self-paced"}, "bootcamp", Truth.YES),
    ({"workload_hours": 320, **COHORT}, "apprenticeship", Truth.OPEN),
])  # fmt: skip
def test_a_fixed_timetable_has_a_quarter_of_slack(rooms: Any, kind: str, fits: Truth) -> None:
    """12.5 hours a week for someone with 10 still fit, one hour in eight weeks more does not; an own pace always fits."""
    assert ask("timetable_fits", free(10), time=rooms, kind=kind) == fits


@pytest.mark.parametrize(("pay", "fits"), [(18, Truth.YES), (0, Truth.NO)])
def test_paid_training_is_the_job(pay: float, fits: Truth) -> None:
    """Forty paid hours a week need no free ones; unpaid they do."""
    rooms = {"cost": {"pay_during": {"value": pay, "period": "hour"}}, "time": {"workload_hours": 320, **COHORT}}
    assert ask("timetable_fits", free(10), kind="apprenticeship", **rooms) == fits


def test_more_than_forty_hours_a_week_is_flagged_when_certain() -> None:
    """320 hours in eight weeks are forty a week; one more flags, a range that may fit and an apprentice's do not."""
    for hours, kind, flag in ((320, "bootcamp", Truth.NO), (321, "bootcamp", Truth.YES), (321, "apprenticeship", Truth.NO),
                              ({"low": 320, "high": 400}, "bootcamp", Truth.NO)):  # fmt: skip
        assert ask("faster_than_work", time={"workload_hours": hours, **COHORT}, kind=kind) == flag


def counted(value: float) -> dict[str, Any]:
    """A rate from records of so many that sampling does not matter."""
    return {"value": value, "tier": "administrative", "n": 10**14}


@pytest.mark.parametrize(("kind", "outcomes", "share"), [
    ("bootcamp", {}, (0, 0.6, 1)), ("online-course", {}, (0, 0.46, 1)), ("certificate", {}, (0, 0.673, 1)),
    ("bootcamp", {"completion_rate": counted(0.8)}, (0.8,) * 3), ("bootcamp", {"completion_rate": 0.9}, (0, 0.6, 1)),
    ("bootcamp", {"completion_rate": 0.3}, (0, 0.528, 1)), ("bootcamp", {"pass_rate": counted(0.9)}, (0, 0.6, 1)),
    ("certification", {"pass_rate": counted(0.9), "completion_rate": counted(0.1)}, (0.9,) * 3),
])  # fmt: skip
def test_finishing_is_believed_as_far_as_it_is_shown(kind: str, outcomes: Any, share: tuple[float, ...]) -> None:
    """Silence is its kind's base; a claim of .9 lifts nothing, one of .3 counts .24 beside .6; who finishes an exam passes."""
    assert ask("completion", kind=kind, outcomes=outcomes) == pytest.approx(share, abs=1e-6)


def test_days_to_a_job_and_an_unreported_pass_rate() -> None:
    """Days are told as they are stated; an unreported pass rate of licence training is .7, of others .6."""
    assert ask("days_to_job", outcomes={"days_to_job": {"low": 60, "high": 120}}) == (60, 90, 120)
    assert [ask("pass_rate", kind=kind) for kind in ("licence-training", "bootcamp")] == [(0, 0.7, 1), (0, 0.6, 1)]


OFFER = {"modality": "hybrid", "schedule": ["weekday", "evening"], "supports": []}


@pytest.mark.parametrize(("wish", "time", "share", "kept"), [
    ({"modality": ["online", "hybrid"], "schedule": ["evening"]}, OFFER, (1,) * 3, Truth.YES),
    ({"schedule": ["weekend"], "modality": ["hybrid"], "supports": ["childcare"]}, OFFER, (1 / 3,) * 3, Truth.NO),
    ({"modality": ["hybrid"], "supports": ["childcare"]}, {"modality": "hybrid"}, (0.5, 0.5, 1), Truth.OPEN),
    ({"modality": ["online"], "supports": ["childcare"]}, {"modality": "hybrid"}, (0, 0, 0.5), Truth.NO),
    ({"modality": ["online"]}, {"modality": "suppressed"}, None, Truth.OPEN), ({}, OFFER, None, Truth.YES),
])  # fmt: skip
def test_wishes_are_shared_out_and_limits_kept(wish: Any, time: Any, share: Any, kept: Truth) -> None:
    """One of three wishes is a third; what is not stated may be met; a limit that is surely broken breaks them all."""
    found = ask("flexibility", {"means": wish}, time=time)
    assert isnan(found[1]) if share is None else found == pytest.approx(share)
    assert ask("within_limits", {"limits": wish}, time=time) == kept


@pytest.mark.parametrize(("language", "kept"), [("en", Truth.YES), ("de", Truth.NO), (None, Truth.OPEN)])
def test_a_language_can_be_a_limit(language: str | None, kept: Truth) -> None:
    """Taught in one of the languages is within the limit; a language nobody states is open."""
    assert ask("within_limits", {"limits": {"languages": ["en", "fr"]}}, language=language) == kept


ANSWERED = {"pass_rate", "completion", "within_limits", "faster_than_work"}


@pytest.mark.parametrize("kind", KINDS)
def test_of_an_empty_program_no_time_is_known(kind: str) -> None:
    """Only the base rates, the limits nobody set and a flag nobody raised are answered; the rates are wide open."""
    goal = free(10, 10) | {"means": {"hours_per_week": 10, "modality": ["online"]}}
    for name in (n.removeprefix("time.") for n in MEASURES if n.startswith("time.")):
        found = ask(name, goal, kind=kind)
        if name in ("pass_rate", "completion"):
            assert (found[0], found[2]) == (0, 1), name
        elif name not in ANSWERED:
            assert found == Truth.OPEN or (isinstance(found, tuple) and isnan(found[1])), name
    assert ask("within_limits", goal, kind=kind) == Truth.YES
    assert ask("faster_than_work", goal, kind=kind) == Truth.NO
