"""Search: every lever of a scene tried, and what each can and cannot do to the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from credscore.insight.change import Change, form_of, number_at, reached
from credscore.insight.flips import Grid, best, grid_of, idle, outward, settings_of
from credscore.insight.reading import read_point
from credscore.insight.scene import Scene
from credscore.insight.telling import amount, threshold, title
from credscore.model.evaluation import Flip, Reach, whole
from credscore.model.fact import Fact, Tier
from credscore.model.lever import Lever
from credscore.scoring.ladder import rank


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """The best that one lever can do alone: the change that does it, in words, and what it costs in effort."""

    lever: Lever
    change: Change
    says: str
    grid: Grid | None  #: None where the lever has settings instead of numbers
    place: int


@dataclass(slots=True)
class Found:
    """Flips, limits and the best moves, in the order of the rubric's levers."""

    flips: list[Flip]
    reaches: list[Reach]
    moves: list[Move]


def search(scene: Scene) -> Found:
    """What every lever that concerns the goal and the program can do alone."""
    found = Found([], [], [])
    for lever in scene.base.plan.rubric.levers:
        if _concerns(scene, lever):
            if lever.settings:
                _try_settings(scene, lever, found)
            else:
                _try_numbers(scene, lever, found)
    found.flips.sort(key=lambda flip: (rank(flip.verdict) <= rank(scene.verdict), flip.effort, -rank(flip.verdict)))
    return found


SHOWN = (Tier.ADMINISTRATIVE, Tier.INDEPENDENT)
HARD = 5.0
"""The top of the scale of effort (see ``Lever``)."""


def _effort(scene: Scene, lever: Lever) -> float:
    """What a change asks of somebody; a figure that others have counted is no longer a matter of asking."""
    fact = reached(scene.program, scene.goal, lever.field)
    counted = isinstance(fact, Fact) and fact.stated and fact.tier in SHOWN
    return HARD if lever.evidence and counted else lever.effort


def _concerns(scene: Scene, lever: Lever) -> bool:
    kinds = lever.applies.kinds
    if not lever.applies.to(scene.goal) or (kinds and scene.program.kind not in kinds):
        return False
    return lever.field.startswith("goal.") or bool(scene.looked_at(lever.field))


def _try_numbers(scene: Scene, lever: Lever, found: Found) -> None:
    if any(number_at(scene.program, scene.goal, other) is not None for other in lever.unless):
        return
    grid = grid_of(scene, lever)
    if grid is None or idle(grid):
        return
    helped = False
    for place, verdict, upward, until in outward(grid, grid.edges()):
        judgement, x = grid.at(place), grid.value(place)
        end = None if until is None else grid.value(until)
        helped |= rank(verdict) > rank(scene.verdict)
        found.flips.append(Flip.model_construct(
            field=lever.field, title=title(scene, lever), start=_shown(scene, lever), end=_told(scene, lever, x),
            verdict=verdict, score=read_point(judgement), effort=_effort(scene, lever),
            assignment=grid.change(place).assignment, says=threshold(scene, lever, x, grid.start, upward=upward, until=end),
        ))  # fmt: skip
    if not helped:
        _limit(scene, lever, grid, found)


def _limit(scene: Scene, lever: Lever, grid: Grid, found: Found) -> None:
    """The best that a lever reaches where it makes no better verdict alone."""
    highest = best(grid)
    place = next(p for p in sorted(grid.judged) if read_point(grid.judged[p]) == highest)
    where = amount(scene, lever, grid.value(place))
    if highest > read_point(scene.base):
        says = f"{title(scene, lever)} cannot change it alone: {whole(highest)} of 100 at best, at {where}"
        found.reaches.append(Reach.model_construct(
            field=lever.field, title=title(scene, lever), score=highest, says=says))  # fmt: skip
    found.moves.append(Move(lever, grid.change(place), f"{title(scene, lever)} is {where}", grid, place))


def _try_settings(scene: Scene, lever: Lever, found: Found) -> None:
    tried = [(scene.judged(change), change, says) for change, says in settings_of(scene, lever)]
    for judgement, change, says in tried:
        verdict = str(judgement.verdict)
        if verdict != scene.verdict:
            found.flips.append(Flip.model_construct(
                field=lever.field, title=title(scene, lever), start=None, end=change.assignment.partition("=")[2],
                verdict=verdict, score=read_point(judgement), effort=_effort(scene, lever), assignment=change.assignment, says=says,
            ))  # fmt: skip
    judgement, change, says = max(tried, key=lambda t: (rank(str(t[0].verdict)), read_point(t[0])))
    if rank(str(judgement.verdict)) <= rank(scene.verdict):
        found.moves.append(Move(lever, change, says, None, 0))


def _shown(scene: Scene, lever: Lever) -> float | str | None:
    start = number_at(scene.program, scene.goal, lever.field)
    return None if start is None else _told(scene, lever, start)


def _told(scene: Scene, lever: Lever, x: float) -> float | str:
    """A number for a record; a date as its words."""
    return amount(scene, lever, x) if form_of(lever.field).kind == "date" else x


def helpful(found: Found, scene: Scene) -> Iterator[Flip]:
    """The flips that make the verdict better."""
    return (flip for flip in found.flips if rank(flip.verdict) > rank(scene.verdict))
