"""One arithmetic on every engine: a table judged on Polars, DuckDB or Spark says of each row what its program file would."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import json
import math
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from test_real_data import california

from credscore.api import load_rubric
from credscore.batch.answers import answers_of
from credscore.batch.block import Block, Question
from credscore.batch.chunk import ROW
from credscore.batch.engines import polars
from credscore.batch.tablefile import TableFile
from credscore.batch.tables import TableScorer
from credscore.errors import InputError, MissingExtraError, UsageError
from credscore.measures.case import Given
from credscore.measures.reading import read_case
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.scoring.judge import judge
from credscore.scoring.plan import make_plan
from credscore.sources.mapping import OWN, TableMapping, slots_of
from credscore.sources.row import RowReader

DAY = date(2026, 11, 24)
RUBRIC = load_rubric()
GIVEN = Given(RUBRIC.assumptions)
SLACK = 1e-9


# A table with something of everything

Cell = Callable[[Random], str]


def some(*cells: str) -> Cell:
    return lambda draw: draw.choice(cells)


def number(low: float, high: float, gap: str = "suppressed") -> Cell:
    def cell(draw: Random) -> str:
        content = f"{draw.uniform(low, high):.{draw.choice([0, 2, 4])}f}"
        return draw.choice([content] * 8 + [gap, f" {content} ", "0"])

    return cell


def lists(*choices: Any) -> Cell:
    return lambda draw: draw.choice([json.dumps(choice, ensure_ascii=False) for choice in choices])


TIERS = some("administrative", "independent", "disclosed", "claimed", "advertised", "")
HIRERS = [{"name": "A", "role": "hires", "source": "x"}, {"name": "B", "role": "interviews", "source": "y"}]
PREREQUISITES = [{"any": [{"experience_months": 36}, {"education": "bachelor"}]}]
GRANT = {"name": "grant", "share": 0.4, "stacks": True, "when": {"residence": ["US-CO"]}}
BURSARY = {"name": "bursary", "share": 0.2, "stacks": False, "when": {"age": [18, 30]}}
COLUMNS: dict[str, Cell] = {
    "name": lambda draw: draw.choice(["A course", "Security+", "Čeština, “naïve”", 'He said "no"', "two\nlines", "ſtraße"]),
    "provider": some("A provider", "ACME; Ltd.", "City Hospital"),
    "kind": some("certificate", "certification", "bootcamp", "online-course", "degree", "licence-training", "badge"),
    "cost.currency": some("USD", "USD", "EUR", "GBP", ""),
    "cost.tuition": number(0, 30_000), "cost.fees": number(0, 500), "cost.materials": number(0, 500),
    "cost.exam": number(0, 400), "cost.retake": number(0, 300), "cost.pay_during": number(12_000, 40_000),
    "cost.renewal.amount": number(0, 900), "cost.renewal.every_years": number(1, 6),
    "cost.financing.type": some("cash", "federal-loan", "private-loan", "clawback"), "cost.financing.apr": number(0, 0.4),
    "cost.financing.months": number(6, 60), "cost.financing.share": number(0, 0.3), "cost.financing.cap": number(1e3, 3e4),
    "cost.aid": lists([], [GRANT], [GRANT, BURSARY]), "cost.refund.full_until_day": number(0, 20),
    "cost.refund.prorata_until": number(0, 1), "time.duration_weeks": number(1, 200), "time.instruction_hours": number(1, 2000),
    "time.workload_hours": number(1, 4000), "time.pacing": some("cohort", "self-paced"),
    "time.displaces_work": some("true", "false", "True"), "time.modality": some("online", "in-person", "hybrid"),
    "time.schedule": some("evening", "evening; weekend", '["evening"]'), "time.starts": some("2027-01-10", "2020-01-01;2027-03-01"),
    "recognition.designations": some("wioa-etpl", "ncca; wioa-etpl", "[]"), "recognition.first_offered": some("2010", "2024-05-01", "2026"),
    "recognition.assessment.type": some("none", "applied-performance", "proctored-exam"), "recognition.postings.share": number(0, 0.3),
    "recognition.postings.n": number(1, 900), "recognition.employers": lists([], HIRERS, HIRERS[:1]),
    "recognition.replies": lists([], [{"name": "City Hospital", "accepts": True}], [{"name": "City Hospital", "accepts": False}]),
    "accreditation.bodies": some("ACCSC", "Nobody knows it", "HLC; ACCSC", "[]"), "accreditation.authorised_in": some("US-CO", "US-TX", "[]"),
    "transferability.credits": number(0, 60), "transferability.credit_system": some("ects", "us-semester"),
    "transferability.sector": some("public-two-year", "for-profit"), "transferability.vendor_neutral": some("true", "false"),
    "transferability.receivers": lists([], [{"name": "State University", "status": "agreement", "credits": 9}]),
    "transferability.stacks_into": lists([], [{"name": "BSc", "vertical": True, "credits": 9}]),
    "content.occupations": some("15-1254", "15-1252; 53-3032", "31-1131", "[]"), "content.skills": some("SQL", "SQL; Git", "Welding"),
    "content.level": some("entry", "advanced"), "content.award": some("certificate", "bachelor"), "content.confers": some("Security+", "[]"),
    "content.last_reviewed": some("2020", "2026-02-03"), "content.prerequisites": lists([], PREREQUISITES),
    "outcomes.completion_rate": number(0, 1), "outcomes.completion_rate.tier": TIERS, "outcomes.pass_rate": number(0, 1),
    "outcomes.placement_rate": number(0, 1), "outcomes.placement_rate.tier": TIERS, "outcomes.placement_in_field": some("true", "false"),
    "outcomes.placement_rate.response_rate": number(0, 1), "outcomes.median_earnings": number(12_000, 120_000),
    "outcomes.median_earnings.period": some("year", "year", "quarter"), "outcomes.median_earnings.tier": TIERS,
    "outcomes.days_to_job": number(1, 500), "outcomes.advancement_rate": number(0, 1),
}  # fmt: skip
ODD = ("n/a", "1,000", "-1", "inf", "1e400", "many", "NaN", "0x1F")
ALWAYS = ("name", "provider", "kind")


def made(rows: int, seed: int = 7) -> list[dict[str, str]]:
    """Rows of a table in our own headers: gaps, ranges, evidence, lists, and now and then a cell that is none."""
    draw = Random(seed)
    return [row_of(draw) for _ in range(rows)]


def row_of(draw: Random) -> dict[str, str]:
    stated = draw.choice([0.15, 0.5, 0.9])
    row = {h: cell(draw) if h in ALWAYS or draw.random() < stated else "" for h, cell in COLUMNS.items()}
    if row["kind"] != "degree" and row["content.award"] == "bachelor":
        row["content.award"] = "certificate"
    for field in ("outcomes.completion_rate", "outcomes.placement_rate", "outcomes.median_earnings"):
        row[f"{field}.n"] = str(draw.randint(1, 500)) if row[field] and draw.random() < 0.6 else ""
    row["cost.pay_during.period"] = "year" if row["cost.pay_during"] else ""
    if row["outcomes.median_earnings"] and not row["outcomes.median_earnings.period"]:
        row["outcomes.median_earnings.period"] = "year"
    total = sorted(draw.sample(range(30_000), 2))
    ranged = draw.random() < 0.3
    row |= dict(zip(("cost.total.low", "cost.total.high"), map(str, total) if ranged else ("", ""), strict=True))
    row["cost.total"] = "" if draw.random() < 0.7 else str(sum(total) / 2)
    if draw.random() < 0.08:
        row[draw.choice(["cost.tuition", "outcomes.pass_rate", "time.duration_weeks"])] = draw.choice(ODD)
    return row


GOALS: dict[str, dict[str, Any]] = {
    "enter": {
        "name": "In", "aim": "enter",
        "learner": {"residence": "US-CO", "age": 25, "education": "secondary", "skills": ["SQL"], "holds": ["Security+"]},
        "target": {"occupation": "15-1254", "skills": ["SQL", "Git"], "requires": ["Security+"], "decider": "City Hospital",
                   "minimum_earnings": {"value": 45_000, "period": "year"}, "level": "entry"},
        "means": {"budget": 9000, "savings": 20_000, "current_earnings": {"value": 38_000, "period": "year"},
                  "hours_per_week": 20, "borrows": True, "modality": ["online"]},
        "limits": {"deadline": "2028-06-30", "accreditation": "required"},
    },
    "credit": {
        "name": "Credit", "aim": "credit", "target": {"credit_at": "State University", "award": "bachelor"},
        "means": {"budget": 6000, "currency": "EUR", "hours_per_week": 10}, "limits": {"recognised_in": ["DE"]},
    },
    "learn": {"name": "For interest", "aim": "learn", "target": {"skills": ["Git"]}},
}  # fmt: skip


# The engines

needs_spark = pytest.mark.skipif(
    shutil.which("java") is None or importlib.util.find_spec("pyspark") is None,
    reason="Spark needs Java on the PATH and pyspark installed",
)
Blocks = Callable[[TableScorer, int], Iterator[Block]]


@pytest.fixture(scope="session")
def duck() -> Iterator[Any]:
    from credscore.batch.engines.duckdb import DuckDB

    with DuckDB() as engine:
        yield engine


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    from credscore.batch.engines.spark import Spark

    with Spark(master="local[2]") as engine:
        yield engine


@pytest.fixture(params=["polars", "duckdb", pytest.param("spark", marks=needs_spark)])
def blocks(request: pytest.FixtureRequest) -> Blocks:
    """How each engine in turn answers about a table, from a row on."""
    if request.param == "polars":
        return lambda scorer, after: scorer.blocks(polars, polars.engine(), after)
    if request.param == "duckdb":
        duck = request.getfixturevalue("duck")
        return lambda scorer, after: scorer.blocks(duck, duck.engine(), after)
    from credscore.batch.parts import judged_elsewhere

    spark = request.getfixturevalue("spark")
    return lambda scorer, after: spark.blocks(
        scorer.table, scorer.reading(), scorer.question, judged_elsewhere(scorer), after
    )


# What the rows say by themselves


def written(rows: list[dict[str, str]], path: Path) -> TableFile:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return TableFile(str(path), "csv")


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def same(a: Any, b: Any) -> bool:
    if a is None or (isinstance(a, float) and a != a):
        return b is None
    if isinstance(a, str) or b is None or isinstance(b, str):
        return bool(a == b)
    return bool(a == b or math.isclose(a, b, rel_tol=SLACK, abs_tol=SLACK))


def held_against(
    rows: list[dict[str, str]], table: TableFile, mapping: TableMapping, names: list[str], blocks: Blocks
) -> int:
    """Hold every answer about a table against what its row says as a program file; how many rows were scored."""
    goals = tuple(Goal.model_validate(GOALS[name]) for name in names)
    found = list(blocks(TableScorer(table, mapping, Question(RUBRIC, goals, DAY)), 0))
    refused = {f.row for block in found for f in block.failed}
    reader = RowReader(mapping, slots_of(mapping, tuple(rows[0]), table.name), table.name)
    assert sum(block.seen for block in found) == len(rows)
    scored = 0
    for place, goal in enumerate(goals):
        plan = make_plan(RUBRIC, goal, DAY)
        told = {row[ROW]: row for block in found for row in rows_of(block, place)}
        for n, row in enumerate(rows, 1):
            try:
                program = reader.program(row, n)
            except InputError:
                assert n in refused
                assert n not in told
                continue
            scored += 1
            wanted = answers_of(judge(read_case(program, goal, GIVEN, DAY), plan))
            wrong = {name: (x, told[n][name]) for name, x in wanted.items() if not same(x, told[n][name])}
            assert not wrong, (n, wrong)
    return scored // len(goals)


def rows_of(block: Block, place: int) -> Iterator[dict[str, Any]]:
    table = block.answers[place]
    yield from table if isinstance(table, list) else table.iter_rows(named=True)


def test_a_table_says_of_every_row_what_its_program_file_would(blocks: Blocks, tmp_path: Path) -> None:
    """Gaps, ranges, evidence, lists and currencies: every answer for two goals is the same to nine places."""
    rows = made(150)
    rows += [{**row, "cost.financing.type": "isa"} for row in made(30, seed=8)]
    rows += [{**row, "time.pacing": "not-reported"} for row in made(20, seed=9)]

    assert held_against(rows, written(rows, tmp_path / "made.csv"), OWN, ["enter", "credit"], blocks) > 100


# Real lists

TEXAS = {
    "columns": {
        "name": "Program Name", "provider": "ProviderName",
        "cost": {"tuition": "Required Cost: Tuition & Fees", "materials": "Required Cost: Books & Supplies"},
        "time": {"duration_weeks": "Length: Weeks", "instruction_hours": "Length: Contact Hours", "modality": "Delivery Method"},
        "content": {"occupations": [f"Occupation Code (ONET {n})" for n in (1, 2, 3)]},
    },
    "defaults": {"kind": "licence-training", "cost.currency": "USD", "recognition.designations": ["wioa-etpl"]},
    "gaps": {"ERROR": "unreadable", "INVALID CODE": "unreadable"},
    "fields": {
        "time.duration_weeks": {"gaps": {"0": "not-reported", "99999": "unreadable"}},
        "time.instruction_hours": {"gaps": {"0": "not-reported"}},
        "time.modality": {"words": {"Online": "online", "Hybrid": "hybrid", "In-person": "in-person"}},
    },
}  # fmt: skip
JERSEY = {
    "columns": {
        "name": "officialname",
        "provider": "name",
        "time": {"instruction_hours": "totalclockhours"},
        "cost": {
            "tuition": "tuition",
            "fees": "fees",
            "materials": "booksmaterialscost",
            "equipment": "suppliestoolscost",
        },
        "accreditation": {"bodies": "nongovapproval"},
        "outcomes": {
            "placement_rate": "PerEmployed2",
            "placement_rate.n": "NumCompleted2",
            "median_earnings": "AvgQuarterlyWage2",
            "median_earnings.n": "NumUsedWageCalc2",
        },
    },
    "defaults": {
        "kind": "certificate",
        "provider": "unnamed",
        "cost.currency": "USD",
        "outcomes.placement_rate.tier": "administrative",
        "outcomes.median_earnings.tier": "administrative",
        "outcomes.median_earnings.period": "quarter",
    },
    "gaps": {"-99999": "suppressed"},
}
BOOTCAMPS = {
    "columns": {
        "name": "program_name", "provider": "school_name", "cost": {"tuition": "program_cost"},
        "outcomes": {"completion_rate": "graduated_ontime", "completion_rate.n": "graduates_included",
                     "placement_rate": "employed_infield_180days", "placement_rate.n": "graduates_included",
                     "median_earnings": "median_annual_salary180days"},
    },
    "defaults": {"kind": "bootcamp", "outcomes.completion_rate.tier": "administrative", "outcomes.placement_in_field": True,
                 "outcomes.placement_rate.tier": "administrative", "outcomes.median_earnings.period": "year"},
    "ignore_in_numbers": "$,",
    "fields": {"outcomes.completion_rate": {"scale": 0.01}, "outcomes.placement_rate": {"scale": 0.01}},
}  # fmt: skip


@pytest.mark.parametrize(("name", "mapping"), [
    ("local-tests-only/tx_etpl_sample_400.csv", TEXAS), ("local-tests-only/bootcamps_cirr/combined_skills.csv", BOOTCAMPS),
    ("open/nj_etpl_joined_outcomes_sample.csv", JERSEY),
], ids=["texas", "bootcamps", "new-jersey"])  # fmt: skip
def test_a_real_list_says_of_every_row_what_its_program_file_would(
    blocks: Blocks, data: Path, name: str, mapping: dict[str, Any]
) -> None:
    """Columns, words, gaps and factors of somebody else's table come out the same on every engine."""
    path = data / name
    read_as = TableMapping.model_validate(mapping)

    assert held_against(records(path), TableFile(str(path), "csv"), read_as, ["learn"], blocks) > 60


def test_california_as_lines_of_json_says_what_its_files_would(blocks: Blocks, data: Path, tmp_path: Path) -> None:
    """A list that is JSON in other words goes line by line, nested as in a file."""
    lines, path = list(california(data)), tmp_path / "ca.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    goal = Goal.model_validate(GOALS["enter"])
    found = list(blocks(TableScorer(TableFile(str(path), "jsonl"), OWN, Question(RUBRIC, (goal,), DAY)), 0))
    told = {row[ROW]: row for block in found for row in rows_of(block, 0)}

    assert len(told) == len(lines) >= 60
    for n, line in enumerate(lines, 1):
        wanted = answers_of(
            judge(read_case(Program.model_validate(line), goal, GIVEN, DAY), make_plan(RUBRIC, goal, DAY))
        )
        assert not {name: x for name, x in wanted.items() if not same(x, told[n][name])}


# Forms, types and order


def test_parquet_types_are_read_as_their_text_would_be(blocks: Blocks, tmp_path: Path) -> None:
    """Numbers, lists, days and truth values mean what they mean in CSV; undefined and empty are not reported."""
    path = tmp_path / "types.parquet"
    pl.DataFrame({
        "name": [" A ", "B", "Č\u00a0"], "provider": ["P", "P", "P"], "kind": ["badge", "bootcamp", "badge"],
        "cost.tuition": [1.5, math.nan, None], "cost.fees": ["12", "", " 1e2 "],
        "content.skills": [["SQL", "ž"], [], None], "content.last_reviewed": [date(2026, 2, 3), None, date(2020, 1, 1)],
        "as_of": [datetime(2026, 2, 3, 4), None, None], "time.displaces_work": [True, False, None], "url": [2.0, 2.5, None],
    }).write_parquet(path)  # fmt: skip
    rows = [
        {"name": "A", "provider": "P", "kind": "badge", "cost.tuition": "1.5", "cost.fees": "12", "content.skills": '["SQL","ž"]',
         "content.last_reviewed": "2026-02-03", "as_of": "2026-02-03", "time.displaces_work": "true", "url": "2"},
        {"name": "B", "provider": "P", "kind": "bootcamp", "cost.tuition": "", "cost.fees": "", "content.skills": "[]",
         "content.last_reviewed": "", "as_of": "", "time.displaces_work": "false", "url": "2.5"},
        {"name": "Č", "provider": "P", "kind": "badge", "cost.tuition": "", "cost.fees": "1e2", "content.skills": "",
         "content.last_reviewed": "2020-01-01", "as_of": "", "time.displaces_work": "", "url": ""},
    ]  # fmt: skip

    assert held_against(rows, TableFile(str(path), "parquet"), OWN, ["learn", "enter"], blocks) == 3


def test_rows_keep_their_numbers_and_may_be_taken_up_from_one(blocks: Blocks, tmp_path: Path) -> None:
    """Many row groups, quoted line breaks and several cores do not change which row is which."""
    rows = 3000
    names = [f'P "{n}"\nline; č' for n in range(1, rows + 1)]
    frame = pl.DataFrame({"name": names, "provider": ["Q"] * rows, "kind": ["badge"] * rows})
    frame.write_parquet(tmp_path / "long.parquet", row_group_size=700)
    frame.write_csv(tmp_path / "long.csv")
    question = Question(RUBRIC, (Goal.model_validate(GOALS["learn"]),), DAY)
    for form in ("parquet", "csv"):
        table = TableFile(str(tmp_path / f"long.{form}"), form)
        for after in (0, 1234):
            told = [row for block in blocks(TableScorer(table, OWN, question), after) for row in rows_of(block, 0)]
            assert [row[ROW] for row in told] == list(range(after + 1, rows + 1))
            assert [row["name"] for row in told] == names[after:]


@needs_spark
def test_spark_writes_answers_where_every_machine_can(spark: Any, tmp_path: Path) -> None:
    """A folder of Parquet is numbered file by file; its answers and its notes lie apart, and the notes name what failed."""
    from credscore.batch.parts import judged_elsewhere

    folder, out = tmp_path / "many", tmp_path / "out"
    folder.mkdir()
    for part, (first, last) in enumerate([(1, 10), (11, 400), (401, 405)]):
        names = [f"P{n}" if n != 12 else "" for n in range(first, last + 1)]
        pl.DataFrame({"name": names, "provider": "Q", "kind": "badge"}).write_parquet(folder / f"part-{part}.parquet")
    scorer = TableScorer(
        TableFile(str(folder), "parquet"), OWN, Question(RUBRIC, (Goal.model_validate(GOALS["learn"]),), DAY)
    )
    block, sums = spark.written(scorer.table, scorer.reading(), scorer.question, judged_elsewhere(scorer), str(out))
    back = pl.read_parquet(out / "kind=answer" / "*.parquet").sort("row")

    assert (block.seen, [f.row for f in block.failed], sum(sums[0]["verdict"].values())) == (405, [12], 404)
    assert back["row"].to_list() == [n for n in range(1, 406) if n != 12]
    assert back["name"].to_list() == [f"P{n}" for n in back["row"]]


def test_without_java_spark_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line with the next step, before anything is started."""
    pytest.importorskip("pyspark")
    from credscore.batch.engines.spark import Spark

    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(UsageError, match="Java") as caught:
        Spark()
    assert "Java" in caught.value.hint


@pytest.mark.parametrize(
    ("module", "name", "package"), [("duckdb", "DuckDB", "duckdb"), ("spark", "Spark", "pyspark.sql")]
)
def test_a_missing_package_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str, package: str
) -> None:
    """It names the extra to install."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"credscore\[{module}\]"):
        getattr(importlib.import_module(f"credscore.batch.engines.{module}"), name)()
