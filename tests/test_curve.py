"""Value functions: anchors exactly, promises by property."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from credscore.model.cell import UNKNOWN
from credscore.model.curve import Curve
from credscore.model.estimate import Estimate

PAYBACK = Curve.through([[0.5, 100], [5, 60], [10, 0]])
HILL = Curve.through([[0, 0], [5, 100], [10, 20]])
STEP = Curve.through([[0.7, 0], [0.7, 60], [0.9, 100]])


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    """Any curve of one to six knots, steps included."""
    xs = sorted(draw(st.lists(st.integers(-50, 50), min_size=1, max_size=6)))
    ys = draw(st.lists(st.integers(0, 100), min_size=len(xs), max_size=len(xs)))
    return Curve.through(list(zip(xs, ys, strict=True)))


def test_anchors_are_met_exactly() -> None:
    """At a knot the points are the knot's own, and beyond the ends they stay."""
    assert [PAYBACK.at(x) for x in (0.5, 5.0, 10.0)] == [100.0, 60.0, 0.0]
    assert [PAYBACK.at(x) for x in (-3.0, 0.0, 11.0, math.inf)] == [100.0, 100.0, 0.0, 0.0]


def test_just_beyond_an_anchor_the_points_have_moved() -> None:
    """The curve bends at its knots and nowhere else."""
    assert PAYBACK.at(math.nextafter(5.0, 9.0)) < 60.0
    assert PAYBACK.at(math.nextafter(5.0, 0.0)) > 60.0


def test_a_range_over_a_hill_reaches_its_top() -> None:
    """End points alone are wrong for a curve that rises and falls."""
    points = HILL(Estimate(1.0, 2.0, 9.0))

    assert (points.low, points.likely, points.high) == (20.0, 40.0, 100.0)


def test_a_step_counts_on_both_its_sides() -> None:
    """At a step the value is the upper knot's, and a range across it takes both."""
    assert STEP.at(0.7) == 60.0
    assert STEP.at(math.nextafter(0.7, 0.0)) == 0.0
    assert STEP(Estimate(0.6, 0.65, 0.7)).high == 60.0


def test_unknown_stays_unknown() -> None:
    """A curve makes no points out of nothing, not even a flat one."""
    for curve in (PAYBACK, STEP, Curve.through([[0, 50]])):
        assert math.isnan(curve.at(UNKNOWN))


@given(curves(), st.floats(-60, 60), st.floats(-60, 60), st.floats(0, 1))
def test_no_point_in_a_range_escapes_its_bounds(curve: Curve, a: float, b: float, share: float) -> None:
    """Whatever value lies in the range, its points lie in the points of the range."""
    low, high = min(a, b), max(a, b)
    inside = low + share * (high - low)
    points = curve(Estimate(low, inside, high))

    assert points.low - 1e-9 <= curve.at(min(max(inside, low), high)) <= points.high + 1e-9


@given(curves(), st.floats(-60, 60))
def test_points_stay_on_the_scale(curve: Curve, x: float) -> None:
    """No curve leaves 0 to 100 between knots that lie on it."""
    assert -1e-9 <= curve.at(x) <= 100 + 1e-9
