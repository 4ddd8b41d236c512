"""Asking: what to find out before paying, and how far each answer could move the verdict.

An answer is tried at its worst and at its best through the same ladder; nothing is estimated.
"""

from __future__ import annotations

from credscore.measures.case import Case
from credscore.model.estimate import Estimate, Truth
from credscore.model.evaluation import Asking
from credscore.model.program import Program
from credscore.model.rubric import Gate, Indicator
from credscore.scoring.exhibits import fields_read, is_stated
from credscore.scoring.judge import Answered, CriterionScore, GateOutcome, Judgement, conclude, mean_of
from credscore.scoring.points import ALL_POINTS, NO_POINTS, answer_to
from credscore.scoring.wording import Sentences


def questions(case: Case, program: Program, judgement: Judgement, say: Sentences) -> tuple[Asking, ...]:
    """Every open gate and question, those that can flip the verdict first, then by how far they move the score."""
    found = [
        _about_gate(case, program, judgement, outcome, say)
        for outcome in judgement.gates
        if outcome.passed.unknown is True
    ]
    for criterion in judgement.criteria:
        for answer in criterion.answers:
            if answer.share > 0 and answer.known is not True:
                found.append(_about_points(case, program, judgement, criterion, answer, say))
    ordered = sorted(found, key=lambda q: (not q.can_flip, -q.swing))
    merged: dict[str, Asking] = {}
    for asking in ordered:
        merged.setdefault(asking.ask, asking)
    return tuple(merged.values())


def _about_points(
    case: Case, program: Program, judgement: Judgement, criterion: CriterionScore, answer: Answered, say: Sentences
) -> Asking:
    indicator = answer.question.indicators[0]
    swing = answer.share * (float(answer.points.high) - float(answer.points.low))  # type: ignore[arg-type]
    verdicts = {with_points(case, judgement, criterion, answer, at) for at in (NO_POINTS, ALL_POINTS)}
    return _asking(case, program, indicator, say, swing, any(v != judgement.verdict for v in verdicts))


def with_points(case: Case, judgement: Judgement, criterion: CriterionScore, answer: Answered, points: float) -> str:
    """The verdict if one question's answer earned these points (0 to 100), all else as it stands."""
    settled = answer._replace(
        points=Estimate.of(points), proofs=(Estimate.of(points),) * len(answer.proofs), known=True
    )
    answers = tuple(settled if a is answer else a for a in criterion.answers)
    changed = criterion._replace(answers=answers, score=mean_of(answers))
    criteria = tuple(changed if c is criterion else c for c in judgement.criteria)
    return str(conclude(case, judgement.plan, judgement.stakes, criteria, judgement.gates).verdict)


def _about_gate(case: Case, program: Program, judgement: Judgement, outcome: GateOutcome, say: Sentences) -> Asking:
    verdicts = {
        conclude(
            case, judgement.plan, judgement.stakes, judgement.criteria,
            tuple(GateOutcome(o.gate, Truth.of(answer)) if o is outcome else o for o in judgement.gates),
        ).verdict
        for answer in (True, False)
    }  # fmt: skip
    return _asking(case, program, outcome.gate, say, 0.0, any(v != judgement.verdict for v in verdicts))


def _asking(
    case: Case, program: Program, about: Indicator | Gate, say: Sentences, swing: float, can_flip: bool
) -> Asking:
    measure = about.measure if isinstance(about, Indicator) else about.test.measure
    answer_to(case, measure)
    fields = fields_read(case, measure)
    lacking = [f for f in fields if not is_stated(program, f)]
    return Asking.model_construct(
        field=(lacking or list(fields) or [measure])[0], ask=say.fill(about.ask), whom=say.fill(about.ask_whom),
        good_answer=say.fill(about.good_answer), swing=swing, can_flip=can_flip,
    )  # fmt: skip
