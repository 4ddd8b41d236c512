"""The commands and their manners: answers to stdout, everything else to stderr."""

import sys
from typing import Annotated

import typer

from credscore.cli import batch, evaluate, init, insight, rubric, schema
from credscore.cli.exits import Exit
from credscore.version import __version__

app = typer.Typer(
    name="credscore",
    help="Is this micro-credential, bootcamp, certificate, course, apprenticeship or degree worth it, for me?",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"credscore {__version__}\n")
        raise typer.Exit(Exit.OK)


@app.callback()
def credscore(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Is this micro-credential, bootcamp, certificate, course, apprenticeship or degree worth it, for me?"""


app.command(name="evaluate")(evaluate.evaluate)
app.command(name="batch")(batch.batch)
app.command(name="whatif")(insight.whatif)
app.command(name="explain")(insight.explain)
app.command(name="compare")(insight.compare)
app.add_typer(rubric.app, name="rubric")
app.add_typer(init.app, name="init")
app.command(name="schema")(schema.schema)
