"""Standing: several programs for one goal, who leads on what, and how the order holds under other weights.

Pairs are exact; how often each of three or more is first is sampled, with a seed and a standard error.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from math import sqrt

from credscore.insight.dirichlet import DRAWS, SEED, Chances, chances
from credscore.insight.reading import rank
from credscore.model.comparison import Comparison, Lead, Pair, Standing
from credscore.model.evaluation import CriterionResult, Evaluation, Span

Points = tuple[float, ...]


def compare(evaluations: Sequence[Evaluation], importances: dict[str, float]) -> Comparison:
    """Programs for one goal side by side, best first: by verdict, then by the low end, then by name."""
    placed = sorted(evaluations, key=_order)
    if not any(x > 0 for x in importances.values()):
        return several_goals(evaluations)  # a rubric of tests alone weighs nothing
    spread = chances([x for x in importances.values() if x > 0])
    first, error = firsts([_points(e, "likely") for e in placed], spread)
    pairs = tuple(_pair(a, b, spread) for i, a in enumerate(placed) for b in placed[i + 1 :])
    return Comparison.model_construct(
        standings=tuple(
            Standing.model_construct(place=n, evaluation=e, first=share, says=_says(e, share))
            for n, (e, share) in enumerate(zip(placed, first, strict=True), 1)
        ),
        leads=tuple(_leads(placed)), pairs=pairs, concentration=spread.concentration, error=error,
        seed=SEED if error is not None else None, says=_headline(placed, pairs),
    )  # fmt: skip


def several_goals(evaluations: Sequence[Evaluation]) -> Comparison:
    """One program for several goals, best first; scores under other questions are not held against each other."""
    placed = sorted(evaluations, key=_order)
    standings = tuple(
        Standing.model_construct(place=n, evaluation=e, first=0.0, says=e.headline) for n, e in enumerate(placed, 1)
    )
    return Comparison.model_construct(
        standings=standings,
        says="The same program for each goal" if len({name_of(e) for e in placed}) == 1 else "By verdict",
    )


def _order(evaluation: Evaluation) -> tuple[float, float, float, str]:
    score = evaluation.score
    return (
        -rank(evaluation.verdict),
        -(score.low or 0.0),
        -(score.likely or 0.0),
        evaluation.about.program["name"] or "",
    )


def name_of(evaluation: Evaluation) -> str:
    """The name of the program that was evaluated."""
    return evaluation.about.program["name"] or ""


def _scored(evaluation: Evaluation) -> list[CriterionResult]:
    return [c for c in evaluation.criteria if c.score is not None]


def _points(evaluation: Evaluation, end: str) -> Points:
    return tuple(getattr(c.score, end) for c in _scored(evaluation))


def _says(evaluation: Evaluation, share: float) -> str:
    return f"{evaluation.headline}; highest score under {share * 100:.0f} % of weightings near these"


def _leads(placed: Sequence[Evaluation]) -> Iterator[Lead]:
    for rows in zip(*(e.criteria for e in placed), strict=True):
        spans = [row.score for row in rows]
        known = [s for s in spans if s is not None]
        if known:
            top = max(known, key=lambda s: (s.likely or 0.0, s.low or 0.0))
            leaders = tuple(
                name_of(e) for e, s in zip(placed, spans, strict=True) if s is not None and _reaches(s, top)
            )
            yield Lead.model_construct(
                criterion=rows[0].id, title=rows[0].title, weight=rows[0].weight, leaders=leaders, scores=tuple(spans)
            )


def _reaches(span: Span, top: Span) -> bool:
    """Whether a score lies inside the uncertainty of the highest: their ranges meet."""
    return (span.high or 0.0) >= (top.low or 0.0)


def _pair(a: Evaluation, b: Evaluation, spread: Chances) -> Pair:
    low = _share_ahead(_points(a, "low"), _points(b, "high"), spread)
    likely = _share_ahead(_points(a, "likely"), _points(b, "likely"), spread)
    high = _share_ahead(_points(a, "high"), _points(b, "low"), spread)
    return Pair.model_construct(
        first=name_of(a), second=name_of(b), low=low, share=likely, high=high, relation=_relation(a, b)
    )


def _share_ahead(a: Points, b: Points, spread: Chances) -> float:
    return spread.reaching([x - y for x, y in zip(a, b, strict=True)], 0.0)


def _relation(a: Evaluation, b: Evaluation) -> str:
    if all(x >= y for x, y in zip(_points(a, "low"), _points(b, "high"), strict=True)):
        return "surely better"
    if all(x >= y for x, y in zip(_points(a, "likely"), _points(b, "likely"), strict=True)):
        return "better on every criterion"
    apart = (a.score.low or 0.0) > (b.score.high or 0.0) or (b.score.low or 0.0) > (a.score.high or 0.0)
    return "ahead" if apart else "tied"


def _headline(placed: Sequence[Evaluation], pairs: Sequence[Pair]) -> str:
    if len(placed) < 2:
        return name_of(placed[0])
    best, near = placed[0], [p.second for p in pairs if p.first == name_of(placed[0]) and p.relation == "tied"]
    same = [e for e in placed[1:] if e.verdict == best.verdict and name_of(e) in near]
    if same:
        return f"{name_of(best)} stands first, inside the uncertainty: {', '.join(map(name_of, same))} could be as good"
    return f"{name_of(best)} stands first"


def firsts(rows: Sequence[Points], spread: Chances) -> tuple[list[float], float | None]:
    """How often each row of points has the highest weighted mean, and the standard error where it was sampled.

    Two rows have an exact share; rows that are equal share the first place. Source of the measure: Lahdelma and
    Salminen (2001), SMAA-2, Operations Research 49, 444-454 (first-rank acceptability).
    """
    if len(rows) == 1:
        return [1.0], None
    if len(rows) == 2 and spread.error is None:
        ahead = _share_ahead(rows[0], rows[1], spread)
        return ([0.5, 0.5] if rows[0] == rows[1] else [ahead, 1.0 - ahead]), None
    draw, wins = random.Random(SEED), [0.0] * len(rows)  # noqa: S311 - weightings, not secrets
    for _ in range(DRAWS):
        parts = [draw.gammavariate(a, 1.0) for a in spread.parameters]
        scores = [sum(w * v for w, v in zip(parts, row, strict=True)) for row in rows]
        top = max(scores)
        tied = [n for n, s in enumerate(scores) if s >= top - 1e-9]
        for n in tied:
            wins[n] += 1.0 / len(tied)
    return [w / DRAWS for w in wins], sqrt(0.25 / DRAWS)
