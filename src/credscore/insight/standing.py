"""Standing: several programs for one goal, who leads on what, and how the order holds under other weights.

Pairs are exact; how often each of three or more is first is sampled, with a seed and a standard error.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from math import sqrt

from credscore.insight.dirichlet import DRAWS, SEED, Chances, chances
from credscore.model.comparison import Comparison, Lead, Pair, Standing
from credscore.model.evaluation import CriterionResult, Evaluation, Span
from credscore.scoring.ladder import rank

Points = tuple[float, ...]


def compare(evaluations: Sequence[Evaluation], importances: dict[str, float]) -> Comparison:
    """Programs for one goal side by side, best first: by verdict, then by the low end, then by name."""
    placed = sorted(evaluations, key=_order)
    if not any(x > 0 for x in importances.values()):
        return several_goals(evaluations)  # a rubric of tests alone weighs nothing
    spread = chances([x for x in importances.values() if x > 0])
    first, error = firsts([_points(e, "likely") for e in placed], spread)
    names = told_apart(placed)
    pairs = tuple(
        _pair(placed[i], placed[k], names[i], names[k], spread)
        for i in range(len(placed)) for k in range(i + 1, len(placed))
    )  # fmt: skip
    return Comparison.model_construct(
        standings=tuple(
            Standing.model_construct(place=n, evaluation=e, first=share, says=_says(e, share))
            for n, (e, share) in enumerate(zip(placed, first, strict=True), 1)
        ),
        leads=tuple(_leads(placed, names)), pairs=pairs, concentration=spread.concentration, error=error,
        seed=SEED if error is not None else None, says=_headline(placed, names, pairs[: len(placed) - 1]),
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


def told_apart(placed: Sequence[Evaluation]) -> list[str]:
    """A name for each program that no other has: with its place in front where names repeat."""
    names = [name_of(e) for e in placed]
    return [f"no. {n}, {name}" if names.count(name) > 1 else name for n, name in enumerate(names, 1)]


def _scored(evaluation: Evaluation) -> list[CriterionResult]:
    return [c for c in evaluation.criteria if c.score is not None]


def _points(evaluation: Evaluation, end: str) -> Points:
    return tuple(getattr(c.score, end) for c in _scored(evaluation))


def _says(evaluation: Evaluation, share: float) -> str:
    return f"{evaluation.headline}; highest score under {share * 100:.0f} % of weightings near these"


def _leads(placed: Sequence[Evaluation], names: Sequence[str]) -> Iterator[Lead]:
    for rows in zip(*(e.criteria for e in placed), strict=True):
        spans = [row.score for row in rows]
        known = [s for s in spans if s is not None]
        if known:
            top = max(known, key=lambda s: (s.likely or 0.0, s.low or 0.0))
            leaders = tuple(name for name, s in zip(names, spans, strict=True) if s is not None and _reaches(s, top))
            yield Lead.model_construct(
                criterion=rows[0].id, title=rows[0].title, weight=rows[0].weight, leaders=leaders, scores=tuple(spans)
            )


def _reaches(span: Span, top: Span) -> bool:
    """Whether a score lies inside the uncertainty of the highest: their ranges meet."""
    return (span.high or 0.0) >= (top.low or 0.0)


def _pair(a: Evaluation, b: Evaluation, first: str, second: str, spread: Chances) -> Pair:
    low = _share_ahead(_points(a, "low"), _points(b, "high"), spread)
    likely = _share_ahead(_points(a, "likely"), _points(b, "likely"), spread)
    high = _share_ahead(_points(a, "high"), _points(b, "low"), spread)
    return Pair.model_construct(first=first, second=second, low=low, share=likely, high=high, relation=_relation(a, b))


def _share_ahead(a: Points, b: Points, spread: Chances) -> float:
    return spread.reaching([x - y for x, y in zip(a, b, strict=True)], 0.0)


def _relation(a: Evaluation, b: Evaluation) -> str:
    if _dominates(_points(a, "low"), _points(b, "high")):
        return "surely better"
    if _dominates(_points(a, "likely"), _points(b, "likely")):
        return "better on every criterion"
    apart = (a.score.low or 0.0) > (b.score.high or 0.0) or (b.score.low or 0.0) > (a.score.high or 0.0)
    return "ahead" if apart else "tied"


def _dominates(a: Points, b: Points) -> bool:
    return a != b and all(x >= y for x, y in zip(a, b, strict=True))


def _headline(placed: Sequence[Evaluation], names: Sequence[str], of_first: Sequence[Pair]) -> str:
    """Who stands first, and who could be as good; ``of_first`` are the pairs of the first, in order."""
    best, *others = placed
    if not others:
        return names[0]
    same = [
        p.second for e, p in zip(others, of_first, strict=True) if p.relation == "tied" and e.verdict == best.verdict
    ]
    if same:
        return f"{names[0]} stands first, inside the uncertainty: {', '.join(same)} could be as good"
    return f"{names[0]} stands first"


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
