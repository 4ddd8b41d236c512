"""Tally: what a batch adds up to: verdicts, gates and flags, what is missing and what that costs in certainty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from credscore.batch.answers import SETS, Sets
from credscore.batch.block import Block, Question
from credscore.measures.case import Case, Given
from credscore.measures.facts import Facts
from credscore.model.cell import negate, where
from credscore.model.layout import fields
from credscore.model.program import Program
from credscore.model.summary import Doubt, GoalSummary, Lack, Summary
from credscore.scoring.exhibits import fields_read, is_stated
from credscore.scoring.judge import Judgement
from credscore.scoring.plan import Plan
from credscore.scoring.points import answer_to


def openness(judgement: Judgement, *, width: bool) -> dict[str, Any]:
    """For each question whether it is open, and if asked the points of the score that it leaves open (0 to 100)."""
    found: dict[str, Any] = {}
    for answer in judgement.answers:
        name = answer.question.indicators[0].id
        found[f"open.{name}"] = where(negate(answer.known), 1.0, 0.0)
        if width:
            found[f"width.{name}"] = (answer.points.high - answer.points.low) * answer.share
    return found


def fields_stated(program: Program) -> Iterator[str]:
    """The fields that a program states."""
    return (field for field in fields() if is_stated(program, field))


class Tally:
    """Sums over a batch, block by block; they can be written down and taken up again."""

    def __init__(self, question: Question, sets: Sets) -> None:
        self.question, self.sets = question, sets
        self.looked_at = [_looked_at(plan, question) for plan in question.plans()]
        self.seen, self.empty, self.failed = 0, 0, 0
        self.stated: dict[str, int] = {}
        self.reasons: dict[str, int] = {}
        self.goals: list[dict[str, dict[str, float]]] = [{"verdict": {}, "sum": {}} for _ in question.goals]

    def add(self, block: Block) -> None:
        """Count a block in."""
        self.seen, self.empty = self.seen + block.seen, self.empty + block.empty
        self.failed += len({(f.source, f.row) for f in block.failed})
        for field, rows in block.stated.items():
            self.stated[field] = self.stated.get(field, 0) + rows
        for lost in block.failed:
            for problem in lost.problems:
                reason = f"{problem.path}: {problem.reason}" if problem.path else problem.reason
                self.reasons[reason] = self.reasons.get(reason, 0) + 1
        for sums, table in zip(self.goals, block.answers, strict=True):
            _add(sums["verdict"], _counted(table, "verdict"))
            _add(sums["sum"], _summed(table))
            for name in SETS:
                told: dict[str, float] = {}
                for bits, count in _counted(table, name).items():
                    for word in self.sets.words(name, float(bits or 0.0)).split():
                        told[word] = told.get(word, 0.0) + count
                _add(sums.setdefault(name, {}), told)

    @property
    def scored(self) -> int:
        """How many programs were scored for the first goal."""
        return int(sum(self.goals[0]["verdict"].values())) if self.goals else 0

    def summary(self, *, skipped: bool = False, whole: bool = True) -> Summary:
        """What has been counted, for the reports."""
        goals = tuple(_of_goal(goal.name, sums) for goal, sums in zip(self.question.goals, self.goals, strict=True))
        return Summary(self.seen, self.scored, self.failed, self.empty, goals, _falling(self.reasons),
                       tuple(self._lacks()), tuple(self._doubts()), skipped, whole)  # fmt: skip

    def _lacks(self) -> list[Lack]:
        """The fields that matter to the goals, the least often stated first."""
        asked: dict[str, dict[str, None]] = {}
        for looked_at in self.looked_at:
            for question, (_, names) in looked_at.items():
                for field in names:
                    asked.setdefault(field, {})[question] = None
        found = [Lack(field, self.stated.get(field, 0), tuple(questions)) for field, questions in asked.items()]
        return sorted(found, key=lambda lack: (lack.stated, -len(lack.questions), lack.field))

    def _doubts(self) -> list[Doubt]:
        """How often each question is open and what that costs in certainty, the dearest first."""
        found = []
        for goal, sums, looked_at in zip(self.question.goals, self.goals, self.looked_at, strict=True):
            count = sum(sums["verdict"].values()) or 1.0
            for question, (title, names) in looked_at.items():
                open_ = sums["sum"].get(f"open.{question}", 0.0) / count
                width = sums["sum"].get(f"width.{question}")
                found.append(Doubt(goal.name, question, title, open_, None if width is None else width / count, names))
        return sorted(found, key=lambda doubt: (-(doubt.width or 0.0), -doubt.open, doubt.goal, doubt.question))

    def state(self) -> dict[str, Any]:
        """Everything counted so far, as plain data."""
        return {key: getattr(self, key) for key in ("seen", "empty", "failed", "stated", "reasons", "goals")}

    def take_up(self, state: Mapping[str, Any]) -> None:
        """Go on from what was counted before."""
        for key in ("seen", "empty", "failed", "stated", "reasons", "goals"):
            setattr(self, key, state[key])


def _looked_at(plan: Plan, question: Question) -> dict[str, tuple[str, tuple[str, ...]]]:
    """For each question of a plan its title and the program fields that its measures look at."""
    case = Case(Facts({}), plan.goal, Given(plan.rubric.assumptions), float(question.as_of.toordinal()))
    found = {}
    for criterion in plan.criteria:
        for asked in criterion.questions if criterion.weight > 0 else ():
            names: dict[str, None] = {}
            for indicator in asked.indicators:
                answer_to(case, indicator.measure)
                names |= dict.fromkeys(fields_read(case, indicator.measure))
            found[asked.indicators[0].id] = (asked.indicators[0].title, tuple(names))
    return found


def _counted(table: Any, name: str) -> dict[Any, float]:
    if isinstance(table, list):
        counts: dict[Any, float] = {}
        for row in table:
            counts[row[name]] = counts.get(row[name], 0.0) + 1.0
        return counts
    return {value: float(count) for value, count in table[name].value_counts(sort=True).iter_rows()}


def _summed(table: Any) -> dict[str, float]:
    if isinstance(table, list):
        names = [n for n in (table[0] if table else ()) if _is_sum(n)]
        return {name: sum((float(row[name]) for row in table), 0.0) for name in names}
    names = [n for n in table.columns if _is_sum(n)]
    return (
        {name: float(total or 0.0) for name, total in zip(names, table.select(names).sum().row(0), strict=True)}
        if names
        else {}
    )


def _is_sum(name: str) -> bool:
    return name == "known" or name.startswith(("open.", "width."))


def _add(to: dict[str, float], more: Mapping[str, float] | Iterable[tuple[str, float]]) -> None:
    for key, value in dict(more).items():
        to[key] = to.get(key, 0.0) + value


def _falling(counts: Mapping[str, float]) -> dict[str, int]:
    """Counts from the most to the least; equal ones by name."""
    return {name: int(count) for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))}


def _of_goal(goal: str, sums: Mapping[str, Mapping[str, float]]) -> GoalSummary:
    failed, unknown, flags = (_falling(sums.get(name, {})) for name in SETS)
    known = sums["sum"].get("known", 0.0) / (sum(sums["verdict"].values()) or 1.0)
    return GoalSummary(goal, _falling(sums["verdict"]), failed, unknown, flags, known)
