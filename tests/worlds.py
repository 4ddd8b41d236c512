"""Generated programs and goals, for laws that must hold of all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from credscore.model.goal import Goal
from credscore.model.program import KINDS, Program

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


programs = program_data().map(Program.model_validate)
goals = goal_data().map(Goal.model_validate)
