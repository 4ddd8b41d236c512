"""Folder: many program files, each read and judged by itself, on every core once there are enough of them."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from credscore.batch.answers import answers_of, columns_of, rank_of
from credscore.batch.block import Block, Failed, Question
from credscore.batch.pool import in_parts, workers_for
from credscore.batch.reasons import reasons_for
from credscore.batch.tally import fields_stated, openness
from credscore.errors import InputError, Problem, RateError
from credscore.measures.case import Given
from credscore.measures.reading import read_case
from credscore.model.program import Program
from credscore.scoring.judge import judge
from credscore.scoring.plan import Plan
from credscore.sources import read_program

PART = 100
WORTH_A_POOL = 600
"""Files from which starting further processes saves more time than it takes."""


class Scorer(NamedTuple):
    """What every file is asked."""

    question: Question
    plans: tuple[Plan, ...]
    given: Given

    @classmethod
    def of(cls, question: Question) -> Scorer:
        """The scorer of a question."""
        return cls(question, question.plans(), Given(question.rubric.assumptions, question.rubric.id))

    def block(self, paths: Sequence[str]) -> Block:
        """The answers about some files, in order."""
        answers: tuple[list[dict[str, Any]], ...] = tuple([] for _ in self.plans)
        failed: list[Failed] = []
        stated: dict[str, int] = {}
        for path in paths:
            try:
                program = read_program(path)
            except InputError as error:
                failed.append(Failed(path, None, error.problems))
                continue
            for field in fields_stated(program):
                stated[field] = stated.get(field, 0) + 1
            for plan, rows in zip(self.plans, answers, strict=True):
                row, problem = self._row(path, program, plan)
                rows.extend([row] if row else [])
                failed += [Failed(path, None, (problem,))] if problem else []
        return Block(answers, tuple(failed), len(paths), 0, stated)

    def _row(self, path: str, program: Program, plan: Plan) -> tuple[dict[str, Any] | None, Problem | None]:
        try:
            case = read_case(program, plan.goal, self.given, self.question.as_of)
        except RateError as error:
            return None, Problem(path, "cost.currency", str(error), "give it in the goal's currency")
        judgement = judge(case, plan)
        found = answers_of(judgement)
        found |= {"rank": rank_of(found), **openness(judgement, width=self.question.coverage)}
        about = {"source": path, "row": None, "id": program.id, "name": program.name, "goal": plan.goal.name}
        about |= {"provider": program.provider, "kind": program.kind}
        if self.question.reasons:
            about["reasons"] = reasons_for(program, plan.goal, plan.rubric, self.question.as_of)
        names = columns_of(plan.rubric, reasons=self.question.reasons)
        ordered = {name: about[name] if name in about else found.get(name) for name in names}
        return {**ordered, **{name: value for name, value in found.items() if name not in ordered}}, None


def blocks(paths: Sequence[str], question: Question, jobs: int | None = None) -> Iterator[Block]:
    """The answers about program files in their order, a part at a time.

    Args:
        paths: program files (TOML or JSON).
        question: what is asked of each.
        jobs: processes to use; by the number of files and cores if None.
    """
    parts = (paths[at : at + PART] for at in range(0, len(paths), PART))
    workers = workers_for(len(paths), WORTH_A_POOL) if jobs is None else jobs
    if workers < 2:
        scorer = Scorer.of(question)
        yield from map(scorer.block, parts)
        return
    for _, block in in_parts(_work, parts, workers, _begin, question):
        yield block


_scorer: Scorer | None = None


def _begin(question: Question) -> None:
    """Ready a process: the parent alone hears an interruption, and a short life needs no collecting."""
    global _scorer  # noqa: PLW0603 - a process has one scorer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    _scorer = Scorer.of(question)


def _work(paths: Sequence[str]) -> Block:
    assert _scorer is not None
    found = _scorer.block(paths)
    gc.collect(1)
    return found
