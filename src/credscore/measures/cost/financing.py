"""Financing: what borrowing adds, and what it binds the learner to.

Loans are level payments; an income share is paid from its floor up to its cap.
"""

from __future__ import annotations

from collections.abc import Callable

from credscore.measures.alignment.outcomes import expected_pay
from credscore.measures.case import Case, measure
from credscore.measures.cost.price import net_price
from credscore.model.cell import (
    NEVER,
    UNKNOWN,
    Number,
    Text,
    at_most,
    below,
    both,
    choose,
    fill,
    is_word,
    known,
    maximum,
    minimum,
    quotient,
    times,
    where,
)  # fmt: skip
from credscore.model.estimate import Estimate, Truth, where_estimate

LOANS = ("federal-loan", "private-loan")
OUTRIGHT = ("employer", "grant", "cash")
"""Ways of paying that leave nothing to repay with interest."""


def annuity(rate: Number, periods: Number) -> Number:
    """The level payment per period that repays 1 over a number of periods at a rate per period (share)."""
    level = quotient(rate, 1.0 - (1.0 + rate) ** (-periods))
    return where(rate == 0.0, quotient(1.0, periods), level)


def _loan(case: Case) -> tuple[Number, Number]:
    """What a loan of 1 costs each month (share), and for how many months, by its terms or the rubric's."""
    rate = fill(case.program.number("cost.financing.apr").likely, case.given.number("loan-rate"))
    months = maximum(fill(case.program.number("cost.financing.months").likely, case.given.number("loan-months")), 1.0)
    return annuity(rate / 12.0, months), months


def _by_way_of_paying(case: Case, outright: Estimate, loan: Estimate, share: Callable[[Case], Estimate]) -> Estimate:
    """One of three, by how a learner who borrows would pay; a loan while nobody states how."""
    if not case.goal.means.borrows:
        return outright
    kind = case.program.text("cost.financing.type")
    borrowed, isa = where_estimate(is_word(kind, *OUTRIGHT), outright, loan), is_word(kind, "isa")
    return borrowed if isa is False else where_estimate(isa, share(case), borrowed)


@measure("money")
def paid_in_all(case: Case) -> Estimate:
    """What the price comes to by the time it is paid (money): the net price, a loan repaid, or an income share."""
    price, (monthly, months) = net_price(case), _loan(case)
    return _by_way_of_paying(case, price, price * Estimate.of(times(monthly, months)), _income_share_paid)


@measure("money")
def financing_charge(case: Case) -> Estimate:
    """What borrowing costs beyond the net price (money); below zero where an income share takes less than it."""
    price, (monthly, months) = net_price(case), _loan(case)
    interest = price * Estimate.of(times(monthly, months) - 1.0)
    return _by_way_of_paying(case, Estimate.of(0.0), interest, lambda case: _income_share_paid(case) - price)


def _income_share_paid(case: Case) -> Estimate:
    """What an income share takes in all (money): its share of pay from the floor up, at most its cap.

    At the low end a floor that is not stated may lie above the pay, and a cap that is not stated at the price; at the
    high end a cap that is not stated is none.
    """
    number, price, earnings = case.program.number, net_price(case), expected_pay(case)
    taken = earnings * number("cost.financing.share") * (number("cost.financing.months") * (1.0 / 12.0))
    floor, cap = number("cost.financing.floor").likely, number("cost.financing.cap").likely
    ends = ((earnings.low, taken.low), (earnings.likely, taken.likely), (earnings.high, taken.high))
    low, likely, high = (
        where(at_most(fill(floor, 0.0), earned), minimum(part, fill(cap, NEVER)), where(known(earned), 0.0, part))
        for earned, part in ends
    )
    low = where(known(floor), where(known(cap), low, minimum(low, price.low)), where(known(likely), 0.0, UNKNOWN))
    return Estimate(low, likely, high).or_else(
        Estimate(0.0 * price.low, price.likely, maximum(price.high, fill(cap, NEVER)))
    )


@measure("share")
def debt_burden(case: Case) -> Estimate:
    """A year's repayment as a share of expected yearly pay (share).

    Source: the annual debt-to-earnings rate of 34 CFR 668.402 (2023 rule, repealed from 1 July 2027).
    """
    monthly, _ = _loan(case)
    return (net_price(case) * Estimate.of(times(monthly, 12.0))).over(expected_pay(case))


@measure("word")
def financing_risk(case: Case) -> Text:
    """How the price may be borrowed; an income share is told apart by whether it has a cap, where that is stated."""
    kind, cap = case.program.text("cost.financing.type"), case.program.number("cost.financing.cap").likely
    isa = is_word(kind, "isa")
    named = [(is_word(kind, word), word) for word in (*OUTRIGHT, *LOANS, "clawback")]
    return choose([*named, (both(isa, below(cap, NEVER)), "isa-capped"), (both(isa, known(cap)), "isa-uncapped")], None)


@measure("statement")
def clawback(case: Case) -> Truth:
    """Whether leaving the sponsor early means paying the training back."""
    word = is_word(case.program.text("cost.financing.type"), "clawback")
    return Truth(word, word)
