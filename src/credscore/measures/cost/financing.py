"""Financing: what borrowing adds, and what it binds the learner to.

Loans are level payments; an income share is paid from its floor up to its cap.
"""

from __future__ import annotations

from credscore.measures.case import Case, measure
from credscore.measures.cost.forgone import own_pay
from credscore.measures.cost.price import net_price
from credscore.measures.evidence import pay
from credscore.model.cell import (
    NEVER,
    Number,
    Text,
    at_most,
    both,
    choose,
    fill,
    is_word,
    known,
    maximum,
    minimum,
    where,
)  # fmt: skip
from credscore.model.estimate import Estimate, Truth, where_estimate

LOANS = ("federal-loan", "private-loan")


def annuity(rate: Number, periods: Number) -> Number:
    """The level payment per period that repays 1 over a number of periods at a rate per period (share)."""
    level = rate / (1.0 - (1.0 + rate) ** (-periods))
    return where(rate == 0.0, 1.0 / periods, level)


def _monthly_payment(case: Case) -> tuple[Estimate, Number]:
    """The level monthly payment on the net price (money), and for how many months."""
    rate = fill(case.program.number("cost.financing.apr").likely, case.given.number("loan-rate"))
    months = fill(case.program.number("cost.financing.months").likely, case.given.number("loan-months"))
    if isinstance(rate, float) and isinstance(months, float) and (rate == 0.0 or months == 0.0):
        return net_price(case) * (1.0 / max(months, 1.0)), max(months, 1.0)
    return net_price(case) * Estimate.of(annuity(rate / 12.0, months)), months


def expected_pay(case: Case) -> Estimate:
    """Yearly pay after the program, bounded by its evidence (goal currency per year)."""
    gain = case.given.number("gain-base") * case.exchange
    own = own_pay(case)
    return pay(case, "outcomes.median_earnings", own if own == own else 0.0, gain)


@measure("money")
def financing_charge(case: Case) -> Estimate:
    """What borrowing costs beyond the net price (money); nothing where the learner does not borrow."""
    if not case.goal.means.borrows:
        return Estimate.of(0.0)
    kind = case.program.text("cost.financing.type")
    payment, months = _monthly_payment(case)
    interest = payment * Estimate.of(months) - net_price(case)
    share = _income_share_paid(case) - net_price(case)
    interest = Estimate(interest.likely, interest.likely, interest.high)
    return where_estimate(
        is_word(kind, "isa"),
        share,
        where_estimate(is_word(kind, "employer", "grant", "cash"), Estimate.of(0.0), interest),
    )


def _income_share_paid(case: Case) -> Estimate:
    """What an income share takes in all (money): its share of pay from the floor up, at most its cap."""
    number = case.program.number
    earnings = expected_pay(case)
    years = number("cost.financing.months") * (1.0 / 12.0)
    taken = earnings * number("cost.financing.share") * years
    floor = fill(number("cost.financing.floor").likely, 0.0)
    cap = fill(number("cost.financing.cap").likely, NEVER)
    ends = ((earnings.low, taken.low), (earnings.likely, taken.likely), (earnings.high, taken.high))
    due = Estimate(
        *(where(at_most(floor, earned), minimum(part, cap), where(known(earned), 0.0, part)) for earned, part in ends)
    )
    return due.or_else(Estimate(net_price(case).low, net_price(case).likely, maximum(net_price(case).high, cap)))


@measure("share")
def debt_burden(case: Case) -> Estimate:
    """A year's repayment as a share of expected yearly pay (share).

    Source: the annual debt-to-earnings rate of 34 CFR 668.402 (2023 rule, repealed from 1 July 2027).
    """
    payment, _ = _monthly_payment(case)
    return (payment * 12.0).over(expected_pay(case))


@measure("word")
def financing_risk(case: Case) -> Text:
    """How the price may be borrowed; an income share is told apart by whether it has a cap."""
    kind, cap = case.program.text("cost.financing.type"), case.program.number("cost.financing.cap").likely
    isa = is_word(kind, "isa")
    named = [(is_word(kind, word), word) for word in ("employer", "grant", "cash", *LOANS, "clawback")]
    return choose([*named, (both(isa, known(cap)), "isa-capped"), (isa, "isa-uncapped")], None)


@measure("statement")
def clawback(case: Case) -> Truth:
    """Whether leaving the sponsor early means paying the training back."""
    word = is_word(case.program.text("cost.financing.type"), "clawback")
    return Truth(word, word)
