"""Recognition: who, outside the provider, treats it as worth something.

A named decider's reply is the recognition that counts; otherwise the market and the registers answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from credscore.measures.case import Case, measure
from credscore.measures.derived import Question, derived
from credscore.measures.evidence import UNCHECKED, wilson
from credscore.measures.facts import Cell
from credscore.model.cell import Text, below, both, either, fill, is_word, known, maximum, negate, where
from credscore.model.estimate import Estimate, Truth
from credscore.model.fact import Tier
from credscore.reference.names import normal_name, same_name

CREDENTIAL_ROUTE = frozenset({
    "state-licence", "federal-licence", "satisfies-licence", "registered-apprenticeship", "ncca", "ice", "ansi-17024",
    "dod-cool",
})  # fmt: skip
RATES = ("completion_rate", "pass_rate", "placement_rate", "advancement_rate")
SUCCESS_RATES = tuple(f"outcomes.{name}" for name in RATES)
YEAR_DAYS = 365.0


@derived("recognition.decider_reply", fields=("recognition.replies",))
def decider_reply(question: Question) -> Mapping[str, Cell]:
    """What the decider named in the goal answered about this award."""
    wanted, replies = question.goal.target.decider, question.program.recognition.replies
    answer = None
    if wanted and isinstance(replies, tuple):
        theirs = [reply for reply in replies if same_name(reply.name, wanted)]
        latest = max((r.as_of or date.min for r in theirs), default=date.min)
        answers = {r.accepts for r in theirs if (r.as_of or date.min) == latest}
        answer = answers.pop() if len(answers) == 1 else None
    return {"recognition.decider_reply": Truth.of(answer)}


@measure("statement")
def decider_accepts(case: Case) -> Truth:
    """Whether the employer, board or college that must accept it says that it does."""
    return case.program.truth("recognition.decider_reply")


@measure("share")
def postings_share(case: Case) -> Estimate:
    """Share of the occupation's job advertisements that ask for it (share), widened by the number read."""
    share, read = (case.program.number(f"recognition.postings.{key}") for key in ("share", "n"))
    n = maximum(fill(read.likely, 1.0), 1.0)
    z = case.given.number("wilson-z")
    few = below(n, case.given.number("small-cohort"))
    likely = where(few, wilson(share.likely, n, z)[0], share.likely)
    return Estimate.between(wilson(share.low, n, z)[0], likely, wilson(share.high, n, z)[1])


@derived("recognition.employers_evidence", fields=("recognition.employers",))
def employers_evidence(question: Question) -> Mapping[str, Cell]:
    """The strongest documented part that employers play; a name without a source is none."""
    named = question.program.recognition.employers
    if not isinstance(named, tuple):
        return {"recognition.employers_evidence": None}
    shown = [e for e in named if e.source]
    promises = {normal_name(e.name) for e in shown if e.role in ("hires", "interviews")}
    if len(promises) >= 2:
        word = "committed"
    elif any(e.role in ("co-designed", "advisory") for e in shown):
        word = "co-designed"
    else:
        word = "single" if promises else "named" if shown else "none"
    return {"recognition.employers_evidence": word}


@measure("word")
def employers(case: Case) -> Text:
    """What employers documentably do with it: committed, co-designed, single, named or none."""
    return case.program.text("recognition.employers_evidence")


@derived("recognition.register_place", fields=("recognition.designations",))
def register_place(question: Question) -> Mapping[str, Cell]:
    """Whether a register lists the credential, only the programme, or neither."""
    places = question.program.recognition.designations
    if not isinstance(places, tuple):
        return {"recognition.register_place": None}
    word = "credential" if CREDENTIAL_ROUTE & set(places) else "programme" if places else "none"
    return {"recognition.register_place": word}


@measure("word")
def register(case: Case) -> Text:
    """Its place on a public register, as a credential or as a programme.

    Source: P.L. 119-21 s.70414 (26 U.S.C. 529(f)), the statutory list of recognised postsecondary credentials.
    """
    return case.program.text("recognition.register_place")


@measure("word")
def assessment(case: Case) -> Text:
    """How the award is earned, from attendance alone to an independent examination."""
    return case.program.text("recognition.assessment.type")


@measure("years")
def years_offered(case: Case) -> Estimate:
    """Years since it was first offered (years)."""
    first = case.program.number("recognition.first_offered")
    return ((case.as_of - first) * (1.0 / YEAR_DAYS)).floor(0.0)


@measure("people")
def holders_per_opening(case: Case) -> Estimate:
    """People who hold it for each yearly opening in the occupation (people)."""
    return case.program.number("recognition.holders").over(case.program.number("recognition.openings"))


def _backed(case: Case, field: str) -> Truth:
    stated = known(case.program.number(field).likely)
    counted = either(
        known(case.program.number(f"{field}.n").likely),
        is_word(case.program.text(f"{field}.tier"), str(Tier.ADMINISTRATIVE), str(Tier.INDEPENDENT)),
    )
    bare = both(stated, negate(counted))
    return Truth(bare, bare)


@measure("statement")
def rate_without_denominator(case: Case) -> Truth:
    """Whether a success rate is stated without saying of how many."""
    found = Truth.NO
    for field in SUCCESS_RATES:
        found |= _backed(case, field)
    return found


@measure("statement")
def tiny_cohort(case: Case) -> Truth:
    """Whether a success rate rests on fewer people than the rubric's small cohort."""
    found: Truth = Truth.NO
    for field in SUCCESS_RATES:
        small = both(known(case.program.number(field).likely),
                     below(case.program.number(f"{field}.n").likely, case.given.number("small-cohort")))  # fmt: skip
        found |= Truth(small, small)
    return found


@derived("recognition.claims_made", "recognition.guarantees_job", "recognition.says_risk_free",
         "recognition.pays_for_reviews", "recognition.promises_speed", fields=("recognition.claims",))  # fmt: skip
def claims_made(question: Question) -> Mapping[str, Cell]:
    """Which claims that authorities warn of the provider makes; unstated counts as none seen."""
    claims = question.program.recognition.claims
    made = set(claims) if isinstance(claims, tuple) else set()
    return {
        "recognition.guarantees_job": Truth.of("job-guarantee" in made),
        "recognition.says_risk_free": Truth.of(bool(made & {"risk-free", "not-a-loan"})),
        "recognition.pays_for_reviews": Truth.of("incentivised-reviews" in made),
        "recognition.promises_speed": Truth.of("fast-finish" in made),
        "recognition.claims_made": ", ".join(sorted(made)) or None,
    }


def _seen(case: Case, field: str) -> Truth:
    """A claim that was seen; never merely possible."""
    certain = case.program.truth(field).certain
    return Truth(certain, certain)


@measure("statement")
def job_guaranteed(case: Case) -> Truth:
    """Whether a job is guaranteed."""
    return _seen(case, "recognition.guarantees_job")


@measure("statement")
def risk_free(case: Case) -> Truth:
    """Whether its financing is called free of risk, or no loan."""
    return _seen(case, "recognition.says_risk_free")


@measure("statement")
def incentivised_reviews(case: Case) -> Truth:
    """Whether reviews were paid for."""
    return _seen(case, "recognition.pays_for_reviews")


@measure("statement")
def fast_finish(case: Case) -> Truth:
    """Whether it promises to be over fast."""
    return _seen(case, "recognition.promises_speed")


@derived(
    "recognition.unchecked_figures",
    fields=tuple(f"outcomes.{name}" for name in (*RATES, "median_earnings", "upper_quartile_earnings")),
)
def unchecked_figures(question: Question) -> Mapping[str, Cell]:
    """The outcome figures that nobody but the provider stands behind, in words."""
    told = []
    for name in (*RATES, "median_earnings", "upper_quartile_earnings"):
        fact = getattr(question.program.outcomes, name)
        if fact.stated and str(fact.tier or Tier.CLAIMED) in UNCHECKED and isinstance(fact.value, float):
            amount = f"{fact.value:,.0f} a {fact.period}" if fact.period else f"{fact.value * 100:.0f} %"
            told.append(f"{name.removesuffix('_rate').replace('_', ' ')} {amount}")
    return {"recognition.unchecked_figures": ", ".join(told) or None}


@measure("word")
def claimed(case: Case) -> Text:
    """The outcome figures that are claimed and that nobody has checked, in words."""
    return case.program.text("recognition.unchecked_figures")
