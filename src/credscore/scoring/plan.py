"""Plan: which questions a goal is asked, and how much each weighs.

Decided from the goal and the rubric alone, so that no fact of a program can switch a question on or off.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from credscore.model.goal import Goal
from credscore.model.rubric import Gate, Indicator, Rubric


class AskedQuestion(NamedTuple):
    """One question: an indicator, or a group answered by its best proof; ``weight`` is its share of the criterion."""

    indicators: tuple[Indicator, ...]
    weight: float


class AskedCriterion(NamedTuple):
    """A criterion with its importance (0 to 3) and its share of the whole; not needed where that is 0."""

    id: str
    importance: float
    weight: float
    questions: tuple[AskedQuestion, ...]
    dropped: tuple[Indicator, ...]


class Plan(NamedTuple):
    """All that one goal is asked under one rubric on one day."""

    rubric: Rubric
    goal: Goal
    criteria: tuple[AskedCriterion, ...]
    gates: tuple[Gate, ...]
    deciding: tuple[str, ...]


def make_plan(rubric: Rubric, goal: Goal, as_of: date) -> Plan:
    """The plan for a goal: what applies to it, and normalised weights."""
    drafts = []
    for name, criterion in rubric.criteria.items():
        importance = importance_of(rubric, goal, name)
        asked = [i for i in criterion.indicators if i.applies.to(goal) and i.weight_for(goal.aim) > 0]
        kept = {i.id for i in asked}
        dropped = tuple(i for i in criterion.indicators if i.id not in kept)
        drafts.append((name, importance if asked else 0.0, _grouped(asked, goal.aim), dropped))
    total = sum(importance for _, importance, _, _ in drafts)
    criteria = tuple(
        AskedCriterion(name, importance, importance / total if total else 0.0, questions, dropped)
        for name, importance, questions, dropped in drafts
    )
    gates = tuple(g for g in rubric.gates if g.applies.to(goal) and _in_effect(g, as_of))
    aim = rubric.aims.get(goal.aim)
    return Plan(rubric, goal, criteria, gates, aim.deciding if aim else ())


def importance_of(rubric: Rubric, goal: Goal, criterion: str) -> float:
    """How much a criterion matters: the learner's own priority, else the rubric's for the aim, else 1."""
    stated = getattr(goal.priorities, criterion, None)
    if stated is not None:
        return float(stated)
    aim = rubric.aims.get(goal.aim)
    return aim.weights.get(criterion, 0.0) if aim else 1.0


def _grouped(asked: list[Indicator], aim: str) -> tuple[AskedQuestion, ...]:
    groups: dict[str, list[Indicator]] = {}
    for indicator in asked:
        groups.setdefault(f"group {indicator.group}" if indicator.group else indicator.id, []).append(indicator)
    weights = [max(i.weight_for(aim) for i in members) for members in groups.values()]
    total = sum(weights)
    return tuple(AskedQuestion(tuple(m), w / total) for m, w in zip(groups.values(), weights, strict=True))


def _in_effect(gate: Gate, day: date) -> bool:
    after_start = gate.effective_from is None or gate.effective_from <= day
    return after_start and (gate.effective_to is None or day <= gate.effective_to)
