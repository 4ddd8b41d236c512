"""Laws of the verdict: what must hold of every program, goal and shipped rubric, whatever their numbers.

The laws and their provisos are those of the standard rubric's rules; a law that fails is a defect or a lie.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from worlds import goal_data, maybe, pays, program_data, ranged, words

from credscore.api import load_rubric
from credscore.measures import Given, read_case
from credscore.measures.facts import fact_fields
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.rubric import Rubric
from credscore.rubrics import shipped
from credscore.scoring.judge import Judgement, judge
from credscore.scoring.plan import make_plan

DAY = date(2026, 11, 24)
RUBRICS = {name: load_rubric(name) for name in shipped()}
RANK = {"not-worth-it": 0, "compare-first": 1, "worth-it-if": 2, "worth-it": 3}
FACTS = dict(fact_fields())
ENDS = ("low", "likely", "high")
SLACK = 1e-9

laws = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
every_rubric = pytest.mark.parametrize("rubric", RUBRICS.values(), ids=list(RUBRICS))

Data = dict[str, Any]


# Worlds: more facts than a short file states


def _sparse(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries({key: maybe(value) for key, value in fields.items()}).map(
        lambda found: {key: value for key, value in found.items() if value is not None}
    )


MORE = st.fixed_dictionaries({
    "cost": _sparse({
        "equipment": ranged(0, 2000), "retake": ranged(0, 500),
        "renewal": _sparse({"amount": ranged(0, 900), "every_years": ranged(1, 6)}),
        "financing": words([{"type": "cash"}, {"type": "federal-loan"}, {"type": "private-loan", "apr": 0.2, "months": 24},
                            {"type": "isa", "share": 0.15, "months": 36, "cap": 20_000,
                             "floor": {"value": 40_000, "period": "year"}}, {"type": "clawback"}]),
    }),
    "time": _sparse({"starts": words([[], ["2027-01-10"], ["2020-01-01"]]), "supports": words([[], ["childcare"]])}),
    "recognition": _sparse({"claims": words([[], ["job-guarantee"]]), "holders": ranged(1, 900), "openings": ranged(0, 99)}),
    "transferability": _sparse({
        "sector": words(["public-two-year", "for-profit"]), "recognised_in": words([[], ["DE"], ["FR"]]),
        "valid_years": ranged(1, 5), "recommendation": words([{"body": "ACE"}, {"body": "ACE", "expires": "2020-01-01"}]),
        "level": st.just({"framework": "EQF", "value": 5}),
    }),
    "content": _sparse({
        "award": words(["certificate", "bachelor"]), "need_evidence": st.just("documented"),
        "confers_licence": words([[], [{"occupation": "nurse", "jurisdiction": "US-CO"}]]),
        "instructors": _sparse({"practitioners": st.booleans()}),
    }),
    "outcomes": _sparse({"upper_quartile_earnings": pays(), "placement_days": ranged(30, 365)}),
})  # fmt: skip

MORE_OF_A_GOAL = st.fixed_dictionaries({
    "target": _sparse({"award": words(["certificate", "bachelor"]), "title": st.just("Web developer"),
                       "licence": st.just({"occupation": "nurse", "jurisdiction": "US-CO"}),
                       "earnings": st.just({"value": 60_000, "period": "year"})}),
    "means": _sparse({"upkeep": st.just({"value": 4_000, "period": "year"}), "search_weeks": st.integers(0, 30),
                      "schedule": st.just(["evening"]), "supports": st.just(["childcare"])}),
    "limits": _sparse({"deadline": st.just("2027-06-30"), "modality": st.just(["online"]),
                       "recognised_in": st.just(["DE"]), "accreditation": st.just("required")}),
})  # fmt: skip


def _merged(base: Data, more: Data) -> Data:
    whole = copy.deepcopy(base)
    for section, fields in more.items():
        whole.setdefault(section, {}).update(copy.deepcopy(fields))
    return whole


offers = st.builds(_merged, program_data(), MORE)
wants = st.builds(_merged, goal_data(), MORE_OF_A_GOAL)


# Reading: from content to a judgement


def judged(data: Data, goal: Data, rubric: Rubric) -> Judgement:
    """What the judge decides about a program file's content for a goal file's."""
    program, learner = Program.model_validate(data), Goal.model_validate(goal)
    case = read_case(program, learner, Given(rubric.assumptions), DAY)
    return judge(case, make_plan(rubric, learner, DAY))


def ends(found: Judgement) -> tuple[float, float, float]:
    """Low, likely and high of the score."""
    return tuple(getattr(found.score, end) for end in ENDS)  # type: ignore[return-value]


def not_better(after: str, before: str) -> bool:
    """Whether a verdict is no better than another; one that cannot say is off the scale."""
    if "insufficient-evidence" in (after, before):
        return True
    return RANK.get(after, 0) <= RANK.get(before, 0)


def places(data: Data, prefix: str = "") -> Iterator[str]:
    """The dotted names of every fact and list that a file states."""
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and name not in FACTS and name not in WHOLE:
            yield from places(value, f"{name}.")
        elif name not in ("name", "provider", "kind"):
            yield name


WHOLE = ("transferability.recommendation", "transferability.level", "accreditation.signs")
"""Tables that state one thing together."""


def section_of(data: Data, name: str) -> tuple[Data, str]:
    """The table that holds a field, and its key there."""
    *path, key = name.split(".")
    for step in path:
        data = data[step]
    return data, key


def look(data: Data, name: str) -> Any:
    """What a file states at a dotted name; None where it states nothing."""
    found: Any = data
    for step in name.split("."):
        if not isinstance(found, dict) or step not in found:
            return None
        found = found[step]
    return found


def without(data: Data, name: str) -> Data:
    """The same file with one field left out."""
    less = copy.deepcopy(data)
    section, key = section_of(less, name)
    del section[key]
    return less
