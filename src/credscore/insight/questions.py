"""Questions: what to find out before paying, and how far each answer could move the verdict.

An answer is tried at its worst and at its best through the same ladder; nothing is estimated. What settles the
matter comes first, then what can change the verdict, then what moves the score most.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from credscore.insight.information import worth_knowing
from credscore.insight.scene import Scene
from credscore.model.estimate import Estimate, Truth
from credscore.model.evaluation import Asking
from credscore.model.rubric import Gate, Indicator
from credscore.scoring.exhibits import fields_read, is_stated
from credscore.scoring.judge import Answered, CriterionScore, GateOutcome, Judgement, conclude, mean_of
from credscore.scoring.points import answer_to
from credscore.scoring.reasons import POSITIVE, best_proof

LEAST = 1.0
"""A known answer whose points lie closer together is not asked about again (points of the indicator)."""


def questions(scene: Scene) -> tuple[Asking, ...]:
    """Every open gate, unknown answer and weakly evidenced one, as something to ask."""
    judgement, ends = scene.base, Ends.of(scene.base)
    found = [*_about_gates(scene, judgement, ends), *_about_answers(scene, judgement, ends)]
    merged: dict[str, Asking] = {}
    for asking in sorted(found, key=lambda q: (not q.settles, not q.can_flip, -q.swing, -(q.value or 0.0))):
        merged.setdefault(asking.ask, asking)
    return tuple(merged.values())


class Ends(NamedTuple):
    """A judgement's criteria and gates with every open answer at its worst, and at its best."""

    worst: tuple[tuple[CriterionScore, ...], tuple[GateOutcome, ...]]
    best: tuple[tuple[CriterionScore, ...], tuple[GateOutcome, ...]]

    @classmethod
    def of(cls, judgement: Judgement) -> Ends:
        """The two ends of a judgement."""
        return cls(_all_at(judgement, best=False), _all_at(judgement, best=True))

    def settled_by(self, judgement: Judgement, index: int, answer: int, points: float) -> bool:
        """Whether one question's answer, at these points, makes it a yes or no yes whatever else comes out."""
        words = set()
        for criteria, gates in self:
            changed = _with_answer(criteria, index, answer, points)
            words.add(_is_yes(judgement, changed, gates))
        return len(words) == 1

    def settled_by_gate(self, judgement: Judgement, index: int, *, passed: bool) -> bool:
        """The same of a gate that passes or fails."""
        words = set()
        for criteria, gates in self:
            outcome = GateOutcome(gates[index].gate, Truth.of(passed))
            words.add(_is_yes(judgement, criteria, (*gates[:index], outcome, *gates[index + 1 :])))
        return len(words) == 1


def _is_yes(judgement: Judgement, criteria: tuple[CriterionScore, ...], gates: tuple[GateOutcome, ...]) -> bool:
    found = conclude(judgement.case, judgement.plan, judgement.stakes, criteria, gates)
    return str(found.verdict) in POSITIVE


def _all_at(judgement: Judgement, *, best: bool) -> tuple[tuple[CriterionScore, ...], tuple[GateOutcome, ...]]:
    criteria = []
    for criterion in judgement.criteria:
        answers = tuple(_at(a, float(a.points.high if best else a.points.low)) for a in criterion.answers)  # type: ignore[arg-type]
        criteria.append(criterion._replace(answers=answers, score=mean_of(answers)))
    gates = tuple(GateOutcome(o.gate, Truth.of(o.passed.possible is True if best else o.passed.certain is True))
                  for o in judgement.gates)  # fmt: skip
    return tuple(criteria), gates


def _at(answer: Answered, points: float) -> Answered:
    exact = Estimate.of(points)
    return answer._replace(points=exact, proofs=(exact,) * len(answer.proofs), known=True)


def _with_answer(
    criteria: tuple[CriterionScore, ...], index: int, answer: int, points: float
) -> tuple[CriterionScore, ...]:
    criterion = criteria[index]
    answers = (*criterion.answers[:answer], _at(criterion.answers[answer], points), *criterion.answers[answer + 1 :])
    changed = criterion._replace(answers=answers, score=mean_of(answers))
    return (*criteria[:index], changed, *criteria[index + 1 :])


def _about_gates(scene: Scene, judgement: Judgement, ends: Ends) -> Iterator[Asking]:
    for index, outcome in enumerate(judgement.gates):
        if outcome.passed.unknown is True:
            flips, settles = False, False
            for passed in (True, False):
                gates = (
                    *judgement.gates[:index],
                    GateOutcome(outcome.gate, Truth.of(passed)),
                    *judgement.gates[index + 1 :],
                )
                found = conclude(judgement.case, judgement.plan, judgement.stakes, judgement.criteria, gates)
                flips |= str(found.verdict) != scene.verdict
                settles |= ends.settled_by_gate(judgement, index, passed=passed)
            yield _asking(scene, outcome.gate, 0.0, flips=flips, settles=settles, value=None)


def _about_answers(scene: Scene, judgement: Judgement, ends: Ends) -> Iterator[Asking]:
    for c, criterion in enumerate(judgement.criteria):
        for a, answer in enumerate(criterion.answers):
            low, high = float(answer.points.low), float(answer.points.high)  # type: ignore[arg-type]
            if answer.share > 0 and high - low >= LEAST:
                verdicts = {str(with_points(judgement, c, a, at).verdict) for at in (low, high)}
                yield _asking(
                    scene, best_proof(answer) if answer.known is True else answer.question.indicators[0],
                    answer.share * (high - low), flips=verdicts != {scene.verdict},
                    settles=any(ends.settled_by(judgement, c, a, at) for at in (low, high)),
                    value=worth_knowing(judgement, answer),
                )  # fmt: skip


def with_points(judgement: Judgement, index: int, answer: int, points: float) -> Judgement:
    """The judgement if one question's answer earned these points (0 to 100), all else as it stands."""
    criteria = _with_answer(judgement.criteria, index, answer, points)
    return conclude(judgement.case, judgement.plan, judgement.stakes, criteria, judgement.gates)


def _asking(
    scene: Scene, about: Indicator | Gate, swing: float, *, flips: bool, settles: bool, value: float | None
) -> Asking:
    measure = about.measure if isinstance(about, Indicator) else about.test.measure
    case, program, say = scene.assessment.case, scene.program, scene.assessment.telling.say
    answer_to(case, measure)
    fields = fields_read(case, measure)
    lacking = [f for f in fields if not is_stated(program, f)]
    return Asking.model_construct(
        field=(lacking or list(fields) or [measure])[0], ask=say.fill(about.ask), whom=say.fill(about.ask_whom),
        good_answer=say.fill(about.good_answer), swing=swing, can_flip=flips, settles=settles, value=value,
    )  # fmt: skip
