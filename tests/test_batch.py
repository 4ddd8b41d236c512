"""credscore batch: what goes in, what comes out, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from test_cli import TOP, credscore

from credscore.cli.exits import Exit

GOAL = str(TOP / "examples/goals/licence-truck-driver-texas.toml")
OTHER = str(TOP / "examples/goals/learn-to-learn.toml")
PROGRAMS = TOP / "examples/programs"
DAY = ["--as-of", "2026-11-24"]
GOOD = 'name = "{name}"\nprovider = "P"\nkind = "licence-training"\n[cost]\ntotal = {price}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six programs in a folder, two of them below it, and files that are none."""
    home = tmp_path / "programs"
    (home / "sub").mkdir(parents=True)
    for n, name in enumerate(("a", "b", "c", "d", "sub/e", "sub/f")):
        (home / f"{name}.toml").write_text(GOOD.format(name=Path(name).name, price=900 * (n + 1)), encoding="utf-8")
    (home / "README.md").write_text("no program")
    (home / ".hidden.toml").write_text("broken")
    return home


def table(path: Path, rows: int = 5) -> Path:
    """A CSV of programs, the third of which is none."""
    lines = ["name,provider,kind,cost.total"]
    lines += [f"Course {n},P,licence-training,{'ERROR' if n == 3 else n * 800}" for n in range(1, rows + 1)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def test_a_folder_is_scored_in_sorted_order_and_told_on_stderr(folder: Path) -> None:
    """The answer alone is on stdout; the summary, with what was passed over, on stderr."""
    ran = credscore("batch", str(folder), "--goal", GOAL, "--format", "csv", *DAY)

    assert ran.returncode == Exit.OK
    assert [r["name"] for r in rows(ran.stdout)] == ["a", "b", "c", "d", "e", "f"]
    assert ran.stderr.startswith("6 seen, 6 scored\n")
    assert "passed over 1 file that are neither program nor table" in ran.stderr


def test_a_batch_says_what_evaluate_says() -> None:
    """Verdict, score, coverage and gates of every example are those of its scorecard."""
    ran = credscore("batch", str(PROGRAMS), "--goal", GOAL, "--format", "jsonl", *DAY)
    alone = credscore(
        "evaluate", *sorted(map(str, PROGRAMS.glob("*.toml"))), "--goal", GOAL, "--format", "json", "--brief", *DAY
    )

    for line, found in zip(ran.stdout.splitlines(), json.loads(alone.stdout), strict=True):
        row = json.loads(line)
        assert row["name"] == found["program"]["name"]
        assert row["verdict"] == found["verdict"]
        for end in ("low", "likely", "high"):
            assert row[f"score.{end}"] == pytest.approx(found["score"][end], abs=1e-6)
        assert row["known"] == pytest.approx(found["coverage"], abs=1e-6)
        failed = {g["id"] for g in found["gates"] if g["outcome"] == "fail"}
        assert set((row["gates.failed"] or "").split()) == failed
        assert set((row["flags"] or "").split()) == {f["id"] for f in found["flags"]}


def test_a_table_and_a_folder_of_the_same_programs_give_the_same_bytes(tmp_path: Path) -> None:
    """CSV and JSON Lines do not depend on whether the answers were reckoned by row or by column."""
    facts = [
        {"name": f"Course {n}", "provider": "=P", "kind": "bootcamp", "cost": {"total": 700 * n}} for n in range(1, 30)
    ]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(f) + "\n" for f in facts), encoding="utf-8")
    (tmp_path / "programs").mkdir()
    for n, fact in enumerate(facts, 1):
        (tmp_path / "programs" / f"{n:03}.json").write_text(json.dumps(fact), encoding="utf-8")
    from credscore import api

    columns = [c for c in api.batch([str(tmp_path / "t.jsonl")], [GOAL]).columns if c not in ("source", "row")]
    for form in ("csv", "jsonl"):
        told = [credscore("batch", str(tmp_path / source), "--goal", GOAL, "--format", form, "--columns", ",".join(columns), *DAY)
                for source in ("t.jsonl", "programs")]  # fmt: skip

        assert told[0].stdout == told[1].stdout
        assert len(told[0].stdout.splitlines()) == 29 + (form == "csv")


def test_what_cannot_be_scored_is_on_record_and_the_run_goes_on(tmp_path: Path, folder: Path) -> None:
    """A broken file and a broken row are recorded with place, reason and next step; exit code 5."""
    (folder / "b.toml").write_text("name = ", encoding="utf-8")
    out = tmp_path / "out.csv"

    ran = credscore("batch", str(folder), str(table(tmp_path / "t.csv")), "--goal", GOAL, "-o", str(out), *DAY)

    assert ran.returncode == Exit.PARTIAL
    assert len(rows(out.read_text("utf-8"))) == 5 + 4
    record = rows((tmp_path / "out.csv.errors.csv").read_text("utf-8"))
    assert [(Path(r["source"]).name, r["row"], r["field"]) for r in record] == [
        ("b.toml", "", ""),
        ("t.csv", "3", "cost.total"),
    ]
    assert record[1]["reason"] == '"ERROR" is not a number'
    assert all(r["next step"] for r in record)
    assert "11 seen, 9 scored, 2 on record as errors" in ran.stderr
    assert str(tmp_path / "out.csv.errors.csv") in ran.stderr


def test_errors_may_be_left_out_or_end_the_run(tmp_path: Path) -> None:
    """--on-error skip leaves no record and succeeds; fail stops, writes nothing and says why."""
    source, out = str(table(tmp_path / "t.csv")), tmp_path / "out.csv"

    skipped = credscore("batch", source, "--goal", GOAL, "-o", str(out), "--on-error", "skip", *DAY)
    assert (skipped.returncode, len(rows(out.read_text("utf-8")))) == (Exit.OK, 4)
    assert not (tmp_path / "out.csv.errors.csv").exists()

    out.unlink()
    failed = credscore("batch", source, "--goal", GOAL, "-o", str(out), "--on-error", "fail", *DAY)
    assert failed.returncode == Exit.INPUT
    assert 't.csv row 3: cost.total: "ERROR" is not a number' in failed.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["t.csv"]


def test_without_a_file_the_first_errors_are_named_on_the_screen(tmp_path: Path) -> None:
    """Nothing is dropped silently even where there is nowhere to record it."""
    ran = credscore("batch", str(table(tmp_path / "t.csv")), "--goal", GOAL, "--format", "jsonl", *DAY)

    assert ran.returncode == Exit.PARTIAL
    assert 't.csv row 3: cost.total: "ERROR" is not a number' in ran.stderr


@pytest.mark.parametrize("form", ["csv", "jsonl", "json", "parquet", "markdown", "table"])
def test_every_form_repeats_to_the_byte(tmp_path: Path, folder: Path, form: str) -> None:
    """The same sources give the same bytes, whatever else ran in between."""
    told = []
    for name in ("one", "two"):
        out = tmp_path / f"{name}.{form}"
        ran = credscore("batch", str(folder), "--goal", GOAL, "--goal", OTHER, "--format", form, "-o", str(out), *DAY)
        assert ran.returncode == Exit.OK, ran.stderr
        told.append(out.read_bytes())

    assert told[0] == told[1]
    assert told[0]


def test_json_is_one_document_and_parquet_has_types(tmp_path: Path, folder: Path) -> None:
    """What machines read says what it is."""
    credscore("batch", str(folder), "--goal", GOAL, "-o", str(tmp_path / "o.json"), *DAY)
    credscore("batch", str(folder), "--goal", GOAL, "-o", str(tmp_path / "o.parquet"), *DAY)

    found = json.loads((tmp_path / "o.json").read_text("utf-8"))
    assert found["schema"] == "credscore/batch/1"
    assert [list(row) for row in found["rows"]] == [found["columns"]] * 6
    frame = pl.read_parquet(tmp_path / "o.parquet")
    assert frame.columns == found["columns"]
    assert frame.schema["score.low"] == pl.Float64
    assert frame["row"].dtype == pl.Int64


class TestChoosing:
    """Which rows, in which order, and which of their columns."""

    def names(self, folder: Path, *words: str) -> list[str]:
        """The names of what is left."""
        ran = credscore("batch", str(folder), "--goal", GOAL, "--format", "csv", *words, *DAY)
        assert ran.returncode == Exit.OK, ran.stderr
        return [r["name"] for r in rows(ran.stdout)]

    def test_sort_top_and_where(self, folder: Path) -> None:
        """Falling by score, the first two, dear ones only, and by text."""
        assert self.names(folder, "--sort=-net_price.likely,name") == ["f", "e", "d", "c", "b", "a"]
        assert self.names(folder, "--sort", "rank", "--top", "2") == ["a", "b"]
        assert self.names(folder, "--where", "net_price.likely>=3600") == ["d", "e", "f"]
        assert self.names(folder, "--where", "name=a,f", "--where", "kind!=badge") == ["a", "f"]
        assert self.names(folder, "--where", "source~SUB") == ["e", "f"]

    def test_a_table_is_chosen_from_like_a_folder(self, tmp_path: Path) -> None:
        """Rows reckoned by column pass the same tests and stand in the same order."""
        source = table(tmp_path / "t.csv")
        for words in (["--sort=-net_price.likely,name"], ["--where", "net_price.likely>=3600"], ["--where", "name~5"],
                      ["--where", "name!=Course 1,Course 2"], ["--top", "2"]):  # fmt: skip
            ran = credscore("batch", str(source), "--goal", GOAL, "--format", "csv", "--on-error", "skip", *words, *DAY)
            kept = [r["name"] for r in rows(ran.stdout)]
            assert kept
            assert len(kept) < 5

    @pytest.mark.parametrize(("words", "says"), [
        (["--where", "verdct=x"], 'did you mean "verdict"?'), (["--where", "nonsense"], "column=value"),
        (["--where", "score.low>=high"], "is a number"), (["--where", "name>=1"], "is text"),
        (["--sort", "price"], "no column price"), (["--columns", "name,prise"], "no column prise"),
        (["--resume"], "name it with -o"), (["--format", "parquet"], "needs a file"),
        (["--master", "local"], "--engine spark"), (["-o", "s3a://x/y"], "only Spark"),
        (["-o", "s3a://x/y", "--engine", "spark", "--top", "3"], "--top is not for"), (["--as-of", "never"], "no such day"),
    ])  # fmt: skip
    def test_what_cannot_be_done_is_said_before_anything_is_read(
        self, folder: Path, words: list[str], says: str
    ) -> None:
        """Exit code 2, one line, and the next step."""
        ran = credscore("batch", str(folder), "--goal", GOAL, *words)

        assert (ran.returncode, ran.stdout) == (Exit.USAGE, "")
        assert says in ran.stderr

    def test_columns_are_chosen_and_ordered(self, folder: Path) -> None:
        """Only what is asked for, in that order."""
        ran = credscore("batch", str(folder), "--goal", GOAL, "--format", "csv", "--columns", "verdict,name", *DAY)

        assert ran.stdout.splitlines()[0] == "verdict,name"


def test_reasons_are_those_of_the_scorecard(tmp_path: Path) -> None:
    """--explain puts the reasons of each evaluation into a column, for files and for rows."""
    program = PROGRAMS / "class-a-cdl-texas.toml"
    alone = json.loads(credscore("evaluate", str(program), "--goal", GOAL, "--format", "json", "--brief", *DAY).stdout)

    for source in (str(program), str(table(tmp_path / "t.csv"))):
        ran = credscore("batch", source, "--goal", GOAL, "--format", "jsonl", "--explain", "--on-error", "skip", *DAY)
        told = [json.loads(line)["reasons"] for line in ran.stdout.splitlines()]
        assert all(told)
        if source == str(program):
            assert told == [" · ".join(alone["reasons"])]


def test_several_goals_make_a_matrix(tmp_path: Path, folder: Path) -> None:
    """Programs down and goals across on a page; a row for each pair in data."""
    page = credscore("batch", str(folder), "--goal", GOAL, "--goal", OTHER, "--top", "3", *DAY)
    data = credscore("batch", str(folder), "--goal", GOAL, "--goal", OTHER, "--format", "jsonl", *DAY)
    goals = tmp_path / "goals"
    goals.mkdir()
    for path in (GOAL, OTHER):
        shutil.copy(path, goals)
    by_folder = credscore("batch", str(folder), "--goal", str(goals), "--format", "jsonl", *DAY)

    assert "1: Class A licence" in page.stdout
    assert max(map(len, page.stdout.splitlines())) <= 80
    assert len(data.stdout.splitlines()) == 12
    assert sorted(by_folder.stdout.splitlines()) == sorted(data.stdout.splitlines())


def test_the_summary_tells_what_the_source_lacks(tmp_path: Path, folder: Path) -> None:
    """As JSON and as a page: verdicts, errors, open questions, stated fields, and the points that gaps leave open."""
    source = str(table(tmp_path / "t.csv"))
    for name in ("s.json", "s.md"):
        credscore(
            "batch",
            str(folder),
            source,
            "--goal",
            GOAL,
            "--format",
            "jsonl",
            "--coverage",
            "--summary",
            str(tmp_path / name),
            *DAY,
        )

    found = json.loads((tmp_path / "s.json").read_text("utf-8"))
    assert (found["seen"], found["scored"], found["failed"]) == (11, 10, 1)
    assert sum(found["goals"][0]["verdicts"].values()) == 10
    doubt = found["certainty"][0]
    assert 0 < doubt["width"] <= 100
    assert 0 < doubt["open"] <= 1
    stated = {f["field"]: f["stated"] for f in found["fields"]}
    assert stated["cost.total"] == 10 + 1  # the row on record states something there, too
    assert stated["outcomes.completion_rate"] == 0
    page = (tmp_path / "s.md").read_text("utf-8")
    assert "leaves open" in page
    assert "is not a number" in page


def test_cells_that_a_spreadsheet_would_run_are_made_text(tmp_path: Path) -> None:
    """Formulas, control signs and line breaks in other people's names stay names."""
    names = ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "a\nb", 'q"', "a,b", "|x", "%x"]
    (tmp_path / "t.jsonl").write_text(
        "".join(json.dumps({"name": n, "provider": "P", "kind": "badge"}) + "\n" for n in names)
    )
    (tmp_path / "p").mkdir()
    for n, name in enumerate(names):
        (tmp_path / "p" / f"{n:02}.json").write_text(json.dumps({"name": name, "provider": "P", "kind": "badge"}))

    for source in ("t.jsonl", "p"):
        ran = credscore("batch", str(tmp_path / source), "--goal", GOAL, "--format", "csv", "--columns", "name", *DAY)
        told = [r["name"] for r in rows(ran.stdout)]
        assert len(told) == len(names)
        assert not [name for name in told if name[:1] in "=+-@\t|%"]


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    """Piping into head says nothing and leaves nothing behind."""
    source = table(tmp_path / "t.csv", 3000)
    command = f"{sys.executable} -m credscore batch {source} --goal {GOAL} --format jsonl --on-error skip | head -n 1"
    ran = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)

    assert json.loads(ran.stdout)["name"] == "Course 1"
    assert "Traceback" not in ran.stderr
    assert "Error" not in ran.stderr


def test_stdin_may_hold_any_kind_of_source(tmp_path: Path) -> None:
    """TOML, JSON, JSON Lines, CSV and Parquet are told apart by their first bytes."""
    one = GOOD.format(name="A", price=1)
    frame = io.BytesIO()
    pl.DataFrame({"name": ["A"], "provider": ["P"], "kind": ["badge"]}).write_parquet(frame)
    for content in (one.encode(), b'{"name": "A", "provider": "P", "kind": "badge"}\n' * 2, frame.getvalue(),
                    b'{\n"name": "A", "provider": "P", "kind": "badge"}', b"name,provider,kind\nA,P,badge\n"):  # fmt: skip
        ran = credscore("batch", "-", "--goal", GOAL, "--format", "jsonl", *DAY, stdin=content)
        assert ran.returncode == Exit.OK, ran.stderr
        assert {json.loads(line)["name"] for line in ran.stdout.splitlines()} == {"A"}


class TestFolders:
    """Folders as they are found."""

    def test_links_that_go_round_and_links_that_lead_nowhere(self, folder: Path) -> None:
        """A loop is walked once; a dead link is on record."""
        (folder / "sub" / "up").symlink_to(folder)
        (folder / "dead.toml").symlink_to(folder / "nowhere.toml")

        ran = credscore("batch", str(folder), "--goal", GOAL, "--format", "csv", *DAY)

        assert ran.returncode == Exit.PARTIAL
        assert len(rows(ran.stdout)) == 6
        assert "dead.toml: no such file" in ran.stderr

    def test_huge_files_and_foreign_encodings_are_on_record(self, folder: Path) -> None:
        """One file too large and one not UTF-8 do not stop the rest."""
        with (folder / "huge.toml").open("wb") as file:
            file.truncate(20 * 1024 * 1024)
        (folder / "latin.toml").write_bytes(b'name = "\xe9"\n')

        ran = credscore("batch", str(folder), "--goal", GOAL, "--format", "csv", *DAY)

        assert (ran.returncode, len(rows(ran.stdout))) == (Exit.PARTIAL, 6)
        assert "is larger than 16 MiB" in ran.stderr
        assert "is not UTF-8" in ran.stderr

    def test_an_empty_folder_has_nothing_to_score(self, tmp_path: Path) -> None:
        """Exit code 4."""
        (tmp_path / "empty").mkdir()

        assert credscore("batch", str(tmp_path / "empty"), "--goal", GOAL).returncode == Exit.NOTHING

    def test_several_processes_say_what_one_says(self, folder: Path) -> None:
        """The answer does not depend on how many work on it."""
        one, two = (
            credscore("batch", str(folder), "--goal", GOAL, "--format", "jsonl", "--jobs", n, *DAY) for n in "12"
        )

        assert one.stdout == two.stdout
        assert two.returncode == Exit.OK, two.stderr

    def test_the_answer_may_not_be_written_over_a_source(self, folder: Path) -> None:
        """An output that is an input is refused."""
        ran = credscore("batch", str(folder / "a.toml"), "--goal", GOAL, "-o", str(folder / "a.toml"))

        assert ran.returncode == Exit.USAGE


class TestTakingUp:
    """An interrupted run leaves a whole answer for what was done, and goes on from there."""

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A run in the background."""
        return subprocess.Popen([sys.executable, "-m", "credscore", "batch", *words], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONWARNINGS": "error"})  # fmt: skip

    @pytest.mark.parametrize(("form", "how"), [("csv", signal.SIGINT), ("jsonl", signal.SIGTERM),
                                               ("parquet", signal.SIGINT), ("json", signal.SIGKILL)])  # fmt: skip
    def test_resume_gives_what_an_uninterrupted_run_gives(self, tmp_path: Path, form: str, how: signal.Signals) -> None:
        """Stopped half way and taken up again, the answer and its record are the same to the byte."""
        home = tmp_path / "p"
        home.mkdir()
        for n in range(450):
            (home / f"{n:05}.toml").write_text(
                "broken" if n % 150 == 7 else GOOD.format(name=n, price=n), encoding="utf-8"
            )
        out, state = tmp_path / f"o.{form}", tmp_path / f"o.{form}.resume"
        words = [str(home), "--goal", GOAL, "-o", str(out), "--explain", "--jobs", "1", *DAY]
        running = self.start(*words)
        while not state.exists() and running.poll() is None:
            time.sleep(0.005)
        running.send_signal(how)
        running.wait()

        assert state.exists()
        if how is not signal.SIGKILL:
            assert running.returncode == 130
            done = self.whole_rows(out)
            assert 0 < done < 447
        again = credscore("batch", *words, "--resume")
        assert again.returncode == Exit.PARTIAL, again.stderr
        assert "450 seen, 447 scored, 3 on record" in again.stderr
        left = {p.name: p for p in tmp_path.iterdir() if p.is_file()}
        assert sorted(left) == [f"o.{form}", f"o.{form}.errors.csv"]

        straight = tmp_path / f"straight.{form}"
        credscore("batch", str(home), "--goal", GOAL, "-o", str(straight), "--explain", *DAY)
        if form == "parquet":
            assert pl.read_parquet(out).equals(pl.read_parquet(straight))
        else:
            assert out.read_bytes() == straight.read_bytes()
        record = [Path(f"{p}.errors.csv").read_bytes() for p in (out, straight)]
        assert record[0] == record[1]

    def whole_rows(self, out: Path) -> int:
        """How many rows a whole answer has."""
        match out.suffix:
            case ".parquet":
                return pl.read_parquet(out).height
            case ".json":
                return len(json.loads(out.read_text("utf-8"))["rows"])
            case ".jsonl":
                return len([json.loads(line) for line in out.read_text("utf-8").splitlines()])
            case _:
                return len(rows(out.read_text("utf-8")))

    def test_a_source_that_changed_is_noticed(self, tmp_path: Path) -> None:
        """What was scored before does not go together with what is there now."""
        home = tmp_path / "p"
        home.mkdir()
        for n in range(450):
            (home / f"{n:03}.toml").write_text(GOOD.format(name=n, price=n), encoding="utf-8")
        words = [str(home), "--goal", GOAL, "-o", str(tmp_path / "o.csv"), "--explain", "--jobs", "1", *DAY]
        running = self.start(*words)
        while not (tmp_path / "o.csv.resume").exists() and running.poll() is None:
            time.sleep(0.005)
        running.send_signal(signal.SIGINT)
        running.wait()
        (home / "007.toml").write_text(GOOD.format(name="other", price=1), encoding="utf-8")

        ran = credscore("batch", *words, "--resume")

        assert (ran.returncode, "belongs to another run" in ran.stderr) == (Exit.USAGE, True)

    def test_another_question_is_not_taken_up(self, tmp_path: Path, folder: Path) -> None:
        """A resume file of other goals or days is refused; without one the run starts anew and says so."""
        out = tmp_path / "o.csv"
        (tmp_path / "o.csv.resume").write_text('{"digest": "sha256:other"}')

        ran = credscore("batch", str(folder), "--goal", GOAL, "-o", str(out), "--resume", *DAY)
        assert ran.returncode == Exit.USAGE
        assert "belongs to another run" in ran.stderr

        (tmp_path / "o.csv.resume").unlink()
        ran = credscore("batch", str(folder), "--goal", GOAL, "-o", str(out), "--resume", *DAY)
        assert ran.returncode == Exit.OK
        assert "starting from the beginning" in ran.stderr


def test_a_mapping_reads_somebody_elses_table(tmp_path: Path) -> None:
    """Headers, constants, gaps, words, factors and several columns for one list; its mistakes are named with their line."""
    (tmp_path / "list.csv").write_text(
        'Title,School,Cost,Done,Mode,Job 1,Job 2\nA,S,"$1,200",86,Remote,53-3032,\nB,S,ERROR,-9,Remote,,15-1254\n',
        encoding="utf-8",
    )
    mapping = tmp_path / "m.toml"
    mapping.write_text("""
ignore_in_numbers = "$,"
[columns]
name = "Title"
provider = "School"
cost.total = "Cost"
time.modality = "Mode"
outcomes.completion_rate = "Done"
content.occupations = ["Job 1", "Job 2"]
[defaults]
kind = "licence-training"
outcomes.completion_rate.tier = "administrative"
[gaps]
ERROR = "unreadable"
[fields."outcomes.completion_rate"]
scale = 0.01
gaps = { "-9" = "suppressed" }
[fields."time.modality"]
words = { Remote = "online" }
""")
    ran = credscore(
        "batch", str(tmp_path / "list.csv"), "--mapping", str(mapping), "--goal", GOAL, "--format", "jsonl", *DAY
    )

    assert ran.returncode == Exit.OK, ran.stderr
    first, second = (json.loads(line) for line in ran.stdout.splitlines())
    assert (first["net_price.likely"], second["net_price.likely"]) == (1200.0, None)
    assert first["time.known"] > second["time.known"]

    mapping.write_text('[columns]\nname = "Title"\nprovider = "Schol"\ncost.prise = "Cost"\n')
    ran = credscore("batch", str(tmp_path / "list.csv"), "--mapping", str(mapping), "--goal", GOAL)
    assert ran.returncode == Exit.INPUT
    assert "columns.cost.prise: a program has no such field" in ran.stderr
