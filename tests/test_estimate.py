"""Estimate and Truth: the arithmetic of what is known."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from credscore.model.cell import NEVER, UNKNOWN, quotient, times
from credscore.model.estimate import Estimate, Truth, hull

numbers = st.floats(-1e6, 1e6)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    """A range with its likely value inside."""
    low, likely, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Estimate(low, likely, high)


truths = st.sampled_from([Truth.YES, Truth.NO, Truth.OPEN])


@given(estimates(), estimates(), st.floats(0, 1), st.floats(0, 1))
def test_every_value_in_the_ranges_lands_in_the_range_of_the_result(
    a: Estimate, b: Estimate, s: float, t: float
) -> None:
    """Sum, difference and product of ranges hold whatever their members could be."""
    x, y = a.low + s * (a.high - a.low), b.low + t * (b.high - b.low)
    for result, value in ((a + b, x + y), (a - b, x - y), (a * b, x * y)):
        slack = 1e-6 * max(1.0, abs(value))
        assert result.low - slack <= value <= result.high + slack


@given(estimates())
def test_unknown_makes_the_result_unknown(a: Estimate) -> None:
    """Arithmetic with an unknown yields an unknown, never a number."""
    unknown = Estimate.of(UNKNOWN)
    for result in (
        a + unknown,
        unknown - a,
        a * unknown,
        a.over(unknown),
        unknown.per(a),
        a.floor(unknown),
        a.upto(unknown),
    ):
        assert all(math.isnan(x) for x in (result.low, result.likely, result.high))


def test_an_exact_value_is_one_object_three_times() -> None:
    """So that a table without ranges costs one pass, not three."""
    total = Estimate.of(2.0) * 3.0 + 1.0

    assert total.exact
    assert total.likely == 7.0


def test_a_cost_without_a_gain_is_never_repaid() -> None:
    """Payback is without end where there is no gain, and immediate where it costs nothing."""
    assert Estimate.of(5.0).per(Estimate.of(0.0)).likely == NEVER
    assert Estimate.of(5.0).per(Estimate(-1.0, 2.0, 5.0)).high == NEVER
    assert Estimate.of(5.0).per(Estimate(-1.0, 2.0, 5.0)).low == 1.0
    assert Estimate.of(-5.0).per(Estimate.of(-1.0)).likely == 0.0


def test_nothing_over_nothing_is_nothing() -> None:
    """A free course against a budget of nothing fits; a dear one exceeds it without bound."""
    assert quotient(0.0, 0.0) == 0.0
    assert quotient(3.0, 0.0) == NEVER
    assert times(0.0, NEVER) == 0.0


def test_a_bound_that_straddles_is_neither_passed_nor_failed() -> None:
    """Certain if the whole range is within, possible if any of it is."""
    price = Estimate(80.0, 100.0, 120.0)

    assert price.at_most(120.0) == Truth.YES
    assert price.at_most(100.0) == Truth.OPEN
    assert price.at_most(79.0) == Truth.NO
    assert price.at_least(79.0) == Truth.YES
    assert Estimate.of(UNKNOWN).at_most(1.0) == Truth.OPEN


@given(truths, truths)
def test_truths_follow_three_valued_logic(a: Truth, b: Truth) -> None:
    """And, or and not agree with Kleene's tables and De Morgan's laws."""
    assert ~(a & b) == ~a | ~b
    assert (a & Truth.NO) == Truth.NO
    assert (a | Truth.YES) == Truth.YES
    assert (Truth.OPEN & Truth.OPEN).unknown is True


def test_a_hull_holds_both() -> None:
    """The range over two possibilities, likely as the first."""
    both = hull(Estimate(1.0, 2.0, 3.0), Estimate.of(9.0))

    assert (both.low, both.likely, both.high) == (1.0, 2.0, 9.0)
