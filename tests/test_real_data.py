"""Real program lists, where they are at hand: every row scores, and says what it does not know."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from credscore.api import evaluate, load_rubric
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.reports import json_v1, text

DAY = date(2026, 11, 24)
GOALS = {
    "switch": {
        "name": "Into drafting", "aim": "switch", "target": {"occupation": "17-3011", "skills": ["AutoCAD"]},
        "means": {"budget": 6000, "savings": 4000, "current_earnings": {"value": 34_000, "period": "year"}, "hours_per_week": 15},
    },
    "licence": {
        "name": "A commercial licence", "aim": "licence", "learner": {"residence": "US-TX"},
        "target": {"occupation": "53-3032", "licence": {"occupation": "53-3032", "jurisdiction": "US-TX"}},
        "means": {"budget": 6000, "savings": 9000, "current_earnings": {"value": 30_000, "period": "year"}, "hours_per_week": 40},
    },
    "learn": {"name": "For interest", "aim": "learn", "target": {"skills": ["Python"]}, "means": {"hours_per_week": 5}},
}  # fmt: skip


def number(text_: Any) -> float | None:
    """A plain number, None for what is not one or stands for unknown."""
    try:
        value = float(str(text_).replace(",", "").strip("$%"))
    except ValueError:
        return None
    return value if 0 <= value < 99_999 else None


def section(**facts: Any) -> dict[str, Any]:
    """A section with the facts that there are."""
    return {key: value for key, value in facts.items() if value is not None}


def california(folder: Path) -> Iterator[dict[str, Any]]:
    """California's list: competency-based lengths, quarterly pay, suppressed outcomes."""
    for row in json.loads((folder / "open/ca_etpl_afterward_60programs.json").read_text(encoding="utf-8"))["programs"]:
        length, out = row["length"], row["outcomes"]
        counted = out["total_exited"] or None
        rate = out["completion_rate"]
        pay = out["median_earnings"]
        weeks = "not-applicable" if length["competency_based"] else number(length["weeks"])
        yield {
            "name": row["program_name"], "provider": row["provider_name"], "kind": "certificate",
            "cost": {"currency": "USD", **section(total=number(row["cost"]["total_out_of_pocket"]))},
            "time": section(duration_weeks=weeks, instruction_hours=number(length["hours"])),
            "recognition": {"designations": ["wioa-etpl"]},
            "content": {"occupations": row["soc_codes"]},
            "outcomes": section(
                completion_rate=section(value=rate, n=counted, tier="administrative") if rate is not None and rate <= 1 else "suppressed",
                median_earnings={"value": pay, "period": "quarter", "tier": "administrative"} if pay and pay > 1000 else None,
            ),
        }  # fmt: skip


def texas(folder: Path) -> Iterator[dict[str, Any]]:
    """Texas's list: ERROR for hours, zero weeks for unknown, codes without a dash."""
    with (folder / "local-tests-only/tx_etpl_sample_400.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            codes = [row[f"Occupation Code (ONET {i})"] for i in (1, 2, 3)]
            yield {
                "name": row["Program Name"] or "unnamed", "provider": row["ProviderName"], "kind": "licence-training",
                "cost": {"currency": "USD", **section(tuition=number(row["Required Cost: Tuition & Fees"]),
                                                      materials=number(row["Required Cost: Books & Supplies"]))},
                "time": section(duration_weeks=number(row["Length: Weeks"]) or None,
                                instruction_hours=number(row["Length: Contact Hours"]) or None,
                                modality={"Online": "online", "Hybrid": "hybrid", "In-person": "in-person"}.get(row["Delivery Method"])),
                "recognition": {"designations": ["wioa-etpl"]},
                "content": {"occupations": [c for c in codes if c]},
            }  # fmt: skip


def bootcamps(folder: Path) -> Iterator[dict[str, Any]]:
    """CIRR reports: calendar days, cohorts of three with a hundred per cent."""
    with (folder / "local-tests-only/bootcamps_cirr/combined_skills.csv").open(
        encoding="utf-8-sig", newline=""
    ) as lines:
        for row in csv.DictReader(lines):
            n, days, price = (
                number(row["graduates_included"]),
                number(row["course_length"]),
                number(row["program_cost"]),
            )
            done, placed = number(row["graduated_ontime"]), number(row["employed_infield_180days"])
            yield {
                "name": row["program_name"], "provider": row["school_name"], "kind": "bootcamp",
                "cost": {"currency": "USD", **section(tuition=price)},
                "time": section(duration_weeks=days and days / 7, pacing="cohort" if days else "self-paced"),
                "outcomes": section(
                    completion_rate=section(value=done / 100, n=n, tier="administrative") if done is not None and n else None,
                    placement_rate=section(value=placed / 100, n=n, tier="administrative") if placed is not None and n else None,
                    placement_in_field=True,
                ),
            }  # fmt: skip


LISTS = {"california": (california, 60), "texas": (texas, 390), "bootcamps": (bootcamps, 60)}


@pytest.mark.parametrize("name", LISTS)
def test_every_row_of_a_real_list_scores(data: Path, name: str) -> None:
    """Each row gives a verdict, a range on the scale, and a scorecard that prints; none is dropped."""
    read, at_least = LISTS[name]
    rubric, verdicts, rows = load_rubric(), Counter[str](), list(read(data))
    goals = [Goal.model_validate(goal) for goal in GOALS.values()]
    for number, row in enumerate(rows):
        program = Program.model_validate(row)
        for goal in goals if number % 10 == 0 else goals[:1]:
            found = evaluate(program, goal, rubric, as_of=DAY, brief=number % 25 != 0)
            score = found.score
            assert 0 <= score.low <= score.likely <= score.high <= 100
            verdicts[found.verdict] += 1
        if number % 25 == 0:
            json_v1.render([found])
            assert max(map(len, text.render([found]).splitlines())) <= 80

    assert len(rows) >= at_least
    assert len(verdicts) >= 2


def test_a_hundred_per_cent_of_three_does_not_lead_the_bootcamps(data: Path) -> None:
    """By the low end of placement, tiny cohorts do not outrank audited classes of eighty."""
    from credscore.measures import MEASURES, Given, read_case

    rubric, goal = load_rubric(), Goal.model_validate(GOALS["switch"])
    ranked = []
    for row in bootcamps(data):
        case = read_case(Program.model_validate(row), goal, Given(rubric.assumptions), DAY)
        placed = MEASURES["alignment.placement"](case)
        n = row["outcomes"].get("placement_rate", {}).get("n")
        if n:
            ranked.append((placed.low, n))  # type: ignore[union-attr]

    assert all(n >= 30 for _, n in sorted(ranked, reverse=True)[:5])
