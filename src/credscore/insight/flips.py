"""Flips: every value of one field at which the verdict changes, all else as it stands.

A field is searched on its grid of steps: a stretch is left alone once everything in it is known to have one verdict,
and halved otherwise. So each threshold lies on the grid, on its safe side, and has been judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor
from typing import Any, NamedTuple

from credscore.insight.change import GOAL, Change, form_of, number_at, raw
from credscore.insight.reading import read_point
from credscore.insight.scene import Scene, settled
from credscore.model.lever import Lever
from credscore.reference.currency import rate_between
from credscore.scoring.judge import Judgement
from credscore.scoring.ladder import rank
from credscore.scoring.points import answer_to

FINEST = 4096
"""The most steps a grid may have; a finer one is coarsened to a round step."""


@dataclass(slots=True)
class Grid:
    """The values a numeric lever may take, and the judgement at each that was tried."""

    scene: Scene
    lever: Lever
    low: float
    step: float
    last: int
    start: float | None
    judged: dict[int, Judgement] = field(default_factory=dict)
    aims: int = 0

    def value(self, index: int) -> float:
        """The value at a place of the grid, in the field's own unit."""
        return round(self.low + index * self.step, 10)

    def change(self, index: int) -> Change:
        """The change to the value at a place."""
        scene, lever = self.scene, self.lever
        return Change(lever.field, raw(scene.program, scene.goal, lever.field, self.value(index), lever.evidence))

    def at(self, index: int) -> Judgement:
        """The judgement with the field at a place of the grid."""
        if index not in self.judged:
            self.judged[index] = self.scene.judged(self.change(index))
        return self.judged[index]

    def edges(self) -> list[int]:
        """Every place whose verdict differs from that of the place before it, in order."""
        places = sorted({0, self.last, *self._turns(), *self._beside_start()})
        found: list[int] = []
        for a, b in pairwise(places):
            found += self._between(a, b)
        return found

    def _beside_start(self) -> Iterator[int]:
        if self.start is not None:
            place = (self.start - self.low) / self.step
            yield from (p for p in (floor(place), ceil(place)) if 0 <= p <= self.last)

    def _between(self, a: int, b: int) -> Iterator[int]:
        if b - a < 1:
            return
        one, other = self.at(a), self.at(b)
        if b - a == 1:
            if one.verdict != other.verdict:
                yield b
            return
        if settled(one, other):
            return
        middle = self._aimed(a, b) if one.verdict != other.verdict else (a + b) // 2
        yield from self._between(a, middle)
        yield from self._between(middle, b)

    def _aimed(self, a: int, b: int) -> int:
        """A place between two of other verdicts where a straight line between their scores meets a band, or the middle.

        Aiming alone may creep along a bent curve, so that every other stretch is halved.
        """
        self.aims += 1
        low, high = sorted((read_point(self.at(a)), read_point(self.at(b))))
        bands = [step.at_least for step in self.scene.base.plan.rubric.verdict.bands if low < step.at_least <= high]
        if not bands or self.aims % 3 == 0:
            return (a + b) // 2
        start, end = read_point(self.at(a)), read_point(self.at(b))
        aim = a + (bands[0] - start) / (end - start) * (b - a)
        return min(max(round(aim), a + 1), b - 1)

    def _turns(self) -> Iterator[int]:
        """Places either side of where a value function turns, so that each stretch between has one direction."""
        turning = {
            (i.measure, place)
            for i in self.scene.base.plan.rubric.indicators if i.curve is not None for place in i.curve.turns
        }  # fmt: skip
        for measure, place in sorted(turning):
            for end in ("low", "likely", "high"):
                yield from self._passing(measure, end, place)

    def _passing(self, measure: str, end: str, place: float) -> Iterator[int]:
        """The two neighbours between which one end of a measure passes a place; none where it does not."""

        def beyond(index: int) -> bool | None:
            x = getattr(answer_to(self.at(index).case, measure), end, None)
            return x < place if isinstance(x, float) else None

        a, b = 0, self.last
        first, final = beyond(a), beyond(b)
        if first is None or final is None or first == final:
            return
        while b - a > 1:
            middle = (a + b) // 2
            a, b = (middle, b) if beyond(middle) == first else (a, middle)
        yield from (a, b)


def grid_of(scene: Scene, lever: Lever) -> Grid | None:
    """The grid of a numeric lever for a scene; None where it has no present value and is not asked for without one."""
    program, goal = scene.program, scene.goal
    start = number_at(program, goal, lever.field)
    if start is None and not lever.while_unknown:
        return None
    form = form_of(lever.field)
    scale = 1.0
    if form.money and not lever.field.startswith(GOAL):
        scale = rate_between("USD", program.cost.currency or goal.means.currency, scene.as_of)
    elif form.money:
        scale = rate_between("USD", goal.means.currency, scene.as_of)
    if form.kind == "date":
        low, high = float(scene.as_of.toordinal()), float(scene.as_of.toordinal()) + (lever.high or 0.0)
    else:
        low = lever.low
        high = lever.high * scale if lever.high is not None else (start or 0.0) * lever.up_to
        high = max(high, start or 0.0)
    step = lever.step
    while (high - low) / step > FINEST:
        step *= 2.0 if str(step)[0] != "2" else 2.5
    last = ceil((high - low) / step)
    return Grid(scene, lever, low, step, last, start) if last > 0 else None


def idle(grid: Grid) -> bool:
    """Whether nothing about the judgement moves with the field."""
    one, other = grid.at(0), grid.at(grid.last)
    same_verdict = str(one.verdict) == str(other.verdict) == grid.scene.verdict
    same_gates = [o.passed for o in one.gates] == [o.passed for o in other.gates]
    return same_verdict and same_gates and repr(one.score) == repr(other.score)


class Edge(NamedTuple):
    """A place where the verdict becomes another, and whether it is that much "or less" or "or more".

    ``until`` is the last place of its stretch where the verdict beyond is the present one again.
    """

    place: int
    verdict: str
    upward: bool
    until: int | None = None


def outward(grid: Grid, edges: Sequence[int]) -> Iterator[Edge]:
    """Each place at which the verdict becomes another on the way out from the present value, nearest first.

    While there is no present value, every stretch with another verdict than the present one gives one end: a better
    verdict the end that asks least of the field, a worse one the end that is reached first.
    """
    stretches = _stretches(grid, edges)
    if grid.start is None:
        for n, (a, b, verdict) in enumerate(stretches):
            if verdict != grid.scene.verdict:
                better = rank(verdict) > rank(grid.scene.verdict)
                upward = better != (grid.lever.better == "lower")
                beyond = stretches[n + 1 : n + 2] if upward else stretches[max(n - 1, 0) : n]
                again = any(word == grid.scene.verdict for _, _, word in beyond)
                yield Edge(a if upward else b, verdict, upward, (b if upward else a) if again else None)
        return
    place = (grid.start - grid.low) / grid.step
    below = [stretch for stretch in reversed(stretches) if stretch[0] <= place]
    above = [stretch for stretch in stretches if stretch[1] >= place]
    for way, upward in ((below, False), (above, True)):
        for (_, _, before), (a, b, verdict), *beyond in _runs(way):
            if verdict not in (before, grid.scene.verdict):
                again = bool(beyond) and beyond[0][2] == grid.scene.verdict
                near, far = (a, b) if upward else (b, a)
                yield Edge(near, verdict, upward, far if again else None)


Stretch = tuple[int, int, str]
"""The first and the last place of a stretch of the grid, and its verdict."""


def _stretches(grid: Grid, edges: Sequence[int]) -> list[Stretch]:
    starts, ends = [0, *edges], [*(e - 1 for e in edges), grid.last]
    return [(a, b, str(grid.at(a).verdict)) for a, b in zip(starts, ends, strict=True)]


def _runs(way: Sequence[Stretch]) -> Iterator[Sequence[Stretch]]:
    """Each stretch with the one before it and, where there is one, the one after it."""
    return (way[n : n + 3] for n in range(len(way) - 1))


def best(grid: Grid) -> float:
    """The best score that any value tried can reach (points)."""
    return max(read_point(j) for j in grid.judged.values())


def settings_of(scene: Scene, lever: Lever) -> Iterator[tuple[Change, str]]:
    """The changes that the settings of a lever make, with the words for each; those that change nothing left out."""
    import tomli

    for setting in lever.settings:
        value: Any = tomli.loads(f"value = {scene.assessment.telling.say.quoted(setting.value)}")["value"]
        yield Change(lever.field, value), scene.assessment.telling.say.fill(setting.says)
