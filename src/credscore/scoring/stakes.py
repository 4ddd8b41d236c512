"""Stakes: what the learner loses if it fails, in weeks of pay and against savings.

Small stakes need little evidence; severe ones are read at the low end.
"""

from __future__ import annotations

from typing import NamedTuple

from credscore.measures.case import Case
from credscore.measures.cost.forgone import WEEKS, at_risk, displaces_work, yardstick_pay
from credscore.model.cell import (
    Flag,
    Number,
    Text,
    at_most,
    below,
    choose,
    is_word,
    known,
    quotient,
    where,
)
from credscore.model.estimate import Estimate, Truth
from credscore.model.rubric import Rubric


class StakesFound(NamedTuple):
    """The loss (money), in weeks of pay (weeks), its level as a word, and whether it is small whatever the price."""

    loss: Estimate
    weeks: Number
    level: Text
    surely_small: Truth

    @property
    def small(self) -> Flag:
        """Whether little is lost."""
        return is_word(self.level, "small")

    @property
    def severe(self) -> Flag:
        """Whether failing would cost more than the learner has."""
        return is_word(self.level, "severe")


def find_stakes(case: Case, rubric: Rubric) -> StakesFound:
    """The stakes of a case: small, severe, material, or unknown where pay or price is."""
    loss, savings = at_risk(case), case.goal.means.savings
    a_week = yardstick_pay(case) / WEEKS
    weeks = quotient(loss.likely, a_week)
    trivial = case.given.number("trivial-price") * case.exchange
    little = rubric.stakes.small_weeks_of_pay * a_week if known(a_week) is True else trivial
    small, bounded = at_most(loss.likely, little), loss.at_most(little)
    counted = where(displaces_work(case).unknown, loss.low, loss.likely)  # pay that may not be lost ruins nobody yet
    limit = rubric.stakes.severe_weeks_of_pay * a_week if savings is None else float(savings)
    severe = below(limit, counted)
    rungs = [(small, "small"), (severe, "severe"), (known(weeks), "material")]
    return StakesFound(loss, weeks, choose(rungs, "unknown"), bounded)
