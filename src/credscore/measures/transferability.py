"""Transferability: what moves with the learner, to a named receiver, a larger award, another employer or country.

Credit is a fact about a receiver; "may transfer" is a claim.
"""

from __future__ import annotations

from collections.abc import Mapping

from credscore.measures.case import Case, measure
from credscore.measures.derived import Question, derived
from credscore.measures.facts import Cell
from credscore.model.cell import Text, both, choose, either, is_word, negate
from credscore.model.estimate import Truth
from credscore.model.program import Receiver
from credscore.reference.names import same_name

TAKES = ("agreement", "confirmed")


def _receivers(question: Question) -> tuple[Receiver, ...] | None:
    receivers = question.program.transferability.receivers
    return receivers if isinstance(receivers, tuple) else None


@derived("transferability.receiver_reply", "transferability.refused_claim", fields=("transferability.receivers",))
def receiver_reply(question: Question) -> Mapping[str, Cell]:
    """What the receiver named in the goal says, and whether credit is claimed at one that refused it."""
    wanted, receivers = question.goal.target.credit_at, _receivers(question) or ()
    words = [r.status for r in receivers if wanted and same_name(r.name, wanted)]
    reply = True if any(w in TAKES for w in words) else False if "refused" in words else None
    claimed = {r.name for r in receivers if r.status == "claimed"}
    refused = any(r.status == "refused" and any(same_name(r.name, c) for c in claimed) for r in receivers)
    return {"transferability.receiver_reply": Truth.of(reply), "transferability.refused_claim": Truth.of(refused)}


@measure("statement")
def receiver_accepts(case: Case) -> Truth:
    """Whether the college named in the goal takes the credit, by agreement or in writing."""
    return case.program.truth("transferability.receiver_reply")


@measure("statement")
def misstated_credit(case: Case) -> Truth:
    """Whether credit is claimed at a college that is known to refuse it."""
    return case.program.truth("transferability.refused_claim")


@derived("transferability.route", fields=("transferability.receivers", "transferability.recommendation",
                                          "transferability.credits", "transferability.sector"))  # fmt: skip
def route(question: Question) -> Mapping[str, Cell]:
    """How credit would move when no receiver is named: agreement, sector, recommendation or none; None is unknown."""
    facts, receivers = question.program.transferability, _receivers(question)
    recommended = facts.recommendation
    in_date = recommended is not None and (recommended.expires is None or recommended.expires >= question.as_of)
    carries = facts.credits.stated and (facts.credits.high or 0.0) > 0.0
    if any(r.status in TAKES for r in receivers or ()):
        word: str | None = "agreement"
    elif carries and facts.sector.stated:
        word = {"nonprofit": "unspecified"}.get(str(facts.sector.value), str(facts.sector.value))
    elif in_date:
        word = "recommendation"
    elif carries:
        word = "unspecified"
    else:
        word = "none" if facts.credits.stated else None
    return {"transferability.route": word}


@measure("word")
def credit_route(case: Case) -> Text:
    """How credit would move without a named receiver.

    Source: GAO-17-574 on credit lost in transfer by sector (students of 2004-09).
    """
    return case.program.text("transferability.route")


@derived("transferability.stack_place", fields=("transferability.stacks_into",))
def stack_place(question: Question) -> Mapping[str, Cell]:
    """The best larger award it counts towards: vertical with credit, vertical, horizontal, claimed, none."""
    steps = question.program.transferability.stacks_into
    if not isinstance(steps, tuple):
        return {"transferability.stack_place": None}
    if any(s.vertical and s.credits for s in steps):
        word = "vertical-credit"
    elif any(s.vertical for s in steps):
        word = "vertical"
    elif any(s.source or s.credits for s in steps):
        word = "horizontal"
    else:
        word = "claimed" if steps else "none"
    return {"transferability.stack_place": word}


@measure("word")
def stack(case: Case) -> Text:
    """The best larger award it counts towards. Source: RAND RBA207-1 on vertical and horizontal stacking."""
    return case.program.text("transferability.stack_place")


@measure("word")
def portability(case: Case) -> Text:
    """Whether it counts with several employers: neutral and registered, several, or a single one.

    Source: P.L. 119-21 s.83002, "portable across more than one employer".
    """
    neutral = case.program.truth("transferability.vendor_neutral")
    registered = is_word(case.program.text("recognition.register_place"), "credential")
    committed = is_word(case.program.text("recognition.employers_evidence"), "committed")
    return choose(
        [(both(neutral.certain, registered), "neutral"), (either(neutral.certain, committed), "several"),
         (negate(neutral.possible), "single")], None)  # fmt: skip


@derived("transferability.framework_parts", fields=("transferability.level", "time.workload_hours",
                                                    "transferability.credits"))  # fmt: skip
def framework_parts(question: Question) -> Mapping[str, Cell]:
    """How many of level, workload and credits are stated; None where none is."""
    facts = question.program
    parts = [
        facts.transferability.level is not None,
        facts.time.workload_hours.stated,
        facts.transferability.credits.stated,
    ]
    return {"transferability.framework_parts": (None, "one", "two", "three")[sum(parts)]}


@measure("word")
def framework(case: Case) -> Text:
    """How much of what a receiver needs to place it is stated: level, workload, credits. Source: 2022/C 243/02."""
    return case.program.text("transferability.framework_parts")


@derived("transferability.place_known", fields=("transferability.recognised_in",))
def place_known(question: Question) -> Mapping[str, Cell]:
    """Whether it is recognised in every country the goal needs."""
    wanted, places = question.goal.limits.recognised_in, question.program.transferability.recognised_in
    answer = None
    if wanted and isinstance(places, tuple):
        answer = all(any(w == p or w.startswith(f"{p}-") for p in places) for w in wanted)
    return {"transferability.place_known": Truth.of(answer)}


@measure("statement")
def recognised_there(case: Case) -> Truth:
    """Whether it is recognised where the learner wants to use it."""
    return case.program.truth("transferability.place_known")
