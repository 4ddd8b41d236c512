"""``credscore schema``: JSON Schema, so that editors complete and check TOML."""

from enum import StrEnum
from typing import Annotated

import typer

from credscore.cli.screen import write_answer


class Kind(StrEnum):
    """What a schema describes."""

    PROGRAM = "program"
    GOAL = "goal"
    RUBRIC = "rubric"
    EVALUATION = "evaluation"


def schema(kind: Annotated[Kind, typer.Argument(help="What to describe.")]) -> None:
    """Print the JSON Schema of a program, goal or rubric file, or of the JSON answer."""
    from credscore.reports.json_schema import schema_text

    write_answer(schema_text(kind.value))
