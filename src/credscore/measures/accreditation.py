"""Accreditation: whether the right kind of assurance stands behind it, and is in force.

Dates decide, not the word "accredited"; a body the register does not know is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from credscore.measures import time
from credscore.measures.case import Case, measure
from credscore.measures.derived import Question, derived
from credscore.measures.facts import Cell
from credscore.model.cell import UNKNOWN, Text, at_most, below, choose, either, is_word, known, negate
from credscore.model.estimate import Estimate, Truth
from credscore.model.program.accreditation import Body
from credscore.reference.accreditors import Accreditor, find_accreditor, fits
from credscore.reference.accreditors import near_miss as nearest_body
from credscore.reference.places import lies_in_any

DESIGNATED = {
    "ncca": "personnel-certification", "ansi-17024": "personnel-certification", "ice": "certificate-programme",
    "registered-apprenticeship": "designation-register", "wioa-etpl": "designation-register",
    "va-weams": "designation-register", "dod-cool": "designation-register", "state-licence": "state-authorisation",
    "satisfies-licence": "state-authorisation", "federal-licence": "regulator",
}  # fmt: skip
DEGREE_SIGNS = frozenset({
    "little_attendance", "few_assignments", "very_short", "few_requirements", "price_out_of_range", "flat_fee",
})  # fmt: skip


def _bodies(question: Question) -> tuple[Body, ...] | None:
    bodies = question.program.accreditation.bodies
    return bodies if isinstance(bodies, tuple) else None


def _end(body: Body, known_as: Accreditor | None) -> date | None:
    """The first day by which an accreditation has ended: its own, or that of the body itself."""
    ends = (body.end, known_as.ended if known_as else None)
    return min((end for end in ends if end is not None), default=None)


def _in_force(body: Body, known_as: Accreditor, day: date) -> bool:
    end = _end(body, known_as)
    return (body.start is None or body.start <= day) and (end is None or day <= end)


def _assurances(question: Question) -> Iterator[str | None]:
    """The fit of each assurance stated: right, adjacent, wrong, ended, or None for an unknown body."""
    kind = question.program.kind
    for body in _bodies(question) or ():
        found = find_accreditor(body.name)
        if found is None:
            yield None
        elif not _in_force(body, found, question.as_of):
            yield "ended"
        else:
            words = {fits().get((kind, assurance)) for assurance in found.kinds}
            yield "right" if "right" in words else "adjacent" if "adjacent" in words else "wrong"
    recommended = question.program.transferability.recommendation
    if recommended is not None and (recommended.expires is None or question.as_of <= recommended.expires):
        adviser = find_accreditor(recommended.body)
        yield None if adviser is None else fits().get((kind, adviser.kinds[0]), "wrong")
    places = question.program.recognition.designations
    for place in places if isinstance(places, tuple) else ():
        yield fits().get((kind, DESIGNATED.get(place, "")), "wrong" if place in DESIGNATED else None)


def _authorisation(question: Question) -> Iterator[str | None]:
    """The fit of the state authorisations stated."""
    authorised = question.program.accreditation.authorised_in
    if isinstance(authorised, tuple) and authorised:
        yield fits().get((question.program.kind, "state-authorisation"), "wrong")


def _unsaid(question: Question) -> set[str]:
    """How well what nobody states could still suit this kind of award: a list that is left out may hold anything."""
    kind, program = question.program.kind, question.program
    could = {"institutional", *(a for _, a in fits())} if _bodies(question) is None else set()
    if not isinstance(program.recognition.designations, tuple):
        could |= set(DESIGNATED.values())
    if not isinstance(program.accreditation.authorised_in, tuple):
        could.add("state-authorisation")
    if program.transferability.recommendation is None:
        could.add("credit-recommendation")
    return {word for assurance in could if (word := fits().get((kind, assurance))) is not None}


@derived("accreditation.assurance_fit", "accreditation.behind_it", "accreditation.vouched_for",
         fields=("accreditation.bodies", "recognition.designations", "accreditation.authorised_in",
                 "transferability.recommendation"))  # fmt: skip
def assurance_fit(question: Question) -> Mapping[str, Cell]:
    """The best assurance that stands behind it, and whether any recognised body or authority does."""
    vouched = list(_assurances(question))
    found = [*vouched, *_authorisation(question)]
    best: str | None = "none"
    for word in ("wrong", "ended", "adjacent", "right"):
        best = word if word in found else best
    best = "wrong" if best == "ended" else best
    unsaid = (
        {None} & set(found) or "right" in _unsaid(question) or (best != "adjacent" and "adjacent" in _unsaid(question))
    )
    if best != "right" and unsaid:
        best = None
    behind = Truth.of(True if {"right", "adjacent"} & set(found) else None if best is None else False)
    listed = _bodies(question) is not None and isinstance(question.program.recognition.designations, tuple)
    fits_some = {"right", "adjacent"} & set(vouched)
    vouched_for = Truth.of(True if fits_some else False if listed and None not in vouched else None)
    return {
        "accreditation.assurance_fit": best,
        "accreditation.behind_it": behind,
        "accreditation.vouched_for": vouched_for,
    }


@measure("word")
def assurance(case: Case) -> Text:
    """How well the assurance behind it suits this kind of award: right, adjacent, wrong or none.

    Source: ISO/IEC 17024 and NCCA for certifications, ANSI/ICE 1100 for certificates, ANSI/IACET for courses,
    institutional accreditors for credit; ``reference/assurance.csv`` holds the table.
    """
    return case.program.text("accreditation.assurance_fit")


@measure("statement")
def genuine(case: Case) -> Truth:
    """Whether a recognised body or a legal authority stands behind the award, or its named receiver takes it."""
    taken = case.program.truth("transferability.receiver_reply").certain
    return case.program.truth("accreditation.behind_it") | Truth(taken, taken)


@measure("statement")
def required_met(case: Case) -> Truth:
    """Whether it carries the right kind of accreditation for this kind of award, in force."""
    word = assurance(case)
    right = is_word(word, "right")
    return Truth(right, either(right, negate(known(word))))


@derived("accreditation.ends", "accreditation.ended_body", "accreditation.named_like",
         fields=("accreditation.bodies", "transferability.recommendation"))  # fmt: skip
def accreditation_dates(question: Question) -> Mapping[str, Cell]:
    """The last day of the longest accreditation in force, whether one has ended, and a name like a recognised one."""
    bodies = _bodies(question) or ()
    known_as = [(body, as_) for body in bodies if (as_ := find_accreditor(body.name)) is not None]
    running = [_end(body, as_) for body, as_ in known_as if _in_force(body, as_, question.as_of)]
    over = [end for body in bodies if (end := _end(body, find_accreditor(body.name))) and end < question.as_of]
    until = None if None in running else max(filter(None, running or over), default=None)
    recommended = question.program.transferability.recommendation
    lapsed = recommended is not None and recommended.expires is not None and recommended.expires < question.as_of
    threshold = question.given.number("near-miss-threshold")
    like = next((as_.name for body in bodies if (as_ := nearest_body(body.name, threshold))), None)
    return {
        "accreditation.ends": Estimate.of(float(until.toordinal()) if until else UNKNOWN),
        "accreditation.ended_body": Truth.of(bool(over) or lapsed),
        "accreditation.named_like": like,
    }


@measure("word")
def in_force(case: Case) -> Text:
    """Whether accreditation lasts through the program, lapses before its end, or has ended (by dates)."""
    last = case.program.number("accreditation.ends").likely
    end = time.until_done(case).high * 7.0 + case.as_of
    return choose(
        [(below(last, case.as_of), "ended"), (at_most(end, last), "through"), (below(last, end), "lapses")], None
    )


@measure("statement")
def lapses(case: Case) -> Truth:
    """Whether accreditation is known to end before the learner would."""
    word = is_word(in_force(case), "lapses", "ended")
    return Truth(word, word)


@measure("statement")
def stale(case: Case) -> Truth:
    """Whether an accreditation or a credit recommendation named has run out."""
    return case.program.truth("accreditation.ended_body")


@measure("statement")
def near_miss(case: Case) -> Truth:
    """Whether a named accreditor's name resembles a recognised one without being it."""
    like = known(case.program.text("accreditation.named_like"))
    return Truth(like, like)


@derived("accreditation.names_unlisted", fields=("accreditation.bodies",))
def names_unlisted(question: Question) -> Mapping[str, Cell]:
    """Whether a body is named that the register does not know."""
    unknown = any(find_accreditor(body.name) is None for body in _bodies(question) or ())
    return {"accreditation.names_unlisted": Truth.of(unknown)}


@measure("statement")
def unlisted(case: Case) -> Truth:
    """Whether it names an accreditor that the register does not know; no proof of anything, but worth a look."""
    return case.program.truth("accreditation.names_unlisted")


@derived("accreditation.signs_share", "accreditation.signs_answered", fields=("accreditation.signs",))
def mill_answers(question: Question) -> Mapping[str, Cell]:
    """The share of the mill checklist answered yes, and how many questions were answered.

    Signs that also describe short courses (short, flat fee, little attendance) count for degrees only.
    """
    degree = question.program.kind == "degree"
    answers = [yes for sign, yes in question.program.accreditation.signs.items() if degree or sign not in DEGREE_SIGNS]
    share = sum(answers) / len(answers) if answers else UNKNOWN
    return {
        "accreditation.signs_share": Estimate.of(share),
        "accreditation.signs_answered": Estimate.of(float(len(answers))),
    }


@measure("share")
def mill_signs(case: Case) -> Estimate:
    """The share of the diploma-mill checklist that was answered yes (share).

    Source: CHEA's signs, reproduced by Maine DOE; a majority is "highly suggestive" of a mill.
    """
    return case.program.number("accreditation.signs_share")


@measure("statement")
def not_a_mill(case: Case) -> Truth:
    """Whether at most half of the mill checklist was answered yes.

    Until enough is answered, a recognised body behind the award answers for it; without one it is unknown.
    """
    share, answered = mill_signs(case), case.program.number("accreditation.signs_answered")
    enough = at_most(case.given.number("mill-answers-needed"), answered.likely)
    vouched = genuine(case).certain
    return Truth(enough, enough) & share.at_most(0.5) | Truth(vouched, True) & ~Truth(enough, enough)


@derived("accreditation.may_operate", fields=("accreditation.authorised_in",))
def may_operate(question: Question) -> Mapping[str, Cell]:
    """Whether it is authorised where the learner lives: their region, its country, or online from anywhere listed."""
    places, home = question.program.accreditation.authorised_in, question.goal.learner.residence
    if not isinstance(places, tuple) or home is None:
        return {"accreditation.may_operate": Truth.OPEN}
    return {"accreditation.may_operate": Truth.of(lies_in_any(home, places))}


@measure("statement")
def authorised(case: Case) -> Truth:
    """Whether it has legal authority to operate where the learner lives, or a recognised body behind it."""
    return case.program.truth("accreditation.may_operate") | case.program.truth("accreditation.vouched_for")
