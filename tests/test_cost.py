"""Cost: prices, pay forgone, borrowing and returns, in numbers worked by hand."""

from __future__ import annotations

from datetime import date
from math import inf, isnan
from typing import Any

import pytest

from credscore.api import load_rubric
from credscore.errors import RateError
from credscore.measures import MEASURES, Given, read_case
from credscore.model.estimate import Estimate, Truth
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.program.terms import KINDS

GIVEN, DAY = Given(load_rubric("standard").assumptions), date(2026, 11, 24)
BOUNDED = {"fees": 0, "materials": 0, "equipment": 0, "exam": 0}


def ask(name: str, goal: dict[str, Any] | None = None, *, kind: str = "bootcamp", day: date = DAY, **rooms: Any) -> Any:
    """The answer of a cost measure for a program that states these rooms; an estimate as low, likely, high."""
    program = Program.model_validate({"name": "p", "provider": "q", "kind": kind, **rooms})
    case = read_case(program, Goal.model_validate({"name": "g", "aim": "switch", **(goal or {})}), GIVEN, day)
    found = MEASURES[f"cost.{name}"](case)
    return (found.low, found.likely, found.high) if isinstance(found, Estimate) else found


def yearly(value: float, period: str = "year") -> dict[str, Any]:
    return {"value": value, "period": period}


def sure(value: float, **more: Any) -> dict[str, Any]:
    """A figure from wage records of so many that sampling does not matter."""
    return {"value": value, "tier": "administrative", "n": 10**14, **more}


def own(pay: float = 52_000, aim: str = "switch", **means: Any) -> dict[str, Any]:
    """A learner who earns this much a year, 1,000 a week if nothing is said, and needs ten weeks to find a job."""
    return {"aim": aim, "means": {"current_earnings": yearly(pay), "search_weeks": 10, **means}}


PARTS = {"tuition": 5000, "fees": 100, "materials": 200, "equipment": 300, "exam": 400}


@pytest.mark.parametrize(("cost", "kind", "price"), [
    (PARTS, "bootcamp", (6000,) * 3), (PARTS | {"tax_rate": 0.08}, "bootcamp", (6480,) * 3),
    (PARTS | {"total": 3000}, "bootcamp", (3000,) * 3), ({"tuition": 1000}, "bootcamp", (1000, 1045, 1885)),
    (PARTS | {"exam": "suppressed"}, "bootcamp", (5600, 5600, 6225)),
    (BOUNDED | {"tuition": {"low": 1000, "high": 2000}}, "bootcamp", (1000, 1500, 2000)),
    ({"exam": 400, "tax_rate": 0.25}, "certification", (500,) * 3),
])  # fmt: skip
def test_the_price_is_the_sum_of_its_parts(cost: dict[str, Any], kind: str, price: tuple[float, ...]) -> None:
    """A part left out lies between nothing and 34, 29, 13 or 12.5 % of tuition, and is not zero; a bare exam has none."""
    assert ask("price", cost=cost, kind=kind) == pytest.approx(price)
    assert isnan(ask("price", cost={"fees": 100, "exam": 400})[1])


def test_euros_become_dollars_at_the_rate_of_the_day() -> None:
    """On 2 January 2024 the European Central Bank gave 1.0956 dollars for a euro; a currency it does not know is refused."""
    cost = {"total": 1000, "currency": "EUR", "aid": [{"name": "a", "amount": 500}]}
    assert ask("price", cost=cost, day=date(2024, 1, 2)) == pytest.approx((1095.60,) * 3)
    assert ask("net_price", cost=cost, day=date(2024, 1, 2)) == pytest.approx((547.80,) * 3)
    with pytest.raises(RateError):
        ask("price", cost=cost | {"currency": "KES"})


AID = {"total": 10_000, "aid": [
    {"name": "state", "share": 0.3, "when": {"residence": ["US-CO"]}},
    {"name": "young", "amount": 4000, "cap": 3500, "when": {"age": [18, 24]}},
    {"name": "veteran", "amount": 2000, "stacks": True, "when": {"status": ["veteran"]}},
    {"name": "sent", "share": 1, "when": {"sponsor": ["employer"]}},
]}  # fmt: skip
VETERAN = {"residence": "US-CO", "age": 24, "status": ["veteran"]}


@pytest.mark.parametrize(("learner", "means", "net"), [
    (VETERAN, {"sponsor": "state"}, (4500,) * 3), (VETERAN, {"sponsor": "state", "sponsor_pays": 0.5}, (2250,) * 3),
    (VETERAN | {"age": 25}, {"sponsor": "state"}, (5000,) * 3), (VETERAN | {"status": []}, {"sponsor": "state"}, (6500,) * 3),
    ({"residence": "US-NM", "age": 25, "status": ["student"]}, {"sponsor": "state"}, (10_000,) * 3),
    ({"residence": "US-CO", "status": ["veteran"]}, {"sponsor": "state"}, (4500, 5000, 5000)),
    ({}, {"sponsor": "state"}, (4500, 10_000, 10_000)), ({}, {"sponsor": "employer"}, (0,) * 3), ({}, {}, (0, 10_000, 10_000)),
])  # fmt: skip
def test_aid_depends_on_who_asks(learner: dict[str, Any], means: dict[str, Any], net: tuple[float, ...]) -> None:
    """The larger of 3,000 and 3,500 counts, 2,000 stacks on it; what a goal does not say helps the low end only."""
    assert ask("net_price", {"learner": learner, "means": means}, cost=AID) == pytest.approx(net)


def test_who_has_no_sponsor_gets_no_sponsors_aid() -> None:
    """A goal that says there is no sponsor has spoken: half off for those whom an employer sends is not for them."""
    aid = [{"name": "a", "share": 0.5, "when": {"sponsor": ["employer"]}}]
    assert ask("net_price", {"means": {"sponsor": "none"}}, cost={"total": 1000, "aid": aid}) == (1000,) * 3


@pytest.mark.parametrize(("total", "fits"), [
    (1000, Truth.YES), (1001, Truth.NO), ({"low": 900, "high": 1100}, Truth.OPEN), ("suppressed", Truth.OPEN),
])  # fmt: skip
def test_a_budget_is_a_limit_unless_it_stretches(total: Any, fits: Truth) -> None:
    """A range that straddles the budget is open, like a price nobody states, and a full sponsor needs no price."""
    assert ask("within_budget", {"means": {"budget": 1000}}, cost={"total": total}) == fits
    assert ask("within_budget", {"means": {"budget": 1000, "can_stretch": True}}, cost={"total": total}) == Truth.YES
    assert ask("within_budget", {"means": {"budget": 0, "sponsor_pays": 1}}, cost={"total": total}) == Truth.YES


@pytest.mark.parametrize(("total", "until", "prorata", "days", "word"), [
    (5000, 7, 0.6, 45, "full"), (5000, 7, 0.6, 46, "prorata"), (5000, 0, 0, 45, "none"), (251, "suppressed", "suppressed", 30, None),
    (250, 0, 0, 99, "trivial"),
])  # fmt: skip
def test_refunds_are_read_against_california(
    total: float, until: Any, prorata: Any, days: float, word: str | None
) -> None:
    """All back until day 7, pro rata to 60 %, paid in 45 days is full; up to 250 dollars it hardly matters."""
    refund = {"full_until_day": until, "prorata_until": prorata, "days_to_pay": days}
    assert ask("refund_terms", cost={"total": total, "refund": refund}) == word
    assert ask("no_refund", cost={"total": total, "refund": refund}) == Truth.of(word == "none")


@pytest.mark.parametrize(("measure", "kind", "cost", "rooms", "money"), [
    ("retake", "bootcamp", {"exam": 300, "retake": 150}, {"outcomes": {"pass_rate": sure(0.8)}}, (30,) * 3),
    ("retake", "bootcamp", {"exam": 300}, {"outcomes": {"pass_rate": sure(0.8)}}, (60,) * 3),
    ("retake", "bootcamp", {"exam": 400}, {}, (0, 160, 400)),
    ("renewal", "bootcamp", {"renewal": {"amount": 150, "every_years": 3}}, {"transferability": {"valid_years": 2}}, (350,) * 3),
    ("renewal", "bootcamp", {"renewal": {"amount": 100}}, {"transferability": {"valid_years": 2}}, (400,) * 3),
    ("renewal", "bootcamp", {"renewal": {"amount": 150, "every_years": 12}}, {}, (0,) * 3),
    ("renewal", "certification", {"exam": 400}, {}, (0, 100, 400)),
])  # fmt: skip
def test_exams_are_resat_and_credentials_renewed(measure: str, kind: str, cost: Any, rooms: Any, money: Any) -> None:
    """A fifth who fail pay a fifth of the fee; of ten years the first three are bought and 7/3 renewals of 150 follow."""
    assert ask(measure, kind=kind, cost=cost, **rooms) == pytest.approx(money, rel=1e-4)


@pytest.mark.parametrize("kind", ["bootcamp", "certificate"])
def test_a_renewal_fee_without_its_interval_is_not_free(kind: str) -> None:
    """Who says that renewing costs 100 and not how often has not said that it costs nothing."""
    assert ask("renewal", cost={"renewal": {"amount": 100}}, kind=kind) != (0, 0, 0)


@pytest.mark.parametrize(("goal", "time", "lost"), [
    (own(), {"displaces_work": True}, (22_000,) * 3), (own(aim="advance"), {"displaces_work": True}, (12_000,) * 3),
    (own(search_weeks=None), {"displaces_work": True}, (12_000, 22_000, 38_000)), (own(), {"displaces_work": False}, (0,) * 3),
    (own(), {"pacing": "cohort", "workload_hours": 420}, (22_000,) * 3),
    (own(hours_per_week=10), {"pacing": "cohort", "workload_hours": 120}, (0,) * 3), (own(), {}, (0, 11_000, 22_000)),
])  # fmt: skip
def test_full_time_study_costs_the_pay_it_displaces(goal: dict[str, Any], time: dict[str, Any], lost: Any) -> None:
    """Twelve weeks and ten of search at 1,000; from 35 hours a week it is full time; evenings cost none; silence is open."""
    assert ask("forgone_pay", goal, time={"duration_weeks": 12, **time}) == pytest.approx(lost)


def test_self_paced_study_in_free_hours_displaces_nothing() -> None:
    """200 hours at 10 free hours a week take 20 weeks of evenings, whatever pace the provider promises."""
    time = {"pacing": "self-paced", "workload_hours": 200, "duration_weeks": 4}
    assert ask("forgone_pay", own(hours_per_week=10), time=time) == (0, 0, 0)


def test_an_apprentice_is_paid() -> None:
    """104 weeks: 60,000 of old pay lost, 18 an hour is 74,880 got, no search; with a price of 1,000 it is worth 13,880."""
    work = {"time": {"duration_weeks": 104, "displaces_work": True}, "kind": "apprenticeship"}
    assert ask("at_risk", own(30_000), cost={"total": 1000, "pay_during": yearly(18, "hour")}, **work) == pytest.approx(
        (-13_880,) * 3
    )
    assert ask("burden", own(30_000), cost={"total": 1000, "pay_during": yearly(18, "hour")}, **work) == (0, 0, 0)
    assert ask("forgone_pay", own(30_000), **work) == pytest.approx((0, 30_000, 60_000))


LOAN = {"type": "private-loan", "apr": 0.06, "months": 60}
SHARE = {"type": "isa", "share": 0.17, "months": 24, "cap": 30_000, "floor": yearly(50_000)}


@pytest.mark.parametrize(("total", "financing", "pay", "charge"), [
    (10_000, LOAN, 40_000, 1599.68), (10_000, {}, 40_000, 3023.15), (10_000, LOAN | {"apr": 0}, 40_000, 0),
    (10_000, {"type": "employer"}, 40_000, 0), (20_000, SHARE, 80_000, 7200), (20_000, SHARE, 100_000, 10_000),
    (20_000, SHARE, 45_000, -20_000),
])  # fmt: skip
def test_borrowing_costs_what_its_terms_say(total: float, financing: Any, pay: float, charge: float) -> None:
    """193.33 a month for 60; 108.53 for 120 at 5.5 %; 17 % of two years' pay, from a floor of 50,000 to a cap of 30,000."""
    rooms = {
        "cost": {"total": total, "financing": financing},
        "outcomes": {"median_earnings": sure(pay, period="year")},
    }
    assert ask("financing_charge", own(borrows=True), **rooms) == pytest.approx((charge,) * 3, abs=0.02)
    assert ask("financing_charge", own(borrows=False), **rooms) == (0, 0, 0)


def test_debt_is_a_share_of_expected_pay() -> None:
    """12 times 193.328 over 40,000 is 5.8 %; a clawback is told, and an income share with a cap from one without."""
    pay = {"median_earnings": sure(40_000, period="year")}
    assert ask("debt_burden", cost={"total": 10_000, "financing": LOAN}, outcomes=pay) == pytest.approx(
        (0.0579984,) * 3, rel=1e-4
    )
    assert ask("financing_risk", cost={"financing": SHARE}) == "isa-capped"
    assert ask("clawback", cost={"financing": {"type": "clawback"}}) == Truth.YES


def test_a_charge_is_as_wide_as_the_price_and_the_pay_behind_it() -> None:
    """10,000 to 30,000 borrowed costs 3,023 to 9,069; an income share on unknown pay may take nothing of 20,000."""
    ranged = ask("financing_charge", own(borrows=True), cost={"total": {"low": 10_000, "high": 30_000}})
    assert ranged[0] <= 3023.16 and ranged[2] >= 9069.45
    assert ask("financing_charge", own(borrows=True), cost={"total": 20_000, "financing": SHARE})[0] <= -20_000


WHOLE = {"cost": {"total": 8000, "exam": 300, "renewal": {"amount": 150, "every_years": 3}}, "time": {"duration_weeks": 12, "displaces_work": True}}  # fmt: skip


def rates(pay: float) -> dict[str, Any]:
    return {"pass_rate": sure(0.8), "completion_rate": sure(0.8), "placement_rate": sure(0.75), "placement_in_field": True, "median_earnings": sure(pay, period="year")}  # fmt: skip


def test_the_whole_cost_comes_back_out_of_the_gain() -> None:
    """8,000 + 12,000 lost + 1,200 upkeep + 60 + 350 is 21,610: 2.161 years of a gain of 10,000, never of a loss."""
    goal = own(aim="advance", upkeep=yearly(5200))
    assert ask("whole_cost", goal, **WHOLE, outcomes=rates(62_000)) == pytest.approx((21_610,) * 3, rel=1e-4)
    assert ask("payback_years", goal, **WHOLE, outcomes=rates(62_000)) == pytest.approx((2.161,) * 3, rel=1e-4)
    assert ask("payback_years", goal, **WHOLE, outcomes=rates(50_000)) == (inf, inf, inf)
    assert ask("burden", goal, **WHOLE) == pytest.approx((21_200 / 52_000,) * 3)
    assert ask("burden", own(0) | {"target": {"earnings": yearly(40_000)}}, **WHOLE) == pytest.approx((0.2,) * 3)


@pytest.mark.parametrize(("aim", "worth"), [("switch", 0.8 * 0.75), ("raise-pay", 0.8)])
def test_expected_value_weighs_the_gain_by_finishing_and_placement(aim: str, worth: float) -> None:
    """10,000 a year for ten years at 3.5 % is 83,166; who keeps their job needs no placement."""
    rooms = {"cost": {"total": 8000}, "time": {"displaces_work": False}, "outcomes": rates(62_000)}
    factor = sum(1.035**-year for year in range(1, 11))
    assert ask("expected_value", own(aim=aim), **rooms) == pytest.approx(
        (worth * 10_000 * factor - 8000,) * 3, rel=1e-4
    )


def test_price_against_budget_savings_and_a_degree() -> None:
    """1,200 is 1.2 of 1,000 and 0.3 of 4,000; 22,108 is half of the four-year charge of 44,216."""
    assert ask("budget_ratio", {"means": {"budget": 1000}}, cost={"total": 1200}) == pytest.approx((1.2,) * 3)
    assert ask("savings_ratio", {"means": {"savings": 4000}}, cost={"total": 1200}) == pytest.approx((0.3,) * 3)
    assert ask("against_degree", cost={"total": 22_108}) == pytest.approx((0.5,) * 3)


ANSWERED = {"annual_gain": (-52_000, 4000, inf), "clawback": Truth.NO, "no_refund": Truth.NO}
EXAMINED = ("certification", "licence-training")


@pytest.mark.parametrize("kind", KINDS)
def test_of_an_empty_program_no_cost_is_known(kind: str) -> None:
    """Open but for flags nobody raised, a gain without bounds round its base, and exam costs of kinds without an exam."""
    answered = ANSWERED | ({} if kind in EXAMINED else {"retake": (0, 0, 0), "renewal": (0, 0, 0)})
    goal = own(budget=1000, savings=1000, borrows=True, upkeep=yearly(5200), hours_per_week=10)
    for name in (n.removeprefix("cost.") for n in MEASURES if n.startswith("cost.")):
        found = ask(name, goal, kind=kind)
        empty = found is None or found == Truth.OPEN or (isinstance(found, tuple) and isnan(found[1]))
        assert found == answered[name] if name in answered else empty, name
