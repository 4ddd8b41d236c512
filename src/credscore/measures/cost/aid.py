"""Aid: price rules, and whether this learner meets their conditions.

A condition the goal does not speak to is neither met nor unmet: the rule then counts only at the low end of the price.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from credscore.measures.derived import Question, derived
from credscore.measures.facts import Cell
from credscore.model.cell import UNKNOWN
from credscore.model.estimate import Estimate, Truth
from credscore.model.goal import Goal
from credscore.model.program.cost import Aid, Conditions
from credscore.reference.places import lies_in_any


def _any_of(wanted: tuple[str, ...] | None, have: tuple[str, ...] | str | None) -> Truth:
    if wanted is None:
        return Truth.YES
    if have is None:
        return Truth.OPEN
    held = (have,) if isinstance(have, str) else have
    return Truth.of(any(word in wanted for word in held))


def conditions_met(when: Conditions, goal: Goal) -> Truth:
    """Whether the learner meets every condition that is stated."""
    learner = goal.learner
    age = Truth.YES
    if when.age is not None:
        age = Truth.OPEN if learner.age is None else Truth.of(when.age[0] <= learner.age <= when.age[1])
    return (
        age
        & (Truth.YES if when.residence is None else Truth.of(lies_in_any(learner.residence, when.residence)))
        & _any_of(when.status, learner.status)
        & _any_of(when.sponsor, goal.means.sponsor)
        & _any_of(when.education, learner.education)
    )


def rules(question: Question) -> tuple[Aid, ...]:
    """The price rules a program lists."""
    aid = question.program.cost.aid
    return aid if isinstance(aid, tuple) else ()


@derived("cost.aid.count", fields=("cost.aid",))
def aid_slots(question: Question) -> Mapping[str, Cell]:
    """Each rule as numbered cells: whether it applies, its share or amount, its cap, and whether it stacks."""
    return dict(_slots(question))


def _slots(question: Question) -> Iterator[tuple[str, Cell]]:
    found = rules(question)
    yield "cost.aid.count", Estimate.of(float(len(found)))
    for slot, rule in enumerate(found):
        name = f"cost.aid.{slot}"
        yield f"{name}.applies", conditions_met(rule.when, question.goal)
        yield f"{name}.stacks", Truth.of(rule.stacks)
        yield f"{name}.share", Estimate.of(UNKNOWN if rule.share is None else rule.share)
        for key, money in (("amount", rule.amount), ("cap", rule.cap)):
            yield f"{name}.{key}", Estimate.of(UNKNOWN if money is None else money * question.exchange)


@derived("cost.aid_applied", fields=("cost.aid",))
def aid_applied(question: Question) -> Mapping[str, Cell]:
    """The names of the rules that lower this learner's price, for the scorecard."""
    names = [r.name for r in rules(question) if conditions_met(r.when, question.goal).certain is True]
    return {"cost.aid_applied": ", ".join(names) or None}
