"""Telling: a judgement put into words and records, once."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

from credscore.measures.case import MEASURES, Answer, Case
from credscore.measures.facts import Facts
from credscore.model.applies import Applies
from credscore.model.estimate import Estimate, Truth
from credscore.model.evaluation import (
    About,
    CriterionResult,
    Evaluation,
    FigureResult,
    FlagResult,
    GateResult,
    IndicatorResult,
    Outcome,
    Span,
    StakesResult,
)  # fmt: skip
from credscore.model.program import Program
from credscore.model.rubric import Figure, Indicator
from credscore.reference.currency import rate_between, rate_date
from credscore.scoring.exhibits import exhibits
from credscore.scoring.judge import Answered, CriterionScore, GateOutcome, Judgement, concerns, holds, judge
from credscore.scoring.plan import Plan
from credscore.scoring.points import answer_to, narrowed
from credscore.scoring.reasons import bar, best_proof, conditions, headline, missing, reasons, sentence
from credscore.scoring.wording import Sentences, money, quantity, written

ONE, WIDE = 1.0, 4.0
"""Below one unit "to never" says nothing; nor do a loss and a gain that lie four times the likely value apart."""
POSITIVE = ("worth-it", "worth-it-if")


class Telling:
    """One judgement being put into words."""

    def __init__(self, program: Program, judgement: Judgement) -> None:
        self.case, self.program, self.judgement = judgement.case, program, judgement
        case = judgement.case
        self.goal, self.rubric = case.goal, judgement.plan.rubric
        self.say = Sentences(case, program, case.goal.means.currency)

    @property
    def exchange(self) -> float:
        """The program's currency into the goal's, at the rate of the day judged on."""
        wanted = self.goal.means.currency
        return rate_between(self.program.cost.currency or wanted, wanted, date.fromordinal(int(self.case.as_of)))

    def evaluation(self, as_of: date) -> Evaluation:
        """The evaluation, without what follows from it."""
        judgement, verdict = self.judgement, str(self.judgement.verdict)
        criteria = tuple(self._criterion(c) for c in judgement.criteria)
        says = {i.id: i.says for c in criteria for i in c.indicators}
        below = self._price_below() if judgement.caps.price is True else None
        shown = [i for c in self.rubric.criteria.values() for i in c.indicators]
        return Evaluation.model_construct(
            about=self._about(as_of),
            as_of=as_of,
            verdict=verdict,
            headline=self.say.fill(headline(judgement)),
            score=span(judgement.score),
            coverage=float(judgement.coverage),  # type: ignore[arg-type]
            stakes=self._stakes(),
            reasons=reasons(judgement, says, self.say),
            conditions=conditions(judgement, below, self.say),
            missing=missing(judgement, self.say),
            criteria=criteria,
            gates=tuple(self._gate(o) for o in judgement.gates if concerns(self.case, o.gate.applies) is True),
            flags=tuple(self._flags()),
            figures=tuple(self._figures(self.rubric.figures)),
            context=tuple(FigureResult.model_construct(id=c.id, says=self.say.fill(c.says))
                          for c in self.rubric.context if self._applies(c.applies)),
            citations=self._citations(shown),
        )  # fmt: skip

    def _about(self, as_of: date) -> About:
        program, goal, rubric = self.program, self.goal, self.rubric
        wanted, stated = goal.means.currency, program.cost.currency or goal.means.currency
        day = rate_date(stated, wanted, as_of)
        return About.model_construct(
            program={"id": program.id or slug(program.name, program.provider), "name": program.name,
                     "provider": program.provider, "kind": program.kind, "url": program.url},
            goal={"id": goal.id or slug(goal.name), "name": goal.name, "aim": goal.aim},
            rubric={"id": rubric.id, "version": rubric.version, "digest": rubric.digest, "title": rubric.title},
            currency=wanted,
            exchange=f"{stated} into {wanted} at the ECB reference rate of {day}" if day else None,
        )  # fmt: skip

    def _criterion(self, scored: CriterionScore) -> CriterionResult:
        criterion = self.rubric.criteria[scored.asked.id]
        found = {
            i.id: self._indicator(i, proof, answer)
            for answer in scored.answers
            for i, proof in zip(answer.question.indicators, answer.proofs, strict=True)
        }
        results = tuple(found.get(i.id) or self._not_asked(i) for i in criterion.indicators)
        needed = scored.asked.weight > 0
        return CriterionResult.model_construct(
            id=scored.asked.id, title=criterion.title, why=criterion.why, weight=scored.asked.weight,
            score=span(scored.score) if needed else None, coverage=float(scored.coverage) if needed else 0.0,  # type: ignore[arg-type]
            indicators=results,
        )  # fmt: skip

    def _indicator(self, indicator: Indicator, proof: Estimate, answer: Answered) -> IndicatorResult:
        found = answer_to(self.case, indicator.measure)
        unit = MEASURES[indicator.measure].unit
        known = narrowed(proof) is True
        own = Answered(answer.question, proof, (proof,), known, answer.share)
        value = written(found, unit, self.goal.means.currency)
        return IndicatorResult.model_construct(
            id=indicator.id, title=indicator.title, measure=indicator.measure, unit=unit,
            status="known" if known else "unknown", group=indicator.group, value=self._value(found), points=span(proof),
            weight=answer.question.weight if best_proof(answer) is indicator else 0.0,
            says=sentence(own, indicator, bar(self.judgement), value, self.say), why=indicator.why,
            improve=self.say.fill(indicator.improve), cite=indicator.cite,
            evidence=exhibits(self.case, self.program, indicator.measure),
        )  # fmt: skip

    @staticmethod
    def _not_asked(indicator: Indicator) -> IndicatorResult:
        return IndicatorResult.model_construct(
            id=indicator.id, title=indicator.title, measure=indicator.measure, unit=MEASURES[indicator.measure].unit,
            status="not-applicable", group=indicator.group, value=None, points=None, weight=0.0,
            says="Not needed for this goal", why=indicator.why, improve="", cite=(), evidence=(),
        )  # fmt: skip

    @staticmethod
    def _value(answer: Answer) -> Span | str | bool | None:
        match answer:
            case Estimate():
                return span(answer) if answer.likely == answer.likely else None
            case Truth():
                return None if answer.unknown is True else answer.certain is True
            case _:
                return str(answer) if answer is not None else None

    def _gate(self, outcome: GateOutcome) -> GateResult:
        gate, passed = outcome.gate, outcome.passed
        result: Outcome = "unknown" if passed.unknown is True else "pass" if passed.certain is True else "fail"
        words = {"pass": gate.says.passed, "fail": gate.says.failed, "unknown": gate.says.unknown}[result]
        if result == "unknown" and gate.kind != "integrity":
            words = f"Not known whether {words}"
        return GateResult.model_construct(
            id=gate.id, title=gate.title, kind=gate.kind, outcome=result, says=self.say.fill(words),
            improve=self.say.fill(gate.improve),
        )  # fmt: skip

    def _applies(self, applies: Applies) -> bool:
        return applies.to(self.goal) and concerns(self.case, applies) is True

    def _flags(self) -> list[FlagResult]:
        return [
            FlagResult.model_construct(id=f.id, says=self.say.fill(f.says), authority=f.authority)
            for f in self.rubric.flags
            if self._applies(f.applies) and holds(self.case, f.when).certain is True
        ]

    def _figures(self, figures: tuple[Figure, ...]) -> list[FigureResult]:
        found = []
        for figure in figures:
            if self._applies(figure.applies):
                answer, unit = answer_to(self.case, figure.measure), MEASURES[figure.measure].unit
                if telling(answer, unit):
                    value = written(answer, unit, self.goal.means.currency)
                    found.append(FigureResult.model_construct(id=figure.id, says=self.say.fill(figure.says, value)))
        return found

    def _stakes(self) -> StakesResult:
        found = self.judgement.stakes
        level: Any = str(found.level)
        loss, weeks = finite(found.loss.likely), finite(found.weeks)
        nothing = loss is not None and loss <= 0.0 and "none" in self.rubric.stakes.says
        beyond = level == "severe" and self.goal.means.savings is not None and "savings" in self.rubric.stakes.says
        key = "none" if nothing else "savings" if beyond else level
        if str(self.judgement.verdict) == "avoid" and "avoid" in self.rubric.stakes.says:
            key = "avoid"
        told = quantity(found.loss, "money", self.goal.means.currency) if loss is not None else "unknown"
        says = self.rubric.stakes.says.get(key, "").replace("{loss}", told)
        says = says.replace("{weeks}", f"{weeks:.0f}" if weeks is not None else "unknown")
        return StakesResult.model_construct(level=level, loss=loss, weeks_of_pay=weeks, says=self.say.fill(says))

    def _price_below(self) -> str | None:
        """The highest price at which the verdict would still be a yes, were it stated; None if at no price."""
        plan = self.judgement.plan
        if verdict_at_price(self.case, plan, 0.0) not in POSITIVE:
            return None
        low, high = 0.0, 1.0
        while verdict_at_price(self.case, plan, high) in POSITIVE and high < 1e7:
            low, high = high, high * 4.0
        if high >= 1e7:
            return None
        while high - low > max(low * 0.005, 1.0):
            middle = (low + high) / 2.0
            low, high = (middle, high) if verdict_at_price(self.case, plan, middle) in POSITIVE else (low, middle)
        return money(low, self.goal.means.currency)

    def _citations(self, shown: list[Indicator]) -> dict[str, dict[str, str]]:
        keys = dict.fromkeys(key for i in shown for key in i.cite)
        return {
            key: {"title": c.title, "url": c.url or "", "basis": c.basis}
            for key in keys
            if (c := self.rubric.citations.get(key)) is not None
        }


def verdict_at_price(case: Case, plan: Plan, price: float) -> str:
    """The verdict if all required charges came to this (goal currency), all else as it stands."""
    assert isinstance(case.program, Facts)
    cells = {**case.program.cells, "cost.total": Estimate.of(price)}
    priced = Case(Facts(cells, case.program.derive), case.goal, case.given, case.as_of, case.exchange)
    return str(judge(priced, plan).verdict)


def telling(answer: Answer, unit: str) -> bool:
    """Whether an answer is worth a line: not unknown, not the whole of what it could be, and not a share of nothing."""
    if not isinstance(answer, Estimate):
        return answer is not None
    low, high = answer.low, answer.high
    assert isinstance(low, float) and isinstance(high, float)
    if low != low or math.isinf(low) or (math.isinf(high) and low < ONE):
        return False
    if unit.startswith("money") and low < 0.0 < high and high - low > WIDE * abs(float(answer.likely)):  # type: ignore[arg-type]
        return False
    return not (unit == "share" and low <= 0.0 and (high >= 1.0 or high <= 0.0))


def span(estimate: Estimate) -> Span:
    """The estimate as a record, with None where an end has no bound."""
    return Span.model_construct(low=finite(estimate.low), likely=finite(estimate.likely), high=finite(estimate.high))


def finite(x: object) -> float | None:
    """The number, or None where it is unknown or without bound."""
    return float(x) if isinstance(x, float) and math.isfinite(x) else None


def slug(*names: str) -> str:
    """A stable identifier made of names: lower case, words joined by hyphens."""
    words = re.findall(r"\w+", " ".join(names).casefold())
    return "-".join(words)[:80] or "unnamed"
