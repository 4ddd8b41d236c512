"""Scene: a judged case that can be judged again with fields changed, quickly and through the same chain.

Only measures that looked at a changed field are asked again; a changed goal is judged afresh.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from credscore.insight.change import GOAL, Change, changed
from credscore.insight.watching import watched
from credscore.measures import MEASURES, Case, read_case
from credscore.model.cell import Flag, at_most, either, maximum, minimum, negate
from credscore.model.estimate import Estimate
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.scoring.assessment import Assessment
from credscore.scoring.exhibits import field_behind
from credscore.scoring.judge import Answered, GateOutcome, Judgement, conclude, judge, judge_again, mean_of
from credscore.scoring.ladder import reaches_of
from credscore.scoring.plan import make_plan

Answers = tuple[Estimate, ...]


@dataclass(slots=True)
class Scene:
    """One assessment and what is needed to judge its variations."""

    assessment: Assessment
    readers: dict[str, frozenset[str]] = field(default_factory=dict)  #: the measures that looked at each field
    seen: dict[tuple[str, ...], Judgement] = field(default_factory=dict)
    watched: Case | None = None

    @property
    def program(self) -> Program:
        """What is on offer, as it stands."""
        return self.assessment.program

    @property
    def goal(self) -> Goal:
        """The learner, as they stand."""
        return self.assessment.case.goal

    @property
    def base(self) -> Judgement:
        """The judgement as things stand."""
        return self.assessment.judgement

    @property
    def as_of(self) -> date:
        """The day judged on."""
        return self.assessment.evaluation.as_of

    @property
    def verdict(self) -> str:
        """The verdict as things stand."""
        return str(self.base.verdict)

    def looked_at(self, field_: str) -> frozenset[str]:
        """The measures whose answers rest on a field of the program, or of the goal after ``goal.``."""
        if not self.readers:
            found: dict[str, set[str]] = {}
            self.watched = watched(self.program, self.base, self.as_of)
            for name in self.watched.memo:
                for cell in MEASURES[name].fields(self.watched):
                    for behind in (cell,) if cell.startswith(GOAL) else field_behind(cell):
                        found.setdefault(behind, set()).add(name)
            for indicator in self.base.plan.rubric.indicators:
                for variant in indicator.variants:
                    found.setdefault(variant.field, set()).add(indicator.measure)
            self.readers = {name: frozenset(measures) for name, measures in found.items()}
        return self.readers.get(field_, frozenset())

    def judged(self, *changes: Change) -> Judgement:
        """The judgement with fields changed; what was judged once is not judged again."""
        if not changes:
            return self.base
        key = tuple(sorted(change.assignment for change in changes))
        if key not in self.seen:
            program, goal = changed(self.program, self.goal, changes)
            self.seen[key] = self._judge(program, goal, changes)
        return self.seen[key]

    def _judge(self, program: Program, goal: Goal, changes: Sequence[Change]) -> Judgement:
        before, plan = self.base, self.base.plan
        case = read_case(program, goal, before.case.given, self.as_of)
        for_goal = [c.field.removeprefix(GOAL) for c in changes if c.field.startswith(GOAL)]
        if not all(self.goal.states(path) and goal.states(path) for path in for_goal):
            return judge(case, make_plan(plan.rubric, goal, self.as_of))  # it may be asked other questions
        stale = frozenset().union(*(self.looked_at(change.field) for change in changes))
        assert self.watched is not None
        kept = before.case.memo
        case.memo.update((name, kept[name]) for name in self.watched.memo if name in kept and name not in stale)
        return judge_again(case, before._replace(plan=plan._replace(goal=goal)), stale)


def settled(a: Judgement, b: Judgement) -> bool:
    """Whether everything between two judgements has their verdict, as long as each measure moves one way between them.

    Each answer and each gate then lies between its two values, and better ones never make a verdict worse: the
    verdict at the worst of all and at the best holds for all, but for a range that may be too wide in between.
    """
    if str(a.verdict) != str(b.verdict) or _asked(a) != _asked(b) or a.caps.price != b.caps.price:
        return False
    if a.stakes.level != b.stakes.level or a.stakes.surely_small != b.stakes.surely_small:
        return False
    pairs = [
        pair for c, d in zip(a.criteria, b.criteria, strict=True) for pair in zip(c.answers, d.answers, strict=True)
    ]
    if any(x.known != y.known for x, y in pairs):
        return False
    gates = list(zip(a.gates, b.gates, strict=True))
    for worst, best in ((a, b), (b, a)):
        if all(_no_better(x, y) for x, y in (pairs if worst is a else [(y, x) for x, y in pairs])) and all(
            _passes_no_better(x, y) for x, y in (gates if worst is a else [(y, x) for x, y in gates])
        ):
            return not _too_wide_between(worst, best)
    worst, best = _corner(a, b, worst=True), _corner(a, b, worst=False)
    return str(worst.verdict) == str(best.verdict) == str(a.verdict) and not _too_wide_between(worst, best)


def _no_better(x: Answered, y: Answered) -> bool:
    p, q = x.points, y.points
    return _all_true(p is q) or _all_true(at_most(p.low, q.low), at_most(p.likely, q.likely), at_most(p.high, q.high))


def _passes_no_better(x: GateOutcome, y: GateOutcome) -> bool:
    p, q = x.passed, y.passed
    return _all_true(either(negate(p.certain), q.certain), either(negate(p.possible), q.possible))


def _all_true(*flags: Flag) -> bool:
    return all(flag is True for flag in flags)


def _too_wide_between(worst: Judgement, best: Judgement) -> bool:
    """Whether a range between the two could reach low enough and high enough at once that nothing can be said."""
    if worst.verdict == "insufficient-evidence" or worst.stakes.small is True or worst.stakes.severe is True:
        return False
    return all(reach is True for reach in reaches_of(worst.plan.rubric.verdict, worst.score.low, best.score.high))


def _asked(judgement: Judgement) -> list[tuple[str, float, int]]:
    return [(c.asked.id, c.asked.weight, len(c.answers)) for c in judgement.criteria]


def _corner(a: Judgement, b: Judgement, *, worst: bool) -> Judgement:
    """The judgement if every answer and gate lay at the worse, or the better, of its two values."""
    criteria = []
    for one, other in zip(a.criteria, b.criteria, strict=True):
        answers = tuple(
            x if x is y else x._replace(points=_picked(x.points, y.points, worst=worst), proofs=tuple(
                _picked(p, q, worst=worst) for p, q in zip(x.proofs, y.proofs, strict=True)))
            for x, y in zip(one.answers, other.answers, strict=True)
        )  # fmt: skip
        criteria.append(one._replace(answers=answers, score=mean_of(answers)))
    gates = tuple(
        GateOutcome(x.gate, x.passed & y.passed if worst else x.passed | y.passed)
        for x, y in zip(a.gates, b.gates, strict=True)
    )
    return conclude(a.case, a.plan, a.stakes, tuple(criteria), gates)


def _picked(x: Estimate, y: Estimate, *, worst: bool) -> Estimate:
    pick = minimum if worst else maximum
    return Estimate(pick(x.low, y.low), pick(x.likely, y.likely), pick(x.high, y.high))
