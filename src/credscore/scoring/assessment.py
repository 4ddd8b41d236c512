"""Assessment: a program judged for a goal, and the Evaluation that tells it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from credscore.errors import InputError, Problem
from credscore.measures.case import Case, Given
from credscore.measures.reading import read_case
from credscore.model.evaluation import Evaluation
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.rubric import Rubric
from credscore.scoring.judge import Judgement, judge
from credscore.scoring.plan import make_plan
from credscore.scoring.telling import Telling


class Assessment(NamedTuple):
    """A program, how it was judged, and the Evaluation without what follows from it."""

    program: Program
    judgement: Judgement
    telling: Telling
    evaluation: Evaluation

    @property
    def case(self) -> Case:
        """The case that was judged."""
        return self.judgement.case


def assess(program: Program, goal: Goal, rubric: Rubric, as_of: date) -> Assessment:
    """Whether a program is worth it for a goal, under a rubric, on a day.

    Raises:
        RateError: program and goal are in currencies between which no reference rate is known.
        InputError: the rubric lacks an assumption that one of its measures needs.
    """
    case = read_case(program, goal, Given(rubric.assumptions, rubric.id), as_of)
    plan = make_plan(rubric, goal, as_of)
    if rubric.criteria and not any(c.weight > 0 for c in plan.criteria):
        raise InputError([Problem(goal.name, "priorities", "leaves nothing to weigh: every criterion counts 0",
                                  "give at least one criterion an importance, or leave [priorities] out")])  # fmt: skip
    judgement = judge(case, plan)
    telling = Telling(program, judgement)
    return Assessment(program, judgement, telling, telling.evaluation(as_of))
