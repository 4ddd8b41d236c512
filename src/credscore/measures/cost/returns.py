"""Returns: the whole cost, the gain, and when and whether the one repays the other.

Completion and placement weigh the expected value; the payback period is that of those who succeed.
"""

from __future__ import annotations

from credscore.measures import alignment, time
from credscore.measures.case import Case, measure
from credscore.measures.cost.financing import financing_charge, paid_in_all
from credscore.measures.cost.forgone import forgone_pay, own_pay, upkeep
from credscore.measures.cost.price import price
from credscore.model.cell import NEVER, is_word
from credscore.model.estimate import Estimate, where_estimate

KEEPS_THEIR_JOB = ("advance", "raise-pay", "keep-job")


EXAMINED = ("certification", "licence-training")
"""Kinds that end in an examination of their own and lapse unless renewed (BLS, Monthly Labor Review 2019)."""


def _for_examined(case: Case, unstated: Estimate) -> Estimate:
    """A cost that only kinds with an examination of their own have while nobody states it."""
    return where_estimate(is_word(case.program.text("kind"), *EXAMINED), unstated, Estimate.of(0.0))


@measure("money")
def retake(case: Case) -> Estimate:
    """The expected cost of sitting the exam again (money): the chance of failing times a further fee."""
    fee = case.program.number("cost.retake").or_else(case.program.number("cost.exam"))
    fee = fee.or_else(_for_examined(case, price(case) * case.given.range("absent-retake")))
    return (1.0 - time.pass_rate(case)) * fee


@measure("money")
def renewal(case: Case) -> Estimate:
    """What keeping the credential costs over the horizon (money), accrued evenly after its first period."""
    amount, every = case.program.number("cost.renewal.amount"), case.program.number("cost.renewal.every_years")
    every = every.or_else(case.program.number("transferability.valid_years"))
    every = every.or_else(case.given.range("absent-renewal-interval"))
    times = (Estimate.of(case.given.number("horizon-years")).over(every) - 1.0).floor(0.0)
    unstated = _for_examined(case, price(case) * case.given.range("absent-renewal"))
    return (amount * times).or_else(unstated)


@measure("money")
def whole_cost(case: Case) -> Estimate:
    """Everything it takes (money): the price as it is paid, pay forgone, upkeep, expected retake, and renewals."""
    return paid_in_all(case) + forgone_pay(case) + upkeep(case) + retake(case) + renewal(case)


@measure("money")
def beyond(case: Case) -> Estimate:
    """What it takes beside the price and pay forgone (money): upkeep, expected retake, renewals and borrowing."""
    return upkeep(case) + retake(case) + renewal(case) + financing_charge(case)


@measure("money per year")
def annual_gain(case: Case) -> Estimate:
    """Yearly pay afterwards over the learner's own pay now (goal currency per year).

    Unreported, it lies anywhere above losing all pay; its likely value is the rubric's cited base gain.
    """
    own, base = own_pay(case), case.given.number("gain-base") * case.exchange
    unreported = Estimate(-own if own == own else -NEVER, base, NEVER)
    return (alignment.expected_pay(case) - own).or_else(unreported)


@measure("years")
def payback_years(case: Case) -> Estimate:
    """Years of the gain that repay the whole cost (years); never, where there is no gain."""
    return whole_cost(case).per(annual_gain(case))


@measure("money net")
def expected_value(case: Case) -> Estimate:
    """Expected net present value over the horizon (money): completion x placement x gain x annuity, less whole cost.

    Source: HM Treasury Green Book discount rate; the annuity factor is (1 - (1 + r)^-H) / r.
    """
    rate, years = case.given.number("discount-rate"), case.given.number("horizon-years")
    factor = years if rate == 0.0 else (1.0 - (1.0 + rate) ** -years) / rate
    placed = Estimate.of(1.0) if case.goal.aim in KEEPS_THEIR_JOB else alignment.placement(case)
    return time.completion(case) * placed * annual_gain(case) * factor - whole_cost(case)
