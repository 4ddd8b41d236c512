"""The command line: exit code, both streams, and manners."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from credscore import __version__
from credscore.cli.exits import Exit

TOP = Path(__file__).resolve().parent.parent
PROGRAM = str(TOP / "examples/programs/class-a-cdl-texas.toml")
OTHER = str(TOP / "examples/programs/truck-driver-illinois.toml")
GOAL = str(TOP / "examples/goals/licence-truck-driver-texas.toml")
DAY = ["--as-of", "2026-11-24"]


def credscore(
    *words: str, stdin: str | bytes = "", env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would, and keep what it says."""
    found = subprocess.run(
        [sys.executable, "-m", "credscore", *words], capture_output=True, check=False, cwd=cwd,
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        env={**os.environ, "COLUMNS": "80", "PYTHONWARNINGS": "error", **(env or {})},
    )  # fmt: skip
    return subprocess.CompletedProcess(found.args, found.returncode, found.stdout.decode(), found.stderr.decode())


def test_an_answer_goes_to_stdout_and_nothing_else() -> None:
    """A scorecard is printed in 80 columns without colour when piped, and stderr stays empty."""
    ran = credscore("evaluate", PROGRAM, "--goal", GOAL, *DAY)

    assert ran.returncode == Exit.OK
    assert "WORTH IT IF" in ran.stdout
    assert "\x1b" not in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 80
    assert ran.stderr == ""


def test_json_is_one_object_for_one_program_and_an_array_for_several() -> None:
    """Machines get what they expect of one answer and of two."""
    one = credscore("evaluate", PROGRAM, "--goal", GOAL, "--format", "json", *DAY)
    two = credscore("evaluate", PROGRAM, OTHER, "--goal", GOAL, "--format", "json", *DAY)

    assert json.loads(one.stdout)["verdict"] == "worth-it-if"
    assert [e["verdict"] for e in json.loads(two.stdout)] == ["worth-it-if", "not-worth-it"]


def test_a_program_may_come_by_pipe() -> None:
    """A dash reads stdin, TOML or JSON."""
    as_toml = credscore(
        "evaluate", "-", "--goal", GOAL, "--format", "json", *DAY, stdin=Path(PROGRAM).read_text("utf-8")
    )
    as_json = credscore("evaluate", "-", "--goal", GOAL, *DAY, stdin='{"name": "A", "provider": "B", "kind": "badge"}')

    assert json.loads(as_toml.stdout)["verdict"] == "worth-it-if"
    assert as_json.returncode == Exit.OK


def test_two_dashes_are_refused() -> None:
    """Only one input can be stdin."""
    ran = credscore("evaluate", "-", "--goal", "-")

    assert ran.returncode == Exit.USAGE
    assert "only one input can be stdin" in ran.stderr
    assert ran.stdout == ""


def test_settings_change_facts_of_program_and_goal() -> None:
    """--set replaces a fact before it is checked, so that a what-if is one word away."""
    changed = credscore("evaluate", PROGRAM, "--goal", GOAL, "--set", "cost.total=90000", *DAY, "--format", "json")
    richer = credscore("evaluate", PROGRAM, "--goal", GOAL, "--set", "goal.means.budget=1", *DAY, "--format", "json")
    wrong = credscore("evaluate", PROGRAM, "--goal", GOAL, "--set", "cost.tution=1")
    shapeless = credscore("evaluate", PROGRAM, "--goal", GOAL, "--set", "cost.tuition")

    assert json.loads(changed.stdout)["verdict"] == "not-worth-it"
    assert json.loads(richer.stdout)["verdict"] == "not-worth-it"
    assert wrong.returncode == Exit.INPUT
    assert 'did you mean "tuition"?' in wrong.stderr
    assert shapeless.returncode == Exit.USAGE


def test_an_unfavourable_verdict_is_no_failure() -> None:
    """A low score exits 0 unless the user asked for a test."""
    assert credscore("evaluate", OTHER, "--goal", GOAL, *DAY).returncode == Exit.OK


def test_a_test_asked_for_fails_and_says_so() -> None:
    """--fail-under and --fail-on exit 1 and name the program, the bar and the score on the screen."""
    under = credscore("evaluate", PROGRAM, OTHER, "--goal", GOAL, "--fail-under", "75", *DAY)
    on = credscore("evaluate", OTHER, "--goal", GOAL, "--fail-on", "not-worth-it", "--fail-on", "gate", *DAY)
    passed = credscore("evaluate", PROGRAM, "--goal", GOAL, "--fail-under", "10", "--fail-on", "avoid", *DAY)

    assert under.returncode == Exit.GATE
    assert "below --fail-under 75" in under.stderr
    assert on.returncode == Exit.GATE
    assert on.stderr.count("--fail-on") == 2
    assert passed.returncode == Exit.OK


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--fail-under", "0.8"], "did you mean 80?"),
        (["--fail-under", "101"], "off the scale"),
        (["--fail-on", "bad"], "no such word"),
        (["--as-of", "2026-02-30"], "no such day"),
        (["--rubric", "standart"], 'did you mean "standard"?'),
        (["--format", "yaml"], "yaml"),
    ],
)
def test_a_mistyped_option_is_a_usage_error(words: list[str], says: str) -> None:
    """The command says what is wrong with it, exits 2, and prints no answer."""
    ran = credscore("evaluate", PROGRAM, "--goal", GOAL, *words)

    assert ran.returncode == Exit.USAGE
    assert says in ran.stderr
    assert ran.stdout == ""


def test_every_file_s_mistakes_come_at_once(tmp_path: Path) -> None:
    """A broken program, a missing goal and an unfit rubric are told of in one run, and nothing is written."""
    bad = tmp_path / "bad.toml"
    bad.write_text('name = "x"\nprovider = "y"\nkind = "badge"\n[cost]\ntution = 5\nfees = -1\n', encoding="utf-8")
    out = tmp_path / "out.txt"

    ran = credscore("evaluate", str(bad), "--goal", str(tmp_path / "none.toml"), "-o", str(out))

    assert ran.returncode == Exit.INPUT
    assert 'bad.toml:5: cost.tution: no such key\n    did you mean "tuition"?' in ran.stderr
    assert "bad.toml:6: cost.fees: -1 is below zero" in ran.stderr
    assert "none.toml: no such file" in ran.stderr
    assert "3 problems; nothing was written." in ran.stderr
    assert not out.exists()
    assert "Traceback" not in ran.stderr


def test_an_answer_may_go_to_a_file(tmp_path: Path) -> None:
    """-o writes the file whole, says so on stderr, and keeps stdout empty."""
    out = tmp_path / "answer.md"

    ran = credscore("evaluate", PROGRAM, "--goal", GOAL, "--format", "markdown", "-o", str(out), *DAY)

    assert ran.returncode == Exit.OK
    assert ran.stdout == ""
    assert f"wrote {out}" in ran.stderr
    assert out.read_text(encoding="utf-8").startswith("# ")
    assert list(tmp_path.iterdir()) == [out]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """No folder, or a folder in place of a file: one line and exit 2."""
    for place in (tmp_path / "no" / "x.txt", tmp_path):
        ran = credscore("evaluate", PROGRAM, "--goal", GOAL, "-o", str(place))

        assert ran.returncode == Exit.USAGE
        assert "Traceback" not in ran.stderr


def test_a_closed_pipe_ends_quietly() -> None:
    """Piping into head is no error."""
    shell = f'"{sys.executable}" -m credscore evaluate "{PROGRAM}" "{OTHER}" --goal "{GOAL}" --format json --as-of 2026-11-24 | head -c 20'
    ran = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {shell}"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )

    assert ran.stderr == b""
    assert ran.returncode == 0


def test_hostile_names_print_harmlessly(tmp_path: Path) -> None:
    """Markup, control signs, direction marks and endless names reach neither terminal nor page."""
    name = "[bold red]X[/]\\u001b[31m\\u202eevil\\u0007 | <b>" + "n" * 10_000
    bad = tmp_path / "hostile.toml"
    bad.write_text(f'name = "{name}"\nprovider = "[link=file:///]p"\nkind = "badge"\n', encoding="utf-8")
    for shape in ("text", "markdown"):
        ran = credscore("evaluate", str(bad), "--goal", GOAL, "--format", shape)

        assert ran.returncode == Exit.OK
        assert not {"\x1b", "\u202e", "\x07"} & set(ran.stdout)
        assert len(ran.stdout) < 30_000
        assert "bold red" in ran.stdout
    assert "<b>" not in ran.stdout


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    """Where the locale knows ASCII only, bars and ticks are drawn with it."""
    ran = credscore(
        "evaluate", PROGRAM, "--goal", GOAL, *DAY, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    )

    assert ran.returncode == Exit.OK
    assert ran.stdout.isascii()
    assert "WORTH IT IF" in ran.stdout


def test_version_and_help_load_no_models() -> None:
    """--version and --help are quick: neither the models nor rubrics are loaded."""
    code = "import sys; from credscore.__main__ import main\ntry:\n main()\nexcept SystemExit: pass\nprint(sorted(m for m in sys.modules if m.startswith(('credscore.model','credscore.rubrics','credscore.measures','polars','narwhals'))), file=sys.stderr)"
    for words in (["--version"], ["--help"], ["evaluate", "--help"]):
        ran = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=True, text=True)

        assert ran.stderr.strip() == "[]"
    assert credscore("--version").stdout == f"credscore {__version__}\n"


def test_evaluating_loads_no_table_library() -> None:
    """The heavy libraries load only in the command that needs them."""
    code = "import sys; from credscore import api; api.load_rubric(); print([m for m in ('polars','narwhals','currency_converter') if m in sys.modules])"

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.strip() == "[]"
    )


@pytest.mark.parametrize("kind", ["program", "goal", "rubric"])
def test_a_template_is_valid_at_once_and_never_overwrites(tmp_path: Path, kind: str) -> None:
    """init writes a file that evaluates as it is, and leaves what is there alone without --force."""
    written = credscore("init", kind, cwd=tmp_path)
    again = credscore("init", kind, cwd=tmp_path)
    forced = credscore("init", kind, "--force", cwd=tmp_path)
    files = {"program": PROGRAM, "goal": GOAL, "rubric": "standard", kind: f"./{kind}.toml"}

    assert written.returncode == Exit.OK
    assert again.returncode == Exit.USAGE
    assert "nothing was written" in again.stderr
    assert forced.returncode == Exit.OK
    ran = credscore("evaluate", files["program"], "--goal", files["goal"], "--rubric", files["rubric"], cwd=tmp_path)
    assert ran.returncode == Exit.OK
    assert (tmp_path / f"{kind}.toml").read_text(encoding="utf-8").startswith("#:schema ")


def test_a_template_takes_awkward_names(tmp_path: Path) -> None:
    """Quotes, backslashes and braces in a name are written as TOML, not pasted."""
    ran = credscore("init", "program", "--name", 'A "new" {course} \\ x', "--provider", "P\nQ", cwd=tmp_path)

    assert ran.returncode == Exit.OK
    assert credscore("evaluate", "program.toml", "--goal", GOAL, cwd=tmp_path).returncode == Exit.OK


@pytest.mark.parametrize("kind", ["program", "goal", "rubric", "evaluation"])
def test_schemas_in_the_repository_are_what_the_command_prints(kind: str) -> None:
    """An editor that reads the repository's schema sees what the code checks."""
    ran = credscore("schema", kind)

    assert ran.returncode == Exit.OK
    assert ran.stdout == (TOP / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
