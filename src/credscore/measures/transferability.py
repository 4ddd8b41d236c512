"""Transferability: what moves with the learner, to a named receiver, a larger award, another employer or country.

Credit is a fact about a receiver; "may transfer" is a claim.
"""

from __future__ import annotations

from collections.abc import Mapping

from credscore.measures.case import Case, measure
from credscore.measures.derived import Question, derived
from credscore.measures.facts import NOTHING, Cell
from credscore.model.cell import Text, either, is_word, known, negate
from credscore.model.estimate import Estimate, Truth
from credscore.model.program.transferability import Receiver
from credscore.reference.names import same_name
from credscore.reference.places import lies_in_any

TAKES = ("agreement", "confirmed")
SECTORS = ("public-two-year", "public-four-year", "nonprofit", "for-profit")


def _receivers(question: Question) -> tuple[Receiver, ...] | None:
    receivers = question.program.transferability.receivers
    return receivers if isinstance(receivers, tuple) else None


@derived("transferability.receiver_reply", "transferability.refused_claim", fields=("transferability.receivers",))
def receiver_reply(question: Question) -> Mapping[str, Cell]:
    """What the receiver named in the goal says, and whether credit is claimed at one that refused it."""
    wanted, receivers = question.goal.target.credit_at, _receivers(question) or ()
    words = [r.status for r in receivers if wanted and same_name(r.name, wanted)]
    takes, refuses = any(w in TAKES for w in words), "refused" in words
    reply = None if takes == refuses else takes
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


@derived("transferability.kept", "transferability.route",
         fields=("transferability.receivers", "transferability.recommendation",
                 "transferability.credits", "transferability.sector"))  # fmt: skip
def kept(question: Question) -> Mapping[str, Cell]:
    """The share of its credit that students keep when they move on, by the best way it has, and the name of that way.

    What nobody states may be any way there is: an agreement, a recommendation, a college of any sector.
    """
    ways = [_agreement(question), _recommendation(question), _by_sector(question)]
    name, best = max(ways, key=lambda way: (way[1].likely, way[1].low))
    low, high = (max(getattr(way, end) for _, way in ways) for end in ("low", "high"))
    if name is None and high > low:
        return {"transferability.kept": NOTHING, "transferability.route": None}
    return {"transferability.kept": Estimate(low, best.likely, high), "transferability.route": name or "none"}


Way = tuple[str | None, Estimate]
"""A way for credit to move and the share kept on it (share); no name where nobody states that there is one."""


def _agreement(question: Question) -> Way:
    receivers, whole = _receivers(question), question.given.entry("credit-kept", "agreement")
    if any(r.status in TAKES for r in receivers or ()):
        return "agreement", Estimate.of(whole)
    return None, Estimate(0.0, 0.0, whole if receivers is None else 0.0)


def _recommendation(question: Question) -> Way:
    recommended = question.program.transferability.recommendation
    share = question.given.entry("credit-kept", "recommendation")
    if recommended is None:
        return None, Estimate(0.0, 0.0, share)
    in_date = recommended.expires is None or recommended.expires >= question.as_of
    return ("recommendation", Estimate.of(share)) if in_date else (None, Estimate.of(0.0))


def _by_sector(question: Question) -> Way:
    credit, sector = question.program.transferability.credits, question.program.transferability.sector
    shares = {word: question.given.entry("credit-kept", word) for word in SECTORS}
    high = max(shares.values()) if not sector.stated else shares[str(sector.value)]
    low = min(shares.values()) if not sector.stated else high
    if not credit.stated or not credit.low:
        return None, Estimate(0.0, 0.0, 0.0 if credit.stated and not credit.high else high)
    word = str(sector.value) if sector.stated else "unspecified"
    return word, Estimate.between(low, question.given.entry("credit-kept", word), high)


@measure("share")
def credit_kept(case: Case) -> Estimate:
    """The share of its credit that a college can be expected to take where none is named (share).

    Source: GAO-17-574 on credit lost in transfer by sector (students of 2004-09).
    """
    return case.program.number("transferability.kept")


@derived("transferability.stack_place", fields=("transferability.stacks_into",))
def stack_place(question: Question) -> Mapping[str, Cell]:
    """The best larger award it counts towards: vertical with credit, vertical, horizontal, claimed, none."""
    steps = question.program.transferability.stacks_into
    if not isinstance(steps, tuple):
        return {"transferability.stack_place": None}
    shown = [s for s in steps if s.source or question.program.source]
    if any(s.vertical and s.credits for s in shown):
        word = "vertical-credit"
    elif any(s.vertical for s in shown):
        word = "vertical"
    elif shown:
        word = "horizontal"
    else:
        word = "claimed" if steps else "none"
    return {"transferability.stack_place": word}


@measure("word")
def stack(case: Case) -> Text:
    """The best larger award it counts towards. Source: RAND RBA207-1 on vertical and horizontal stacking."""
    return case.program.text("transferability.stack_place")


def _is(word: Text, wanted: str) -> Truth:
    """Whether a word is the wanted one; open where it is unknown."""
    certain = is_word(word, wanted)
    return Truth(certain, either(certain, negate(known(word))))


@measure("statement")
def portable(case: Case) -> Truth:
    """Whether it counts with more than one employer: tied to no product, or several have committed themselves.

    Source: P.L. 119-21 s.83002, "portable across more than one employer".
    """
    committed = _is(case.program.text("recognition.employers_evidence"), "committed")
    return case.program.truth("transferability.vendor_neutral") | committed


@measure("statement")
def neutral_and_registered(case: Case) -> Truth:
    """Whether it is tied to no product and stands on a public register as a credential."""
    registered = _is(case.program.text("recognition.register_place"), "credential")
    return case.program.truth("transferability.vendor_neutral") & registered


@derived("transferability.framework_parts", fields=("transferability.level", "time.workload_hours",
                                                    "transferability.credits"))  # fmt: skip
def framework_parts(question: Question) -> Mapping[str, Cell]:
    """How many of level, workload and credits are stated; one that is not may yet be there to be had."""
    facts = question.program
    parts = [
        facts.transferability.level is not None,
        facts.time.workload_hours.stated,
        facts.transferability.credits.stated,
    ]
    stated = float(sum(parts))
    return {"transferability.framework_parts": Estimate(stated, stated, float(len(parts))) if stated else NOTHING}


@measure("parts")
def framework(case: Case) -> Estimate:
    """How many of level, workload and credits a receiver can place it by (parts, 0 to 3). Source: 2022/C 243/02."""
    return case.program.number("transferability.framework_parts")


@derived("transferability.place_known", fields=("transferability.recognised_in",))
def place_known(question: Question) -> Mapping[str, Cell]:
    """Whether it is recognised in every country the goal needs."""
    wanted, places = question.goal.limits.recognised_in, question.program.transferability.recognised_in
    known_there = Truth.YES if wanted and isinstance(places, tuple) else Truth.OPEN
    for home in wanted if isinstance(places, tuple) else ():
        known_there &= Truth.of(lies_in_any(home, places))
    return {"transferability.place_known": known_there}


@measure("statement")
def recognised_there(case: Case) -> Truth:
    """Whether it is recognised where the learner wants to use it."""
    return case.program.truth("transferability.place_known")
