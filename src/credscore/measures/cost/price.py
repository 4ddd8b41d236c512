"""Price: what is charged, and what is left of it after aid and a sponsor.

A component nobody states is not nothing: it is a range up to a cited share of the tuition.
"""

from __future__ import annotations

from collections.abc import Mapping

from credscore.measures.case import Case, measure
from credscore.measures.derived import Question, derived
from credscore.measures.facts import Cell
from credscore.model.cell import (
    UNKNOWN,
    Number,
    Text,
    at_most,
    below,
    both,
    choose,
    either,
    fill,
    is_word,
    known,
    maximum,
    minimum,
    where,
)
from credscore.model.estimate import Estimate, Truth, where_estimate

COMPONENTS = ("fees", "materials", "equipment", "exam")


def stated(value: float | None) -> float:
    """A goal's number, unknown where it is not stated."""
    return UNKNOWN if value is None else float(value)


@measure("money")
def price(case: Case) -> Estimate:
    """What is charged before any help (money): the stated total, or tuition and every other component with tax."""
    tuition = _tuition(case)
    itemised = tuition
    for part in COMPONENTS:
        absent = tuition * case.given.range(f"absent-{part}")
        itemised = itemised + case.program.number(f"cost.{part}").or_else(absent)
    tax = case.program.number("cost.tax_rate").or_else(case.given.range("absent-tax"))
    return case.program.number("cost.total").or_else(itemised * (tax + 1.0))


@measure("word")
def unstated_parts(case: Case) -> Text:
    """The parts of the price that nobody states and the price therefore allows for, in words."""
    return case.program.text("cost.parts_unstated")


@derived("cost.parts_unstated", fields=tuple(f"cost.{part}" for part in COMPONENTS))
def parts_unstated(question: Question) -> Mapping[str, Cell]:
    """The names of the parts of the price that are not stated, where no total is."""
    cost = question.program.cost
    lacking = [part for part in COMPONENTS if not getattr(cost, part).stated]
    return {
        "cost.parts_unstated": ", ".join(lacking) if lacking and cost.tuition.stated and not cost.total.stated else None
    }


def _tuition(case: Case) -> Estimate:
    """Tuition as stated; none for an examination whose fee is stated and which teaches nothing itself."""
    examination = both(
        is_word(case.program.text("kind"), "certification"), known(case.program.number("cost.exam").likely)
    )
    stated_tuition = case.program.number("cost.tuition")
    return stated_tuition.or_else(where_estimate(examination, Estimate.of(0.0), stated_tuition))


@measure("money")
def net_price(case: Case) -> Estimate:
    """What this learner pays (money): the price less aid they qualify for, less a sponsor's share.

    Aid that they may or may not qualify for counts at the low end only. A sponsor who pays everything makes it
    nothing, known price or not.
    """
    share = stated(case.goal.means.sponsor_pays)
    if share == 1.0:
        return Estimate.of(0.0)
    full = price(case)
    slots = range(case.program.slots("cost.aid"))
    if not slots:
        net = full
    else:
        net = Estimate(
            _after_aid(case, full.low, certain=False),
            _after_aid(case, full.likely, certain=True),
            _after_aid(case, full.high, certain=True),
        )
    return net if share != share else net * (1.0 - share)


def _after_aid(case: Case, full: Number, *, certain: bool) -> Number:
    stacked: Number = 0.0
    single: Number = 0.0
    for slot in range(case.program.slots("cost.aid")):
        name = f"cost.aid.{slot}"
        applies, stacks = case.program.truth(f"{name}.applies"), case.program.truth(f"{name}.stacks")
        share, amount, cap = (case.program.number(f"{name}.{key}").likely for key in ("share", "amount", "cap"))
        help_ = fill(full * share, amount)
        help_ = where(known(cap), minimum(help_, cap), help_)
        help_ = where(applies.certain if certain else applies.possible, fill(help_, 0.0), 0.0)
        stacked = stacked + where(stacks.certain, help_, 0.0)
        single = maximum(single, where(stacks.certain, 0.0, help_))
    return maximum(full - stacked - single, 0.0)


@measure("ratio")
def budget_ratio(case: Case) -> Estimate:
    """Net price as a share of what the learner can spend (ratio)."""
    return net_price(case).over(stated(case.goal.means.budget))


@measure("ratio")
def savings_ratio(case: Case) -> Estimate:
    """Net price as a share of the learner's savings (ratio)."""
    return net_price(case).over(stated(case.goal.means.savings))


@measure("statement")
def within_budget(case: Case) -> Truth:
    """Whether the net price stays within the budget, a limit unless the learner says it can stretch."""
    if case.goal.means.can_stretch:
        return Truth.YES
    return net_price(case).at_most(stated(case.goal.means.budget))


@measure("ratio")
def against_degree(case: Case) -> Estimate:
    """Price as a share of what a degree is charged at (ratio)."""
    return price(case).over(case.given.number("degree-price") * case.exchange)


@measure("word")
def refund_terms(case: Case) -> Text:
    """When the money comes back: ``full`` as California requires, ``prorata``, ``none``; ``trivial`` if little is paid.

    Unknown while a term that nobody states could still decide between two of them.
    Source: Cal. Educ. Code 94920 (full refund to day 7, pro rata to 60 % of the period, paid within 45 days).
    """
    number = case.program.number
    full_until, prorata, days = (
        number(f"cost.refund.{k}").high for k in ("full_until_day", "prorata_until", "days_to_pay")
    )
    trivial = at_most(net_price(case).high, case.given.number("trivial-price") * case.exchange)
    full = both(both(at_most(7.0, full_until), at_most(0.6, prorata)), at_most(days, 45.0))
    falls_short = either(below(full_until, 7.0), either(below(prorata, 0.6), below(45.0, days)))
    some = both(below(0.0, maximum(fill(full_until, 0.0), fill(prorata, 0.0))), falls_short)
    none = both(at_most(full_until, 0.0), at_most(prorata, 0.0))
    return choose([(trivial, "trivial"), (full, "full"), (none, "none"), (some, "prorata")], None)


@measure("statement")
def no_refund(case: Case) -> Truth:
    """Whether the provider states that nothing comes back."""
    terms = refund_terms(case)
    none = is_word(terms, "none")
    return Truth(none, none)
