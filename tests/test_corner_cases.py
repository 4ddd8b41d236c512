"""Corner cases that were once judged wrongly, one line each: what is stated, what is wanted, and what must come out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from credscore.api import load_rubric
from credscore.measures import MEASURES, Given, read_case
from credscore.model.estimate import Estimate, Truth
from credscore.model.goal import Goal
from credscore.model.program import Program

GIVEN, DAY = Given(load_rubric().assumptions), date(2026, 11, 24)
YES, NO, OPEN = Truth.YES, Truth.NO, Truth.OPEN
SQL = {"target": {"skills": [{"name": "SQL", "level": "advanced"}]}}
HERE = {"learner": {"residence": "US-CO"}}
CDL = {"content": {"confers_licence": [{"occupation": "53-3032", "jurisdiction": "US"}]}}
TEXAS = {"content": {"confers_licence": [{"occupation": "53-3032", "jurisdiction": "US-TX"}]}}
DEADLINE = {"means": {"hours_per_week": 10, "deadline": date(2026, 12, 29)}}
IT = {"content": {"prerequisites": [{"any": [{"experience_months": 24, "experience_field": "IT"}]}]}}
ELSEWHERE = {"accreditation": {"authorised_in": ["US-NM"], "bodies": []}, "recognition": {"designations": []}}
TWO_REPLIES = {
    "recognition": {
        "replies": [{"name": "X", "accepts": True, "as_of": 2020}, {"name": "X", "accepts": False, "as_of": 2026}]
    }
}
SAME_EMPLOYER = {"recognition": {"employers": [{"name": "Acme Inc", "role": "hires", "source": "a"},
                                               {"name": "ACME, Inc.", "role": "interviews", "source": "b"}]}}  # fmt: skip


def wants_licence(place: str) -> dict[str, Any]:
    return {"aim": "licence", "target": {"licence": {"occupation": "53-3032", "jurisdiction": place}}}


CASES: list[tuple[str, str, dict[str, Any], dict[str, Any], Any]] = [
    ("authorised elsewhere is not authorised here", "accreditation.authorised", ELSEWHERE, HERE, NO),
    ("an end of the body ends its accreditation", "accreditation.stale",
     {"accreditation": {"bodies": [{"name": "ACICS", "to": date(2030, 1, 1)}]}}, {}, YES),
    ("a body that ended accredits nothing", "accreditation.in_force", {"accreditation": {"bodies": [{"name": "ACICS"}]}}, {}, "ended"),
    ("one that has not begun is not in force", "accreditation.in_force",
     {"accreditation": {"bodies": [{"name": "HLC", "from": date(2027, 6, 1), "to": date(2030, 1, 1)}]}}, {}, None),
    ("the wait for a start counts", "accreditation.in_force",
     {"accreditation": {"bodies": [{"name": "HLC", "to": date(2027, 1, 26)}]},
      "time": {"pacing": "cohort", "duration_weeks": 8, "starts": [date(2027, 2, 2)]}}, {}, "lapses"),
    ("a degree held already is no reason to be on target", "alignment.on_target",
     {"content": {"occupations": ["53-3032"]}},
     {"learner": {"education": "bachelor"}, "target": {"award": "bachelor", "occupation": "15-1252"}}, NO),
    ("a higher award is something new", "alignment.adds_something",
     {"kind": "degree", "content": {"award": "bachelor", "confers": ["BSc"]}},
     {"learner": {"holds": ["CDL"], "education": "secondary"}, "target": {"requires": ["CDL"], "award": "bachelor"}}, YES),
    ("an advertised upper quarter proves nothing", "alignment.pays_enough",
     {"outcomes": {"upper_quartile_earnings": {"value": 200_000, "period": "year", "tier": "advertised"}}},
     {"target": {"minimum_earnings": {"value": 50_000, "period": "year"}}}, OPEN),
    ("a country's licence holds in its regions", "alignment.licence_conferred", CDL, wants_licence("US-TX"), YES),
    ("a region's licence may not hold in all of its country", "alignment.licence_conferred", TEXAS, wants_licence("US"), OPEN),
    ("another region's licence does not", "alignment.licence_conferred", TEXAS, wants_licence("US-OH"), NO),
    ("another name for the occupation stays open", "alignment.licence_conferred",
     {"content": {"confers_licence": [{"occupation": "Registered nurse", "jurisdiction": "US-OH"}]}},
     {"target": {"licence": {"occupation": "RN", "jurisdiction": "US-OH"}}}, OPEN),
    ("unstated pacing may need no wait", "time.ends_by_deadline",
     {"time": {"workload_hours": 40, "duration_weeks": 4, "starts": [date(2026, 12, 20)]}}, DEADLINE, OPEN),
    ("unstated pacing without a length leaves the load open", "time.load", {"time": {"workload_hours": 120}}, DEADLINE, None),
    ("hospitality is not IT", "alignment.prerequisites_met", IT,
     {"learner": {"experience": [{"field": "hospitality", "months": 36}]}}, NO),
    ("IT support is IT", "alignment.prerequisites_met", IT, {"learner": {"experience": [{"field": "IT support", "months": 36}]}}, YES),
    ("no level taught spans half and all", "alignment.skills_covered", {"content": {"skills": ["SQL"]}}, SQL, (0.5, 0.5, 1)),
    ("the best taught level counts", "alignment.skills_covered",
     {"content": {"skills": [{"name": "SQL", "level": "entry"}, {"name": "SQL", "level": "advanced"}]}}, SQL, (1, 1, 1)),
    ("one employer written twice is one", "recognition.employers", SAME_EMPLOYER, {}, "single"),
    ("the latest reply counts", "recognition.decider_accepts", TWO_REPLIES, {"target": {"decider": "X"}}, NO),
    ("a title beside codes stays open", "alignment.occupation", {"content": {"occupations": ["53-3032", "Programmer"]}},
     {"target": {"occupation": "15-1252"}}, None),
    ("support is read in any case", "time.within_limits", {"time": {"supports": ["Childcare"]}}, {"limits": {"supports": ["childcare"]}}, YES),
    ("a claimed step to a larger award is a claim", "transferability.stack",
     {"transferability": {"stacks_into": [{"name": "BSc", "vertical": True, "credits": 12}]}}, {}, "claimed"),
    ("wages that may be paid may be the job", "time.timetable_fits",
     {"kind": "apprenticeship", "cost": {"pay_during": {"low": 0, "high": 18, "period": "hour"}},
      "time": {"pacing": "cohort", "duration_weeks": 10, "workload_hours": 400}}, {"means": {"hours_per_week": 10}}, OPEN),
    ("where only the country is known a region is open", "alignment.prerequisites_met",
     {"content": {"prerequisites": [{"any": [{"residence": ["US-CO"]}]}]}}, {"learner": {"residence": "US"}}, OPEN),
    ("a year ago to the day is one year", "recognition.years_offered", {"recognition": {"first_offered": date(2025, 11, 24)}}, {}, (1, 1, 1)),
    ("an award at an unlisted accreditor is told", "accreditation.unlisted", {"accreditation": {"bodies": [{"name": "Nobody knows it"}]}}, {}, YES),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "program", "goal", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_it_comes_out_right(measure: str, program: dict[str, Any], goal: dict[str, Any], expected: Any) -> None:
    """What the name of the case says."""
    offer = Program.model_validate({"name": "p", "provider": "q", "kind": "bootcamp", **program})
    found = MEASURES[measure](read_case(offer, Goal.model_validate({"name": "g", "aim": "switch", **goal}), GIVEN, DAY))
    if isinstance(found, Estimate):
        found = None if found.likely != found.likely else (found.low, found.likely, found.high)
    assert found == (pytest.approx(expected) if isinstance(expected, tuple) else expected)
