"""The library door: load three files, evaluate, and see the answer.

Everything here is what the command line itself uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from credscore import rubrics, scoring
from credscore.documents import Document
from credscore.errors import InputError, NothingToScoreError, Problem
from credscore.model.evaluation import Evaluation
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.rubric import Rubric
from credscore.scoring.fitting import misfits
from credscore.sources import read_goal, read_program


def _page(evaluation: Evaluation) -> str:
    from credscore.reports import markdown

    return markdown.page(evaluation)


Evaluation.shown_as = staticmethod(_page)


def load_program(path: str, overrides: Sequence[str] = ()) -> Program:
    """The program in a TOML or JSON file; overrides such as ``cost.tuition=0`` replace facts.

    Raises:
        InputError: it cannot be read or is no program; every mistake is listed with its line.
        UsageError: an override names no field.
    """
    return read_program(str(path), overrides)


def load_goal(path: str, overrides: Sequence[str] = ()) -> Goal:
    """The goal in a TOML or JSON file (see ``load_program``)."""
    return read_goal(str(path), overrides)


def load_rubric(name: str = "standard") -> Rubric:
    """A shipped rubric by name, or any by the path of its file.

    Raises:
        UsageError: no rubric of that name is shipped.
        InputError: the file is no whole rubric; every mistake is listed with its line.
    """
    rubric, document = rubrics.read_rubric(str(name))
    _check(rubric, document)
    return rubric


def _check(rubric: Rubric, document: Document) -> None:
    problems = [
        Problem(document.name, path, reason, hint, document.line_of(path)) for path, reason, hint in misfits(rubric)
    ]
    if problems:
        raise InputError(sorted(problems, key=lambda p: p.line or 0))


def evaluate(
    program: Program, goal: Goal, rubric: Rubric | str = "standard", *, as_of: date | None = None
) -> Evaluation:
    """Whether a program is worth it for a goal.

    Args:
        program: what is on offer.
        goal: the learner and what they aim at.
        rubric: a rubric, or the name or path of one.
        as_of: the day to judge on; today if left out.

    Raises:
        RateError: program and goal are in currencies without a reference rate.
    """
    found = rubric if isinstance(rubric, Rubric) else load_rubric(rubric)
    return scoring.evaluate(program, goal, found, as_of or date.today())


def evaluate_files(
    programs: Sequence[str],
    goal: str,
    rubric: str = "standard",
    settings: Sequence[str] = (),
    as_of: date | None = None,
) -> list[Evaluation]:
    """Evaluations of program files for a goal file; settings name program fields, or goal fields after ``goal.``.

    Raises:
        InputError: any file cannot be used; the mistakes of all files are listed at once.
    """
    for_goal = [s.removeprefix("goal.") for s in settings if s.startswith("goal.")]
    for_program = [s for s in settings if not s.startswith("goal.")]
    if not programs:
        raise NothingToScoreError("no program to score")
    problems: list[Problem] = []
    loaded: list[Program] = []
    for path in programs:
        try:
            loaded.append(load_program(path, for_program))
        except InputError as error:
            problems += error.problems
    learner, judged_by = None, None
    try:
        learner = load_goal(goal, for_goal)
    except InputError as error:
        problems += error.problems
    try:
        judged_by = load_rubric(rubric)
    except InputError as error:
        problems += error.problems
    if problems or learner is None or judged_by is None:
        raise InputError(problems)
    return [evaluate(program, learner, judged_by, as_of=as_of) for program in loaded]
