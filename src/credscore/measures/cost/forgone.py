"""Forgone: pay that study and job search displace, less pay during an apprenticeship.

Unknown attendance leaves it open between nothing and all of the learner's pay.
"""

from __future__ import annotations

from credscore.measures import time
from credscore.measures.case import Case, measure
from credscore.measures.cost.price import net_price, stated
from credscore.model.cell import UNKNOWN, both, either, is_word, known, negate
from credscore.model.estimate import Estimate, Truth, where_estimate
from credscore.model.fact import PER_YEAR

WEEKS = PER_YEAR["week"]
LEAVES_A_JOB = ("enter", "switch")


def own_pay(case: Case) -> float:
    """The learner's own pay now (goal currency per year); unknown where not stated."""
    now = case.goal.means.current_earnings
    return UNKNOWN if now is None else now.yearly


def yardstick_pay(case: Case) -> float:
    """A year's pay to measure a loss by: the learner's own, or their target's where they earn nothing now."""
    target = case.goal.target
    for found in (case.goal.means.current_earnings, target.earnings, target.minimum_earnings):
        if found is not None and found.yearly > 0:
            return found.yearly
    return UNKNOWN


def displaces_work(case: Case) -> Truth:
    """Whether study takes the place of work: as stated, or by its hours a week against full time and free hours.

    Self-paced study is done in free hours, whatever pace its provider promises.
    """
    pacing, weekly = case.program.text("time.pacing"), time.weekly_hours(case)
    self_paced = is_word(pacing, "self-paced")
    full_time = weekly.at_least(case.given.number("full-time-hours")).certain
    fits = weekly.at_most(stated(case.goal.means.hours_per_week)).certain
    no = either(self_paced, both(negate(full_time), fits))
    fact = case.program.truth("time.displaces_work")
    return Truth(
        either(fact.certain, both(both(fact.possible, full_time), negate(self_paced))),
        both(fact.possible, either(fact.certain, negate(no))),
    )


@measure("money")
def forgone_pay(case: Case) -> Estimate:
    """Pay lost during study and job search, less pay received while learning (money; below zero if that is more)."""
    own, weeks = own_pay(case), time.weeks(case)
    displaced = displaces_work(case)
    lost = weeks * (own / WEEKS) + search_pay(case)
    earned = _paid_while_learning(case) * weeks * (1.0 / WEEKS)
    left = displaced.choose(lost, Estimate.of(0.0), _from_nothing_to(lost))
    received = displaced.choose(earned, Estimate.of(0.0), _from_nothing_to(earned))
    return left - received


def _from_nothing_to(whole: Estimate) -> Estimate:
    return Estimate(0.0 * whole.low, 0.5 * whole.likely, whole.high)


def search_pay(case: Case) -> Estimate:
    """Pay lost while looking for work after leaving it to study (money); nothing in an apprenticeship."""
    if case.goal.aim not in LEAVES_A_JOB:
        return Estimate.of(0.0)
    wanted = case.goal.means.search_weeks
    weeks = Estimate.of(wanted) if wanted is not None else case.given.range("search-weeks")
    searches = negate(is_word(case.program.text("kind"), "apprenticeship"))
    return where_estimate(searches, weeks * (own_pay(case) / WEEKS), Estimate.of(0.0))


def _paid_while_learning(case: Case) -> Estimate:
    """Yearly pay while learning: as stated; for an apprenticeship that states none, a range; else nothing."""
    own = own_pay(case)
    apprentice = is_word(case.program.text("kind"), "apprenticeship")
    unstated = where_estimate(apprentice, case.given.range("absent-pay-during") * own, Estimate.of(0.0))
    return case.program.number("cost.pay_during").or_else(unstated)


@measure("money")
def at_risk(case: Case) -> Estimate:
    """What is lost if it fails (money): net price and pay forgone. Upkeep can be avoided, so it is not at risk."""
    return net_price(case) + forgone_pay(case)


@measure("money")
def upkeep(case: Case) -> Estimate:
    """Childcare, travel and living costs that study adds (money), at the learner's own figure."""
    added = case.goal.means.upkeep
    return Estimate.of(0.0) if added is None else time.weeks(case) * (added.yearly / WEEKS)


@measure("ratio")
def burden(case: Case) -> Estimate:
    """At risk and upkeep as a share of a year's pay (ratio); derived from 34 CFR 668.402 as the rubric says."""
    total = at_risk(case) + upkeep(case)
    nothing = at_most_nothing(total)
    share = total.over(yardstick_pay(case))
    return where_estimate(nothing, Estimate.of(0.0), share)


def at_most_nothing(total: Estimate) -> bool:
    """Whether a sum is certainly nothing or less."""
    return both(known(total.high), total.at_most(0.0).certain)  # type: ignore[return-value]
