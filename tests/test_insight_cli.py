"""whatif, explain, compare and rubric weights as a person meets them: exit codes, both streams, three formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from credscore.cli.app import app

TOP = Path(__file__).parent.parent
P, G = str(TOP / "examples/programs/turing-back-end.toml"), str(TOP / "examples/goals/switch-to-back-end.toml")
OTHER = str(TOP / "examples/programs/google-data-analytics.toml")
LEARN = str(TOP / "examples/goals/learn-to-learn.toml")
DAY = ["--as-of", "2026-11-24"]
RANK = "alignment,cost,time,recognition,transferability,accreditation"


def run(*words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command; an error of ours leaves as its message on stderr."""
    from credscore.cli.screen import shown_error
    from credscore.errors import CredscoreError

    found = CliRunner().invoke(app, list(words))
    if isinstance(found.exception, CredscoreError):
        return found.exception.exit_code, found.stdout, found.stderr + shown_error(found.exception)
    return found.exit_code, found.stdout, found.stderr


def test_whatif_shows_before_and_after() -> None:
    """A cheaper course moves the verdict, the score and the criterion that looks at its price."""
    code, out, err = run("whatif", P, "-g", G, "--set", "cost.tuition=16100", *DAY)

    assert (code, err) == (0, "")
    assert "NOT WORTH IT" in out and "COMPARE FIRST" in out
    assert "The verdict changes" in out and "Price against your budget" in out


def test_whatif_takes_what_a_flip_prints() -> None:
    """The ``set`` of every flip in the JSON of evaluate can be pasted into whatif, and gives the promised verdict."""
    flips = json.loads(run("evaluate", P, "-g", G, "-f", "json", *DAY)[1])["flips"]
    assert len(flips) >= 5
    for flip in flips[:6]:
        found = json.loads(run("whatif", P, "-g", G, "--set", flip["set"], "-f", "json", *DAY)[1])
        assert (found["schema"], found["after"]["verdict"]) == ("credscore/difference/1", flip["verdict"])


def test_whatif_needs_something_to_change() -> None:
    """Without --set it says what to add, and exits as a usage error."""
    code, out, err = run("whatif", P, "-g", G)

    assert (code, out) == (2, "")
    assert "add --set" in err


def test_explain_goes_from_fact_to_points() -> None:
    """One question is told with its facts, formula, value, curve, points, weight and citation."""
    code, out, _ = run("explain", P, "completion", "-g", G, *DAY)

    assert code == 0
    for words in (
        "outcomes.completion_rate = 0.62",
        "time.completion",
        "points",
        "of its criterion",
        "cited",
        "└──",
        "●",
    ):
        assert words in out, words
    assert "Burden" not in out


def test_explain_of_a_criterion_and_of_all() -> None:
    """A criterion is all its questions; all of it adds up to the score."""
    cost = json.loads(run("explain", P, "cost", "-g", G, "-f", "json", *DAY)[1])
    whole = json.loads(run("explain", P, "-g", G, "-f", "json", *DAY)[1])

    assert {s["criterion"] for s in cost["steps"]} == {"cost"}
    earned = sum(s["earned"]["likely"] for s in whole["steps"] if s["weight"] > 0)
    assert earned == pytest.approx(whole["evaluation"]["score"]["likely"], abs=1e-6)
    assert run("explain", P, "-g", G, "-f", "markdown", *DAY)[1].startswith("# Back End Engineering")


def test_explain_of_a_misspelt_question_suggests_one() -> None:
    """A name that is no criterion and no question is refused with the nearest one."""
    code, _, err = run("explain", P, "completionn", "-g", G)

    assert code == 2
    assert 'did you mean "completion"?' in err


def test_compare_places_programs_and_baselines() -> None:
    """Two programs, doing nothing and self-study stand in order, with who leads on what, in the same bytes each time."""
    words = ["compare", P, OTHER, "-g", G, "--baseline", "nothing", "--baseline", "self-study", *DAY]
    code, out, err = run(*words)

    assert (code, err) == (0, "")
    assert out == run(*words)[1]
    assert out.index("Google Data Analytics") < out.index("Doing nothing")
    assert "Who leads on what" in out and "seed" in out
    assert max(map(len, out.splitlines())) <= 80
    found = json.loads(run(*words, "-f", "json")[1])
    assert [s["place"] for s in found["standings"]] == [1, 2, 3, 4]
    assert run(*words, "-f", "markdown")[1].startswith("# Comparison")


def test_doing_nothing_is_not_worth_it() -> None:
    """The empty alternative costs nothing and leads nowhere, and says so."""
    found = json.loads(
        run("compare", P, "-g", G, "--baseline", "nothing", "--baseline", "degree", "-f", "json", *DAY)[1]
    )
    verdicts = {s["evaluation"]["program"]["name"]: s["evaluation"]["verdict"] for s in found["standings"]}

    assert verdicts["Doing nothing"] == "not-worth-it"
    assert "A four-year degree, public, in-state" in verdicts


def test_one_program_for_several_goals() -> None:
    """The same program is placed for each goal; several of both at once are refused."""
    code, out, _ = run("compare", str(TOP / "examples/programs/security-plus.toml"), "-g", G, "-g", LEARN, *DAY)

    assert code == 0
    assert "The same program for each goal" in out and "aim: learn" in out
    assert run("compare", P, OTHER, "-g", G, "-g", LEARN)[0] == 2


def test_an_unknown_baseline_is_told_the_known_ones() -> None:
    """A misspelt baseline names those there are."""
    code, _, err = run("compare", P, "-g", G, "--baseline", "nothin")

    assert code == 2
    assert 'did you mean "nothing"?' in err


def test_weights_from_swings_and_from_an_order() -> None:
    """Ratings give the published weights, an order centroids; both print the section for the goal file."""
    code, out, err = run(
        "rubric", "weights", "-g", G, "--rank", RANK, "--rate", "100,80,70,30,20,10", "--program", P, *DAY
    )
    assert (code, err) == (0, "")
    assert "[priorities]\nalignment = 3\n" in out
    assert "32.3 %" in out and "off the price" in out

    order = json.loads(run("rubric", "weights", "-g", G, "--rank", RANK, "-f", "json", *DAY)[1])
    assert (order["method"], round(order["weights"]["alignment"], 3)) == ("rank", 0.408)


@pytest.mark.parametrize(("words", "told"), [
    (["--rank", "cost,time"], "each criterion once"), (["--rank", RANK, "--rate", "100,x"], "not numbers"),
    (["--rank", RANK, "--rate", "1,2,3,4,5,6"], "rise along the order"), (["--rank", RANK, "--rate", "100"], "6 criteria and 1"),
    ([], "add --rank"),
])  # fmt: skip
def test_weights_that_make_no_sense_are_refused(words: list[str], told: str) -> None:
    """A missing criterion, ratings that are no numbers, rise or do not match, and nobody to ask: each is told."""
    code, out, err = run("rubric", "weights", "-g", G, *words)

    assert (code, out) == (2, "")
    assert told in err


def test_brief_leaves_out_what_follows() -> None:
    """--brief has no flips, no questions and no weights, and the same verdict and score."""
    full, brief = (json.loads(run("evaluate", P, "-g", G, "-f", "json", *DAY, *more)[1]) for more in ([], ["--brief"]))

    assert (brief["flips"], brief["questions"], brief["robustness"]) == ([], [], None)
    assert (brief["verdict"], brief["score"]) == (full["verdict"], full["score"])
    assert "Changes" not in run("evaluate", P, "-g", G, "--brief", *DAY)[1]


def test_an_answer_is_never_written_over_an_input(tmp_path: Path) -> None:
    """-o with the name of the program or the goal is refused, and the file stays as it was."""
    mine = tmp_path / "p.toml"
    mine.write_text(Path(P).read_text("utf-8"), "utf-8")
    code, _, err = run("evaluate", str(mine), "-g", G, "-o", str(mine))

    assert code == 2
    assert "would write over an input" in err
    assert mine.read_text("utf-8") == Path(P).read_text("utf-8")


def test_a_link_is_followed_when_an_answer_is_written(tmp_path: Path) -> None:
    """Writing to a symbolic link writes the file behind it and keeps the link."""
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    link.symlink_to(target)
    code, _, _ = run("evaluate", P, "-g", G, "-f", "json", "-o", str(link))

    assert code == 0
    assert link.is_symlink() and json.loads(target.read_text("utf-8"))["verdict"]


def test_programs_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Two programs of one name are told by their place, and equal ones are a tie, not one better than the other."""
    twin = tmp_path / "twin.toml"
    twin.write_text(Path(P).read_text(encoding="utf-8"), encoding="utf-8")
    found = json.loads(run("compare", P, str(twin), OTHER, "-g", G, "-f", "json", *DAY)[1])
    twins = [p for p in found["pairs"] if "no. " in p["first"] and "no. " in p["second"]]

    assert len({p["first"] for p in found["pairs"]} | {p["second"] for p in found["pairs"]}) == 3
    assert [(p["first"] != p["second"], p["relation"], p["share"]) for p in twins] == [(True, "tied", 1.0)]


def test_one_score_reads_the_same_in_every_command() -> None:
    """A score is told as the same whole number by evaluate, whatif and compare, never lifted to a bar it misses."""
    score = json.loads(run("evaluate", P, "-g", G, "-f", "json", *DAY)[1])["score"]
    low, likely, high = (int(score[end] + 1e-9) for end in ("low", "likely", "high"))

    assert f"{likely} of 100" in run("evaluate", P, "-g", G, *DAY)[1]
    assert f"{likely} ({low}–{high})" in run("whatif", P, "-g", G, "--set", "cost.tuition=9000", *DAY)[1]
    assert f"{likely} ({low}–{high})" in run("compare", P, OTHER, "-g", G, "-f", "markdown", *DAY)[1]


def test_a_rubric_of_tests_alone_can_rule_out_but_never_scores_zero(tmp_path: Path) -> None:
    """With nothing to earn points, the score is open from end to end, no verdict follows, and the reason is told."""
    import tomllib

    import tomli_w

    rubric = tomllib.loads((TOP / "rubrics/standard.toml").read_text(encoding="utf-8"))
    rubric |= {"criteria": {}, "aims": {}, "levers": []}
    gates = tmp_path / "gates.toml"
    gates.write_text(tomli_w.dumps(rubric), encoding="utf-8")
    found = json.loads(run("evaluate", P, "-g", G, "--rubric", str(gates), "-f", "json", *DAY)[1])

    assert found["verdict"] == "insufficient-evidence"
    assert (found["score"]["low"], found["score"]["high"]) == (0, 100)
    assert "asks nothing that earns points" in found["reasons"][0]
    for command in ("whatif", "explain", "compare"):
        words = ("--set", "cost.tuition=3000") if command == "whatif" else (OTHER,) if command == "compare" else ()
        code, out, _ = run(command, P, *words, "-g", G, "--rubric", str(gates), *DAY)
        assert code == 0
        assert "Back End Engineering" in out
