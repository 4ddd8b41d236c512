"""Generated programs and goals, for laws that must hold of all of them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

from hypothesis import strategies as st

from credscore.api import load_rubric
from credscore.measures import Case, Given, read_case
from credscore.model.goal import Goal
from credscore.model.layout import fact_fields
from credscore.model.program import Program
from credscore.model.program.terms import KINDS
from credscore.rubrics import shipped
from credscore.scoring.judge import Judgement, judge
from credscore.scoring.plan import make_plan

Data: TypeAlias = dict[str, Any]

ELASTIC = ("administrative", "independent", "disclosed", "claimed", "advertised")


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A fact, or nothing said."""
    return st.one_of(st.none(), strategy)


def ranged(low: float, high: float) -> st.SearchStrategy[Any]:
    """A number, or a range of them, or a gap."""
    number = st.floats(low, high, allow_nan=False).map(lambda x: round(x, 4))
    pair = st.tuples(number, number).map(lambda p: {"low": min(p), "high": max(p)})
    return st.one_of(number, number, pair, st.just("suppressed"))


@st.composite
def rates(draw: st.DrawFn) -> Any:
    """A share, with as much evidence as its teller cared to give."""
    value = round(draw(st.floats(0, 1)), 4)
    table: dict[str, Any] = {"value": value}
    if draw(st.booleans()):
        table["tier"] = draw(st.sampled_from(ELASTIC))
    if draw(st.booleans()):
        table["n"] = draw(st.integers(1, 500))
    if draw(st.booleans()):
        table["response_rate"] = round(draw(st.floats(0, 1)), 3)
    return draw(st.sampled_from([table, table, value, "suppressed"]))


@st.composite
def pays(draw: st.DrawFn) -> Any:
    """Pay with a period and perhaps evidence."""
    period = draw(st.sampled_from(["year", "quarter", "month", "hour"]))
    scale = {"year": 1, "quarter": 4, "month": 12, "hour": 2080}[period]
    table: dict[str, Any] = {"value": round(draw(st.floats(12_000, 120_000)) / scale, 4), "period": period}
    if draw(st.booleans()):
        table["tier"] = draw(st.sampled_from(ELASTIC))
    if draw(st.booleans()):
        table["n"] = draw(st.integers(1, 500))
    return table


def _section(draw: st.DrawFn, fields: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    found = {key: draw(maybe(strategy)) for key, strategy in fields.items()}
    return {key: value for key, value in found.items() if value is not None}


words = st.sampled_from


@st.composite
def program_data(draw: st.DrawFn) -> dict[str, Any]:
    """A program file's content."""
    cost = _section(draw, {
        "total": ranged(0, 30_000), "tuition": ranged(0, 30_000), "fees": ranged(0, 500), "exam": ranged(0, 500),
        "materials": ranged(0, 500), "tax_rate": st.just(0.0), "pay_during": pays(),
        "refund": st.just({"full_until_day": 7, "prorata_until": 0.6, "days_to_pay": 45}),
        "aid": st.lists(st.fixed_dictionaries({
            "name": st.just("grant"), "share": st.floats(0, 1).map(lambda x: round(x, 3)), "stacks": st.booleans(),
            "when": words([{}, {"residence": ["US-CO"]}, {"age": [18, 30]}, {"status": ["citizen"]}]),
        }), max_size=3),
    })  # fmt: skip
    time = _section(draw, {
        "duration_weeks": ranged(1, 200), "instruction_hours": ranged(1, 2000), "workload_hours": ranged(1, 4000),
        "pacing": words(["cohort", "self-paced"]), "displaces_work": st.booleans(),
        "modality": words(["online", "in-person", "hybrid"]), "schedule": st.just(["evening"]),
    })  # fmt: skip
    recognition = _section(draw, {
        "designations": st.lists(words(["wioa-etpl", "ncca", "state-licence"]), max_size=2, unique=True),
        "first_offered": words([2010, 2024, 2026]),
        "assessment": words([{"type": "none"}, {"type": "applied-performance"}]),
        "postings": st.fixed_dictionaries({"share": rates().filter(lambda r: not isinstance(r, dict)), "n": st.integers(1, 900)}),
        "employers": words([[], [{"name": "A", "role": "hires"}], [{"name": "A", "role": "hires", "source": "x"},
                                                                  {"name": "B", "role": "interviews", "source": "y"}]]),
        "replies": words([[], [{"name": "City Hospital", "accepts": True}], [{"name": "City Hospital", "accepts": False}]]),
    })  # fmt: skip
    accreditation = _section(draw, {
        "bodies": words([[], [{"name": "ACCSC"}], [{"name": "Nobody knows it"}], [{"name": "HLC", "to": "2026-12-01"}]]),
        "authorised_in": words([[], ["US-CO"], ["US-TX"]]),
        "signs": words([{}, {"no_address": True, "sold_outright": True, "unproven_claims": False},
                        {"no_address": False, "sold_outright": False, "unproven_claims": False}]),
    })  # fmt: skip
    transferability = _section(draw, {
        "credits": ranged(0, 60), "credit_system": words(["ects", "us-semester"]), "vendor_neutral": st.booleans(),
        "receivers": words([[], [{"name": "State University", "status": "agreement", "credits": 9}]]),
        "stacks_into": words([[], [{"name": "BSc", "vertical": True, "credits": 9}]]),
    })  # fmt: skip
    content = _section(draw, {
        "occupations": words([[], ["15-1254"], ["15-1252", "53-3032"], ["31-1131"]]),
        "skills": words([[], ["SQL"], ["SQL", "Git"], ["Welding"]]), "level": words(["entry", "advanced"]),
        "confers": words([[], ["Security+"]]), "last_reviewed": words([2020, 2026]),
        "prerequisites": words([[], [{"any": [{"experience_months": 36}, {"education": "bachelor"}]}]]),
    })  # fmt: skip
    outcomes = _section(draw, {
        "completion_rate": rates(), "pass_rate": rates(), "placement_rate": rates(), "placement_in_field": st.booleans(),
        "advancement_rate": rates(), "median_earnings": pays(), "days_to_job": ranged(1, 500),
    })  # fmt: skip
    return {
        "name": "A program", "provider": "A provider", "kind": draw(words(KINDS)), "cost": cost, "time": time,
        "recognition": recognition, "accreditation": accreditation, "transferability": transferability,
        "content": content, "outcomes": outcomes,
    }  # fmt: skip


@st.composite
def goal_data(draw: st.DrawFn) -> dict[str, Any]:
    """A goal file's content."""
    learner = _section(draw, {
        "residence": st.just("US-CO"), "age": st.integers(18, 60), "education": words(["secondary", "bachelor"]),
        "experience": words([[], [{"field": "retail", "months": 48}]]), "skills": words([[], ["SQL"]]),
        "holds": words([[], ["Security+"]]),
    })  # fmt: skip
    target = _section(draw, {
        "occupation": st.just("15-1254"), "skills": words([["SQL", "Git"], ["SQL", "Rust", "Git"]]),
        "minimum_earnings": st.just({"value": 45_000, "period": "year"}), "requires": st.just(["Security+"]),
        "decider": st.just("City Hospital"), "credit_at": st.just("State University"), "level": st.just("entry"),
        "in_demand": st.booleans(),
    })  # fmt: skip
    means = _section(draw, {
        "budget": st.integers(0, 30_000), "savings": st.integers(0, 60_000), "hours_per_week": st.integers(1, 60),
        "current_earnings": words([{"value": 0, "period": "year"}, {"value": 38_000, "period": "year"}]),
        "deadline": st.just("2027-12-31"), "can_stretch": st.booleans(), "borrows": st.booleans(),
        "sponsor_pays": words([0.0, 0.5, 1.0]), "modality": st.just(["online"]),
    })  # fmt: skip
    aims = ["enter", "switch", "advance", "raise-pay", "licence", "credit", "keep-job", "learn"]
    return {"name": "A goal", "aim": draw(words(aims)), "learner": learner, "target": target, "means": means}


# More facts than a short file states


def sparse(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries({key: maybe(value) for key, value in fields.items()}).map(
        lambda found: {key: value for key, value in found.items() if value is not None}
    )


MORE = st.fixed_dictionaries({
    "cost": sparse({
        "equipment": ranged(0, 2000), "retake": ranged(0, 500),
        "renewal": sparse({"amount": ranged(0, 900), "every_years": ranged(1, 6)}),
        "financing": words([{"type": "cash"}, {"type": "federal-loan"}, {"type": "private-loan", "apr": 0.2, "months": 24},
                            {"type": "isa", "share": 0.15, "months": 36, "cap": 20_000,
                             "floor": {"value": 40_000, "period": "year"}}, {"type": "clawback"}]),
    }),
    "time": sparse({"starts": words([[], ["2027-01-10"], ["2020-01-01"]]), "supports": words([[], ["childcare"]])}),
    "recognition": sparse({"claims": words([[], ["job-guarantee"]]), "holders": ranged(1, 900), "openings": ranged(0, 99)}),
    "transferability": sparse({
        "sector": words(["public-two-year", "for-profit"]), "recognised_in": words([[], ["DE"], ["FR"]]),
        "valid_years": ranged(1, 5), "recommendation": words([{"body": "ACE"}, {"body": "ACE", "expires": "2020-01-01"}]),
        "level": st.just({"framework": "EQF", "value": 5}),
    }),
    "content": sparse({
        "award": words(["certificate", "bachelor"]), "need_evidence": st.just("documented"),
        "confers_licence": words([[], [{"occupation": "nurse", "jurisdiction": "US-CO"}]]),
        "instructors": sparse({"practitioners": st.booleans()}),
    }),
    "outcomes": sparse({"upper_quartile_earnings": pays(), "placement_days": ranged(30, 365)}),
})  # fmt: skip

MORE_OF_A_GOAL = st.fixed_dictionaries({
    "target": sparse({"award": words(["certificate", "bachelor"]), "title": st.just("Web developer"),
                       "licence": st.just({"occupation": "nurse", "jurisdiction": "US-CO"}),
                       "earnings": st.just({"value": 60_000, "period": "year"})}),
    "means": sparse({"upkeep": st.just({"value": 4_000, "period": "year"}), "search_weeks": st.integers(0, 30),
                      "schedule": st.just(["evening"]), "supports": st.just(["childcare"])}),
    "limits": sparse({"deadline": st.just("2027-06-30"), "modality": st.just(["online"]),
                       "recognised_in": st.just(["DE"]), "accreditation": st.just("required")}),
})  # fmt: skip


def _merged(base: Data, more: Data) -> Data:
    whole = copy.deepcopy(base)
    for section, fields in more.items():
        whole.setdefault(section, {}).update(copy.deepcopy(fields))
    return whole


def _plausible(data: Data) -> Data:
    """Only a degree or an apprenticeship may say that it awards a degree."""
    if data["kind"] not in ("degree", "apprenticeship") and data["content"].get("award") == "bachelor":
        data["content"]["award"] = "certificate"
    return data


offers = st.builds(_merged, program_data(), MORE).map(_plausible)
wants = st.builds(_merged, goal_data(), MORE_OF_A_GOAL)


# Content of files, read and changed by dotted names

FACTS = dict(fact_fields())
PRICES = [name for name, kind in FACTS.items() if kind.money and kind.kind == "number"]
PAYS = [name for name, kind in FACTS.items() if kind.kind == "pay"]
RATES = [f"outcomes.{name}_rate" for name in ("completion", "pass", "placement", "advancement")]
WHOLE = ("transferability.recommendation", "transferability.level", "accreditation.signs")
"""Tables that state one thing together."""


def places(data: Data, prefix: str = "") -> Iterator[str]:
    """The dotted names of every fact and list that a file states."""
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and name not in FACTS and name not in WHOLE:
            yield from places(value, f"{name}.")
        elif name not in ("name", "provider", "kind"):
            yield name


def look(data: Data, name: str) -> Any:
    """What a file states at a dotted name; None where it states nothing."""
    found: Any = data
    for step in name.split("."):
        if not isinstance(found, dict) or step not in found:
            return None
        found = found[step]
    return found


def put(data: Data, name: str, value: Any) -> Data:
    """The same file with one field stated as a value; None leaves it out."""
    new = copy.deepcopy(data)
    *path, key = name.split(".")
    section = new
    for step in path:
        section = section.setdefault(step, {})
    section.pop(key, None)
    if value is not None:
        section[key] = value
    return new


def scaled(stated: Any, by: float) -> Any:
    """A stated number times a factor: alone, as a range or in a table."""
    if isinstance(stated, dict):
        return stated | {key: stated[key] * by for key in ("value", "low", "high") if key in stated}
    return stated * by if isinstance(stated, int | float) else stated


def turned(data: Any) -> Any:
    """The same content with the keys of every table in the opposite order."""
    return {key: turned(data[key]) for key in reversed(data)} if isinstance(data, dict) else data


# What the laws are tried on, and where they are broken today

WORST: Data = {
    **{rate: {"value": 0.0, "tier": "administrative", "n": 500, "response_rate": 1.0} for rate in RATES},
    "outcomes.median_earnings": {"value": 1, "period": "year", "tier": "administrative", "n": 500, "response_rate": 1.0},
    "outcomes.days_to_job": 5000, "cost.total": 9_000_000,
    "recognition.designations": [], "recognition.employers": [], "recognition.assessment": {"type": "none"},
    "recognition.replies": [{"name": "City Hospital", "accepts": False}], "recognition.first_offered": "2026-11-01",
    "recognition.postings": {"share": 0.0, "n": 900}, "accreditation.bodies": [], "content.confers": [],
    "transferability.receivers": [{"name": "State University", "status": "refused"}], "content.skills": ["Weaving"],
    "transferability.stacks_into": [], "transferability.vendor_neutral": False, "content.occupations": ["31-1131"],
    "content.last_reviewed": 2000, "content.level": "awareness", "transferability.recognised_in": [],
}  # fmt: skip

STAND_INS = {
    r"cost\.(total|tuition|fees|materials|equipment|exam)": ("cost.price", "cost.retake", "cost.renewal"),
    r"cost\.(retake|renewal\..*)|transferability\.valid_years": ("cost.retake", "cost.renewal"),
    r"cost\.pay_during|time\.displaces_work": ("cost.forgone_pay",),
    r"cost\.financing\..*": ("cost.financing_charge", "cost.debt_burden"),
    r"time\.(\w+_hours|\w+_weeks|pacing|starts)|transferability\.credit.*":
        ("time.hours", "time.weeks", "time.load", "time.overrun", "cost.forgone_pay"),
}  # fmt: skip
"""Facts that a cited range or another stated figure stands in for: a sum has no top, so the law holds within it."""

NOT_A_GAP = {
    "cost.aid": "a price rule that nobody lists is help that nobody can claim",
    "cost.pay_during": "a course that is no apprenticeship pays nothing unless it says so",
    "accreditation.signs": "an unanswered checklist settles nothing: the gates on who stands behind it do",
}
"""Facts whose absence is itself an answer, with the reason."""

SPOKEN_FOR = {"content.skills": "what trains for wholly other work is taken to teach for it where it lists no skills"}
"""Facts whose gates another fact answers for while they are left out, with the reason."""

ZEROES = {
    "cost.total": "cost.budget_ratio", "time.workload_hours": "time.load", "outcomes.completion_rate": "time.completion",
    "outcomes.placement_rate": "alignment.placement", "outcomes.advancement_rate": "alignment.advancement",
    "outcomes.days_to_job": "time.days_to_job", "recognition.postings.share": "recognition.postings_share",
}  # fmt: skip

UNREAD = {"name": "Another", "id": "another", "learner.dependants": 3, "learner.country": "FR", "target.region": "FR",
          "means.can_stop_working": True}  # fmt: skip

REFUND = {"cost": {"refund": {"full_until_day": 7, "prorata_until": 0.6, "days_to_pay": 45}}}
ISA = {"total": {"low": 1000, "high": 9000}, "financing": {"type": "isa", "share": 0.15, "months": 36, "cap": 20_000}}
PAID = {
    "median_earnings": {"value": 60_000, "period": "year", "tier": "administrative", "n": 500, "response_rate": 1.0}
}
STAYS = {"duration_weeks": 10, "displaces_work": False}
BORROWER = {"borrows": True, "current_earnings": {"value": 38_000, "period": "year"}}
HIRERS = [{"name": "A", "role": "hires", "source": "x"}, {"name": "B", "role": "hires", "source": "y"}]
NURSE = {"occupation": "nurse", "jurisdiction": "US-CO"}
AWARD = {"completion_rate": {"value": 0.8, "tier": "administrative", "n": 5}}
PACED = {"pacing": "self-paced", "duration_weeks": 110, "instruction_hours": 2}
FEES = {"tuition": 1400, "fees": 400, "materials": 0, "exam": 0, "equipment": 0}

# What happens: the kind, the program's facts, the goal's, and the field that is left out or its other value.
MENDED: dict[str, tuple[str, Data, Data, Data]] = {
    "refund: part of the terms unstated counts as the rest denied": (
        "badge", REFUND, {"aim": "learn"}, {"cost.refund.days_to_pay": None}),
    "credit route: an unstated sector scores above a stated for-profit": (
        "degree", {"transferability": {"credits": 9, "sector": "for-profit"}}, {"aim": "credit"},
        {"transferability.sector": None}),
    "credit route: an unstated list of receivers counts as none": (
        "degree", {"transferability": {"credits": 0, "receivers": [{"name": "X", "status": "agreement"}]}},
        {"aim": "credit"}, {"transferability.receivers": None}),
    "assurance: unstated designations count as none, and the award is avoided": (
        "apprenticeship", {"recognition": {"designations": ["ncca", "wioa-etpl"]}, "accreditation": {"bodies": []}},
        {"aim": "credit"}, {"recognition.designations": None}),
    "portability: unstated employers count as none": (
        "badge", {"recognition": {"employers": HIRERS}, "transferability": {"vendor_neutral": False}},
        {"aim": "enter"}, {"recognition.employers": None}),
    "award: unstated, it counts as none for most kinds": (
        "badge", {"content": {"award": "certificate"}}, {"aim": "learn", "target": {"award": "certificate"}},
        {"content.award": None}),
    "off target: fails while it is open whether it confers": (
        "badge", {"content": {"occupations": ["31-1131"], "confers_licence": [NURSE]}},
        {"aim": "enter", "target": {"occupation": "15-1254", "licence": NURSE}}, {"content.confers_licence": None}),
    "already held: passes where it is unstated what is conferred": (
        "badge", {"content": {"confers": ["Security+"]}}, {"aim": "advance", "learner": {"holds": ["Security+"]}},
        {"content.confers": None}),
    "pays enough: passes where the upper quartile is unstated": (
        "badge", {"outcomes": {"upper_quartile_earnings": {"value": 9, "period": "hour"}}},
        {"aim": "advance", "target": {"minimum_earnings": {"value": 45_000, "period": "year"}}},
        {"outcomes.upper_quartile_earnings": None}),
    "timetable: an apprenticeship that states no pay counts as unpaid": (
        "apprenticeship", {"cost": {"pay_during": {"value": 40_000, "period": "year"}},
                           "time": {"pacing": "cohort", "duration_weeks": 50, "workload_hours": 2000}},
        {"aim": "enter", "means": {"hours_per_week": 10}}, {"cost.pay_during": None}),
    "weeks: unstated pacing or hours fall back on the provider's own pace alone": (
        "degree", {"time": PACED}, {"aim": "credit", "limits": {"deadline": "2027-06-30"}, "means": {"hours_per_week": 1}},
        {"time.pacing": None}),
    "small stakes: read at the likely loss, they lift the low end of payback": (
        "bootcamp", {"cost": FEES, "time": {"displaces_work": False}},
        {"aim": "advance", "means": {"current_earnings": {"value": 38_000, "period": "year"}}}, {"cost.fees": None}),
    "income share: an unstated cap is no cap": (
        "bootcamp", {"cost": ISA, "outcomes": PAID, "time": STAYS}, {"aim": "enter", "means": BORROWER},
        {"cost.financing.cap": None}),
    "borrowing: a dearer low end of the price raises the low end of the score": (
        "bootcamp", {"cost": ISA, "outcomes": PAID, "time": STAYS}, {"aim": "enter", "means": BORROWER},
        {"cost.total": {"low": 8000, "high": 9000}}),
    "pay: who did not answer is counted above the lowest that the sample allows": (
        "badge",
        {"cost": {"tuition": 3000}, "outcomes": {"median_earnings": {"value": 12_000, "period": "year", "tier": "administrative"}}},
        {"aim": "enter", "means": BORROWER},
        {"outcomes.median_earnings": {"value": 12_000, "period": "year", "tier": "independent"}},
    ),
    "bands: a score of 75 is read as 74.99999999999999 where the criteria are summed in another order": (
        "badge",
        {"recognition": {"designations": [], "first_offered": 2026, "assessment": {"type": "none"}}},
        {"aim": "licence", "limits": {"recognised_in": ["DE"]}},
        {"rubric": "mirrored"},
    ),
    "conditions: an open gate is not named where the score alone earns worth-it-if": (
        "badge",
        {
            "time": {"displaces_work": False, "modality": "in-person", "duration_weeks": 1},
            "recognition": {"first_offered": 2010},
            "accreditation": {"bodies": [{"name": "ACCSC"}]},
        },
        {
            "aim": "enter",
            "learner": {"holds": ["Security+"]},
            "target": {"skills": ["SQL", "Git"], "requires": ["Security+"]},
            "means": {"sponsor_pays": 1.0, "deadline": "2027-12-31"},
            "limits": {"modality": ["online"]},
        },
        {"time.modality": None},
    ),
    "cohort: an administrative figure that hides its small n counts thirty": (
        "bootcamp", {"outcomes": AWARD}, {"aim": "learn"}, {"outcomes.completion_rate.n": None}),
}  # fmt: skip


programs = program_data().map(Program.model_validate)
goals = goal_data().map(Goal.model_validate)


# Reading: from content to a judgement

DAY = date(2026, 11, 24)
RUBRICS = {name: load_rubric(name) for name in shipped()}
RANK = {"not-worth-it": 0, "compare-first": 1, "worth-it-if": 2, "worth-it": 3}
ENDS = ("low", "likely", "high")
SLACK = 1e-9
BANDS = (75, 60, 40)
RUBRICS |= {f"{name} mirrored": rubric.model_copy(update={
    key: dict(reversed(getattr(rubric, key).items())) for key in ("criteria", "assumptions", "aims")
}) for name, rubric in RUBRICS.items()}  # fmt: skip


def case_of(data: Data, goal: Data, rubric: str) -> Case:
    """The case that a program file's content makes with a goal file's."""
    given_ = Given(RUBRICS[rubric].assumptions)
    return read_case(Program.model_validate(data), Goal.model_validate(goal), given_, DAY)


def judged(data: Data, goal: Data, rubric: str) -> Judgement:
    """What the judge decides about it."""
    case = case_of(data, goal, rubric)
    return judge(case, make_plan(RUBRICS[rubric], case.goal, DAY))


def ends(found: Judgement) -> tuple[float, float, float]:
    """Low, likely and high of the score."""
    low, likely, high = (float(getattr(found.score, end)) for end in ENDS)
    return low, likely, high


def wider(after: Judgement, before: Judgement) -> bool:
    """Whether the range of the score is no narrower than it was, at either end."""
    (low, _, high), (low_before, _, high_before) = ends(after), ends(before)
    return low <= low_before + SLACK and high >= high_before - SLACK


def alike(found: Judgement, other: Judgement) -> bool:
    """Whether two judgements say the same, but for rounding."""
    close = all(abs(a - b) < 1e-6 for a, b in zip(ends(found), ends(other), strict=True))
    return close and str(found.verdict) == str(other.verdict)


def not_better(after: Judgement, before: Judgement) -> bool:
    """Whether a verdict is no better than another; one that cannot say is off the scale."""
    new, old = str(after.verdict), str(before.verdict)
    return "insufficient-evidence" in (new, old) or RANK.get(new, 0) <= RANK.get(old, 0)
