"""Robustness, information, weights and standing: closed forms against brute force and published cases."""

from __future__ import annotations

import random
from itertools import product
from math import comb
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_flips import EXAMPLES, PAIRS, scene_of
from worlds import DAY

from credscore import api
from credscore.insight import enrich
from credscore.insight.contributions import contributions
from credscore.insight.dirichlet import chances, share_below
from credscore.insight.information import mean_excess, pieces_of
from credscore.insight.priorities import importances, rank_order_centroids, swing_weights
from credscore.insight.questions import questions, with_points
from credscore.insight.robustness import Line, robustness
from credscore.insight.standing import compare, firsts
from credscore.model.curve import Curve
from credscore.scoring import assess

points = st.lists(st.floats(0, 100).map(lambda x: round(x, 3)), min_size=2, max_size=6)


# Weights


@given(points, st.floats(1, 99).map(lambda x: round(x, 2)), st.data())
@settings(max_examples=80, deadline=None, derandomize=True)
def test_the_tolerance_is_tight(values: list[float], bar: float, data: st.DataObject) -> None:
    """No weighting off by less crosses the bar, and the worst one off by a little more does."""
    weights = data.draw(st.lists(st.floats(0.5, 5), min_size=len(values), max_size=len(values)))
    line = Line(tuple(values), bar)
    delta, side = line.tolerance(weights), line.margin(weights)
    if delta >= 0.999 or abs(side) < 1e-6:
        return
    for share, crosses in ((delta * 0.999, False), (min(delta * 1.001, 0.9999), True)):
        towards = [w * (1 - share if (v - bar) * side > 0 else 1 + share) for w, v in zip(weights, values, strict=True)]
        assert (line.margin(towards) * side < 0) is crosses
    for signs in product((-1, 1), repeat=len(weights)):
        off = [w * (1 + s * delta * 0.999) for w, s in zip(weights, signs, strict=True)]
        assert line.margin(off) * side > 0


@given(points, st.floats(1, 99).map(lambda x: round(x, 2)), st.data())
@settings(max_examples=80, deadline=None, derandomize=True)
def test_one_weight_may_move_as_far_as_its_interval(values: list[float], bar: float, data: st.DataObject) -> None:
    """Inside the interval the mean stays on its side of the bar; just outside it does not."""
    weights = data.draw(st.lists(st.floats(0.5, 5), min_size=len(values), max_size=len(values)))
    line, k = Line(tuple(values), bar), 0
    side = line.margin(weights)
    if abs(side) < 1e-6:
        return
    low, high = line.interval(weights, k)

    def moved(share: float) -> float:
        rest = sum(weights[1:])
        return line.margin([share, *(w / rest * (1 - share) for w in weights[1:])]) * side

    assert all(moved(low + (high - low) * step / 20) >= -1e-7 for step in range(21))
    for outside in (low - 1e-3, high + 1e-3):
        if 0 < outside < 1:
            assert moved(outside) < 0


def test_the_best_office_changes_at_the_published_weight() -> None:
    """Addison Square overtakes Elton Street where turnover weighs 52.1 of 100 (Goodwin and Wright, chapter 3)."""
    turnover, rest = {"closeness": 100, "visibility": 80, "image": 70}, {"size": 30, "comfort": 20, "parking": 10}
    offices = {
        "Addison": {"closeness": 100, "visibility": 60, "image": 100, "size": 75, "comfort": 0, "parking": 90},
        "Elton": {"closeness": 40, "visibility": 60, "image": 90, "size": 100, "comfort": 60, "parking": 70},
    }
    means = {
        name: [sum(w * values[k] for k, w in branch.items()) / sum(branch.values()) for branch in (turnover, rest)]
        for name, values in offices.items()
    }
    ahead = Line(tuple(a - e for a, e in zip(means["Addison"], means["Elton"], strict=True)), 0.0)

    low, high = ahead.interval((250, 60), 0)

    assert [round(x, 1) for x in means["Elton"]] == [60.4, 81.7]
    assert (round(low, 3), high) == (0.521, 1.0)


@pytest.mark.parametrize(("program", "goal"), PAIRS)
def test_the_verdict_holds_within_its_tolerance(program: str, goal: str) -> None:
    """Every corner of weights off by a little less than the tolerance gives the verdict that stands."""
    scene = scene_of(program, goal)
    found = robustness(scene.base)
    if found.tolerance is None or found.tolerance < 0.02:
        return
    plan, share = scene.base.plan, found.tolerance * 0.98
    weighted = [c for c in plan.criteria if c.weight > 0]
    for signs in product((-1, 1), repeat=len(weighted)):
        priorities = {c.id: c.importance * (1 + s * share) for c, s in zip(weighted, signs, strict=True)}
        priorities |= {c.id: 0.0 for c in plan.criteria if c.weight == 0}
        learner = scene.goal.model_copy(update={"priorities": type(scene.goal.priorities).model_validate(priorities)})
        # importance decides which criteria may hold a verdict down, so it is left as it is and only the weights move
        moved = assess(scene.program, learner, plan.rubric, DAY).judgement
        heavy = {c.id for c in weighted if c.importance >= 2}
        if {c.asked.id for c in moved.criteria if c.asked.importance >= 2} == heavy:
            assert str(moved.verdict) == scene.verdict


# Chances


def beta_above(a: int, b: int, bar: float) -> float:
    """P(X >= bar) for X ~ Beta(a, b) with whole parameters, by its binomial sum."""
    n = a + b - 1
    return sum(comb(n, k) * bar**k * (1 - bar) ** (n - k) for k in range(a))


@pytest.mark.parametrize(("a", "b", "bar"), [(1, 1, 0.3), (3, 5, 0.4), (20, 40, 0.35), (50, 10, 0.9)])
def test_two_weights_follow_a_beta(a: int, b: int, bar: float) -> None:
    """With two criteria worth 100 and 0 the mean is the first weight, whose distribution is a Beta's."""
    spread = chances((a, b))
    scale = int(spread.concentration) // (a + b) if spread.concentration % (a + b) == 0 else None
    exact = 1 - share_below([100.0] * a + [0.0] * b, 100 * bar)

    assert exact == pytest.approx(beta_above(a, b, bar), abs=1e-12)
    assert scale is not None or spread.error is None


@pytest.mark.parametrize("values", [(80.0, 20.0, 55.0), (61.0, 59.0, 60.5, 10.0), (90.0, 90.0, 0.0, 40.0, 70.0, 65.0)])
def test_exact_chances_agree_with_sampling(values: tuple[float, ...]) -> None:
    """The closed form lies within three standard errors of twenty thousand draws."""
    spread = chances([3, 2, 2, 1, 1, 3][: len(values)])
    draw, hits, runs = random.Random(7), 0, 20_000
    for _ in range(runs):
        parts = [draw.gammavariate(p, 1.0) for p in spread.parameters]
        hits += sum(p * v for p, v in zip(parts, values, strict=True)) >= 60 * sum(parts)
    exact = spread.reaching(values, 60.0)

    assert abs(exact - hits / runs) <= 3 * max((exact * (1 - exact) / runs) ** 0.5, 1e-3)


def test_weights_that_are_no_whole_ratio_are_sampled_and_say_so() -> None:
    """Odd priorities fall back to a seeded sample with its standard error; twice gives the same."""
    spread = chances((0.997, 0.613, 0.311))

    assert spread.error is not None and spread.seed is not None
    assert spread.reaching((80, 40, 20), 50) == spread.reaching((80, 40, 20), 50)
    assert spread.reaching((80, 70, 60), 50) == 1.0
    assert spread.reaching((30, 20, 10), 50) == 0.0


# Information and questions


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 100)), min_size=2, max_size=5, unique_by=lambda k: round(k[0], 1)),
       st.floats(-40, 40), st.floats(0.05, 0.5))  # fmt: skip
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_worth_of_an_answer_is_its_integral(knots: list[tuple[float, float]], rest: float, share: float) -> None:
    """The closed form of the expected excess equals a fine sum over the prior's range."""
    curve = Curve.through(sorted(knots))
    indicator: Any = type("I", (), {"prior": (0.0, 10.0), "points": (), "curve": curve})()
    exact = sum(p * mean_excess(rest + share * a, rest + share * b) for p, a, b in pieces_of(indicator))
    steps = 20_000
    summed = sum(max(rest + share * float(curve.at((n + 0.5) * 10 / steps)), 0.0) for n in range(steps)) / steps  # type: ignore[arg-type]

    assert exact == pytest.approx(summed, abs=2e-3)


@pytest.mark.parametrize(("program", "goal"), PAIRS)
def test_an_answer_moves_the_score_within_its_promised_swing(program: str, goal: str) -> None:
    """Settling a question anywhere in its range moves no end of the score by more than its swing."""
    scene = scene_of(program, goal)
    asked = questions(scene)
    assert [(-q.settles, -q.can_flip) for q in asked] == sorted((-q.settles, -q.can_flip) for q in asked)
    for c, criterion in enumerate(scene.base.criteria):
        for a, answer in enumerate(criterion.answers):
            low, high = float(answer.points.low), float(answer.points.high)  # type: ignore[arg-type]
            swing = answer.share * (high - low)
            for at in (low, (low + high) / 2, high):
                settled = with_points(scene.base, c, a, at)
                moved = float(settled.score.likely) - float(scene.base.score.likely)  # type: ignore[arg-type]
                assert abs(moved) <= swing + 1e-9


@pytest.mark.parametrize(("program", "goal"), PAIRS)
def test_contributions_add_up_to_the_score(program: str, goal: str) -> None:
    """Criteria add up to the whole score, and the questions of each to their criterion; what is lost is the rest."""
    scene = scene_of(program, goal)
    parts = list(contributions(scene.base))
    whole = [p for p in parts if p.indicator is None]

    assert sum(p.earned.likely or 0 for p in whole) == pytest.approx(float(scene.base.score.likely))  # type: ignore[arg-type]
    assert sum(p.available for p in whole) == pytest.approx(100)
    for criterion in whole:
        own = [p for p in parts if p.criterion == criterion.criterion and p.indicator]
        assert sum(p.earned.likely or 0 for p in own) == pytest.approx(criterion.earned.likely or 0)
        assert sum(p.lost for p in own) == pytest.approx(criterion.lost)


# Eliciting weights


def test_swing_weights_are_the_published_ones() -> None:
    """Ratings of 100, 80, 70, 30, 20 and 10 make weights of 32, 26, 23, 10, 6 and 3 % (Goodwin and Wright)."""
    found = swing_weights(dict(zip("abcdef", (100, 80, 70, 30, 20, 10), strict=True)))

    assert [round(w * 100) for w in found.values()] == [32, 26, 23, 10, 6, 3]


def test_an_order_alone_gives_centroids() -> None:
    """Four ranks weigh 52, 27, 15 and 6 % (Edwards and Barron 1994), and always add up to one."""
    found = rank_order_centroids("abcd")

    assert [round(w * 100) for w in found.values()] == [52, 27, 15, 6]
    assert sum(rank_order_centroids([str(n) for n in range(9)]).values()) == pytest.approx(1)
    assert importances(found)["a"] == 3.0


# Standing


def evaluations(*programs: str) -> list[Any]:
    """Example programs for one goal."""
    goal = api.load_goal(str(EXAMPLES / "goals/switch-to-back-end.toml"))
    rubric = api.load_rubric()
    return [
        assess(api.load_program(str(EXAMPLES / f"programs/{p}.toml")), goal, rubric, DAY).evaluation for p in programs
    ]


def test_programs_are_placed_by_verdict_then_by_their_low_end() -> None:
    """The order of files does not matter, and a range that meets the best one's leads with it."""
    names = ["turing-back-end", "google-data-analytics", "computer-science-degree"]
    weights = {
        "recognition": 3.0,
        "cost": 2.0,
        "time": 2.0,
        "accreditation": 1.0,
        "transferability": 1.0,
        "alignment": 3.0,
    }
    found, again = (compare(evaluations(*order), weights) for order in (names, names[::-1]))

    assert [s.evaluation.about.program["id"] for s in found.standings] == [
        s.evaluation.about.program["id"] for s in again.standings
    ]
    assert sum(s.first for s in found.standings) == pytest.approx(1)
    cost = next(lead for lead in found.leads if lead.criterion == "cost")
    assert len(cost.leaders) >= 1
    assert all(0 <= p.low <= p.share <= p.high <= 1 for p in found.pairs)


def test_first_places_of_two_are_exact_and_of_more_are_sampled() -> None:
    """Two rows have the exact share of weightings; a third, worse everywhere, takes nothing from them."""
    spread = chances((3, 2, 1))
    two, none = firsts([(80, 20, 50), (40, 70, 50)], spread)
    three, error = firsts([(80, 20, 50), (40, 70, 50), (10, 10, 10)], spread)

    assert none is None and error is not None
    assert three[2] == 0
    assert three[0] == pytest.approx(two[0], abs=4 * error)
    assert firsts([(5, 5, 5), (5, 5, 5)], spread)[0] == [0.5, 0.5]


def test_a_brief_evaluation_leaves_out_what_follows() -> None:
    """Without insight nothing but the questions, flips and weights is missing; with it all are there."""
    scene = scene_of("turing-back-end", "switch-to-back-end")
    brief, full = scene.assessment.evaluation, enrich(scene.assessment)

    assert (brief.flips, brief.questions, brief.robustness) == ((), (), None)
    assert full.flips and full.questions and full.robustness and full.contributions
    assert (brief.verdict, brief.score, brief.criteria) == (full.verdict, full.score, full.criteria)
    assert Path(EXAMPLES).is_dir()
