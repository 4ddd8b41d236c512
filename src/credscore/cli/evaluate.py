"""``credscore evaluate``: programs and a goal in, scorecards out."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credscore.cli.exits import Exit
from credscore.cli.screen import check_output, say, write_answer, write_file
from credscore.errors import UsageError

if TYPE_CHECKING:  # the model is loaded only when a command runs
    from credscore.model.evaluation import Evaluation


class Format(StrEnum):
    """How an answer is shown."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


FAIL_WORDS = (
    "avoid", "not-eligible-yet", "not-worth-it", "insufficient-evidence", "compare-first", "worth-it-if", "worth-it",
    "gate", "unknown-gate", "flag",
)  # fmt: skip

Programs = Annotated[list[str], typer.Argument(metavar="PROGRAM...", help="Program files (TOML or JSON); - for stdin.")]
GoalFile = Annotated[
    str, typer.Option("--goal", "-g", metavar="GOAL", help="The learner's goal (TOML or JSON); - for stdin.")
]
RubricName = Annotated[
    str, typer.Option("--rubric", "-r", metavar="NAME|FILE", help="A shipped rubric, or your own file.")
]
Settings = Annotated[
    list[str],
    typer.Option("--set", metavar="FIELD=VALUE", help="Change a fact: cost.tuition=0, goal.means.budget=9000."),
]
Day = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day to judge on.  [default: today]")
]
Shape = Annotated[Format, typer.Option("--format", "-f", help="How to show the answer.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer to a file; - for stdout.")
]
FailUnder = Annotated[
    float | None, typer.Option("--fail-under", metavar="N", help="Exit 1 if a likely score is below N (0-100).")
]
FailOn = Annotated[
    list[str],
    typer.Option(
        "--fail-on", metavar="WORD", help="Exit 1 on a verdict, or on gate, unknown-gate or flag. May be repeated."
    ),
]
Brief = Annotated[bool, typer.Option("--brief", help="Leave out what would change the answer and what to ask.")]
Details = Annotated[bool, typer.Option("--details", help="Show every question with its facts and sources.")]


def evaluate(
    programs: Programs,
    goal: GoalFile,
    rubric: RubricName = "standard",
    settings: Settings = [],  # noqa: B006 - typer copies it
    as_of: Day = None,
    format_: Shape = Format.TEXT,
    output: Output = None,
    fail_under: FailUnder = None,
    fail_on: FailOn = [],  # noqa: B006 - typer copies it
    details: Details = False,
    brief: Brief = False,
) -> None:
    """Is it worth it, for me? Scores programs for a goal and says why, on what condition, and what to ask."""
    if [*programs, goal].count("-") > 1:
        raise UsageError("only one input can be stdin (-)", "give the others as files")
    check_tests(fail_under, fail_on)
    check_output(output, [*programs, goal, rubric])
    day = read_day(as_of)
    from credscore import api

    evaluations = api.evaluate_files(programs, goal, rubric, settings, day, brief=brief)
    answer(evaluations, format_, output, details=details)
    failed = [line for e in evaluations for line in failures(e, fail_under, fail_on)]
    for line in failed:
        say(line)
    if failed:
        raise typer.Exit(Exit.GATE)


def read_day(text: str | None) -> date:
    """The day to judge on: the one given, else today.

    Raises:
        UsageError: it is no day of the calendar.
    """
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of {text}: no such day", "write YYYY-MM-DD") from None


def check_tests(fail_under: float | None, fail_on: list[str]) -> None:
    """Refuse thresholds off the scale and words that mean nothing.

    Raises:
        UsageError: a threshold or a word is not one.
    """
    if fail_under is not None and not (fail_under == 0 or 1 <= fail_under <= 100):
        hint = (
            f"the scale is 0 to 100; did you mean {fail_under * 100:g}?"
            if 0 < fail_under < 1
            else "the scale is 0 to 100"
        )
        raise UsageError(f"--fail-under {fail_under:g} is off the scale", hint)
    for word in fail_on:
        if word not in FAIL_WORDS:
            raise UsageError(f"--fail-on {word}: no such word", f"one of: {', '.join(FAIL_WORDS)}")


def answer(evaluations: "list[Evaluation]", format_: Format, output: Path | None, *, details: bool) -> None:
    """Show evaluations on stdout or in a file."""
    to_file = output is not None and str(output) != "-"
    match format_:
        case Format.TEXT if not to_file:
            from rich.console import Console

            from credscore.reports import text

            text.show(
                Console(file=sys.stdout, highlight=False, emoji=False, markup=False), evaluations, details=details
            )
            return
        case Format.TEXT:
            from credscore.reports import text

            shown = text.render(evaluations, details=details)
        case Format.JSON:
            from credscore.reports import json_v1

            shown = json_v1.render(evaluations)
        case Format.MARKDOWN:
            from credscore.reports import markdown

            shown = markdown.render(evaluations)
    if to_file and output is not None:
        write_file(output, shown)
        say(f"wrote {output}")
    else:
        write_answer(shown)


def failures(evaluation: "Evaluation", fail_under: float | None, fail_on: list[str]) -> list[str]:
    """A line for each test asked for that an evaluation fails."""
    from credscore.reports.tidy import tidy

    name, found = tidy(evaluation.about.program["name"] or "", 60), []
    likely = evaluation.score.likely or 0.0
    if fail_under is not None and likely < fail_under:
        found.append(f"{name}: below --fail-under {fail_under:g}: {likely:.1f}")
    outcomes = {g.outcome for g in evaluation.gates}
    raised = {
        evaluation.verdict,
        *(["gate"] if "fail" in outcomes else []),
        *(["unknown-gate"] if "unknown" in outcomes else []),
        *(["flag"] if evaluation.flags else []),
    }
    return found + [f"{name}: --fail-on {word}" for word in fail_on if word in raised]
