"""Flips: every threshold found, on its safe side, and reached through the same ``--set`` that a person would paste."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from worlds import DAY, RUBRICS, Data, offers, wants

from credscore import api
from credscore.documents import Document, overridden
from credscore.insight.change import Change, changed, inline
from credscore.insight.combinations import combine
from credscore.insight.flips import Grid, best, grid_of, idle, outward
from credscore.insight.reading import read_point
from credscore.insight.scene import Scene, settled
from credscore.insight.search import search
from credscore.model.goal import Goal
from credscore.model.lever import Lever
from credscore.model.program import Program
from credscore.scoring import assess
from credscore.scoring.ladder import rank

EXAMPLES = Path(__file__).parent.parent / "examples"
PAIRS = [
    ("turing-back-end", "switch-to-back-end"), ("principles-of-finance", "credit-at-wgu"),
    ("class-a-cdl-texas", "licence-truck-driver-texas"), ("security-plus", "keep-job-defence-admin"),
    ("electrician-apprenticeship", "switch-to-electrician"), ("supply-chain-micromasters", "raise-pay-supply-chain"),
]  # fmt: skip
few = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def scene_of(program: str, goal: str) -> Scene:
    """An example program judged for an example goal."""
    loaded = api.load_files([str(EXAMPLES / f"programs/{program}.toml")], [str(EXAMPLES / f"goals/{goal}.toml")])
    return Scene(assess(loaded.programs[0], loaded.goals[0], loaded.rubric, DAY))


def verdict_after(data: Data, goal: Data, rubric: str, assignments: tuple[str, ...]) -> str:
    """The verdict of two files with fields set as the command line sets them."""
    for_goal = [a.removeprefix("goal.") for a in assignments if a.startswith("goal.")]
    for_program = [a for a in assignments if not a.startswith("goal.")]
    offer = overridden(Document("", data, "p.toml", "toml"), for_program).data
    want = overridden(Document("", goal, "g.toml", "toml"), for_goal).data
    found = assess(Program.model_validate(offer), Goal.model_validate(want), RUBRICS[rubric], DAY)
    return found.evaluation.verdict


@few
@given(offers, wants)
def test_a_flip_does_what_it_promises(data: Data, goal: Data) -> None:
    """Setting a field to a flip's value gives its verdict, by the same chain as a file that states the value."""
    scene = Scene(assess(Program.model_validate(data), Goal.model_validate(goal), RUBRICS["standard"], DAY))
    found = search(scene)
    for flip in found.flips:
        assert verdict_after(data, goal, "standard", (flip.assignment,)) == flip.verdict != scene.verdict
    for combination in combine(scene, found.moves):
        after = verdict_after(data, goal, "standard", combination.assignments)
        assert after == combination.verdict
        assert rank(after) > rank(scene.verdict)


@pytest.mark.parametrize(("program", "goal"), PAIRS)
def test_one_step_less_does_not_flip(program: str, goal: str) -> None:
    """The place before a threshold, on the way out from what is now, still has another verdict."""
    scene = scene_of(program, goal)
    for grid in grids(scene):
        for place, verdict, upward, _until in outward(grid, grid.edges()):
            back = place - 1 if upward else place + 1
            if grid.start is not None and 0 <= back <= grid.last:
                assert str(grid.at(back).verdict) != verdict, grid.lever.id


def grids(scene: Scene) -> list[Grid]:
    """The grids of every numeric lever that moves anything."""
    levers = [lever for lever in scene.base.plan.rubric.levers if not lever.settings and lever.applies.to(scene.goal)]
    found = [grid_of(scene, lever) for lever in levers]
    return [grid for grid in found if grid is not None and not idle(grid)]


@pytest.mark.parametrize(("program", "goal"), PAIRS[:4])
def test_no_threshold_is_missed(program: str, goal: str) -> None:
    """Judging every place of a coarse grid one by one finds the same changes of verdict."""
    scene = scene_of(program, goal)
    for fine in grids(scene):
        stride = max(fine.last // 60, 1)
        coarse = Grid(scene, fine.lever, fine.low, fine.step * stride, fine.last // stride, fine.start)
        verdicts = [str(scene.judged(coarse.change(place)).verdict) for place in range(coarse.last + 1)]
        changes = [n for n in range(1, coarse.last + 1) if verdicts[n] != verdicts[n - 1]]

        assert coarse.edges() == changes, fine.lever.id


def test_both_break_evens_of_a_curve_that_turns_are_found() -> None:
    """Where a length is best in the middle, too short and too long are two thresholds."""
    scene, grid = turning_scene(start=30)
    verdicts = [str(scene.judged(grid.change(n)).verdict) for n in range(grid.last + 1)]

    assert grid.edges() == [n for n in range(1, grid.last + 1) if verdicts[n] != verdicts[n - 1]]
    assert len(grid.edges()) >= 4
    assert best(grid) == pytest.approx(100, abs=4)


def test_a_verdict_that_comes_back_is_told_as_a_range() -> None:
    """Where more of a thing helps and too much does not, the flip says between what and what, and holds all through."""
    scene, grid = turning_scene(start=5)
    edges = list(outward(grid, grid.edges()))
    ranged = [e for e in edges if e.until is not None]

    assert ranged
    assert all(e.verdict != scene.verdict for e in edges)
    for edge in ranged:
        assert edge.until is not None
        low, high = sorted((edge.place, edge.until))
        assert {str(grid.at(n).verdict) for n in range(low, high + 1)} == {edge.verdict}


def turning_scene(*, start: int) -> tuple[Scene, Grid]:
    """A program of so many weeks under the turning rubric, and the grid of its length."""
    rubric = turning_rubric()
    program = Program.model_validate({"name": "p", "provider": "q", "kind": "bootcamp", "cost": {"total": 0},
                                      "time": {"duration_weeks": start, "displaces_work": False}})  # fmt: skip
    goal = Goal.model_validate(
        {"name": "g", "aim": "learn", "means": {"current_earnings": {"value": 50_000, "period": "year"}}}
    )
    scene = Scene(assess(program, goal, rubric, DAY))
    lever = Lever.model_validate({"id": "length", "field": "time.duration_weeks", "title": "length", "low": 1, "high": 60,
                                  "effort": 1, "cite": ["x"]})  # fmt: skip
    grid = grid_of(scene, lever)
    assert grid is not None
    return scene, grid


def turning_rubric() -> Any:
    """A rubric whose only question is the length, best at thirty weeks and worthless at none and at sixty."""
    standard = api.load_rubric()
    placed = next(i for i in standard.indicators if i.id == "load").model_copy(update={
        "measure": "time.weeks", "points": ((0.0, 0.0), (30.0, 100.0), (60.0, 0.0)), "variants": (), "group": None,
        "likely_from": (), "small_stakes": None,
    })  # fmt: skip
    criterion = standard.criteria["time"].model_copy(update={"indicators": (placed,)})
    return standard.model_copy(update={"criteria": {"time": criterion}, "gates": (), "aims": {}, "flags": ()})


def test_what_lies_between_is_settled_only_where_it_is() -> None:
    """Two places of one verdict are settled where no place between them has another, in every pair of a price grid."""
    scene = scene_of("turing-back-end", "switch-to-back-end")
    grid = next(g for g in grids(scene) if g.lever.id == "tuition")
    places = list(range(0, grid.last + 1, max(grid.last // 24, 1)))
    judged = {place: grid.at(place) for place in places}
    for n, a in enumerate(places):
        for m, b in enumerate(places[n + 1 :], n + 1):
            if settled(judged[a], judged[b]):
                assert {str(judged[p].verdict) for p in places[n : m + 1]} == {str(judged[a].verdict)}


def test_a_scene_judges_as_a_fresh_start_would() -> None:
    """Asking only the measures that looked at a field gives what judging the changed files afresh gives."""
    scene = scene_of("turing-back-end", "switch-to-back-end")
    for field, value in (
        ("cost.tuition", 9000), ("time.pacing", "self-paced"), ("outcomes.completion_rate", 0.4), ("time.displaces_work", False),
        ("goal.means.savings", 90_000), ("goal.means.budget", 70_000), ("goal.means.hours_per_week", 12),
        ("recognition.postings.share", 0.2), ("goal.means.sponsor_pays", 0.5),
    ):  # fmt: skip
        change = Change(field, value)
        program, goal = changed(scene.program, scene.goal, [change])
        fresh = assess(program, goal, scene.base.plan.rubric, DAY).judgement
        again = scene.judged(change)
        assert (str(again.verdict), repr(again.score)) == (str(fresh.verdict), repr(fresh.score)), field


def test_what_cannot_flip_says_how_far_it_reaches() -> None:
    """A lever that makes no better verdict alone tells its best score, which judging its whole grid confirms."""
    scene = scene_of("principles-of-finance", "credit-at-wgu")
    found = search(scene)
    assert found.reaches
    for reach in found.reaches:
        grid = next(g for g in grids(scene) if g.lever.field == reach.field)
        highest = max(
            read_point(scene.judged(grid.change(n))) for n in range(0, grid.last + 1, max(grid.last // 40, 1))
        )
        assert reach.score >= highest - 1e-6
        assert "cannot change it alone" in reach.says


def test_a_failed_test_that_nothing_undoes_has_no_combination() -> None:
    """Where no lever undoes a failed gate, no set of changes is proposed."""
    scene = scene_of("pmp", "advance-to-project-manager")
    assert scene.verdict == "not-eligible-yet"
    moves = [m for m in search(scene).moves if m.lever.field != "content.prerequisites"]

    assert combine(scene, moves) == ()


@pytest.mark.parametrize(("value", "text"), [
    (0.5, "0.5"), (3.0, "3"), (True, "true"), ('a"b', '"a\\"b"'), (date(2027, 1, 2), "2027-01-02"), ([], "[]"),
    ([{"name": "X", "accepts": False}], '[{ name = "X", accepts = false }]'),
])  # fmt: skip
def test_a_change_is_written_as_set_reads_it(value: Any, text: str) -> None:
    """A value on one line of TOML reads back as itself."""
    import tomli

    assert inline(value) == text
    assert tomli.loads(f"value = {text}")["value"] == value
