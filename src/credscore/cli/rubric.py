"""``credscore rubric weights``: what matters how much to a learner, asked in the terminal or given as options."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from credscore.cli.evaluate import Day, Format, RubricName, Shape, read_day
from credscore.cli.screen import say, write_answer
from credscore.errors import UsageError

if TYPE_CHECKING:  # the model is loaded only when a command runs
    from credscore.model.rubric import Rubric

app = typer.Typer(help="Work with rubrics.", no_args_is_help=True, rich_markup_mode=None)

GoalFile = Annotated[str, typer.Option("--goal", "-g", metavar="GOAL", help="The learner's goal.")]
ProgramFile = Annotated[
    str | None, typer.Option("--program", metavar="PROGRAM", help="Also say what the weights trade off for a program.")
]
Rank = Annotated[
    str | None, typer.Option("--rank", metavar="A,B,…", help="Criteria, the one whose swing matters most first.")
]
Rate = Annotated[
    str | None,
    typer.Option("--rate", metavar="100,60,…", help="How much each swing matters; the order alone without it."),
]


@app.callback()
def rubric() -> None:
    """Work with rubrics."""


@app.command()
def weights(
    goal: GoalFile,
    program: ProgramFile = None,
    rank: Rank = None,
    rate: Rate = None,
    rubric: RubricName = "standard",
    as_of: Day = None,
    format_: Shape = Format.TEXT,
) -> None:
    """Weigh the criteria yourself: rank their swings from worst to best, then rate them; an order alone will do."""
    day = read_day(as_of)
    from credscore import api
    from credscore.scoring.plan import importance_of

    loaded = api.load_files([program], [goal], rubric) if program else None
    learner = loaded.goals[0] if loaded else api.load_goal(goal)
    found = loaded.rubric if loaded else api.load_rubric(rubric)
    needed = [name for name in found.criteria if importance_of(found, learner, name) > 0]
    if rank is None and not sys.stdin.isatty():
        raise UsageError("no order given and nobody to ask", f"add --rank {','.join(needed)} in your order")
    order = [w.strip() for w in rank.split(",")] if rank is not None else _ask_order(found, needed)
    ratings = _numbers(rate) if rate is not None else _ask_ratings(order) if rank is None else None
    weighing = api.weigh(learner, found, order, ratings, loaded.programs[0] if loaded else None, as_of=day)
    from credscore.reports import weighing as shown

    match format_:
        case Format.TEXT:
            write_answer(shown.text(weighing))
        case Format.MARKDOWN:
            write_answer(shown.markdown(weighing))
        case Format.JSON:
            write_answer(shown.to_json(weighing))


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise UsageError(f"--rate {text}: not numbers", "write --rate 100,60,30") from None


def _ask_order(found: "Rubric", needed: list[str]) -> list[str]:
    say("Imagine a program that is at its worst on all of these. Which would you raise to its best first, then next?")
    for name in needed:
        say(f"  {name}: {found.criteria[name].why}")
    order: list[str] = []
    while len(order) < len(needed):
        left = [name for name in needed if name not in order]
        answer = typer.prompt(f"Number {len(order) + 1} of {', '.join(left)}", default=left[0], err=True).strip()
        if answer in left:
            order.append(answer)
        else:
            say(f"  one of: {', '.join(left)}")
    return order


def _ask_ratings(order: list[str]) -> list[float]:
    say(f"The step from worst to best on {order[0]} counts 100. How much is each other step worth beside it, 0 to 100?")
    ratings = [100.0]
    for name in order[1:]:
        ratings.append(min(float(typer.prompt(f"  {name}", type=float, default=ratings[-1], err=True)), ratings[-1]))
    return ratings
