"""The library door: load three files, evaluate, and see the answer.

Everything here is what the command line itself uses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from credscore import rubrics, scoring
from credscore.documents import Document
from credscore.errors import InputError, NothingToScoreError, Problem, UsageError
from credscore.model.evaluation import Evaluation
from credscore.model.goal import Goal, Priorities
from credscore.model.program import Program
from credscore.model.rubric import Rubric
from credscore.scoring.fitting import misfits
from credscore.sources import read_goal, read_program

if TYPE_CHECKING:  # comparisons are loaded by the commands that make them
    from credscore.batch.batch import Batch
    from credscore.model.comparison import Comparison, Difference, Explanation, Weighing

Read = TypeVar("Read", Program, Goal)
Found = TypeVar("Found")


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
    program: Program, goal: Goal, rubric: Rubric | str = "standard", *, as_of: date | None = None, brief: bool = False
) -> Evaluation:
    """Whether a program is worth it for a goal.

    Args:
        program: what is on offer.
        goal: the learner and what they aim at.
        rubric: a rubric, or the name or path of one.
        as_of: the day to judge on; today if left out.
        brief: leave out what follows from the judgement: flip points, questions, robustness and contributions.

    Raises:
        RateError: program and goal are in currencies without a reference rate.
    """
    found = rubric if isinstance(rubric, Rubric) else load_rubric(rubric)
    assessment = scoring.assess(program, goal, found, as_of or date.today())
    if brief:
        return assessment.evaluation
    from credscore.insight import enrich

    return enrich(assessment)


class Loaded(NamedTuple):
    """Programs, goals and a rubric, all read without a mistake."""

    programs: list[Program]
    goals: list[Goal]
    rubric: Rubric


def load_files(
    programs: Sequence[str], goals: Sequence[str], rubric: str = "standard", settings: Sequence[str] = ()
) -> Loaded:
    """Everything a command names; settings name program fields, or goal fields after ``goal.``.

    Raises:
        InputError: any file cannot be used; the mistakes of all files are listed at once.
        NothingToScoreError: no program is named.
    """
    for_goal = [s.removeprefix("goal.") for s in settings if s.startswith("goal.")]
    for_program = [s for s in settings if not s.startswith("goal.")]
    if not programs:
        raise NothingToScoreError("no program to score")
    problems: list[Problem] = []
    offers = [p for path in programs if (p := _tried(load_program, path, for_program, problems)) is not None]
    learners = [g for path in goals if (g := _tried(load_goal, path, for_goal, problems)) is not None]
    judged_by: Rubric | None = None
    try:
        judged_by = load_rubric(rubric)
    except InputError as error:
        problems += error.problems
    if problems or judged_by is None:
        raise InputError(problems)
    return Loaded(offers, learners, judged_by)


def _tried(
    load: Callable[[str, Sequence[str]], Read], path: str, settings: Sequence[str], problems: list[Problem]
) -> Read | None:
    try:
        return load(path, settings)
    except InputError as error:
        problems += error.problems
        return None


def evaluate_files(
    programs: Sequence[str],
    goal: str,
    rubric: str = "standard",
    settings: Sequence[str] = (),
    as_of: date | None = None,
    *,
    brief: bool = False,
) -> list[Evaluation]:
    """Evaluations of program files for a goal file (see ``load_files``)."""
    found = load_files(programs, [goal], rubric, settings)
    return [evaluate(p, found.goals[0], found.rubric, as_of=as_of, brief=brief) for p in found.programs]


def whatif(
    program: str, goal: str, settings: Sequence[str], rubric: str = "standard", as_of: date | None = None
) -> Difference:
    """A program file before and after some fields are set (see ``load_files``)."""
    from credscore.insight import difference

    loaded = load_files([program], [goal], rubric, settings)
    before = evaluate(load_program(program), load_goal(goal), loaded.rubric, as_of=as_of)
    after = evaluate(loaded.programs[0], loaded.goals[0], loaded.rubric, as_of=as_of)
    return difference(before, after, settings)


def explain(
    program: Program, goal: Goal, rubric: Rubric, about: str | None = None, *, as_of: date | None = None
) -> Explanation:
    """Every step from fact to points, of everything or of the criterion or question named.

    Raises:
        UsageError: the rubric has no criterion and no question of that name, or the goal is not asked it.
    """
    from credscore import insight

    assessment = scoring.assess(program, goal, rubric, as_of or date.today())
    return insight.explain(assessment, assessment.evaluation, about)


def compare(
    programs: Sequence[Program], goals: Sequence[Goal], rubric: Rubric, *, as_of: date | None = None
) -> Comparison:
    """Several programs for one goal, or one program for several goals, best first.

    Raises:
        UsageError: several programs and several goals are given at once.
    """
    from credscore import insight

    if len(programs) > 1 and len(goals) > 1:
        raise UsageError("compare takes several programs or several goals, not both", "compare them goal by goal")
    day = as_of or date.today()
    found = [scoring.assess(p, g, rubric, day) for g in goals for p in programs]
    if len(goals) > 1:
        return insight.several_goals([a.evaluation for a in found])
    importances = {c.id: c.importance for c in found[0].judgement.plan.criteria if c.weight > 0}
    return insight.compare([a.evaluation for a in found], importances)


def weigh(
    goal: Goal,
    rubric: Rubric,
    order: Sequence[str],
    ratings: Sequence[float] | None = None,
    program: Program | None = None,
    *,
    as_of: date | None = None,
) -> Weighing:
    """Weights from an order of criteria, or from swings rated along it (100 first), and what they imply for a program.

    Raises:
        UsageError: the order does not name every criterion that the goal needs, or the ratings do not fit it.
    """
    from credscore import insight
    from credscore.insight.scene import Scene
    from credscore.scoring.plan import importance_of

    needed = [name for name in rubric.criteria if importance_of(rubric, goal, name) > 0]
    if sorted(order) != sorted(needed):
        raise UsageError("the order must name each criterion once that this goal needs", f"these: {', '.join(needed)}")
    try:
        weighing = insight.weigh(order, ratings, None)
        if program is None:
            return weighing
        stated = goal.model_copy(update={"priorities": Priorities.model_validate(weighing.priorities)})
        return insight.weigh(order, ratings, Scene(scoring.assess(program, stated, rubric, as_of or date.today())))
    except ValueError as error:
        raise UsageError(str(error), "ratings run from 100 for the first swing downwards") from None


def batch(
    sources: Sequence[str],
    goals: Sequence[str],
    rubric: Rubric | str = "standard",
    *,
    mapping: str | None = None,
    as_of: date | None = None,
    coverage: bool = False,
    reasons: bool = False,
    besides: Sequence[str] = (),
) -> Batch:
    """Many programs for one or several goals: folders, files and tables, ready to be scored block by block.

    Args:
        sources: folders, program files, tables (CSV, TSV, JSON Lines, Parquet, Excel), or patterns of them.
        goals: goal files, or folders of them.
        rubric: a rubric, or the name or path of one.
        mapping: a file that says what the columns of somebody else's table hold.
        as_of: the day to judge on; today if left out.
        coverage: measure what missing facts cost in certainty.
        reasons: tell the reasons for each verdict.
        besides: files that are no source where they lie in a folder among them, such as the answer.

    Raises:
        InputError: a source, goal, rubric or mapping cannot be used; the mistakes of all are listed at once.
        NothingToScoreError: no program is named.
    """
    from credscore.batch.batch import Batch
    from credscore.batch.block import Question
    from credscore.batch.listing import goal_files, listed
    from credscore.sources.mapping import OWN, read_mapping

    problems: list[Problem] = []
    goal_paths = goal_files(goals, problems)
    learners = [g for path in goal_paths if (g := _tried(load_goal, path, (), problems)) is not None]
    judged_by = rubric if isinstance(rubric, Rubric) else _collected(lambda: load_rubric(rubric), problems)
    read_as = OWN if mapping is None else _collected(lambda: read_mapping(mapping), problems)
    besides = [*goal_paths, *besides, *(p for p in (mapping, rubric) if isinstance(p, str))]
    listing = _collected(lambda: listed(sources, besides), problems)
    if problems or judged_by is None or read_as is None or listing is None:
        raise InputError(problems)
    question = Question(judged_by, tuple(learners), as_of or date.today(), coverage, reasons)
    return Batch(listing, question, read_as)


def _collected(read: Callable[[], Found], problems: list[Problem]) -> Found | None:
    try:
        return read()
    except InputError as error:
        problems += error.problems
        return None
