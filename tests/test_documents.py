"""Reading files: every mistake is told with its line, its reason and the next step; one file per mistake."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st

from credscore.api import load_goal, load_program, load_rubric
from credscore.documents import overridden, parse_document
from credscore.documents.position import locate
from credscore.errors import InputError, Problem, UsageError
from credscore.rubrics import shipped_text

BAD = Path(__file__).parent / "bad"
MISTAKES = {  # file: line, path, words of the reason, words of the hint
    "program-empty.toml": (None, "", "is empty", "init"),
    "program-not-toml.toml": (5, "", "not TOML", "key = value"),
    "program-unquoted-text.toml": (5, "", "not TOML", "in quotes"),
    "program-wrong-type.toml": (5, "cost.tuition", '"294" is not a number', "without quotes"),
    "program-misspelt-key.toml": (5, "cost.tution", "no such key", 'did you mean "tuition"?'),
    "program-misspelt-section.toml": (4, "costs", "no such key", 'did you mean "cost"?'),
    "program-key-in-wrong-section.toml": (4, "tuition", "no such key", "it belongs in [cost]"),
    "program-negative-price.toml": (5, "cost.fees", "-5 is below zero", "zero or more"),
    "program-rate-above-one.toml": (5, "outcomes.placement_rate", "86 is above 1", "did you mean 0.86?"),
    "program-rate-far-above-one.toml": (5, "outcomes.placement_rate", "8600 is above 1", "share of 0 to 1"),
    "program-low-above-high.toml": (5, "cost.tuition", "low 300 is above high 200", "swap them?"),
    "program-half-a-range.toml": (5, "cost.tuition", "needs both low and high", "widest"),
    "program-likely-outside.toml": (5, "cost.tuition", "value 3 is outside 1 to 2", "within"),
    "program-unknown-currency.toml": (5, "cost.currency", "no currency", 'did you mean "USD"?'),
    "program-currency-small.toml": (5, "cost.currency", "not of the form", "three capitals"),
    "program-impossible-date.toml": (4, "as_of", "no date of the calendar", "YYYY-MM-DD"),
    "program-nan.toml": (5, "cost.tuition", "nan is not a finite number", "leave the key out"),
    "program-infinity.toml": (5, "cost.tuition", "inf is not a finite number", "leave the key out"),
    "program-unknown-kind.toml": (3, "kind", '"bootcmp" is not one of its words', 'did you mean "bootcamp"?'),
    "program-no-name.toml": (None, "name", "is required", "add it"),
    "program-unknown-gap.toml": (5, "cost.tuition", '"supressed" is not a number', 'did you mean "suppressed"?'),
    "program-pay-without-period.toml": (5, "outcomes.median_earnings", "needs its period", 'period = "year"'),
    "program-unknown-period.toml": (5, "outcomes.median_earnings", 'no period "yearly"', 'did you mean "year"?'),
    "program-unknown-tier.toml": (5, "outcomes.placement_rate", 'no evidence tier "clamed"', 'did you mean "claimed"?'),
    "program-no-sample.toml": (5, "outcomes.placement_rate", "n = 0 is no sample size", "1 or more"),
    "program-fact-key.toml": (5, "outcomes.placement_rate", 'no key "reponse_rate"', 'did you mean "response_rate"?'),
    "program-yes-in-quotes.toml": (5, "time.displaces_work", "neither true nor false", "unquoted"),
    "program-list-item.toml": (5, "time.schedule.1", '"nightly" is not one of its words', "evening"),
    "program-aid-both.toml": (4, "cost.aid.0", "either a share or an amount", "share = 0.5"),
    "program-aid-share.toml": (10, "cost.aid.1.share", "50 is above 1", "did you mean 0.5?"),
    "program-mistake-in-multiline.toml": (7, "content.skills.1.levl", "no such key", 'did you mean "level"?'),
    "program-latin1.toml": (4, "", "is not UTF-8: byte 0xe9", "save it as UTF-8"),
    "program-utf16.toml": (1, "", "is UTF-16", "save it as UTF-8"),
    "program-twice.json": (None, "", 'the key "name" stands twice', "once"),
    "program-cut-off.json": (3, "", "not JSON", "commas"),
    "program-nan.json": (None, "", "NaN is not a number", "finite"),
    "program-list.json": (1, "", "does not hold one table", "{"),
    "program-deep.json": (None, "", "nested too deeply", "few levels"),
    "program-mistake.json": (5, "cost.tuition", 'no key "sorce"', 'did you mean "source"?'),
    "goal-unknown-aim.toml": (2, "aim", '"swich" is not one of its words', 'did you mean "switch"?'),
    "goal-pay-without-period.toml": (4, "means.current_earnings", "needs its period", 'period = "year"'),
    "goal-unknown-priority.toml": (4, "priorities.cost", 'no priority "hgh"', 'did you mean "high"?'),
    "goal-misspelt-key.toml": (4, "means.buget", "no such key", 'did you mean "budget"?'),
}  # fmt: skip


def problems(path: str) -> tuple[Problem, ...]:
    """What is wrong with a program or goal file."""
    with pytest.raises(InputError) as caught:
        (load_goal if Path(path).name.startswith("goal") else load_program)(path)
    return caught.value.problems


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_gives_one_complaint_with_its_line_reason_and_next_step(name: str) -> None:
    """Each file in tests/bad holds one mistake; exactly that is told."""
    line, path, reason, hint = MISTAKES[name]

    (found,) = problems(str(BAD / name))

    assert (found.line, found.path) == (line, path)
    assert reason in found.reason
    assert hint in found.hint
    assert "{" not in found.reason.replace("{2}", "").replace("{3}", "")


def test_every_file_of_mistakes_is_told_of() -> None:
    """No file in tests/bad lies about unused."""
    assert {p.name for p in BAD.iterdir()} == {*MISTAKES, "program-two-mistakes.toml"}


def test_two_mistakes_come_at_once_in_the_order_of_the_file() -> None:
    """Nobody mends a file one run at a time."""
    assert [p.line for p in problems(str(BAD / "program-two-mistakes.toml"))] == [5, 8]


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    """A misspelt file name is told the right one."""
    (tmp_path / "program.toml").write_text("x = 1", encoding="utf-8")

    (found,) = problems(str(tmp_path / "progam.toml"))

    assert found.reason == "no such file"
    assert "program.toml" in found.hint


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder in place of a file is told as such."""
    assert "is a folder" in problems(str(tmp_path))[0].reason


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    """No permission is a reason, not a traceback."""
    path = tmp_path / "p.toml"
    path.write_text("x = 1", encoding="utf-8")
    path.chmod(0)

    assert "may not be read" in problems(str(path))[0].reason


def test_a_device_and_an_endless_name_are_refused() -> None:
    """Neither /dev/null nor a name too long for the system reaches the parser."""
    assert "no regular file" in problems("/dev/null")[0].reason
    assert "cannot be read" in problems("x" * 5000)[0].reason


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    """A file of sixteen mebibytes is no program."""
    path = tmp_path / "huge.toml"
    path.write_bytes(b"#" * (16 * 2**20 + 1))

    assert "larger than" in problems(str(path))[0].reason


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    """Files saved by Windows editors load."""
    path = tmp_path / "bom.toml"
    path.write_bytes(b'\xef\xbb\xbfname = "A"\r\nprovider = "B"\r\nkind = "badge"\r\n')

    assert load_program(str(path)).name == "A"


names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6)
leaves = st.one_of(st.integers(-5, 5), st.text("ab[]{}#\"'=,\n\\é", max_size=8), st.booleans())
trees = st.dictionaries(
    names,
    st.recursive(
        leaves,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)


def paths(tree: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every path of a tree to a key."""
    if isinstance(tree, dict):
        return [p for k, v in tree.items() for p in [(*path, k), *paths(v, (*path, k))]]
    return [p for i, v in enumerate(tree) for p in paths(v, (*path, str(i)))] if isinstance(tree, list) else []


@given(trees)
def test_the_line_of_a_path_holds_its_key(tree: dict[str, Any]) -> None:
    """Whatever a TOML file holds, the line named for a key is one that the key stands on."""
    text = tomli_w.dumps(tree)
    lines = text.split("\n")

    for path in paths(tree):
        line = locate(text, "toml", path)
        assert line is not None
        key = tomli_w.dumps({path[-1]: 1}).split(" = ")[0]
        assert key in lines[line - 1]


@example("{0", "json")
@example("a = [}", "toml")
@given(st.text(max_size=60) | st.text("{}[]\",:=#\n'.ab01 \\", max_size=40), st.sampled_from(["toml", "json"]))
def test_looking_for_a_line_never_fails(text: str, form: str) -> None:
    """A broken text has no line to name, and that is all."""
    locate(text, form, ("a", "0", "b"))


def test_a_setting_replaces_a_fact_or_one_key_of_it() -> None:
    """cost.tuition=5 replaces the whole fact, cost.tuition.n=5 one key of it, and text needs no quotes."""
    document = parse_document(
        '[cost]\ntuition = { value = 1, source = "x" }\n[outcomes]\nplacement_rate = 0.5\n', "p.toml"
    )

    found = overridden(document, ["cost.tuition=5", "outcomes.placement_rate.n=40", "time.pacing=cohort"]).data

    assert found == {
        "cost": {"tuition": 5},
        "outcomes": {"placement_rate": {"value": 0.5, "n": 40}},
        "time": {"pacing": "cohort"},
    }
    assert document.data["cost"]["tuition"] == {"value": 1, "source": "x"}


@pytest.mark.parametrize("setting", ["cost.tuition", "=5", "cost..x=5", "content.skills.x.y=5", "content.skills.9=5"])
def test_a_setting_that_leads_nowhere_is_a_usage_error(setting: str) -> None:
    """A setting without a field, a value or a place is refused with the reason."""
    document = parse_document('[content]\nskills = ["SQL"]\n', "p.toml")

    with pytest.raises(UsageError):
        overridden(document, [setting])


RUBRIC_MISTAKES = {
    "no criteria": ("", "", "criteria or gates"),
    "negative weight": ("weight      = 2", "weight      = -2", "is below 0"),
    "unsorted knots": ("[[0, 100], [0.60, 60], [0.90, 0]]", "[[0.60, 60], [0, 100], [0.90, 0]]", "knots are not in order"),
    "points off the scale": ("[[0, 100], [0.60, 60], [0.90, 0]]", "[[0, 300], [0.60, 60], [0.90, 0]]", "is above 100"),
    "unknown measure": ('"cost.burden"', '"cost.burdn"', 'no measure "cost.burdn"'),
    "unknown citation": ('"derived-burden"', '"derived-burdn"', 'no citation "derived-burdn"'),
    "number for words": ('measure     = "cost.burden"', 'measure     = "cost.refund_terms"', "needs points beside words"),
    "blank that nothing fills": ('ask_whom    = "{goal.target.decider}"', 'ask_whom    = "{goal.target.deciderr}"', "nothing fills the blank"),
    "brace left open": ('improve     = "Call two', 'improve     = "{value Call two', "a brace is left open"),
    "goal field": ('applies     = { goal = ["means.budget"] }', 'applies     = { goal = ["means.buget"] }', "a goal has no field"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", RUBRIC_MISTAKES)
def test_a_rubric_s_mistakes_are_told_with_their_line(tmp_path: Path, mistake: str) -> None:
    """An author of a rubric is told what is wrong, where, and what would be right."""
    good, wrong, says = RUBRIC_MISTAKES[mistake]
    text = shipped_text("standard")
    assert good in text
    path = tmp_path / "mine.toml"
    bare = 'id = "mine"\nversion = "1.0.0"\ntitle = "t"\nas_of = 2026-01-01\n[stakes]\nsmall_weeks_of_pay = 2\nsevere_weeks_of_pay = 26\ncite = ["j"]\n[citations.j]\ntitle = "t"\nbasis = "judgement"\n[verdict]\nbands = [{ at_least = 0, verdict = "not-worth-it" }]\ntoo_wide = { low_below = 40, high_at_least = 75 }\nweak_criterion = []\ncite = ["j"]\n[verdict.headlines]\n'
    path.write_text(text.replace(good, wrong, 1) if good else bare, encoding="utf-8")

    with pytest.raises(InputError) as caught:
        load_rubric(str(path))

    assert any(says in p.reason for p in caught.value.problems)
    assert all(p.line for p in caught.value.problems if p.path.startswith(("criteria.", "gates.")))


def test_an_uncited_number_cannot_load(tmp_path: Path) -> None:
    """Taking the citations away from one assumption is a mistake with its line."""
    text = shipped_text("standard").replace('cite  = ["green-book"]', "cite  = []", 1)
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as caught:
        load_rubric(str(path))

    assert [p.reason for p in caught.value.problems] == ["a number without a citation"]


def test_two_currencies_without_a_rate_are_an_error(tmp_path: Path) -> None:
    """A pair without a reference rate is refused, never taken as one to one."""
    from credscore.api import evaluate
    from credscore.errors import RateError
    from credscore.model.goal import Goal
    from credscore.model.program import Program

    program = Program.model_validate(
        {"name": "p", "provider": "q", "kind": "badge", "cost": {"currency": "KES", "total": 5}}
    )

    with pytest.raises(RateError, match="KES"):
        evaluate(program, Goal.model_validate({"name": "g", "aim": "learn"}))


def test_every_mistake_of_one_fact_is_told_at_once() -> None:
    """A bad n, a bad response rate, a bad day and a key too many in one table are one complaint that names all four."""
    from credscore.documents import parse_document, validated
    from credscore.model.program import Program

    text = 'name = "a"\nprovider = "b"\nkind = "badge"\n[outcomes]\ncompletion_rate = { value = 0.8, n = 0, response_rate = 40, as_of = "x", tiers = 1 }\n'
    with pytest.raises(InputError) as found:
        validated(Program, parse_document(text, "p.toml"))

    [problem] = found.value.problems
    assert problem.line == 5
    for words in ('no key "tiers"', "n = 0 is no sample size", "40 is above 1", "no date of the calendar"):
        assert words in problem.reason, words
    assert "did you mean 0.4?" in problem.hint
