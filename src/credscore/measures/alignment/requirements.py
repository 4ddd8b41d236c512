"""Requirements: what the target requires, what the learner holds, and what the program confers.

One comparison yields the gates; a stated list is complete, an absent one is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from credscore.measures.alignment.skills import gap
from credscore.measures.case import Case, measure
from credscore.measures.derived import Question, derived
from credscore.measures.facts import Cell
from credscore.model.cell import Text, at_most, below, both, either, is_word, known, negate
from credscore.model.estimate import Truth
from credscore.model.goal import Learner
from credscore.model.program.content import Prerequisite, Requirement
from credscore.model.program.terms import CONFER_DEGREES, EDUCATION, LEVELS
from credscore.reference.names import normal_name, same_name
from credscore.reference.occupations import NEARNESS, nearness
from credscore.reference.places import lies_in, lies_in_any


def _named(name: str, names: tuple[str, ...]) -> bool:
    return any(same_name(name, other) for other in names)


def _confers(question: Question, award: str) -> Truth:
    """Whether the program confers a named award: its own name counts, and a stated list is complete."""
    program = question.program
    if same_name(award, program.name):
        return Truth.YES
    stated = program.content.confers
    return Truth.of(_named(award, stated)) if isinstance(stated, tuple) else Truth.OPEN


def _missing_awards(question: Question) -> list[str]:
    held = question.goal.learner.holds or ()
    return [award for award in question.goal.target.requires if not _named(award, held)]


def _licence(question: Question) -> Truth:
    """Whether it leads to the licence wanted; what trains for wholly other occupations does not, said or not.

    Where the licence is named by the target's title, the target's code speaks for it.
    """
    wanted, stated = question.goal.target.licence, question.program.content.confers_licence
    if wanted is None:
        return Truth.YES
    if not isinstance(stated, tuple):
        trains, target = question.program.content.occupations, question.goal.target
        code = target.occupation if target.title and same_name(target.title, wanted.occupation) else None
        near = (
            [nearness(one, wanted.occupation) or nearness(one, code or "") for one in trains]
            if isinstance(trains, tuple)
            else []
        )
        return Truth.NO if near and all(n == "none" for n in near) else Truth.OPEN
    found = Truth.NO
    for one in stated:
        found |= Truth.of(lies_in(wanted.jurisdiction, one.jurisdiction)) & _same_occupation(
            one.occupation, wanted.occupation
        )
    return found


def _same_occupation(a: str, b: str) -> Truth:
    """Whether two occupations are one: by code where both are codes; other names than equal ones stay open."""
    if same_name(a, b):
        return Truth.YES
    near = nearness(a, b)
    return Truth.OPEN if near is None else Truth.of(near == "detailed")


def _award(question: Question) -> Truth:
    wanted, award = question.goal.target.award, question.program.content.award
    held = question.goal.learner.education
    if wanted is None or (held is not None and EDUCATION.index(held) >= EDUCATION.index(wanted)):
        return Truth.YES
    if not award.stated:
        taught = question.program.kind not in CONFER_DEGREES
        return Truth.NO if taught and EDUCATION.index(wanted) > EDUCATION.index("certificate") else Truth.OPEN
    return Truth.of(EDUCATION.index(str(award.value)) >= EDUCATION.index(wanted))


@derived("alignment.requirement_conferred", "alignment.licence_here", "alignment.not_redundant", "alignment.confers_lacking",
         fields=("content.confers", "content.confers_licence", "content.award", "content.occupations"))  # fmt: skip
def conferred(question: Question) -> Mapping[str, Cell]:
    """Whether it confers what the target requires and the learner lacks, and anything they do not hold already."""
    licence, required = _licence(question), _award(question)
    for award in _missing_awards(question):
        required &= _confers(question, award)
    return {
        "alignment.requirement_conferred": required & licence,
        "alignment.licence_here": licence,
        "alignment.not_redundant": _adds(question),
        "alignment.confers_lacking": required & licence if _lacks(question) else Truth.NO,
    }


def _lacks(question: Question) -> bool:
    """Whether the target requires an award, a licence or an education that the learner does not have."""
    target = question.goal.target
    return bool(_missing_awards(question)) or target.licence is not None or _lacks_education(question)


def _lacks_education(question: Question) -> bool:
    wanted, held = question.goal.target.award, question.goal.learner.education
    return wanted is not None and (held is None or EDUCATION.index(held) < EDUCATION.index(wanted))


def _adds(question: Question) -> Truth:
    holds, target = question.goal.learner.holds, question.goal.target
    if holds is not None and _named(question.program.name, holds):
        return Truth.NO
    stated = question.program.content.confers
    if isinstance(stated, tuple) and stated and holds and all(_named(award, holds) for award in stated):
        return Truth.NO
    if target.requires and not _lacks(question) and not gap(question):
        return Truth.NO
    return Truth.OPEN if holds and not isinstance(stated, tuple) else Truth.YES


@measure("statement")
def requirement_met(case: Case) -> Truth:
    """Whether it confers every award, licence and education level that the target requires and the learner lacks."""
    return case.program.truth("alignment.requirement_conferred")


@measure("statement")
def licence_conferred(case: Case) -> Truth:
    """Whether it leads to the licence the goal names, in that jurisdiction."""
    return case.program.truth("alignment.licence_here")


@measure("statement")
def adds_something(case: Case) -> Truth:
    """Whether it confers anything that the learner does not hold and the target still needs."""
    return case.program.truth("alignment.not_redundant")


@derived("alignment.admitted", "alignment.prerequisites_missing", fields=("content.prerequisites",))
def admission(question: Question) -> Mapping[str, Cell]:
    """Whether the learner may enter, any alternative being enough, and what is missing on the nearest one."""
    stated = question.program.content.prerequisites
    if not isinstance(stated, tuple):
        return {"alignment.admitted": Truth.OPEN, "alignment.prerequisites_missing": None}
    met, missing = Truth.YES, []
    for prerequisite in stated:
        outcome, lacking = _alternatives(prerequisite, question.goal.learner)
        met &= outcome
        missing += lacking
    return {"alignment.admitted": met, "alignment.prerequisites_missing": "; ".join(missing) or None}


def _alternatives(prerequisite: Prerequisite, learner: Learner) -> tuple[Truth, list[str]]:
    met, lacking = Truth.NO, []
    for requirement in prerequisite.any:
        checks = list(_checks(requirement, learner))
        outcome = Truth.YES
        for check, _ in checks:
            outcome &= check
        met |= outcome
        lacking.append(" and ".join(words for check, words in checks if check.certain is not True))
    return met, [] if met.certain is True else [", or ".join(lacking)]


def _checks(needed: Requirement, learner: Learner) -> Iterator[tuple[Truth, str]]:
    if needed.education is not None:
        has = (
            None
            if learner.education is None
            else EDUCATION.index(learner.education) >= EDUCATION.index(needed.education)
        )
        yield Truth.of(has), f"{needed.education} education"
    if needed.experience_months is not None:
        yield _experience(needed, learner)
    if needed.age is not None:
        yield Truth.of(None if learner.age is None else learner.age >= needed.age), f"age {needed.age:g}"
    if needed.residence is not None:
        yield (
            Truth.of(lies_in_any(learner.residence, needed.residence)),
            f"residence in {' or '.join(needed.residence)}",
        )
    for award in needed.holds:
        yield Truth.of(None if learner.holds is None else _named(award, learner.holds)), award
    for language in needed.languages:
        spoken = None if learner.languages is None else {word.casefold() for word in learner.languages}
        yield Truth.of(None if spoken is None else language.casefold() in spoken), f"the language {language}"


def _experience(needed: Requirement, learner: Learner) -> tuple[Truth, str]:
    required, field = needed.experience_months or 0.0, needed.experience_field
    of_it = f" in {field}" if field else ""
    if learner.experience is None:
        return Truth.OPEN, f"{required:g} months' experience{of_it}"
    months = sum(e.months for e in learner.experience if field is None or _same_field(field, e.field))
    words = f"{required:g} months' experience{of_it}; you have {months:g}, {required - months:g} to go"
    return Truth.of(months >= required), words


def _same_field(a: str, b: str) -> bool:
    """Whether two fields of work are one, or one names the other more closely, word by word."""
    one, other = set(normal_name(a).split()), set(normal_name(b).split())
    return bool(one and other) and (one <= other or other <= one)


@measure("statement")
def prerequisites_met(case: Case) -> Truth:
    """Whether the learner meets the entry requirements; any stated alternative is enough."""
    return case.program.truth("alignment.admitted")


@derived("alignment.level_enough", fields=("content.level",))
def level_enough(question: Question) -> Mapping[str, Cell]:
    """Whether it reaches the level that the target asks for."""
    wanted, level = question.goal.target.level, question.program.content.level
    answer = LEVELS.index(str(level.value)) >= LEVELS.index(wanted) if wanted and level.stated else None
    return {"alignment.level_enough": Truth.of(answer)}


@measure("statement")
def level_reached(case: Case) -> Truth:
    """Whether it reaches the level that the target asks for."""
    return case.program.truth("alignment.level_enough")


@derived("alignment.nearest_occupation", fields=("content.occupations",))
def nearest_occupation(question: Question) -> Mapping[str, Cell]:
    """How near the nearest occupation it trains for lies to the target's, by code or by title."""
    stated, target = question.program.content.occupations, question.goal.target
    if not isinstance(stated, tuple):
        return {"alignment.nearest_occupation": None}
    found = [n for code in stated if target.occupation and (n := nearness(code, target.occupation)) is not None]
    if any(same_name(code, name) for code in stated for name in (target.title, target.occupation) if name):
        found.append("detailed")
    nearest = max(found, key=NEARNESS.index) if found else None if stated else "none"
    if nearest == "none" and len(found) < len(stated):
        nearest = None  # a title beside the codes may yet be the one
    return {"alignment.nearest_occupation": nearest}


@measure("word")
def occupation(case: Case) -> Text:
    """How near what it trains for lies to the target occupation: detailed, broad, minor, major or none.

    Source: the four levels of the 2018 Standard Occupational Classification.
    """
    return case.program.text("alignment.nearest_occupation")


@measure("statement")
def on_target(case: Case) -> Truth:
    """Whether it has anything to do with the goal.

    Off target is what covers none of the stated gap and misses the broad occupation; without stated skills, what
    matches at the major group or not at all; never what confers a requirement. Who trains for wholly other work and
    does not say what is taught, is taken to teach for that work.
    """
    word, target = occupation(case), case.goal.target
    covered = case.program.number("alignment.gap_covered")
    far = both(negate(known(covered.likely)), is_word(word, "none", "major"))
    some = Truth(below(0.0, covered.low), negate(either(at_most(covered.high, 0.0), far)))
    near = is_word(word, "detailed", "broad") if target.skills else is_word(word, "detailed", "broad", "minor")
    unheard = negate(known(word)) if target.occupation or target.title else False
    matches = Truth(near, near) | Truth(False, unheard)
    confers = case.program.truth("alignment.confers_lacking")
    return matches | (some if target.skills else Truth.NO) | confers
