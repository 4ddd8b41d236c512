"""One meaning: every measure and the whole judgement give the same on columns as on floats."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import Data, goals, offers, programs, wants

from credscore.api import load_rubric
from credscore.measures import MEASURES, Case, Given, read_case
from credscore.measures.derived import DERIVATIONS
from credscore.measures.facts import Facts
from credscore.model.estimate import Estimate, Truth
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.sheet import Sheet, column_name
from credscore.scoring.judge import Judgement, judge
from credscore.scoring.plan import make_plan

DAY = date(2026, 11, 24)
RUBRIC = load_rubric("standard")
GIVEN = Given(RUBRIC.assumptions)
STATEMENTS = {
    "time.displaces_work", "recognition.assessment.supervised", "recognition.assessment.identity_verified",
    "transferability.vendor_neutral", "content.instructors.practitioners", "outcomes.placement_in_field",
    "recognition.decider_reply", "recognition.guarantees_job", "recognition.says_risk_free",
    "recognition.pays_for_reviews", "recognition.promises_speed", "time.limits_met", "accreditation.behind_it",
    "accreditation.ended_body", "accreditation.names_unlisted", "accreditation.vouched_for", "alignment.confers_lacking",
    "accreditation.may_operate", "transferability.receiver_reply",
    "transferability.refused_claim", "transferability.place_known", "alignment.requirement_conferred",
    "alignment.licence_here", "alignment.not_redundant", "alignment.admitted", "alignment.level_enough",
}  # fmt: skip


def cells_of(row: Facts) -> dict[str, Any]:
    """One program's cells, matched ones included, as a table would hold them."""
    for name in DERIVATIONS:
        row.text(name)
    found: dict[str, Any] = {}
    for name, cell in row.cells.items():
        if isinstance(cell, Estimate):
            for end in ("low", "likely", "high"):
                value = getattr(cell, end)
                found[f"{name}.{end}"] = None if value != value else value
        elif isinstance(cell, Truth):
            found[name] = None if cell.unknown else cell.certain
        else:
            found[name] = cell
    return found


def table_of(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a Polars frame: numbers, statements and words, whatever is missing in some or all rows."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    schema: dict[str, Any] = {}
    for name in names:
        kinds = {type(row[name]) for row in rows if row.get(name) is not None}
        number = name.endswith((".low", ".likely", ".high"))
        schema[name] = pl.Float64 if number else pl.Boolean if kinds <= {bool} and _is_statement(name) else pl.String
    return pl.DataFrame([{name: row.get(name) for name in names} for row in rows], schema=schema)


def _is_statement(name: str) -> bool:
    return name in STATEMENTS or name.endswith((".applies", ".stacks"))


def parts(answer: Any) -> dict[str, Any]:
    """An answer's members by name."""
    if isinstance(answer, Estimate):
        return {"low": answer.low, "likely": answer.likely, "high": answer.high}
    if isinstance(answer, Truth):
        return {"certain": answer.certain, "possible": answer.possible}
    return {"word": answer}


def judged(found: Judgement) -> dict[str, Any]:
    """What is decided about a case, by name."""
    named: dict[str, Any] = {"verdict": found.verdict, "stakes": found.stakes.level, "coverage": found.coverage}
    named |= {f"score {k}": v for k, v in parts(found.score).items()}
    for criterion in found.criteria:
        named |= {f"{criterion.asked.id} {k}": v for k, v in parts(criterion.score).items()}
    for outcome in found.gates:
        named |= {f"gate {outcome.gate.id} {k}": v for k, v in parts(outcome.passed).items()}
    return named


def on_columns(cases: list[Case], goal: Goal, ask: Any) -> list[dict[str, Any]]:
    """The answers to a question put to a table of cases, row by row."""
    frame = table_of([cells_of(case.program) for case in cases])  # type: ignore[arg-type]
    sheet, cells = Sheet(), {}
    frame, named = frame.rename(column_name), dict(zip(map(column_name, frame.columns), frame.columns, strict=True))
    for column, name in named.items():
        cell = sheet.column(column, filled=frame[column].null_count() == 0)
        if frame[column].dtype == pl.Boolean:
            cells[name] = Truth(cell.fill_null(False), cell.fill_null(True))
        elif name.endswith(".low"):
            ends = (sheet.column(f"{column.removesuffix('__low')}__{end}") for end in ("low", "likely", "high"))
            cells[name.removesuffix(".low")] = Estimate(*ends)
        elif frame[column].dtype == pl.String:
            cells[name] = cell
    most = frame["cost__aid__count__high"].max()
    cells["cost.aid.count"] = Estimate.of(float(most or 0.0))
    table = Case(Facts(cells), goal, GIVEN, float(DAY.toordinal()), cases[0].exchange)
    frame = frame.with_row_index("row")
    found = sheet.worked_out(nw.from_native(frame), ask(table), keep=["row"]).to_native()
    return found.sort("row").to_dicts()


def same(expected: Any, found: Any) -> bool:
    """Whether a float and a table's cell say the same: nan is null, and 1e-9 is nothing."""
    if isinstance(expected, float):
        if expected != expected:
            return found is None
        return found is not None and (expected == found or math.isclose(expected, found, rel_tol=1e-9, abs_tol=1e-9))
    return expected == found


def measures_of(case: Case) -> dict[str, Any]:
    """Every measure's answer, member by member."""
    return {f"{name} {part}": value for name, m in MEASURES.items() for part, value in parts(m(case)).items()}


def judgement_of(case: Case) -> dict[str, Any]:
    """What the judge decides."""
    return judged(judge(case, make_plan(RUBRIC, case.goal, DAY)))


@pytest.mark.parametrize("ask", [measures_of, judgement_of])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(programs, min_size=1, max_size=6), goals)
def test_columns_say_what_floats_say(ask: Any, offered: list[Program], goal: Goal) -> None:
    """Row by row, a table of programs gives each program's own numbers, ranges, gaps, gates and verdict."""
    cases = [read_case(program, goal, GIVEN, DAY) for program in offered]

    found = on_columns(cases, goal, ask)

    for case, row in zip(cases, found, strict=True):
        wrong = {name: (value, row[name]) for name, value in ask(case).items() if not same(value, row[name])}
        assert not wrong


def test_a_known_row_does_not_hide_the_unknown_row_after_it() -> None:
    """Rows are independent: known, missing, known again."""
    goal = Goal.model_validate(
        {"name": "g", "aim": "switch", "means": {"budget": 5000, "current_earnings": {"value": 1, "period": "year"}}}
    )
    offered = [Program.model_validate({"name": "p", "provider": "q", "kind": "bootcamp", "cost": cost})
               for cost in ({"total": 4000}, {}, {"total": {"low": 1, "high": 9000}})]  # fmt: skip
    cases = [read_case(program, goal, GIVEN, DAY) for program in offered]

    found = on_columns(cases, goal, measures_of)

    assert [row["cost.net_price high"] for row in found] == [4000.0, None, 9000.0]
    assert [row["cost.within_budget certain"] for row in found] == [True, False, False]
    assert [row["cost.within_budget possible"] for row in found] == [True, True, True]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(offers, wants)
def test_a_quantity_is_known_at_all_three_ends_or_at_none(offered: Data, wanted: Data) -> None:
    """No measure answers with half a range, in whatever way a program states its facts."""
    case = read_case(Program.model_validate(offered), Goal.model_validate(wanted), GIVEN, DAY)

    for name, m in MEASURES.items():
        answer = m(case)
        if isinstance(answer, Estimate):
            unknown = [end != end for end in (answer.low, answer.likely, answer.high)]
            assert all(unknown) or not any(unknown), (name, answer)
