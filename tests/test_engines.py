"""One arithmetic on every engine: a table judged on Polars, DuckDB or Spark says of each row what its program file would."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import json
import math
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from credscore.api import load_rubric
from credscore.batch.answers import answers_of, rank_of
from credscore.batch.engines import polars
from credscore.batch.engines.chunk import ROW, Chunk, Reading
from credscore.batch.judging import judge_frame
from credscore.batch.matching import Asked, Matcher
from credscore.batch.pieces import Pieces
from credscore.batch.tablefile import TableFile
from credscore.errors import InputError, MissingExtraError, UsageError
from credscore.measures.case import Given
from credscore.measures.reading import read_case
from credscore.model.goal import Goal
from credscore.model.layout import slot_of
from credscore.reference.currency import rate_between
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


class Local:
    """Polars with the same way of giving back as the others."""

    engine, chunks, headers_of = (
        staticmethod(polars.engine),
        staticmethod(polars.chunks),
        staticmethod(polars.headers_of),
    )

    @staticmethod
    def collected(frame: Any, columns: Any = None) -> pl.DataFrame:
        found = nw.to_native(frame)
        return found if columns is None else found.select(columns)


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
def engine(request: pytest.FixtureRequest) -> Any:
    """Each engine in turn."""
    names = {"duckdb": "duck", "spark": "spark"}
    return request.getfixturevalue(names[request.param]) if request.param in names else Local()


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


def alone(rows: list[dict[str, Any]], reader: RowReader, goal: Goal) -> dict[int, dict[str, Any]]:
    """What each row says as a program of its own; none of those that are no program."""
    plan, found = make_plan(RUBRIC, goal, DAY), {}
    for n, row in enumerate(rows, 1):
        try:
            program = reader.program(row, n)
        except InputError:
            continue
        answers = answers_of(judge(read_case(program, goal, GIVEN, DAY), plan))
        found[n] = {**answers, "rank": rank_of(answers)}
    return found


def reading_of(mapping: TableMapping) -> Reading:
    if not mapping.columns:
        return Reading(None, mapping.ignore_in_numbers)
    named = {path: (n,) if isinstance(n, str) else n for path, n in mapping.columns.items()}
    figures = [h for path, headers in named.items() if (slot := slot_of(path)) and slot.is_number for h in headers]
    return Reading(frozenset(figures), mapping.ignore_in_numbers)


def asked(goal: Goal) -> Asked:
    wanted = goal.means.currency
    return Asked(goal, GIVEN, DAY, cache(lambda currency: rate_between(currency or wanted, wanted, DAY)))


class Judging:
    """One table on one engine."""

    def __init__(self, engine: Any, table: TableFile, mapping: TableMapping) -> None:
        self.engine = engine
        (self.chunk,) = engine.chunks(table, reading_of(mapping))
        self.reader = RowReader(mapping, slots_of(mapping, self.chunk.headers, table.name), table.name)
        self.pieces = Pieces(self.reader)

    def answers(self, goal: Goal) -> tuple[dict[int, dict[str, Any]], set[int]]:
        """The answers by row, and the rows that are to be read alone."""
        judged = judge_frame(
            nw.from_native(self.chunk.frame), self.reader, self.pieces, self.chunk.held, Matcher(self.pieces, asked(goal)),
            make_plan(RUBRIC, goal, DAY), self.engine.engine(), [ROW],
        )  # fmt: skip
        back = {column: name for name, column in judged.columns.items()}
        frame = self.engine.collected(judged.answers)
        odd = set(self.engine.collected(judged.odd, [ROW])[ROW])
        return {row[ROW]: {back[c]: x for c, x in row.items() if c in back} for row in frame.iter_rows(named=True)}, odd


def same(a: Any, b: Any) -> bool:
    if a is None or (isinstance(a, float) and a != a):
        return b is None
    if isinstance(a, str) or b is None or isinstance(b, str):
        return bool(a == b)
    return bool(a == b or math.isclose(a, b, rel_tol=SLACK, abs_tol=SLACK))


def differences(
    alone: Mapping[int, Mapping[str, Any]], together: Mapping[int, Mapping[str, Any]], odd: set[int]
) -> list[str]:
    found = [f"row {n} is neither answered nor odd" for n in alone.keys() - together.keys() - odd]
    found += [f"row {n} is answered and is no program" for n in together.keys() - alone.keys()]
    for n in sorted(alone.keys() & together.keys()):
        assert alone[n].keys() == together[n].keys()
        found += [f"row {n} {name}: {x} alone, {together[n][name]} together"
                  for name, x in alone[n].items() if not same(x, together[n][name])]  # fmt: skip
    return found


def test_a_table_says_of_every_row_what_its_program_file_would(engine: Any, tmp_path: Path) -> None:
    """Gaps, ranges, evidence, lists and currencies: every answer is the same to nine places, or the row is read alone."""
    rows = made(150)
    judging = Judging(engine, written(rows, tmp_path / "made.csv"), OWN)
    for content in GOALS.values():
        goal = Goal.model_validate(content)
        together, odd = judging.answers(goal)

        assert differences(alone(rows, judging.reader, goal), together, odd) == []
        assert together.keys() | odd == set(range(1, len(rows) + 1))
        assert not together.keys() & odd
        assert len(together) > len(rows) / 2


def test_an_income_share_says_in_a_table_what_its_program_file_would(tmp_path: Path) -> None:
    """Its share, months, floor and cap may each be unstated."""
    rows = [{**row, "cost.financing.type": "isa"} for row in made(150)]
    judging, goal = Judging(Local(), written(rows, tmp_path / "isa.csv"), OWN), Goal.model_validate(GOALS["enter"])
    together, odd = judging.answers(goal)

    assert differences(alone(rows, judging.reader, goal), together, odd) == []


def test_a_gap_word_in_a_column_of_words_is_unknown(tmp_path: Path) -> None:
    """As in the program's own file."""
    rows = [{**row, "time.pacing": "not-reported"} for row in made(30)] + made(30)
    judging, goal = Judging(Local(), written(rows, tmp_path / "gaps.csv"), OWN), Goal.model_validate(GOALS["enter"])
    together, odd = judging.answers(goal)

    assert differences(alone(rows, judging.reader, goal), together, odd) == []


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
], ids=["texas", "bootcamps"])  # fmt: skip
def test_a_real_list_says_of_every_row_what_its_program_file_would(
    engine: Any, data: Path, name: str, mapping: dict[str, Any]
) -> None:
    """Columns, words, gaps and factors of somebody else's table come out the same on every engine."""
    path = data / name
    judging = Judging(engine, TableFile(str(path), "csv"), TableMapping.model_validate(mapping))
    goal = Goal.model_validate(GOALS["learn"])
    together, odd = judging.answers(goal)

    assert differences(alone(records(path), judging.reader, goal), together, odd) == []


# Forms, types and order


def cells_of(engine: Any, table: TableFile) -> tuple[Chunk, pl.DataFrame]:
    (chunk,) = engine.chunks(table, Reading())
    return chunk, engine.collected(nw.from_native(chunk.frame)).sort(ROW)


def test_parquet_types_become_numbers_and_text_alike(engine: Any, tmp_path: Path) -> None:
    """Numbers stay numbers; lists are JSON, days are ISO, whole floats have no point; what is empty is "" or null."""
    path = tmp_path / "types.parquet"
    pl.DataFrame({
        "name": [" A ", None, "Č\u00a0"], "cost.tuition": [1.5, math.nan, None], "cost.fees": ["12", "1,0", " 1e2 "],
        "content.skills": [["SQL", "ž"], [], None], "content.last_reviewed": [date(2026, 2, 3), None, date(2020, 1, 1)],
        "as_of": [datetime(2026, 2, 3, 4), None, None], "time.displaces_work": [True, False, None], "url": [2.0, 2.5, None],
    }).write_parquet(path)  # fmt: skip
    chunk, cells = cells_of(engine, TableFile(str(path), "parquet"))

    assert chunk.headers == engine.headers_of(TableFile(str(path), "parquet"))
    assert [h for h, held in chunk.held.items() if held.number] == ["cost.tuition"]
    assert cells.select("row", "h0", "n1", "h2", "n2").rows() == [
        (1, "A", 1.5, "12", 12.0), (2, "", None, "1,0", None), (3, "Č", None, "1e2", 100.0)
    ]  # fmt: skip
    assert cells["h3"].to_list() == ['["SQL","ž"]', "[]", ""]
    assert cells.select("h4", "h5", "h6", "h7").rows() == [
        ("2026-02-03", "2026-02-03", "true", "2"), ("", "", "false", "2.5"), ("2020-01-01", "", "", "")
    ]  # fmt: skip


def test_rows_are_numbered_in_the_order_of_the_file(engine: Any, tmp_path: Path) -> None:
    """Many row groups and several cores do not change which row is which."""
    path, rows = tmp_path / "long.parquet", 20_000
    pl.DataFrame({"name": [f"P{n}" for n in range(1, rows + 1)]}).write_parquet(path, row_group_size=1000)
    _, cells = cells_of(engine, TableFile(str(path), "parquet"))

    assert cells["h0"].to_list() == [f"P{n}" for n in cells["row"]]
    assert cells["row"].to_list() == list(range(1, rows + 1))


def test_rows_of_text_keep_their_numbers_and_their_line_breaks(engine: Any, tmp_path: Path) -> None:
    """A quoted line break ends no row, and a doubled quote is one."""
    table = written(
        [{"name": f'a "{n}"\nline; č', "cost.tuition": str(n)} for n in range(1, 3001)], tmp_path / "long.csv"
    )
    _, cells = cells_of(engine, table)

    assert cells["h0"].to_list() == [f'a "{n}"\nline; č' for n in range(1, 3001)]
    assert cells["n1"].to_list() == cells["row"].to_list() == list(range(1, 3001))


def test_lines_of_json_that_name_different_fields_are_one_table(engine: Any, tmp_path: Path) -> None:
    """A field that a line does not name is empty there."""
    path = tmp_path / "lines.jsonl"
    path.write_text('{"name": "A", "cost": {"tuition": 5}}\n{"name": "B", "kind": "badge"}\n', encoding="utf-8")
    chunk, cells = cells_of(engine, TableFile(str(path), "jsonl"))

    by_header = {h: cells[held.text].to_list() for h, held in chunk.held.items()}
    assert by_header == {"name": ["A", "B"], "cost.tuition": ["5", ""], "kind": ["", "badge"]}


def test_duckdb_gives_a_table_back_in_parts_in_the_order_of_its_rows(duck: Any, tmp_path: Path) -> None:
    """However many rows are asked for at a time, each comes once and in order."""
    path, out = tmp_path / "long.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"name": [f"P{n}" for n in range(1, 10_001)]}).write_parquet(path, row_group_size=1000)
    (chunk,) = duck.chunks(TableFile(str(path), "parquet"), Reading(), after=10)
    parts = list(duck.batches(nw.from_native(chunk.frame), 3000))
    duck.write_parquet(nw.from_native(chunk.frame), str(out))

    assert len(parts) > 1
    assert pl.concat(parts)["row"].to_list() == list(range(11, 10_001)) == pl.read_parquet(out)["row"].to_list()


@needs_spark
def test_spark_numbers_the_rows_of_a_folder_file_by_file_and_writes_one(spark: Any, tmp_path: Path) -> None:
    """Rows count on from one file to the next, by name, whichever is larger; answers are a folder that reads back whole."""
    folder, out = tmp_path / "many", tmp_path / "out"
    folder.mkdir()
    for part, (first, last) in enumerate([(1, 10), (11, 4000), (4001, 4005)]):
        pl.DataFrame({"name": [f"P{n}" for n in range(first, last + 1)]}).write_parquet(folder / f"part-{part}.parquet")
    (chunk,) = spark.chunks(TableFile(str(folder), "parquet"), Reading())
    spark.write_parquet(nw.from_native(chunk.frame), str(out))
    back = pl.read_parquet(out / "*.parquet").sort("row")

    assert back["row"].to_list() == list(range(1, 4006))
    assert back["h0"].to_list() == [f"P{n}" for n in back["row"]]


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
