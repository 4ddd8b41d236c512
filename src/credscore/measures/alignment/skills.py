"""Skills: the learner's gap, what the program covers of it, and what it repeats.

Matched by identifier, then name, then alias, then likeness above the rubric's threshold; the uncovered are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from credscore.measures.case import Case, measure
from credscore.measures.derived import Question, derived
from credscore.measures.facts import NOTHING, Cell
from credscore.model.estimate import Estimate
from credscore.model.goal import WantedSkill
from credscore.model.program.content import Skill
from credscore.model.program.terms import LEVELS
from credscore.reference.names import closest, normal_name


def _names(skill: Skill | WantedSkill) -> frozenset[str]:
    return _normal(skill.name, skill.aliases)


@lru_cache(maxsize=65536)
def _normal(name: str, aliases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(normal_name(each) for each in (name, *aliases))


@cache
def _held(names: tuple[str, ...]) -> tuple[Skill, ...]:
    return tuple(Skill(name=name) for name in names)


def teaches(taught: Iterable[Skill], wanted: Skill | WantedSkill, threshold: float) -> Skill | None:
    """The taught skill that is the wanted one, if any, whatever its level."""
    skills = list(taught)
    for skill in skills:
        if wanted.id is not None and skill.id == wanted.id:
            return skill
    name, names = normal_name(wanted.name), _names(wanted)
    for skill in skills:
        if normal_name(skill.name) == name:
            return skill
    for skill in skills:
        if not names.isdisjoint(_names(skill)):
            return skill
    like = closest(wanted.name, [skill.name for skill in skills], threshold) if skills else None
    return next((skill for skill in skills if skill.name == like), None)


def gap(question: Question) -> tuple[WantedSkill, ...]:
    """The skills the target asks for that the learner does not have."""
    held = {normal_name(name) for name in question.goal.learner.skills}
    return tuple(skill for skill in question.goal.target.skills if not _names(skill) & held)


@derived("alignment.gap_covered", "alignment.skills_uncovered", fields=("content.skills",))
def skill_match(question: Question) -> Mapping[str, Cell]:
    """The covered share of the gap by importance, and what stays uncovered; taught below the level counts half."""
    taught = question.program.content.skills
    if not isinstance(taught, tuple):
        return {"alignment.gap_covered": NOTHING, "alignment.skills_uncovered": None}
    threshold, missing = question.given.number("skill-match-threshold"), gap(question)
    low, high, uncovered = 0.0, 0.0, []
    best_first = sorted(
        taught, key=lambda skill: UNSTATED if skill.level is None else -float(LEVELS.index(skill.level))
    )
    for wanted in missing:
        found = teaches(best_first, wanted, threshold)
        if found is None:
            uncovered.append(wanted.name)
        else:
            least, most = _level_share(found, wanted)
            low, high = low + wanted.importance * least, high + wanted.importance * most
    total = sum(wanted.importance for wanted in missing)
    share = Estimate(low / total, low / total, high / total) if total else NOTHING
    return {
        "alignment.gap_covered": Estimate.of(share.low) if share.low == share.high else share,
        "alignment.skills_uncovered": ", ".join(uncovered) or "none",
    }


UNSTATED = -1.5
"""Where a skill taught at no stated level stands among levels: after those that are high, before entry."""


def _level_share(found: Skill, wanted: WantedSkill) -> tuple[float, float]:
    """The least and the most of a wanted skill that a taught one covers (share): half where its level falls short."""
    if wanted.level is None:
        return 1.0, 1.0
    if found.level is None:
        return 0.5, 1.0
    share = 1.0 if LEVELS.index(found.level) >= LEVELS.index(wanted.level) else 0.5
    return share, share


@derived("alignment.repeats", fields=("content.skills",))
def repeated(question: Question) -> Mapping[str, Cell]:
    """The share of what it teaches that the learner has already, by hours where every skill states them."""
    taught, threshold = question.program.content.skills, question.given.number("skill-match-threshold")
    if not isinstance(taught, tuple) or not taught:
        return {"alignment.repeats": NOTHING}
    held = _held(question.goal.learner.skills)
    hours = [skill.hours or 1.0 for skill in taught] if all(s.hours for s in taught) else [1.0] * len(taught)
    known = [h for skill, h in zip(taught, hours, strict=True)
             if teaches(held, skill, threshold)]  # fmt: skip
    return {"alignment.repeats": Estimate.of(sum(known) / sum(hours))}


@measure("share")
def skills_covered(case: Case) -> Estimate:
    """The share of the learner's skill gap that it covers, by importance (share); unknown if its skills are unstated."""
    return case.program.number("alignment.gap_covered")


@measure("share")
def redundancy(case: Case) -> Estimate:
    """The share of what it teaches that the learner already has (share, by hours where they are stated)."""
    return case.program.number("alignment.repeats")
