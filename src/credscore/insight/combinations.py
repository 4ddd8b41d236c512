"""Combinations: the fewest changes that together make a better verdict, where none does alone.

Fewest first, then least effort; each number is moved back towards what it is now as far as the verdict allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations as choices

from credscore.insight.change import Change
from credscore.insight.reading import read_point
from credscore.insight.scene import Scene
from credscore.insight.search import Move
from credscore.insight.telling import threshold
from credscore.model.evaluation import Combination
from credscore.scoring.ladder import rank

MOST = 3
WIDEST = {2: 9, 3: 7}
"""How many levers pairs and triples are made of: those that undo a failed test, then those that lift the score most."""


def combine(scene: Scene, moves: Sequence[Move]) -> tuple[Combination, ...]:
    """The least combinations of two, else of three, moves that make a better verdict."""
    failed = [n for n, o in enumerate(scene.base.gates) if o.passed.possible is False]
    undone = {move: {n for n in failed if _undoes(scene, move, n)} for move in moves}
    if set(failed) - set().union(*undone.values(), set()):
        return ()  # a test that no change undoes stands in the way of every verdict but its own
    lifting = sorted((m for m in moves if _helps(scene, m)), key=lambda m: (-len(undone[m]), -_lift(scene, m)))
    for size, widest in WIDEST.items():
        found = [
            c for c in choices(lifting[:widest], size)
            if len({m.lever.field for m in c}) == size and set(failed) <= set().union(*(undone[m] for m in c))
            and _better(scene, [m.change for m in c])
        ]  # fmt: skip
        if found:
            found.sort(key=lambda c: sum(m.lever.effort for m in c))
            return tuple(_record(scene, c) for c in found[:MOST])
    return ()


def _undoes(scene: Scene, move: Move, gate: int) -> bool:
    gates = scene.judged(move.change).gates
    return gate < len(gates) and gates[gate].passed.possible is not False


def _lift(scene: Scene, move: Move) -> float:
    return read_point(scene.judged(move.change)) - read_point(scene.base)


def _helps(scene: Scene, move: Move) -> bool:
    """Whether a move does anything good alone: a higher score, or a gate more that is not failed."""
    after = scene.judged(move.change)
    if read_point(after) > read_point(scene.base) + 1e-9:
        return True
    return sum(o.passed.possible is False for o in after.gates) < sum(
        o.passed.possible is False for o in scene.base.gates
    ) or sum(o.passed.certain is True for o in after.gates) > sum(o.passed.certain is True for o in scene.base.gates)


def _better(scene: Scene, changes: Sequence[Change]) -> bool:
    return rank(str(scene.judged(*changes).verdict)) > rank(scene.verdict)


def _record(scene: Scene, moves: Sequence[Move]) -> Combination:
    wanted = str(scene.judged(*(m.change for m in moves)).verdict)
    changes, words = [m.change for m in moves], [m.says for m in moves]
    for index, move in enumerate(moves):
        if move.grid is not None:
            changes[index], words[index] = _moved_back(scene, changes, index, move, wanted)
    judgement = scene.judged(*changes)
    return Combination.model_construct(
        assignments=tuple(c.assignment for c in changes), verdict=wanted, score=read_point(judgement),
        effort=sum(m.lever.effort for m in moves), says=" and ".join(words),
    )  # fmt: skip


def _moved_back(scene: Scene, changes: Sequence[Change], index: int, move: Move, wanted: str) -> tuple[Change, str]:
    """One number of a combination as near to its present value as keeps the verdict, by halving."""
    grid = move.grid
    assert grid is not None
    worst = 0 if move.lever.better == "higher" else grid.last
    near = worst if grid.start is None else round((grid.start - grid.low) / grid.step)
    far = move.place

    def holds(place: int) -> bool:
        trial = [*changes[:index], grid.change(place), *changes[index + 1 :]]
        return rank(str(scene.judged(*trial).verdict)) >= rank(wanted)

    while abs(near - far) > 1:
        middle = (near + far) // 2
        near, far = (near, middle) if holds(middle) else (middle, far)
    return grid.change(far), threshold(scene, move.lever, grid.value(far), grid.start, upward=far > near)
