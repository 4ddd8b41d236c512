"""Examples from the world: each evaluates, as its golden scorecard says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from credscore import api
from credscore.model.evaluation import Evaluation
from credscore.reports import json_v1, markdown, text

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
DAY = date(2026, 11, 24)
PAIRS = {
    ("security-plus", "keep-job-defence-admin"): "worth-it",
    ("security-plus", "learn-to-learn"): "not-worth-it",
    ("security-plus", "switch-to-back-end"): "not-worth-it",
    ("how-to-learn-online", "learn-to-learn"): "worth-it",
    ("how-to-learn-online", "switch-to-back-end"): "not-worth-it",
    ("turing-back-end", "switch-to-back-end"): "not-worth-it",
    ("data-science-boot-camp", "switch-to-back-end"): "insufficient-evidence",
    ("google-data-analytics", "switch-to-back-end"): "compare-first",
    ("computer-science-degree", "switch-to-back-end"): "not-worth-it",
    ("pmp", "advance-to-project-manager"): "not-eligible-yet",
    ("class-a-cdl-texas", "licence-truck-driver-texas"): "worth-it-if",
    ("truck-driver-illinois", "licence-truck-driver-texas"): "not-worth-it",
    ("nursing-assistant", "enter-nurse-aide"): "not-worth-it",
    ("phlebotomy-new-jersey", "enter-phlebotomy"): "insufficient-evidence",
    ("electrician-apprenticeship", "switch-to-electrician"): "worth-it-if",
    ("principles-of-finance", "credit-at-wgu"): "compare-first",
    ("supply-chain-micromasters", "raise-pay-supply-chain"): "worth-it-if",
}


def evaluated(program: str, goal: str) -> Evaluation:
    """An example program for an example goal."""
    return api.evaluate_files(
        [str(EXAMPLES / f"programs/{program}.toml")], str(EXAMPLES / f"goals/{goal}.toml"), as_of=DAY
    )[0]


@pytest.mark.parametrize(("program", "goal"), PAIRS)
def test_the_verdict_is_the_one_published(program: str, goal: str) -> None:
    """A change of any verdict is a change of the product, to be seen and said."""
    assert evaluated(program, goal).verdict == PAIRS[program, goal]


@pytest.mark.parametrize(("program", "goal"), PAIRS)
def test_the_scorecard_is_unchanged(golden: Callable[[str, str], None], program: str, goal: str) -> None:
    """What a person sees in 80 columns is golden, details included."""
    golden(f"{program}.{goal}.txt", text.render([evaluated(program, goal)], details=True))


@pytest.mark.parametrize(("program", "goal"), list(PAIRS)[:4])
def test_the_other_formats_are_unchanged(golden: Callable[[str, str], None], program: str, goal: str) -> None:
    """JSON and Markdown are golden for a few, so that a renamed key or a lost line is seen."""
    found = [evaluated(program, goal)]

    golden(f"{program}.{goal}.json", json_v1.render(found))
    golden(f"{program}.{goal}.md", markdown.render(found))


def test_every_example_is_used() -> None:
    """No example program or goal lies about untested."""
    programs = {p.stem for p in (EXAMPLES / "programs").glob("*.toml")}
    goals = {p.stem for p in (EXAMPLES / "goals").glob("*.toml")}

    assert programs == {program for program, _ in PAIRS}
    assert goals == {goal for _, goal in PAIRS}


def test_one_program_has_opposite_answers_for_two_goals() -> None:
    """Worth it is a question about a learner, not about a program."""
    assert evaluated("security-plus", "keep-job-defence-admin").verdict == "worth-it"
    assert evaluated("security-plus", "learn-to-learn").verdict == "not-worth-it"


@pytest.mark.parametrize("path", sorted((EXAMPLES / "programs").glob("*.toml")), ids=lambda p: p.stem)
def test_every_fact_has_a_source_and_a_date(path: Path) -> None:
    """An example from the world says where each fact comes from and when it was read."""
    program = api.load_program(str(path))

    assert program.source
    assert program.as_of


@pytest.mark.parametrize(("program", "goal"), list(PAIRS)[:3])
def test_the_same_input_gives_the_same_bytes(program: str, goal: str) -> None:
    """No clock, no machine, no order of a set shows in an answer."""
    assert json_v1.render([evaluated(program, goal)]) == json_v1.render([evaluated(program, goal)])
