"""Published cases of additive value, reproduced through credscore's own curves, rubric and judge.

The numbers are restated here as facts, each beside the page they were read on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credscore.api import load_rubric
from credscore.measures import MEASURES, Case, Given, Measure, read_case
from credscore.model.curve import Curve
from credscore.model.estimate import Estimate
from credscore.model.goal import Goal
from credscore.model.program import Program
from credscore.model.rubric import Rubric
from credscore.scoring.judge import Judgement, judge
from credscore.scoring.plan import make_plan

DAY = date(2026, 11, 24)
STANDARD = load_rubric("standard")
GOAL = Goal.model_validate({"name": "g", "aim": "learn"})
PROGRAM = Program.model_validate({"name": "p", "provider": "q", "kind": "online-course"})
IDENTITY = [[0, 0], [100, 100]]

Answers = dict[str, Estimate | float]
Scored = Callable[..., Judgement]


def rubric_of(criteria: dict[str, tuple[float, dict[str, tuple[float, Any]]]]) -> Rubric:
    """A rubric in memory: criteria with a weight, and in each the indicators with weight and knots."""
    words = {"met": "", "unmet": "", "open": "", "why": "", "ask": "", "improve": "", "cite": ["judged"]}
    return Rubric.model_validate({
        "id": "published", "version": "1.0.0", "title": "A published case", "as_of": DAY,
        "citations": {"judged": {"title": "as published", "basis": "judgement"}},
        "assumptions": STANDARD.assumptions, "stakes": STANDARD.stakes, "verdict": STANDARD.verdict,
        "aims": {"learn": {"title": "", "weights": {name: weight for name, (weight, _) in criteria.items()}, "cite": ["judged"]}},
        "criteria": {
            name: {"title": name, "why": "", "indicators": [
                {"id": key, "title": key, "measure": f"published.{key}", "points": points, "weight": weight} | words
                for key, (weight, points) in indicators.items()
            ]} for name, (_, indicators) in criteria.items()
        },
    })  # fmt: skip


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> Scored:
    """Judges answers that stand in for measures under a rubric whose indicators ask for them."""

    def score(rubric: Rubric, answers: Answers) -> Judgement:
        for name, answer in answers.items():
            found = answer if isinstance(answer, Estimate) else Estimate.of(float(answer))
            monkeypatch.setitem(
                MEASURES, f"published.{name}", Measure(f"published.{name}", "points", lambda _, found=found: found)
            )  # type: ignore[misc]
        return judge(_case(rubric), make_plan(rubric, GOAL, DAY))

    return score


def _case(rubric: Rubric) -> Case:
    return read_case(PROGRAM, GOAL, Given(rubric.assumptions), DAY)


def likely(found: Judgement) -> float:
    """The likely score."""
    assert isinstance(found.score.likely, float)
    return found.score.likely


# The weighted sum: https://en.wikipedia.org/wiki/Weighted_sum_model, after Triantaphyllou (2000)

WSM_WEIGHTS = {"c1": 0.20, "c2": 0.15, "c3": 0.40, "c4": 0.25}
WSM = {
    "A1": ({"c1": 25, "c2": 20, "c3": 15, "c4": 30}, 21.50),
    "A2": ({"c1": 10, "c2": 30, "c3": 20, "c4": 30}, 22.00),
    "A3": ({"c1": 30, "c2": 10, "c3": 30, "c4": 10}, 22.00),
}


@pytest.mark.parametrize("shape", ["criteria", "indicators"])
@pytest.mark.parametrize(("values", "expected"), WSM.values(), ids=list(WSM))
def test_weighted_sum_of_wikipedia(scored: Scored, values: Answers, expected: float, shape: str) -> None:
    """Four weighted identities give the published sums, as four criteria or as four indicators of one."""
    criteria = {
        "criteria": {name: (w, {name: (1, IDENTITY)}) for name, w in WSM_WEIGHTS.items()},
        "indicators": {"all": (1, {name: (w, IDENTITY) for name, w in WSM_WEIGHTS.items()})},
    }[shape]

    found = scored(rubric_of(criteria), values)

    assert likely(found) == pytest.approx(expected, abs=1e-9)


def test_weighted_sum_ties_where_the_source_ties(scored: Scored) -> None:
    """A2 and A3 are equal, and both stand above A1."""
    rubric = rubric_of({name: (w, {name: (1, IDENTITY)}) for name, w in WSM_WEIGHTS.items()})

    a1, a2, a3 = (likely(scored(rubric, values)) for values, _ in WSM.values())

    assert a2 == pytest.approx(a3, abs=1e-12)
    assert a1 < a2


# Piecewise-linear partial values: R package smaa, tests/pvf.R, commit 2ce6bbd of gertvv/rsmaa

PARTIAL_VALUES = [
    ([[-0.15, 0], [0.35, 1]], {0.35: 1, -0.15: 0, 0.1: 0.5}),
    ([[50, 1], [100, 0]], {50: 1, 100: 0, 75: 0.5}),
    ([[-0.15, 0], [0, 0.1], [0.25, 0.9], [0.35, 1]], {0.35: 1, -0.15: 0, 0: 0.1, 0.25: 0.9, 0.1: 0.42, 0.38: 1, -0.2: 0}),
    ([[50, 1], [75, 0.8], [90, 0.5], [100, 0]], {60: 0.92, 75: 0.8, 10: 1, 40: 1, 50: 1, 90: 0.5, 100: 0, 101: 0, 120: 0}),
]  # fmt: skip


@pytest.mark.parametrize(("knots", "values"), PARTIAL_VALUES)
def test_partial_values_of_smaa(knots: list[list[float]], values: dict[float, float]) -> None:
    """Inside, at the knots and clipped beyond the ends, a curve takes the published values."""
    curve = Curve.through(knots)

    found = {x: curve.at(float(x)) for x in values}

    assert found == pytest.approx(values, abs=1e-12)


# UTA, the Paris transport example of Jacquet-Lagreze and Siskos: R package MCDA,
# tests/applyPiecewiseLinearValueFunctionsOnPerformanceTable.R, commit ff40fd0 of paterijk/MCDA

UTA_CURVES = {
    "price": [[2, 0.0875], [16, 0], [30, 0]],
    "time": [[10, 0.9], [20, 0.025], [30, 0], [40, 0]],
    "comfort": [[0, 0], [1, 0], [2, 0.0125], [3, 0.0125]],
}
UTA = {
    "RER": ({"price": 3, "time": 10, "comfort": 1}, (0.08125, 0.9, 0), 0.98125),
    "METRO1": ({"price": 4, "time": 20, "comfort": 2}, (0.075, 0.025, 0.0125), 0.1125),
    "METRO2": ({"price": 2, "time": 20, "comfort": 0}, (0.0875, 0.025, 0), 0.1125),
    "BUS": ({"price": 6, "time": 40, "comfort": 0}, (0.0625, 0, 0), 0.0625),
    "TAXI": ({"price": 30, "time": 30, "comfort": 3}, (0, 0, 0.0125), 0.0125),
}


@pytest.mark.parametrize(("values", "partial", "total"), UTA.values(), ids=list(UTA))
def test_value_functions_of_uta(scored: Scored, values: Answers, partial: Iterable[float], total: float) -> None:
    """Each marginal value and their sum are the published ones, through points of 0 to 100."""
    rubric = rubric_of(
        {"all": (1, {name: (1, [[x, 100 * u] for x, u in knots]) for name, knots in UTA_CURVES.items()})}
    )

    found = scored(rubric, values)

    assert [a.points.likely / 100 for a in found.answers] == pytest.approx(list(partial), abs=1e-12)
    assert likely(found) * 3 / 100 == pytest.approx(total, abs=1e-12)


def test_uta_ranks_as_published(scored: Scored) -> None:
    """RER first, the two metros tied, then bus, then taxi."""
    rubric = rubric_of(
        {"all": (1, {name: (1, [[x, 100 * u] for x, u in knots]) for name, knots in UTA_CURVES.items()})}
    )

    rer, metro1, metro2, bus, taxi = (likely(scored(rubric, values)) for values, _, _ in UTA.values())

    assert rer > metro1 > bus > taxi
    assert metro1 == pytest.approx(metro2, abs=1e-12)


# Goodwin and Wright, Decision Analysis for Management Judgment, chapter 3, pp. 43-48

TURNOVER = {"closeness": 100, "visibility": 80, "image": 70}
CONDITIONS = {"size": 30, "comfort": 20, "parking": 10}
OFFICES = {
    "Addison Square": (100, 60, 100, 75, 0, 90),
    "Bilton Village": (20, 80, 10, 30, 100, 30),
    "Carlisle Walk": (80, 70, 0, 0, 10, 100),
    "Denver Street": (70, 50, 30, 55, 30, 90),
    "Elton Street": (40, 60, 90, 100, 60, 70),
    "Filton Village": (0, 0, 70, 0, 80, 0),
    "Gorton Square": (60, 100, 20, 50, 50, 80),
}


def branches(turnover: float, conditions: float) -> Rubric:
    """The tree's two branches as criteria, their leaves weighted by swing."""
    return rubric_of({
        "turnover": (turnover, {name: (w, IDENTITY) for name, w in TURNOVER.items()}),
        "conditions": (conditions, {name: (w, IDENTITY) for name, w in CONDITIONS.items()}),
    })  # fmt: skip


def values_of(office: str) -> Answers:
    """An office's partial values by leaf."""
    return dict(zip([*TURNOVER, *CONDITIONS], OFFICES[office], strict=True))


def test_swing_weights_normalise_as_published() -> None:
    """100/80/70/30/20/10 are 32, 26, 23, 10, 6 and 3 in a hundred; within their branch 50, 33.3 and 16.7."""
    swings = rubric_of({"all": (1, {name: (w, IDENTITY) for name, w in (TURNOVER | CONDITIONS).items()})})

    together = [q.weight for q in make_plan(swings, GOAL, DAY).criteria[0].questions]
    inside = [q.weight for q in make_plan(branches(250, 60), GOAL, DAY).criteria[1].questions]

    assert [round(100 * w) for w in together] == [32, 26, 23, 10, 6, 3]
    assert [round(100 * w, 1) for w in inside] == [50.0, 33.3, 16.7]


@pytest.mark.parametrize("office", OFFICES)
def test_a_tree_scores_as_its_leaves(scored: Scored, office: str) -> None:
    """At the stated weights, the two branches give what the six leaves give side by side."""
    flat = rubric_of({"all": (1, {name: (w, IDENTITY) for name, w in (TURNOVER | CONDITIONS).items()})})
    by_hand = sum(w * v for w, v in zip([100, 80, 70, 30, 20, 10], OFFICES[office], strict=True)) / 310

    tree, leaves = likely(scored(branches(250, 60), values_of(office))), likely(scored(flat, values_of(office)))

    assert tree == pytest.approx(by_hand, abs=1e-9)
    assert leaves == pytest.approx(by_hand, abs=1e-9)


def test_addison_is_best_at_the_stated_weights(scored: Scored) -> None:
    """The book's choice, with Elton Street next."""
    order = sorted(OFFICES, key=lambda o: -likely(scored(branches(250, 60), values_of(o))))

    assert order[:2] == ["Addison Square", "Elton Street"]


@pytest.mark.parametrize(("turnover", "expected"), [(0, 81.7), (100, 60.4)])
def test_elton_at_the_ends_of_the_turnover_weight(scored: Scored, turnover: float, expected: float) -> None:
    """Figure 3.7: Elton Street falls from 81.7 to 60.4 as turnover takes all the weight."""
    found = likely(scored(branches(turnover, 100 - turnover), values_of("Elton Street")))

    assert found == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(("turnover", "best"), [(52.0, "Elton Street"), (52.2, "Addison Square")])
def test_the_best_office_changes_where_the_book_says(scored: Scored, turnover: float, best: str) -> None:
    """The lines of Elton Street and Addison Square cross at a turnover weight of 52.1 in a hundred."""
    found = {o: likely(scored(branches(turnover, 100 - turnover), values_of(o))) for o in OFFICES}

    assert max(found, key=found.__getitem__) == best


# Ranges: against every combination on a grid

TWISTED = [
    [[0, 0], [40, 100], [100, 0]],
    [[0, 50], [30, 50], [30, 100], [60, 0], [60, 20], [100, 90]],
    IDENTITY,
    [[0, 100], [50, 60], [50, 10], [100, 0]],
]  # fmt: skip
spans = st.tuples(*[st.floats(-20, 120).map(lambda x: round(x, 1))] * 3).map(sorted)


def grid(span: list[float], knots: list[list[float]]) -> list[float]:
    """Places in a span: its members, every knot inside it and both its sides, and eight steps between."""
    low, high = span[0], span[-1]
    steps = [low + (high - low) * k / 8 for k in range(9)]
    sides = [x + d for x, _ in knots for d in (-1e-9, 0.0, 1e-9)]
    return [*span, *(x for x in [*steps, *sides] if low <= x <= high)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(spans, min_size=4, max_size=4), st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_the_range_of_a_score_is_that_of_every_combination(
    scored: Scored, found: list[list[float]], weights: list[int]
) -> None:
    """Brute force over a grid never leaves the range, and reaches both of its ends."""
    names = ["a", "b", "c", "d"]
    rubric = rubric_of({n: (w, {n: (1, knots)}) for n, w, knots in zip(names, weights, TWISTED, strict=True)})
    curves = [Curve.through(knots) for knots in TWISTED]
    total = sum(weights)

    score = scored(rubric, {n: Estimate(*s) for n, s in zip(names, found, strict=True)}).score

    extremes = [
        (min(points), max(points)) for points in (
            [float(c.at(x)) for x in grid(s, knots)] for c, s, knots in zip(curves, found, TWISTED, strict=True)
        )
    ]  # fmt: skip
    means = [
        sum(w * p for w, p in zip(weights, combination, strict=True)) / total for combination in product(*extremes)
    ]
    assert score.low <= min(means) + 1e-6
    assert max(means) <= score.high + 1e-6
    reached = [s for s in found if s[0] != s[2]]
    if len(reached) == 4 and not any(x in (30.0, 50.0, 60.0) for s in found for x in s):
        assert score.low == pytest.approx(min(means), abs=1e-6)
        assert score.high == pytest.approx(max(means), abs=1e-6)
    assert score.low - 1e-9 <= score.likely <= score.high + 1e-9


# Weights: what must not matter

numbers = st.floats(0, 100).map(lambda x: round(x, 2))
ranges = st.lists(numbers, min_size=3, max_size=3).map(lambda xs: Estimate(*sorted(xs)))
fixed = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def members(found: Judgement) -> list[Any]:
    """Low, likely and high of the score."""
    return [found.score.low, found.score.likely, found.score.high]


@fixed
@given(ranges, ranges, ranges)
def test_a_criterion_of_no_weight_changes_nothing(scored: Scored, a: Estimate, b: Estimate, idle: Estimate) -> None:
    """What is not needed for the goal moves neither the score nor the coverage."""
    two = {"one": (3, {"a": (1, IDENTITY)}), "two": (1, {"b": (1, IDENTITY)})}

    without, beside = (
        scored(rubric_of(criteria), {"a": a, "b": b, "idle": idle})
        for criteria in (two, {**two, "three": (0, {"idle": (1, IDENTITY)})})
    )

    assert members(beside) == pytest.approx(members(without), abs=1e-9)
    assert beside.coverage == without.coverage


@fixed
@given(ranges, ranges, ranges)
def test_an_indicator_of_no_weight_for_the_aim_changes_nothing(
    scored: Scored, a: Estimate, b: Estimate, idle: Estimate
) -> None:
    """An indicator whose weight is nothing for this aim drops out."""
    rubric = rubric_of({"all": (1, {"a": (3, IDENTITY), "b": (1, IDENTITY), "idle": (1, IDENTITY)})})
    criterion = rubric.criteria["all"]
    last = criterion.indicators[2].model_copy(update={"weight_by_aim": {"learn": 0.0}})
    idling = rubric.model_copy(
        update={"criteria": {"all": criterion.model_copy(update={"indicators": (*criterion.indicators[:2], last)})}}
    )

    without = scored(rubric_of({"all": (1, {"a": (3, IDENTITY), "b": (1, IDENTITY)})}), {"a": a, "b": b})
    beside = scored(idling, {"a": a, "b": b, "idle": idle})

    assert members(beside) == pytest.approx(members(without), abs=1e-9)


@fixed
@given(ranges, ranges, st.floats(0.1, 9))
def test_two_halves_weigh_what_the_whole_did(scored: Scored, a: Estimate, b: Estimate, weight: float) -> None:
    """Splitting an indicator, or a criterion, into two identical halves changes no score."""
    whole = scored(rubric_of({"all": (1, {"a": (weight, IDENTITY), "b": (1, IDENTITY)})}), {"a": a, "b": b})
    halves = {"a1": (weight / 2, IDENTITY), "a2": (weight / 2, IDENTITY)}
    answers: Answers = {"a1": a, "a2": a, "b": b}

    split = scored(rubric_of({"all": (1, {**halves, "b": (1, IDENTITY)})}), answers)
    apart = scored(rubric_of({"x": (weight / 2, {"a1": (1, IDENTITY)}), "y": (weight / 2, {"a2": (1, IDENTITY)}),
                              "z": (1, {"b": (1, IDENTITY)})}), answers)  # fmt: skip

    assert members(split) == pytest.approx(members(whole), abs=1e-9)
    assert members(apart) == pytest.approx(members(whole), abs=1e-9)


@fixed
@given(ranges, ranges, st.floats(0.01, 100))
def test_only_the_ratio_of_weights_matters(scored: Scored, a: Estimate, b: Estimate, factor: float) -> None:
    """Weights of 3 and 1 are weights of 300 and 100."""
    once = scored(rubric_of({"one": (3, {"a": (1, IDENTITY)}), "two": (1, {"b": (1, IDENTITY)})}), {"a": a, "b": b})
    scaled = scored(
        rubric_of({"one": (3 * factor, {"a": (factor, IDENTITY)}), "two": (factor, {"b": (factor, IDENTITY)})}),
        {"a": a, "b": b},
    )

    assert members(scaled) == pytest.approx(members(once), abs=1e-9)


def test_an_unknown_spans_its_whole_weight(scored: Scored) -> None:
    """Unknown is 0 to 100 at its ends and 30 points in between, never dropped from the mean."""
    rubric = rubric_of({"one": (3, {"a": (1, IDENTITY)}), "two": (1, {"b": (1, IDENTITY)})})

    found = scored(rubric, {"a": 80.0, "b": Estimate.of(float("nan"))})

    assert members(found) == pytest.approx([60.0, 67.5, 85.0], abs=1e-9)
    assert found.coverage == pytest.approx(0.75)
