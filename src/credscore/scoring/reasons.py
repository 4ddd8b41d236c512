"""Reasons: why the verdict is what it is, on what condition, and what is missing.

Every cap that bit is a condition; what decided stands first.
"""

from __future__ import annotations

from credscore.model.evaluation import whole
from credscore.model.rubric import GateKind, Indicator
from credscore.scoring.judge import Answered, Judgement
from credscore.scoring.wording import Sentences

MOST_REASONS = 3
MOST_CONDITIONS = 6
POSITIVE = ("worth-it", "worth-it-if")
DECIDED_BY: dict[str, GateKind] = {
    "avoid": "integrity", "not-eligible-yet": "eligibility", "not-worth-it": "requirement",
}  # fmt: skip


def bar(judgement: Judgement) -> float:
    """The points from which an answer counts in favour: the score a conditional yes needs."""
    return next((b.at_least for b in judgement.plan.rubric.verdict.bands if b.verdict == "worth-it-if"), 60.0)


def headline(judgement: Judgement) -> str:
    """The rubric's sentence for the verdict; another where severe stakes alone held it down."""
    ladder, verdict = judgement.plan.rubric.verdict, judgement.verdict
    gates_pass = all(o.passed.possible is not False for o in judgement.gates)
    if judgement.caps.held_down is True and gates_pass and verdict in ladder.low_headlines:
        return ladder.low_headlines[verdict]  # type: ignore[index]
    return ladder.headlines.get(verdict, "")  # type: ignore[call-overload]


def best_proof(answer: Answered) -> Indicator:
    """The indicator that answered a question, or the first asked while none has."""
    proofs = list(zip(answer.question.indicators, answer.proofs, strict=True))
    return max(proofs, key=lambda pair: (float(pair[1].low), float(pair[1].likely)))[0]  # type: ignore[arg-type]


def sentence(answer: Answered, indicator: Indicator, pivot: float, value: str, say: Sentences) -> str:
    """What an indicator says of its answer: met, unmet, or still open."""
    if answer.known is not True:
        return say.fill(indicator.open, value)
    return say.fill(indicator.met if float(answer.points.likely) >= pivot else indicator.unmet, value)  # type: ignore[arg-type]


def reasons(judgement: Judgement, says: dict[str, str], say: Sentences) -> tuple[str, ...]:
    """The three reasons that decided: failed gates first, then the answers that pulled the score most."""
    verdict = str(judgement.verdict)
    found = [
        say.fill(o.gate.says.failed) for o in judgement.gates
        if o.passed.possible is False and o.gate.kind == DECIDED_BY.get(verdict)
    ]  # fmt: skip
    if verdict == "insufficient-evidence" and not judgement.answers:
        found.append("The rubric asks nothing that earns points for this goal, so it can only rule a program out")
    elif judgement.caps.too_wide is True and verdict == "insufficient-evidence":
        low, high = float(judgement.score.low), float(judgement.score.high)  # type: ignore[arg-type]
        found.append(f"What is known leaves the score anywhere between {whole(low)} and {whole(high)} of 100")
    if verdict == "insufficient-evidence":
        found += [say.fill(o.gate.says.unknown) for o in judgement.gates
                  if o.gate.kind == "integrity" and o.passed.unknown is True and o.gate.decides is not None]  # fmt: skip
    found += [says[best_proof(a).id] for a in _pulling(judgement, up=verdict in POSITIVE)]
    return tuple(dict.fromkeys(found))[:MOST_REASONS]


def _pulling(judgement: Judgement, *, up: bool) -> list[Answered]:
    """Answers in order of how far they pull the score the verdict's way; a yes also names its greatest risk."""
    pivot, low = bar(judgement), judgement.stakes.severe is True

    def pull(answer: Answered) -> float:
        return answer.share * (float(answer.points.low if low else answer.points.likely) - pivot)  # type: ignore[arg-type]

    ranked = sorted(judgement.answers, key=pull, reverse=up)
    if not up:
        return ranked
    return [*ranked[: MOST_REASONS - 1], *(a for a in ranked[-1:] if pull(a) < 0), *ranked[MOST_REASONS - 1 :]]


def conditions(judgement: Judgement, below: str | None, say: Sentences) -> tuple[str, ...]:
    """What the verdict depends on; ``below`` is the price at which an unknown one would still be worth it."""
    verdict, caps, rubric = str(judgement.verdict), judgement.caps, judgement.plan.rubric
    if verdict not in ("worth-it-if", "compare-first"):
        return ()
    found: list[str] = []
    found += [say.fill(o.gate.says.unknown) for o in judgement.gates
              if o.passed.unknown is True and o.gate.kind != "integrity"]  # fmt: skip
    if caps.price is True:
        found.append(f"the price is stated, and below {below}" if below else "the price is stated")
    if caps.deciding is True:
        found.append(rubric.aims[judgement.plan.goal.aim].deciding_says)
    found += _weak(judgement)
    for flag, answer in zip(
        caps.open, [a for c in judgement.criteria if c.asked.weight > 0 for a in c.answers], strict=True
    ):
        if flag is True:
            found.append(_wanted(best_proof(answer), say))
    if not caps.bit:
        lossy = sorted(judgement.answers, key=lambda a: -a.share * (100.0 - float(a.points.likely)))[:2]  # type: ignore[arg-type]
        found += [
            _wanted(best_proof(a), say) if a.known is not True else say.fill(best_proof(a).improve) for a in lossy
        ]
    return tuple(dict.fromkeys(found))[:MOST_CONDITIONS]


def _wanted(indicator: Indicator, say: Sentences) -> str:
    return f"{indicator.title}: {say.fill(indicator.good_answer or indicator.ask)}"


def _weak(judgement: Judgement) -> list[str]:
    ladder = judgement.plan.rubric.verdict
    weighted = [c for c in judgement.criteria if c.asked.weight > 0]
    flags = iter(judgement.caps.weak)
    found = []
    for _ in ladder.weak_criterion:
        for criterion in weighted:
            if next(flags) is True:
                title = judgement.plan.rubric.criteria[criterion.asked.id].title
                found.append(f"{title} is weak: {whole(float(criterion.score.high))} of 100 at best")  # type: ignore[arg-type]
    return found


def missing(judgement: Judgement, say: Sentences) -> tuple[str, ...]:
    """What stands between the learner and an answer: unmet entry requirements, or the questions that would settle it."""
    verdict = str(judgement.verdict)
    if verdict == "not-eligible-yet":
        failed = [o.gate for o in judgement.gates if o.gate.kind == "eligibility" and o.passed.possible is False]
        return tuple(say.fill(gate.improve or gate.says.failed) for gate in failed)
    return _open_asks(judgement, say)[:MOST_REASONS] if verdict == "insufficient-evidence" else ()


def _open_asks(judgement: Judgement, say: Sentences) -> tuple[str, ...]:
    """What to ask: first what is open on who stands behind it, then the unknown answers that weigh most."""
    gates = [o.gate.ask for o in judgement.gates if o.passed.unknown is True and o.gate.kind == "integrity"]
    lacking = sorted((a for a in judgement.answers if a.known is not True), key=lambda a: -a.share)
    asks = [*(gates if judgement.caps.too_wide is not True else []), *(best_proof(a).ask for a in lacking)]
    return tuple(dict.fromkeys(say.fill(ask) for ask in asks))
