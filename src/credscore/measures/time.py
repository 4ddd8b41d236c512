"""Time: whether this learner can finish, and when it pays.

Instruction hours and total workload hours are two facts; the second follows from credits or the first by a range.
"""

from __future__ import annotations

from collections.abc import Mapping

from credscore.measures.case import Case, measure
from credscore.measures.derived import Question, derived
from credscore.measures.evidence import rate
from credscore.measures.facts import Cell
from credscore.model.cell import UNKNOWN, below, both, either, is_word, known, lookup, negate
from credscore.model.estimate import Estimate, Truth, hull, where_estimate
from credscore.model.fact import PER_YEAR
from credscore.reference.credits import credit_systems


def _free_hours(case: Case) -> float:
    hours = case.goal.means.hours_per_week
    return UNKNOWN if hours is None else float(hours)


def _deadline(case: Case) -> float:
    """Weeks from now to the learner's deadline (weeks); unknown where there is none."""
    day = case.goal.limits.deadline or case.goal.means.deadline
    return UNKNOWN if day is None else max(day.toordinal() - case.as_of, 0.0) / 7.0


def _pacing(case: Case) -> tuple[Truth, Truth]:
    """Whether it is self-paced, and whether it has a fixed timetable."""
    word = case.program.text("time.pacing")
    stated = known(word)
    own, fixed = is_word(word, "self-paced"), is_word(word, "cohort")
    return Truth(own, either(own, negate(stated))), Truth(fixed, either(fixed, negate(stated)))


CLOCKED = ("licence-training", "apprenticeship")
"""Kinds whose training is counted in clock hours and mostly done in class or at work (34 CFR 668.8)."""


def _work_per_class_hour(case: Case) -> Estimate:
    clocked = is_word(case.program.text("kind"), *CLOCKED)
    return where_estimate(
        clocked, case.given.range("workload-per-clock-hour"), case.given.range("workload-per-instruction-hour")
    )


@measure("hours")
def hours(case: Case) -> Estimate:
    """Total workload (hours): as stated, else from credits by their system, else from instruction by a cited range."""
    number = case.program.number
    system = case.program.text("transferability.credit_system")
    systems = credit_systems()
    per_credit = Estimate(
        *(lookup(system, {k: getattr(v, end) for k, v in systems.items()}) for end in ("low", "likely", "high"))
    )
    by_credit = number("transferability.credits") * per_credit
    by_class = number("time.instruction_hours") * _work_per_class_hour(case)
    return number("time.workload_hours").or_else(by_credit).or_else(by_class)


@measure("weeks")
def weeks(case: Case) -> Estimate:
    """How long it takes this learner (weeks): its own length, or for self-paced study hours over hours a week.

    Unstated pacing spans both.
    """
    own_pace, length = hours(case).over(_free_hours(case)), case.program.number("time.duration_weeks")
    self_paced, cohort = _pacing(case)
    either_way = hull(length, own_pace).or_else(length).or_else(own_pace)
    fixed = where_estimate(cohort.certain, length.or_else(own_pace), either_way)
    return where_estimate(self_paced.certain, own_pace.or_else(length), fixed)


@measure("hours per week")
def weekly_hours(case: Case) -> Estimate:
    """Hours it takes each week (hours per week): workload over its own length."""
    return hours(case).over(case.program.number("time.duration_weeks"))


@measure("ratio")
def load(case: Case) -> Estimate:
    """Hours needed over hours available (ratio).

    A fixed timetable uses its own weeks; self-paced study has until the deadline, or the rubric's weeks where there
    is none. The provider's own pace is not used. Unstated pacing spans both.
    """
    free, until = _free_hours(case), _deadline(case)
    window = until if until == until else case.given.number("weeks-without-deadline")
    fixed = weekly_hours(case).over(free)
    own = hours(case).over(free * window)
    self_paced, cohort = _pacing(case)
    return where_estimate(cohort.certain, fixed, where_estimate(self_paced.certain, own, hull(fixed, own)))


def until_done(case: Case) -> Estimate:
    """Weeks from now until it is finished (weeks): the wait for a start, unless it is self-paced, and its length."""
    start = case.program.number("time.weeks_to_start").or_else(case.given.range("weeks-to-start"))
    self_paced, cohort = _pacing(case)
    either_way = where_estimate(cohort.certain, start, Estimate(0.0, start.likely, start.high))
    return where_estimate(self_paced.certain, Estimate.of(0.0), either_way) + weeks(case)


@measure("ratio")
def overrun(case: Case) -> Estimate:
    """Time until it is finished over time to the deadline (ratio)."""
    return until_done(case).over(_deadline(case))


@derived("time.weeks_to_start", fields=("time.starts",))
def weeks_to_start(question: Question) -> Mapping[str, Cell]:
    """Weeks from now to the next start that is listed (weeks)."""
    starts = question.program.time.starts
    coming = [day for day in starts if day >= question.as_of] if isinstance(starts, tuple) else []
    wait = (min(coming).toordinal() - question.as_of.toordinal()) / 7.0 if coming else UNKNOWN
    return {"time.weeks_to_start": Estimate.of(wait)}


@measure("statement")
def timetable_fits(case: Case) -> Truth:
    """Whether a fixed timetable needs no more hours than there are, with the rubric's slack; paid work-based learning is the job."""
    _, cohort = _pacing(case)
    wage = case.program.number("cost.pay_during")
    paid, unsaid = (
        below(0.0, wage.low),
        both(negate(known(wage.likely)), is_word(case.program.text("kind"), "apprenticeship")),
    )
    fits = (weekly_hours(case).over(_free_hours(case))).at_most(case.given.number("timetable-slack"))
    return ~cohort | fits | Truth(paid, either(below(0.0, wage.high), unsaid))


@measure("statement")
def ends_by_deadline(case: Case) -> Truth:
    """Whether it can be finished by the learner's last day."""
    return overrun(case).at_most(1.0)


@measure("share")
def pass_rate(case: Case) -> Estimate:
    """The true share who pass the exam (share), bounded by its evidence."""
    return rate(case, "outcomes.pass_rate", case.given.by("pass-base", case.program.text("kind")))


@measure("share")
def completion(case: Case) -> Estimate:
    """The true share of starters who finish (share); for an exam without a course, the share who pass."""
    kind = case.program.text("kind")
    finished = rate(case, "outcomes.completion_rate", case.given.by("completion-base", kind))
    return where_estimate(is_word(kind, "certification"), pass_rate(case), finished)


@measure("days")
def days_to_job(case: Case) -> Estimate:
    """Days from finishing to a job, the median graduate's (days)."""
    return case.program.number("outcomes.days_to_job")


@derived("time.wishes_met", "time.limits_met",
         fields=("time.modality", "time.schedule", "time.supports", "language"))  # fmt: skip
def wishes(question: Question) -> Mapping[str, Cell]:
    """The share of the learner's wishes that it meets (share), and whether it keeps within their hard limits."""
    wished, limits = question.goal.means, question.goal.limits
    asked = [t for t in (_offers(question, wished.modality, "modality"), _offers(question, wished.schedule, "schedule"),
                         *(_offers(question, (s,), "supports") for s in wished.supports)) if t is not None]  # fmt: skip
    kept = Truth.YES
    for limit, field in ((limits.modality, "modality"), (limits.schedule, "schedule"), (limits.languages, "language")):
        kept &= _offers(question, limit, field) or Truth.YES
    for support in limits.supports:
        kept &= _offers(question, (support,), "supports") or Truth.YES
    return {"time.wishes_met": _share_met(asked), "time.limits_met": kept}


def _share_met(asked: list[Truth]) -> Estimate:
    if not asked or all(t.unknown for t in asked):
        return Estimate.of(UNKNOWN)
    certain, possible = (sum(1.0 for t in asked if getattr(t, end)) / len(asked) for end in ("certain", "possible"))
    return Estimate.of(certain) if certain == possible else Estimate(certain, certain, possible)


def _offers(question: Question, wanted: tuple[str, ...], field: str) -> Truth | None:
    if not wanted:
        return None
    if field == "language":
        language = question.program.language
        return Truth.of(None if language is None else language.casefold() in {w.casefold() for w in wanted})
    stated = getattr(question.program.time, field)
    if field == "modality":
        return Truth.of(stated.value in wanted if stated.stated else None)
    said = {word.casefold() for word in stated} if isinstance(stated, tuple) else None
    return Truth.of(None if said is None else any(word.casefold() in said for word in wanted))


@measure("share")
def flexibility(case: Case) -> Estimate:
    """The share of the learner's wishes on mode, hours and support that it meets (share)."""
    return case.program.number("time.wishes_met")


@measure("statement")
def within_limits(case: Case) -> Truth:
    """Whether it keeps within the learner's hard limits on mode, hours, language and support."""
    return case.program.truth("time.limits_met")


WORKING_HOURS = PER_YEAR["hour"] / PER_YEAR["week"]


@measure("statement")
def faster_than_work(case: Case) -> Truth:
    """Whether its stated length would take more than forty hours every week; an apprentice learns beside full-time work."""
    fits = weekly_hours(case).at_most(WORKING_HOURS)
    too_fast = negate(either(fits.possible, is_word(case.program.text("kind"), "apprenticeship")))
    return Truth(too_fast, too_fast)
