"""Outcomes: what became of those who took it, and whether that is what this learner is after.

Rates are bounded by their evidence; a place on a list says nothing about this program.
"""

from __future__ import annotations

from credscore.measures.case import Case, measure
from credscore.measures.evidence import pay, rate, unchecked
from credscore.model.cell import UNKNOWN, Text, at_most, below, both, choose, either, known, minimum, negate
from credscore.model.estimate import Estimate, Truth
from credscore.model.goal import Goal


@measure("share")
def placement(case: Case) -> Estimate:
    """The true share of completers placed in the field (share), bounded by its evidence.

    Placement in any job, or in jobs nobody names, counts at most the rubric's cap at its likely value, and nothing
    at its low end beyond it.
    """
    base = case.given.by("placement-base", case.program.text("kind"))
    found = rate(case, "outcomes.placement_rate", base)
    in_field, cap = case.program.truth("outcomes.placement_in_field"), case.given.number("in-field-cap")
    capped = Estimate(minimum(found.low, cap), minimum(found.likely, cap), minimum(found.high, cap))
    unsure = Estimate(minimum(found.low, cap), minimum(found.likely, cap), found.high)
    return in_field.choose(found, capped, unsure)


@measure("share")
def advancement(case: Case) -> Estimate:
    """The true share who were promoted or moved to a better job within a year (share), bounded by its evidence."""
    base = case.given.by("advancement-base", case.program.text("kind"))
    return rate(case, "outcomes.advancement_rate", base)


def demand_word(goal: Goal) -> str | None:
    """What the goal says of demand for its occupation: listed, or growth against the average of all occupations."""
    target = goal.target
    if target.growth is not None:
        if target.growth < 0:
            return "declining"
        average = target.average_growth
        if average is not None:
            return "faster" if target.growth > average else "average" if target.growth == average else "slower"
    return "listed" if target.in_demand else None


@measure("word")
def demand(case: Case) -> Text:
    """Demand for the target occupation, as the goal states it: listed, faster, average, slower or declining."""
    return demand_word(case.goal)


def _minimum_pay(case: Case) -> float:
    wanted = case.goal.target.minimum_earnings
    return UNKNOWN if wanted is None else wanted.yearly


def _own_pay(case: Case) -> float:
    now = case.goal.means.current_earnings
    return 0.0 if now is None else now.yearly


@measure("money per year")
def expected_pay(case: Case) -> Estimate:
    """Yearly pay after the program, bounded by its evidence (goal currency per year); unknown where nobody reports it."""
    gain = case.given.number("gain-base") * case.exchange
    return pay(case, "outcomes.median_earnings", _own_pay(case), gain)


@measure("ratio")
def pay_adequacy(case: Case) -> Estimate:
    """Expected yearly pay over the least the learner would accept (ratio)."""
    return expected_pay(case).over(_minimum_pay(case))


@measure("statement")
def pays_enough(case: Case) -> Truth:
    """Whether its best-paid quarter reaches the least the learner would accept; a median alone never fails it.

    A quarter earns more than the median, so evidence that the median reaches the minimum settles it too.
    """
    least = _minimum_pay(case)
    upper, median = case.program.number("outcomes.upper_quartile_earnings"), expected_pay(case)
    told = both(at_most(least, upper.low), negate(unchecked(case, "outcomes.upper_quartile_earnings")))
    reached = either(told, both(negate(known(upper.likely)), at_most(least, median.low)))
    return Truth(reached, either(reached, negate(below(upper.high, least))))


@measure("years")
def review_age(case: Case) -> Estimate:
    """Years since its content was last reviewed (years)."""
    return ((case.as_of - case.program.number("content.last_reviewed")) * (1.0 / 365.2425)).floor(0.0)


@measure("word")
def instructors(case: Case) -> Text:
    """Who teaches: practitioners of the occupation, or others."""
    practise = case.program.truth("content.instructors.practitioners")
    return choose([(practise.certain, "practitioners"), (negate(practise.possible), "others")], None)


@measure("word")
def need_evidence(case: Case) -> Text:
    """How the need for it was shown: documented, asserted or none. Source: NZQA listing rules."""
    return case.program.text("content.need_evidence")
