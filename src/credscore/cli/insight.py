"""``credscore whatif``, ``explain`` and ``compare``: what follows from an evaluation."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credscore.cli.evaluate import Day, Format, Output, Programs, RubricName, Settings, Shape, read_day
from credscore.cli.screen import check_output, say, write_answer, write_file
from credscore.errors import UsageError

if TYPE_CHECKING:  # the model is loaded only when a command runs
    from rich.console import RenderableType

Program = Annotated[str, typer.Argument(metavar="PROGRAM", help="A program file (TOML or JSON); - for stdin.")]
Goal = Annotated[str, typer.Option("--goal", "-g", metavar="GOAL", help="The learner's goal; - for stdin.")]
Goals = Annotated[list[str], typer.Option("--goal", "-g", metavar="GOAL", help="A goal; repeat it for one program.")]
About = Annotated[str | None, typer.Argument(metavar="[CRITERION|QUESTION]", help="What to explain; all if left out.")]
Baselines = Annotated[
    list[str],
    typer.Option("--baseline", metavar="NAME|FILE", help="Compare with nothing, self-study, degree, or a file."),
]


def whatif(
    program: Program,
    goal: Goal,
    settings: Settings = [],  # noqa: B006 - typer copies it
    rubric: RubricName = "standard",
    as_of: Day = None,
    format_: Shape = Format.TEXT,
    output: Output = None,
) -> None:
    """Before and after: what setting some fields would change, and why."""
    if not settings:
        raise UsageError("nothing to change", "add --set cost.tuition=5000, or --set goal.means.budget=9000")
    if [program, goal].count("-") > 0:
        raise UsageError("whatif reads its files twice, so none can be stdin (-)", "give files")
    day = read_day(as_of)
    from credscore import api
    from credscore.reports import difference

    check_output(output, [program, goal, rubric])
    found = api.whatif(program, goal, settings, rubric, day)
    _answer(lambda: difference.card(found), lambda: difference.markdown(found), lambda: difference.to_json(found),
            format_, output)  # fmt: skip


def explain(
    program: Program,
    goal: Goal,
    about: About = None,
    rubric: RubricName = "standard",
    settings: Settings = [],  # noqa: B006 - typer copies it
    as_of: Day = None,
    format_: Shape = Format.TEXT,
    output: Output = None,
) -> None:
    """Every step from fact to points: source, formula, curve, weight and citation."""
    if [program, goal].count("-") > 1:
        raise UsageError("only one input can be stdin (-)", "give the other as a file")
    day = read_day(as_of)
    from credscore import api
    from credscore.reports import explanation

    check_output(output, [program, goal, rubric])
    loaded = api.load_files([program], [goal], rubric, settings)
    found = api.explain(loaded.programs[0], loaded.goals[0], loaded.rubric, about, as_of=day)
    _answer(lambda: explanation.card(found), lambda: explanation.markdown(found), lambda: explanation.to_json(found),
            format_, output)  # fmt: skip


def compare(
    programs: Programs,
    goals: Goals,
    baselines: Baselines = [],  # noqa: B006 - typer copies it
    rubric: RubricName = "standard",
    settings: Settings = [],  # noqa: B006 - typer copies it
    as_of: Day = None,
    format_: Shape = Format.TEXT,
    output: Output = None,
) -> None:
    """Programs side by side for one goal, or one program for several goals."""
    if [*programs, *goals].count("-") > 1:
        raise UsageError("only one input can be stdin (-)", "give the others as files")
    day = read_day(as_of)
    from credscore import api
    from credscore.reports import comparison
    from credscore.sources import read_baseline

    check_output(output, [*programs, *goals, rubric])
    files = [b for b in baselines if b.endswith((".toml", ".json")) or "/" in b]
    loaded = api.load_files([*programs, *files], goals, rubric, settings)
    named = [read_baseline(b, loaded.goals[0]) for b in baselines if b not in files]
    found = api.compare([*loaded.programs, *named], loaded.goals, loaded.rubric, as_of=day)
    _answer(lambda: comparison.card(found), lambda: comparison.markdown(found), lambda: comparison.to_json(found),
            format_, output)  # fmt: skip


def _answer(
    card: "Callable[[], RenderableType]", markdown: Callable[[], str], to_json: Callable[[], str], format_: Format,
    output: Path | None,
) -> None:  # fmt: skip
    """Show one of three forms on stdout or in a file."""
    from credscore.reports import text

    to_file = output is not None and str(output) != "-"
    if format_ is Format.TEXT and not to_file:
        from rich.console import Console

        text.show_card(Console(file=sys.stdout, highlight=False, emoji=False, markup=False), card())
        return
    shown = (
        text.plain_text(card()) if format_ is Format.TEXT else markdown() if format_ is Format.MARKDOWN else to_json()
    )
    if to_file and output is not None:
        write_file(output, shown)
        say(f"wrote {output}")
    else:
        write_answer(shown)
