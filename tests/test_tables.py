"""Tables: a row of a table says what a program file with the same facts says, or why it says nothing."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import FACTS, WHOLE, Data, offers, put, wants

from credscore import api
from credscore.batch.answers import answers_of
from credscore.batch.block import Block, Question
from credscore.batch.engines import polars
from credscore.batch.tablefile import TableFile, form_of
from credscore.batch.tables import TableScorer
from credscore.errors import InputError, RateError
from credscore.measures import Given, read_case
from credscore.model.goal import Goal
from credscore.model.layout import fields
from credscore.model.program import Program
from credscore.scoring.judge import judge
from credscore.scoring.plan import make_plan
from credscore.sources import read_program
from credscore.sources.mapping import OWN, TableMapping, slots_of
from credscore.sources.row import RowReader

DAY = date(2026, 11, 24)
RUBRIC = api.load_rubric("standard")
GIVEN = Given(RUBRIC.assumptions)
GOAL = Goal.model_validate(
    {"name": "g", "aim": "switch", "target": {"occupation": "15-1254", "skills": ["SQL", "Git"], "requires": ["Security+"]},
     "means": {"budget": 9000, "savings": 4000, "current_earnings": {"value": 30_000, "period": "year"}, "hours_per_week": 20}}
)  # fmt: skip
LEARN = Goal.model_validate({"name": "l", "aim": "learn", "target": {"skills": ["SQL"]}})


def cells(data: Data, prefix: str = "") -> Iterator[tuple[str, str]]:
    """A program file's content as the cells of a row: facts by part, lists as JSON."""
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and name in FACTS:
            yield from ((name if part == "value" else f"{name}.{part}", text(x)) for part, x in value.items())
        elif isinstance(value, dict) and name not in WHOLE:
            yield from cells(value, f"{name}.")
        else:
            yield name, text(value)


def text(value: Any) -> str:
    """A value as a spreadsheet would hold it."""
    if isinstance(value, str):
        return value
    return json.dumps(value) if isinstance(value, list | dict | bool) else repr(value)


def as_csv(rows: list[dict[str, str]], path: Path, separator: str = ",") -> TableFile:
    """The rows as a CSV file."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headers, restval="", delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    return TableFile(str(path), form_of(str(path)) or "csv")


def as_jsonl(programs: list[Data], path: Path) -> TableFile:
    """Programs as JSON Lines, nested as in a file."""
    path.write_text("".join(json.dumps(p) + "\n" for p in programs), encoding="utf-8")
    return TableFile(str(path), "jsonl")


def as_parquet(rows: list[dict[str, str]], path: Path) -> TableFile:
    """The rows as a Parquet file, whose columns of plain numbers are numbers."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    columns = {}
    for name in headers:
        texts = [row.get(name) for row in rows]
        try:
            columns[name] = [None if t is None else float(t) for t in texts] if name not in LISTS else texts
        except ValueError:
            columns[name] = texts
    pl.DataFrame(columns, strict=False).write_parquet(path)
    return TableFile(str(path), "parquet")


LISTS = {name for name, kind in fields().items() if kind is None}


def scored(table: TableFile, goal: Goal = GOAL, mapping: TableMapping = OWN) -> list[Block]:
    """The blocks of a table."""
    return list(TableScorer(table, mapping, Question(RUBRIC, (goal,), DAY)).blocks(polars, polars.engine()))


def rows_of(blocks: list[Block]) -> dict[int, dict[str, Any]]:
    """The answers by row number."""
    return {row["row"]: row for block in blocks for row in block.rows()}


def expected(program: Program, goal: Goal) -> dict[str, Any]:
    """What a program alone is answered."""
    return answers_of(judge(read_case(program, goal, GIVEN, DAY), make_plan(RUBRIC, goal, DAY)))


def same(wanted: Any, found: Any) -> bool:
    """Whether a program's answer and a table's cell are one to 1e-9; nan is null."""
    if isinstance(wanted, float):
        if wanted != wanted:
            return found is None
        return found is not None and (wanted == found or math.isclose(wanted, found, rel_tol=1e-9, abs_tol=1e-9))
    return bool(wanted == found)


def differences(wanted: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The answers that are not the same."""
    return {name: (value, found[name]) for name, value in wanted.items() if not same(value, found[name])}


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "parquet"])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(offers, min_size=1, max_size=6), wants)
def test_a_row_says_what_a_file_says(tmp_path: Path, form: str, offered: list[Data], wanted: Data) -> None:
    """Whatever a program states, in every form of table: score, ranges, coverage, gates, flags and verdict are its own."""
    goal, path = Goal.model_validate(wanted), tmp_path / f"t.{form}"
    rows = [dict(cells(data)) for data in offered]
    table = (as_jsonl(offered, path) if form == "jsonl" else as_parquet(rows, path) if form == "parquet"
             else as_csv(rows, path, "\t" if form == "tsv" else ","))  # fmt: skip

    blocks = scored(table, goal)

    found = rows_of(blocks)
    assert not [f for b in blocks for f in b.failed]
    for number, data in enumerate(offered, 1):
        assert not differences(expected(Program.model_validate(data), goal), found[number])


WRONG = {
    "name": ["", "  "], "provider": [""], "kind": ["boot-camp", "", "Bootcamp"],
    "cost.tuition": ["-1", "ERROR", "1,000", "inf", "nan", "1e13", "1_000", "0x10", "$5", "12d", "٣", "true"],
    "cost.currency": ["usd", "XXX", "dollars"], "cost.tuition.high": ["5"], "cost.tuition.low": ["9e9"],
    "time.modality": ["Online", "on-line"], "time.pacing": ["fast"], "time.starts": ["2027-13-01"],
    "outcomes.placement_rate": ["1.2", "86", "-0.1"], "outcomes.placement_rate.n": ["0", "2.5", "many"],
    "cost.tuition.tier": ["gold"], "cost.tuition.period": ["year"], "cost.tuition.n": ["0"], "time.modality.tier": ["gold"], "time.modality.low": ["3"],
    "outcomes.placement_rate.tier": ["gold"], "outcomes.placement_rate.response_rate": ["2"],
    "outcomes.median_earnings": ["45000"], "outcomes.median_earnings.period": ["fortnight"],
    "content.award": ["bachelor"], "content.level": ["expert"], "recognition.designations": ["nobody's"],
    "recognition.first_offered": ["soon"], "transferability.vendor_neutral": ["perhaps"], "country": ["usa"],
    "accreditation.bodies": ['[{"title": "x"}]', "[broken"], "cost.aid": ['[{"name": "x"}]'],
    "transferability.level": ["EQF 5"], "cost.refund.prorata_until": ["60"], "as_of": ["yesterday"],
}  # fmt: skip
FINE = {
    "name": ["A, B", "=1+1", "x\ny"], "cost.tuition": ["", " 12 ", "+5", "1e3", ".5", "5.", "suppressed", "not-applicable", "0"],
    "cost.currency": ["EUR", "USD", ""], "time.modality": ["online", " online "], "kind": ["degree", "certificate"],
    "outcomes.placement_rate": ["0", "1", "unreadable"], "outcomes.placement_rate.n": ["1", "1e2", ""],
    "outcomes.placement_rate.tier": ["administrative", ""], "recognition.first_offered": ["2014", "2014-05-01"],
    "content.skills": ["SQL; Git", "[]", '["SQL", {"name": "Git", "level": "entry"}]', "not-reported"],
    "accreditation.bodies": ["HLC", "HLC; Nobody"], "transferability.vendor_neutral": ["true", "FALSE"],
    "cost.financing.cap": ["not-applicable", "9000"], "cost.financing.type": ["isa"],
    "accreditation.signs.no_address": ["true", "false"], "transferability.recommendation.body": ["ACE"],
    "outcomes.median_earnings": ["suppressed"], "content.award": ["certificate"], "cost.pay_during.period": ["year"],
}  # fmt: skip


def dirty_rows() -> st.SearchStrategy[list[dict[str, str]]]:
    """Rows in which anything may be wrong, beside rows in which nothing is."""
    base = {"name": "P", "provider": "Q", "kind": "degree"}
    one = st.sampled_from(
        [(name, value) for table in (WRONG, FINE) for name, values in table.items() for value in values]
    )
    return st.lists(st.lists(one, max_size=4).map(lambda pairs: base | dict(pairs)), min_size=1, max_size=8)


@pytest.mark.parametrize("goal", [GOAL, LEARN], ids=["switch", "learn"])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(dirty_rows())
def test_a_row_is_let_through_only_where_a_file_would_be(
    tmp_path: Path, goal: Goal, rows: list[dict[str, str]]
) -> None:
    """Each row is scored as its file would be, or refused with its file's reasons; never both, never neither."""
    table = as_csv(rows, tmp_path / "t.csv")
    headers = tuple(dict.fromkeys(name for row in rows for name in row))
    reader = RowReader(OWN, slots_of(OWN, headers, table.name), table.name)

    blocks = scored(table, goal)

    found, failed = rows_of(blocks), {f.row: f.problems for b in blocks for f in b.failed}
    for number, row in enumerate(rows, 1):
        try:
            program = reader.program(row, number)
        except InputError as error:
            assert number not in found
            assert failed[number] == error.problems
        else:
            assert number not in failed, failed[number]
            assert not differences(expected(program, goal), found[number])


@pytest.mark.parametrize(("field", "value"), [(f, v) for f, values in WRONG.items() for v in values if f not in PAIRED]
                         if (PAIRED := {"cost.tuition.tier", "cost.tuition.period", "cost.tuition.n", "time.modality.tier", "time.modality.low", "cost.tuition.high", "cost.tuition.low", "outcomes.placement_rate.n",
                                        "outcomes.placement_rate.tier", "outcomes.placement_rate.response_rate",
                                        "outcomes.median_earnings.period", "content.award"}) else [])  # fmt: skip
def test_one_mistake_refuses_one_row_and_no_other(tmp_path: Path, field: str, value: str) -> None:
    """A bad cell between two good rows: they are scored, and it is on record with its row and its field."""
    good = {"name": "P", "provider": "Q", "kind": "bootcamp", field: ""}
    good |= {"name": "P"} if field == "name" else {}
    rows = [good | ({field: "Q"} if field == "provider" else {field: "bootcamp"} if field == "kind" else
                    {field: "P"} if field == "name" else {}) for _ in range(3)]  # fmt: skip
    rows[1] = rows[1] | {field: value}

    blocks = scored(as_csv(rows, tmp_path / "t.csv"))

    assert sorted(rows_of(blocks)) == [1, 3]
    (failed,) = [f for b in blocks for f in b.failed]
    assert failed.row == 2
    assert failed.problems[0].place.endswith("t.csv row 2")
    assert failed.problems[0].path.startswith(field.split(".", maxsplit=1)[0])
    assert failed.problems[0].reason


def test_order_of_rows_and_columns_changes_no_answer(tmp_path: Path) -> None:
    """Rows turned round and columns turned round answer as before, each under its own number."""
    rows = [{"name": f"P{n}", "provider": "Q", "kind": "bootcamp", "cost.tuition": str(n * 700), "content.skills": "SQL"}
            for n in range(9)]  # fmt: skip
    turned = [dict(reversed(row.items())) for row in reversed(rows)]

    first = rows_of(scored(as_csv(rows, tmp_path / "a.csv")))
    second = rows_of(scored(as_csv(turned, tmp_path / "b.csv")))

    for number in range(1, 10):
        a, b = first[number], second[10 - number]
        assert {k: v for k, v in a.items() if k not in ("row", "source")} == {
            k: v for k, v in b.items() if k not in ("row", "source")
        }


def test_money_of_several_currencies_comes_into_the_goals(tmp_path: Path) -> None:
    """A row in euros is judged in dollars at the day's reference rate; one without a rate is on record."""
    rows = [{"name": "P", "provider": "Q", "kind": "bootcamp", "cost.total": "1000", "cost.currency": c}
            for c in ("USD", "EUR", "", "AED")]  # fmt: skip

    blocks = scored(as_csv(rows, tmp_path / "t.csv"))

    found = rows_of(blocks)
    assert found[1]["net_price.likely"] == found[3]["net_price.likely"] == 1000.0
    assert 1000.0 < found[2]["net_price.likely"] < 1500.0
    (failed,) = [f for b in blocks for f in b.failed]
    assert (failed.row, failed.problems[0].path) == (4, "cost.currency")


class TestHeaders:
    """Headers lead somewhere, or the table is refused with every one that does not."""

    def test_a_misspelt_header_is_told_the_right_one(self, tmp_path: Path) -> None:
        """Two mistakes are named at once, each with its next step."""
        table = as_csv(
            [{"name": "P", "provider": "Q", "kind": "badge", "cost.tuitoin": "1", "notes": "x"}], tmp_path / "t.csv"
        )

        with pytest.raises(InputError) as error:
            scored(table)

        told = {p.path: p.hint for p in error.value.problems}
        assert told["cost.tuitoin"] == 'did you mean "cost.tuition"?'
        assert "--mapping" in told["notes"]

    def test_a_header_that_stands_twice_is_refused(self, tmp_path: Path) -> None:
        """Nobody can tell which one is meant."""
        (tmp_path / "t.csv").write_text("name,provider,kind,cost.total,cost.total\nP,Q,badge,1,2\n")

        with pytest.raises(InputError, match="stands twice"):
            scored(TableFile(str(tmp_path / "t.csv"), "csv"))

    def test_what_every_program_needs_must_be_there(self, tmp_path: Path) -> None:
        """A table without a kind says so once, not once a row."""
        with pytest.raises(InputError, match="kind: no column holds this"):
            scored(as_csv([{"name": "P", "provider": "Q"}] * 3, tmp_path / "t.csv"))


class TestTexts:
    """CSV as it is found."""

    def read(
        self, tmp_path: Path, content: bytes, name: str = "t.csv"
    ) -> tuple[dict[int, dict[str, Any]], list[Any], int]:
        """The answers, the failures and the empty rows of a file."""
        (tmp_path / name).write_bytes(content)
        blocks = scored(TableFile(str(tmp_path / name), "csv"))
        return rows_of(blocks), [f for b in blocks for f in b.failed], sum(b.empty for b in blocks)

    def test_marks_line_ends_separators_and_quotes(self, tmp_path: Path) -> None:
        """A byte order mark, CRLF, semicolons and quoted line breaks are all read."""
        content = '\ufeffname;provider;kind\r\n"A\nB";"Q; R";badge\r\nC;"D ""E""";badge\r\n'.encode()

        found, failed, _ = self.read(tmp_path, content)

        assert [(r["name"], r["provider"]) for r in found.values()] == [("A\nB", "Q; R"), ("C", 'D "E"')]
        assert not failed

    def test_a_row_with_too_many_cells_is_on_record_and_the_rest_is_scored(self, tmp_path: Path) -> None:
        """Where one row is broken, only that row is lost."""
        found, failed, _ = self.read(tmp_path, b"name,provider,kind\nA,B,badge\nA,B,badge,x,y\nC,D,badge\n")

        assert sorted(found) == [1, 3]
        assert [(f.row, f.problems[0].reason) for f in failed] == [(2, "has 5 cells, and the header 3")]

    def test_empty_rows_are_counted_and_not_errors(self, tmp_path: Path) -> None:
        """Blank lines hold no program."""
        found, failed, empty = self.read(tmp_path, b"name,provider,kind\nA,B,badge\n\n,,\nC,D,badge\n")

        assert sorted(found) == [1, 4]
        assert (failed, empty) == ([], 2)

    @pytest.mark.parametrize(("content", "reason"), [
        (b"", "is empty"), (b"name,provider,kind\n\xe9t\xe9,B,badge\n", "is not UTF-8"),
        (b"\xff\xfen\x00a\x00", "is not UTF-8"), (b"PAR1 no table", "no field of a program"),
    ])  # fmt: skip
    def test_what_is_no_table_is_refused_with_a_reason(self, tmp_path: Path, content: bytes, reason: str) -> None:
        """One clear line instead of a traceback."""
        with pytest.raises(InputError, match=reason):
            self.read(tmp_path, content)

    def test_a_table_with_only_a_header_has_no_rows(self, tmp_path: Path) -> None:
        """Nothing seen, nothing wrong."""
        assert self.read(tmp_path, b"name,provider,kind\n") == ({}, [], 0)


def test_json_lines_are_read_line_by_line(tmp_path: Path) -> None:
    """Nested and flat lines are scored; a broken line, a misspelt key and a list are each on record with their line."""
    lines = ['{"name": "A", "provider": "B", "kind": "badge", "cost": {"tuition": 5}}', "{broken", "[1]", "",
             '{"name": "A", "provider": "B", "kind": "badge", "cost.tuition": 5}',
             '{"name": "A", "provider": "B", "kind": "badge", "cots": {"tuition": 5}}']  # fmt: skip
    (tmp_path / "t.jsonl").write_text("\n".join(lines), encoding="utf-8")

    blocks = scored(TableFile(str(tmp_path / "t.jsonl"), "jsonl"))

    found, failed = rows_of(blocks), {f.row: f.problems[0] for b in blocks for f in b.failed}
    assert sorted(failed) == [2, 3, 6]
    assert {k: v for k, v in found[1].items() if k != "row"} == {k: v for k, v in found[5].items() if k != "row"}
    assert failed[6].path == "cots"
    assert "JSON" in failed[2].reason


def test_a_spreadsheet_is_read_like_the_csv_it_was_saved_from(tmp_path: Path) -> None:
    """Excel's first sheet: text, numbers and dates."""
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="XlsxWriter writes the spreadsheet this test reads")
    del xlsxwriter
    rows = [{"name": "P", "provider": "Q", "kind": "bootcamp", "cost.tuition": 1200.5, "time.duration_weeks": 12, "as_of": date(2026, 1, 5)},
            {"name": "R", "provider": "Q", "kind": "badge", "cost.tuition": None, "time.duration_weeks": 3, "as_of": None}]  # fmt: skip
    pl.DataFrame(rows).write_excel(tmp_path / "t.xlsx")
    out = io.StringIO()
    csv.DictWriter(out, list(rows[0])).writerows([dict(zip(rows[0], rows[0], strict=True)), *rows])
    (tmp_path / "t.csv").write_text(out.getvalue(), encoding="utf-8")

    sheet = rows_of(scored(TableFile(str(tmp_path / "t.xlsx"), "excel")))
    saved = rows_of(scored(TableFile(str(tmp_path / "t.csv"), "csv")))

    assert len(sheet) == 2
    for number, row in sheet.items():
        assert {k: v for k, v in row.items() if k != "source"} == {
            k: v for k, v in saved[number].items() if k != "source"
        }


STRANGE = [5, "5", "86 %", True, "true", "", " x ", None, [], ["SQL"], [3], {}, {"n": 4}, {"value": 1, "nn": 2}, {"low": 1}, {"name": "x"},
           {"value": "suppressed", "n": 3}, {"low": 1, "high": 2}, 1e400, "not-reported", "SQL; Git", "2026-01-01", -3, "…"]  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(offers, st.lists(st.tuples(st.sampled_from([*fields(), "cots.tuition", "cost.tuition.n", "notes"]),
                                                     st.sampled_from(STRANGE)), max_size=2)), min_size=1, max_size=5), wants)  # fmt: skip
def test_a_file_among_many_says_what_it_says_alone(
    tmp_path: Path, offered: list[tuple[Data, list[tuple[str, Any]]]], wanted: Data
) -> None:
    """Read by the column or by itself, whatever its values are, a file is scored alike or refused for the same reasons."""
    goal, paths = Goal.model_validate(wanted), []
    for number, (data, changes) in enumerate(offered):
        changed = data
        for name, value in changes:
            try:
                changed = put(changed, name, value)
            except (AttributeError, TypeError):
                continue
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(changed).replace("Infinity", "1e400"), encoding="utf-8")
        paths.append(str(path))

    scorer = TableScorer(TableFile("", "files"), OWN, Question(RUBRIC, (goal,), DAY))
    blocks = [b for chunk in polars.documents(paths, scorer.reading()) for b in scorer.of_chunk(chunk, polars.engine())]

    found = {row["source"]: row for block in blocks for row in block.rows()}
    failed = {f.source: f.problems for b in blocks for f in b.failed}
    assert not set(found) & set(failed)
    for path in paths:
        try:
            program = read_program(path)
        except InputError as error:
            assert failed[path] == error.problems
        else:
            assert path in found, failed[path]
            assert not differences(expected(program, goal), found[path])


DEFAULTS: list[dict[str, Any]] = [
    {"cost.currency": "AED"}, {"cost.currency": "EUR"}, {"cost.currency": "nonsense"},
    {"cost.total": 700}, {"cost.total": "suppressed"}, {"cost.total.low": 100, "cost.total.high": 900},
    {"outcomes.placement_rate.tier": "gold"}, {"outcomes.placement_rate.n": 0}, {"outcomes.placement_rate.n": "many"},
    {"outcomes.placement_rate.n": 40, "outcomes.placement_rate.tier": "administrative"},
    {"outcomes.placement_rate.as_of": "2026-13-01"}, {"outcomes.placement_rate.period": "year"},
    {"outcomes.placement_rate.response_rate": 0.5}, {"cost.total.tier": "gold"}, {"time.modality": "online", "time.modality.tier": "gold"},
    {"time.modality": "carrier pigeon"}, {"provider": "Everybody"},
]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("defaults", DEFAULTS, ids=str)
def test_what_is_said_of_all_rows_is_said_of_each_that_says_nothing_itself(
    tmp_path: Path, defaults: dict[str, Any], form: str
) -> None:
    """A mapping's constants fill blank cells, and refuse a row where a file with them would be refused."""
    mapping = TableMapping.model_validate({
        "columns": {"name": "Name", "provider": "By", "cost.total": "Cost", "time.modality": "How",
                    "outcomes.placement_rate": "Placed", "outcomes.placement_rate.n": "Of"},
        "defaults": {"kind": "bootcamp", **defaults}, "gaps": {"-9": "suppressed"},
    })  # fmt: skip
    rows = [{"Name": "A", "By": by, "Cost": cost, "How": how, "Placed": placed, "Of": of}
            for by, cost, how, placed, of in (("P", "500", "online", "0.8", "90"), ("P", "", "", "0.8", ""),
                                              ("", "-9", "hybrid", "", ""), ("P", "ERROR", "", "0.5", "12"))]  # fmt: skip
    path = tmp_path / f"t.{form}"
    table = as_csv(rows, path)
    if form == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        table = TableFile(str(path), "jsonl")
    reader = RowReader(mapping, slots_of(mapping, tuple(rows[0]), table.name), table.name)

    blocks = scored(table, GOAL, mapping)

    found, failed = rows_of(blocks), {f.row for b in blocks for f in b.failed}
    for number, row in enumerate(rows, 1):
        try:
            wanted = expected(reader.program(row, number), GOAL)
        except (InputError, RateError):
            assert number in failed
            assert number not in found
        else:
            assert number not in failed
            assert not differences(wanted, found[number])


def test_one_header_may_hold_a_number_and_a_word(tmp_path: Path) -> None:
    """A year that is a count here and a day there is read as both."""
    mapping = TableMapping.model_validate({
        "columns": {"name": "Name", "recognition.first_offered": "Year", "recognition.holders": "Year"},
        "defaults": {"kind": "badge", "provider": "P"},
    })  # fmt: skip
    for year in ("2014", 2014):
        pl.DataFrame({"Name": ["A"], "Year": [year]}).write_parquet(tmp_path / "t.parquet")
        (row,) = rows_of(scored(TableFile(str(tmp_path / "t.parquet"), "parquet"), GOAL, mapping)).values()
        assert row["recognition.known"] > 0


def test_a_gap_is_not_counted_as_stated_and_a_constant_is(tmp_path: Path) -> None:
    """What the source lacks is counted by what it says, not by what stands in its cells."""
    mapping = TableMapping.model_validate({
        "columns": {"name": "Name", "cost.total": "Cost"}, "gaps": {"-9": "suppressed"},
        "defaults": {"kind": "badge", "provider": "P", "recognition.designations": ["ncca"]},
    })  # fmt: skip
    table = as_csv([{"Name": "A", "Cost": cost} for cost in ("5", "-9", "", "suppressed")], tmp_path / "t.csv")

    (block,) = scored(table, GOAL, mapping)

    assert (block.stated["cost.total"], block.stated["recognition.designations"]) == (1, 4)
