"""Documentation as tests: what the pages show is true of the code that stands."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import tomli
from typer.testing import CliRunner

from credscore.api import evaluate, load_rubric
from credscore.cli.app import app
from credscore.model.goal import Goal
from credscore.model.program import Program

TOP = Path(__file__).resolve().parent.parent
PAGES = [*TOP.glob("*.md"), *TOP.glob("docs/**/*.md"), TOP / "examples" / "README.md"]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(TOP)))


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def test_what_is_derived_is_fresh() -> None:
    """Schemas, the reference, the rubric's page and the README's example are what the code writes today."""
    found = subprocess.run(
        [sys.executable, "docs/refresh.py", "--check"], check=False, cwd=TOP, capture_output=True, text=True
    )

    assert found.returncode == 0, found.stdout + found.stderr


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that is there."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text("utf-8"))

    assert [t for t in targets if not (page.parent / t).exists()] == []


@every_page
def test_named_files_exist(page: Path) -> None:
    """A path of the repository in backquotes is a file or folder of the repository."""
    named = re.findall(r"`((?:src|docs|rubrics|examples|tests|benchmarks|schemas)/[\w./-]*)`", page.read_text("utf-8"))

    assert [n for n in named if not (TOP / n).exists()] == []


def test_the_library_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The README's Python prints a verdict and a range."""
    monkeypatch.chdir(TOP)
    [example] = blocks(TOP / "README.md", "python")

    exec(example, {})

    verdict, *ends = capsys.readouterr().out.split()
    assert verdict == "not-worth-it"
    assert ends == sorted(ends, key=float)


def test_the_commands_for_ones_own_files_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every credscore command of the README's walk through works, in the order in which it stands."""
    monkeypatch.chdir(tmp_path)
    walk = [
        line
        for block in blocks(TOP / "README.md", "bash")
        for line in block.replace("|\n", "\n").splitlines()
        if line.startswith("credscore ")
    ]
    assert len(walk) >= 5

    for line in walk:
        found = CliRunner().invoke(app, shlex.split(line.rstrip(" |"))[1:])
        assert found.exit_code == 0, f"{line}\n{found.output}"


def test_the_program_of_the_format_page_is_one() -> None:
    """The example of a program file loads and scores."""
    page = TOP / "docs" / "program-format.md"
    whole = [data for block in blocks(page, "toml") if "kind" in (data := _data(block)) and "name" in data]
    assert whole

    for data in whole:
        found = evaluate(
            Program.model_validate(data), Goal(name="g", aim="switch"), load_rubric(), as_of=load_rubric().as_of
        )
        assert found.verdict


def test_the_rubric_of_the_format_page_is_one(tmp_path: Path) -> None:
    """The small rubric is whole, and gives a verdict for a real program."""
    [small] = [b for b in blocks(TOP / "docs" / "rubric-format.md", "toml") if b.startswith("id =")]
    path = tmp_path / "small.toml"
    path.write_text(small, "utf-8")
    program, goal = TOP / "examples/programs/pmp.toml", TOP / "examples/goals/advance-to-project-manager.toml"

    found = CliRunner().invoke(app, ["evaluate", str(program), "--goal", str(goal), "--rubric", str(path)])

    assert found.exit_code == 0, found.output
    assert "You can" in found.output


def test_every_module_says_its_promise_and_stays_short() -> None:
    """Each module opens with a docstring and keeps within three hundred lines."""
    for path in sorted((TOP / "src").rglob("*.py")):
        text = path.read_text("utf-8")
        assert text.startswith('"""') or path.name == "version.py", path
        assert len(text.splitlines()) <= 300, path


def test_every_test_says_its_behaviour() -> None:
    """Each test function opens with a sentence."""
    for path in sorted((TOP / "tests").glob("test_*.py")):
        for name, body in re.findall(
            r"^def (test_\w+)\(.*?\) -> None:\n(.*?)\n", path.read_text("utf-8"), re.MULTILINE | re.DOTALL
        ):
            assert body.strip().startswith('"""'), f"{path.name}: {name}"


def _data(block: str) -> dict[str, object]:
    try:
        return tomli.loads(block)
    except tomli.TOMLDecodeError:
        return {}  # a fragment that shows several ways to write one key
