"""Judge: from answers to scores, gates, stakes and a verdict, for one program or the columns of many.

Nothing here knows which; the words of the verdict are chosen by the same ladder for both.
"""

from __future__ import annotations

from typing import NamedTuple

from credscore.measures.case import Case
from credscore.measures.cost.price import net_price
from credscore.model.applies import Applies
from credscore.model.cell import Flag, Number, Text, both, either, is_word, known, negate, where
from credscore.model.estimate import Estimate, Truth
from credscore.model.rubric import Gate, Indicator, Test
from credscore.scoring.ladder import Caps, Reading, climb
from credscore.scoring.plan import AskedCriterion, AskedQuestion, Plan
from credscore.scoring.points import ALL_POINTS, NO_POINTS, answer_to, best_of, narrowed, points_for
from credscore.scoring.stakes import StakesFound, find_stakes


class Answered(NamedTuple):
    """One question's points (0 to 100), each proof's points, and whether facts narrow it."""

    question: AskedQuestion
    points: Estimate
    proofs: tuple[Estimate, ...]
    known: Flag
    share: float  #: of the whole score


class CriterionScore(NamedTuple):
    """One criterion's weighted mean (0 to 100) and the share of its weight that rests on known facts."""

    asked: AskedCriterion
    answers: tuple[Answered, ...]
    score: Estimate
    coverage: Number


class GateOutcome(NamedTuple):
    """A gate and whether it is passed."""

    gate: Gate
    passed: Truth


class Judgement(NamedTuple):
    """Everything decided about a case: cells, not words."""

    case: Case
    plan: Plan
    criteria: tuple[CriterionScore, ...]
    gates: tuple[GateOutcome, ...]
    stakes: StakesFound
    score: Estimate
    coverage: Number
    caps: Caps
    verdict: Text

    @property
    def answers(self) -> tuple[Answered, ...]:
        """Every answered question that carries weight, in rubric order."""
        return tuple(a for c in self.criteria for a in c.answers if a.share > 0)


def judge(case: Case, plan: Plan) -> Judgement:
    """The judgement of a case under a plan."""
    stakes = find_stakes(case, plan.rubric)
    criteria = tuple(_criterion(case, plan, asked, stakes) for asked in plan.criteria)
    gates = tuple(GateOutcome(gate, gate_passed(case, gate)) for gate in plan.gates)
    return conclude(case, plan, stakes, criteria, gates)


def judge_again(case: Case, before: Judgement, stale: frozenset[str]) -> Judgement:
    """The judgement of a case that differs from one judged before in what some measures answer; the rest is kept."""
    plan, stakes = before.plan, find_stakes(case, before.plan.rubric)
    same = stakes.level == before.stakes.level and stakes.surely_small == before.stakes.surely_small
    criteria = []
    for criterion in before.criteria:
        asked = criterion.asked
        answers = tuple(
            answer if same and not _rests_on(answer.question, stale) else
            _answer(case, plan, answer.question, stakes, asked.weight)
            for answer in criterion.answers
        )  # fmt: skip
        criteria.append(CriterionScore(asked, answers, mean_of(answers), _coverage(answers)))
    gates = tuple(
        GateOutcome(o.gate, gate_passed(case, o.gate)) if o.gate.test.measure in stale else o for o in before.gates
    )
    return conclude(case, plan, stakes, tuple(criteria), gates)


def _rests_on(question: AskedQuestion, stale: frozenset[str]) -> bool:
    return any(i.measure in stale or i.likely_from for i in question.indicators)


NOTHING_ASKED = Estimate(NO_POINTS, NO_POINTS, ALL_POINTS)
"""The score where a rubric asks a goal nothing that earns points: open from end to end, and no verdict of its own."""


def conclude(
    case: Case, plan: Plan, stakes: StakesFound, criteria: tuple[CriterionScore, ...], gates: tuple[GateOutcome, ...]
) -> Judgement:
    """The verdict that follows from scores, gates and stakes."""
    weighted = [c for c in criteria if c.asked.weight > 0]
    score = _mean([(c.score, c.asked.weight) for c in weighted]) if weighted else NOTHING_ASKED
    coverage: Number = 0.0
    for c in weighted:
        coverage = coverage + c.coverage * c.asked.weight
    reading = Reading(
        score=score,
        integrity=_all_passed(gates, "integrity"),
        eligibility=_all_passed(gates, "eligibility"),
        requirement=_all_passed(gates, "requirement"),
        undecided=_undecided(case, gates) if weighted else True,
        small=stakes.small,
        severe=stakes.severe,
        weak=tuple((c.score.high, c.asked.importance) for c in weighted),
        price_known=known(net_price(case).likely),
        decided=_decided(plan, weighted),
        open_risk=tuple((negate(a.known), a.points.likely * a.share) for c in weighted for a in c.answers),
    )
    caps, verdict = climb(plan.rubric.verdict, reading)
    return Judgement(case, plan, criteria, gates, stakes, score, coverage, caps, verdict)


def _criterion(case: Case, plan: Plan, asked: AskedCriterion, stakes: StakesFound) -> CriterionScore:
    answers = tuple(_answer(case, plan, q, stakes, asked.weight) for q in asked.questions)
    return CriterionScore(asked, answers, mean_of(answers), _coverage(answers))


def _coverage(answers: tuple[Answered, ...]) -> Number:
    """The share of a criterion's weight that rests on known facts (share of 0 to 1)."""
    coverage: Number = 0.0
    for answer in answers:
        coverage = coverage + where(answer.known, 1.0, 0.0) * answer.question.weight
    return coverage


def _answer(case: Case, plan: Plan, question: AskedQuestion, stakes: StakesFound, weight: float) -> Answered:
    proofs = tuple(_proof(case, plan, indicator, stakes) for indicator in question.indicators)
    points = best_of(list(proofs))
    return Answered(question, points, proofs, narrowed(points), weight * question.weight)


def _proof(case: Case, plan: Plan, indicator: Indicator, stakes: StakesFound) -> Estimate:
    points = points_for(case, indicator)
    if indicator.likely_from:
        stand_ins = [points_for(case, i) for i in plan.rubric.indicators if i.id in indicator.likely_from]
        likely = best_of(stand_ins).likely if stand_ins else points.likely
        points = Estimate(points.low, where(narrowed(points), points.likely, likely), points.high)
    if indicator.small_stakes is not None:
        met = points.floor(indicator.small_stakes)
        points = Estimate(
            where(stakes.surely_small.certain, met.low, points.low),
            where(stakes.small, met.likely, points.likely),
            where(stakes.surely_small.possible, met.high, points.high),
        )
    return points


def mean_of(answers: tuple[Answered, ...]) -> Estimate:
    """The weighted mean of a criterion's answers (0 to 100)."""
    return _mean([(a.points, a.question.weight) for a in answers])


def _mean(parts: list[tuple[Estimate, float]]) -> Estimate:
    """The weighted sum of points, which are always known; in the order of the rubric, so that results repeat."""
    if all(points.low is points.high for points, _ in parts):
        return Estimate.of(_weighted([(points.likely, weight) for points, weight in parts]))
    return Estimate(
        _weighted([(points.low, weight) for points, weight in parts]),
        _weighted([(points.likely, weight) for points, weight in parts]),
        _weighted([(points.high, weight) for points, weight in parts]),
    )


def _weighted(parts: list[tuple[Number, float]]) -> Number:
    total: Number = 0.0
    for points, weight in parts:
        total = total + points * weight
    return total


def holds(case: Case, test: Test) -> Truth:
    """Whether a measure meets a test: a statement by itself, a number against its bounds."""
    answer = answer_to(case, test.measure)
    if isinstance(answer, Truth):
        return answer
    assert isinstance(answer, Estimate), f"{test.measure} is a word and cannot be tested against a bound"
    met = Truth.YES
    if test.at_least is not None:
        met &= answer.at_least(test.at_least)
    if test.at_most is not None:
        met &= answer.at_most(test.at_most)
    return met


def concerns(case: Case, applies: Applies) -> Flag:
    """Whether a gate or flag concerns the program's kind, once its goal applies."""
    return is_word(case.program.text("kind"), *applies.kinds) if applies.kinds else True


def gate_passed(case: Case, gate: Gate) -> Truth:
    """Whether a gate is passed; one that does not concern this kind of program is."""
    concerned = concerns(case, gate.applies)
    return holds(case, gate.test) | Truth(negate(concerned), negate(concerned))


def _all_passed(gates: tuple[GateOutcome, ...], kind: str) -> Truth:
    passed = Truth.YES
    for outcome in gates:
        if outcome.gate.kind == kind:
            passed &= outcome.passed
    return passed


def _undecided(case: Case, gates: tuple[GateOutcome, ...]) -> Flag:
    """Whether an integrity gate is open where the goal rests on the award being genuine."""
    found: Flag = False
    for outcome in gates:
        decides = outcome.gate.decides
        if outcome.gate.kind == "integrity" and decides is not None and decides.to(case.goal):
            found = either(found, both(outcome.passed.unknown, concerns(case, decides)))
    return found


def _decided(plan: Plan, criteria: list[CriterionScore]) -> Flag:
    """Whether any of the aim's deciding questions is answered; True where the aim names none."""
    if not plan.deciding:
        return True
    answered: Flag = False
    for criterion in criteria:
        for answer in criterion.answers:
            for indicator, points in zip(answer.question.indicators, answer.proofs, strict=True):
                if indicator.id in plan.deciding:
                    answered = either(answered, narrowed(points))
    return answered
