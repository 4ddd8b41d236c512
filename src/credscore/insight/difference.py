"""Difference: what moved between two evaluations of one program, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credscore.model.comparison import Difference, Moved
from credscore.model.evaluation import Evaluation, Span

LEAST = 0.05
"""A change of points smaller than this is none to show (points)."""


def difference(before: Evaluation, after: Evaluation, assignments: Sequence[str]) -> Difference:
    """Everything that moved between two evaluations, criteria first, then questions, then gates."""
    moved = (*_criteria(before, after), *_questions(before, after), *_gates(before, after))
    return Difference.model_construct(
        assignments=tuple(assignments), before=before, after=after, moved=moved, says=_says(before, after)
    )


def _says(before: Evaluation, after: Evaluation) -> str:
    gain = (after.score.likely or 0.0) - (before.score.likely or 0.0)
    moved = f"the likely score moves by {gain:+.1f} points" if abs(gain) >= LEAST else "the score stays as it is"
    if before.verdict == after.verdict:
        return f"The verdict stays; {moved}"
    return f"The verdict changes; {moved}"


def _shown(span: Span | None) -> str:
    return "not needed" if span is None else span.told


def _apart(a: Span | None, b: Span | None) -> bool:
    if a is None or b is None:
        return a is not b
    return any(abs((getattr(a, e) or 0.0) - (getattr(b, e) or 0.0)) >= LEAST for e in ("low", "likely", "high"))


def _gain(a: Span | None, b: Span | None) -> float | None:
    return None if a is None or b is None else (b.likely or 0.0) - (a.likely or 0.0)


def _criteria(before: Evaluation, after: Evaluation) -> Iterator[Moved]:
    for one, other in zip(before.criteria, after.criteria, strict=True):
        if _apart(one.score, other.score):
            yield Moved.model_construct(
                kind="criterion", id=one.id, title=one.title, before=_shown(one.score), after=_shown(other.score),
                change=_gain(one.score, other.score), says=f"weight {other.weight * 100:.0f} %",
            )  # fmt: skip


def _questions(before: Evaluation, after: Evaluation) -> Iterator[Moved]:
    was = {i.id: i for c in before.criteria for i in c.indicators}
    for criterion in after.criteria:
        for now in criterion.indicators:
            then = was[now.id]
            if criterion.weight > 0 and now.weight > 0 and _apart(then.points, now.points):
                yield Moved.model_construct(
                    kind="question", id=now.id, title=now.title, before=_shown(then.points), after=_shown(now.points),
                    change=_gain(then.points, now.points), says=now.says,
                )  # fmt: skip


def _gates(before: Evaluation, after: Evaluation) -> Iterator[Moved]:
    was = {g.id: g.outcome for g in before.gates}
    for gate in after.gates:
        if was.get(gate.id) != gate.outcome:
            yield Moved.model_construct(
                kind="gate", id=gate.id, title=gate.title, before=str(was.get(gate.id, "not asked")),
                after=str(gate.outcome), change=None, says=gate.says,
            )  # fmt: skip
