"""Estimate and Truth: what is known of a quantity, and of a statement.

Both pass through the same operators whether their members are floats or columns of a table. Neither is ever
changed once made; they are not frozen, because thousands are made for one answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from credscore.model.cell import (
    NEVER,
    UNKNOWN,
    Flag,
    Number,
    add,
    at_most,
    below,
    both,
    clip,
    either,
    fill,
    known,
    maximum,
    minimum,
    negate,
    quotient,
    times,
    unknown_float,
    where,
)


@dataclass(slots=True)
class Truth:
    """A statement: yes is (certain, possible), no is neither, unknown is possible but not certain."""

    certain: Flag
    possible: Flag

    YES: ClassVar[Truth]
    NO: ClassVar[Truth]
    OPEN: ClassVar[Truth]

    @classmethod
    def of(cls, answer: bool | None) -> Truth:
        """The truth of a plain answer; None is unknown."""
        return cls.OPEN if answer is None else cls.YES if answer else cls.NO

    def __and__(self, other: Truth) -> Truth:
        return Truth(both(self.certain, other.certain), both(self.possible, other.possible))

    def __or__(self, other: Truth) -> Truth:
        return Truth(either(self.certain, other.certain), either(self.possible, other.possible))

    def __invert__(self) -> Truth:
        return Truth(negate(self.possible), negate(self.certain))

    @property
    def unknown(self) -> Flag:
        """Whether it is neither certain nor excluded."""
        return both(self.possible, negate(self.certain))

    def choose(self, yes: Estimate, no: Estimate, otherwise: Estimate) -> Estimate:
        """One estimate where yes, one where no, one where unknown."""
        if self.certain is True:
            return yes
        if self.possible is False:
            return no
        if self.certain is False and self.possible is True:
            return otherwise
        return where_estimate(self.certain, yes, where_estimate(self.possible, otherwise, no))


Truth.YES = Truth(True, True)
Truth.NO = Truth(False, False)
Truth.OPEN = Truth(False, True)


@dataclass(slots=True, eq=False)
class Estimate:
    """Low, likely and high of one quantity: all three known, or all three unknown.

    Intervals follow their operators: ``a - b`` pairs a's low with b's high, a product takes its extremes
    at the corners, and whatever is unknown makes the result unknown.
    """

    low: Number
    likely: Number
    high: Number

    @classmethod
    def of(cls, x: Number) -> Estimate:
        """An exactly known value: one object three times."""
        return cls(x, x, x)

    @classmethod
    def between(cls, low: Number, likely: Number, high: Number) -> Estimate:
        """A range, with its likely value held inside it."""
        return cls(low, minimum(maximum(likely, low), high), high)

    @property
    def exact(self) -> bool:
        """Whether it was stored as one value."""
        return self.low is self.high

    @property
    def known(self) -> Flag:
        """Whether anything is known of it."""
        return known(self.likely)

    def map(self, op: Callable[[Number], Number]) -> Estimate:
        """An increasing function of one number, applied to each member."""
        if self.exact:
            return Estimate.of(op(self.likely))
        return Estimate(op(self.low), op(self.likely), op(self.high))

    def meet(self, other: Estimate | float, op: Callable[[Number, Number], Number]) -> Estimate:
        """A function of two numbers, monotone in each, with its extremes at the corners."""
        b = other if isinstance(other, Estimate) else estimate(other)
        likely = op(self.likely, b.likely)
        if self.low is self.high and b.low is b.high:
            return Estimate(likely, likely, likely)
        one, other_end = op(self.low, b.low), op(self.high, b.high)
        low, high = minimum(one, other_end), maximum(one, other_end)
        if self.low is not self.high and b.low is not b.high:
            one, other_end = op(self.low, b.high), op(self.high, b.low)
            low, high = minimum(low, minimum(one, other_end)), maximum(high, maximum(one, other_end))
        return Estimate(low, likely, high)

    def __neg__(self) -> Estimate:
        return Estimate.of(-self.likely) if self.exact else Estimate(-self.high, -self.likely, -self.low)

    def __add__(self, other: Estimate | float) -> Estimate:
        b = other if isinstance(other, Estimate) else estimate(other)
        x = add(self.likely, b.likely)
        if self.low is self.high and b.low is b.high:
            return Estimate(x, x, x)
        return Estimate(add(self.low, b.low), x, add(self.high, b.high))

    __radd__ = __add__

    def __sub__(self, other: Estimate | float) -> Estimate:
        return self + -estimate(other)

    def __rsub__(self, other: float) -> Estimate:
        return -self + other

    def __mul__(self, other: Estimate | float) -> Estimate:
        if isinstance(other, float) and other >= 0.0:
            x = times(self.likely, other)
            if self.low is self.high:
                return Estimate(x, x, x)
            return Estimate(times(self.low, other), x, times(self.high, other))
        return self.meet(other, times)

    __rmul__ = __mul__

    def over(self, divisor: Estimate | float) -> Estimate:
        """A quotient by something never negative: 0/0 is 0, more than nothing over nothing has no bound."""
        return self.meet(divisor, quotient)

    def per(self, gain: Estimate) -> Estimate:
        """A cost for each unit of gain: nothing where it costs nothing, never repaid where there is no gain."""
        return self.meet(gain, _repaid)

    def at_least(self, bound: Estimate | float) -> Truth:
        """Whether it reaches the bound: certain if its low does, possible unless its high does not."""
        b = estimate(bound)
        return Truth(at_most(b.high, self.low), negate(below(self.high, b.low)))

    def at_most(self, bound: Estimate | float) -> Truth:
        """Whether it stays within the bound."""
        b = estimate(bound)
        return Truth(at_most(self.high, b.low), negate(below(b.high, self.low)))

    def or_else(self, other: Estimate) -> Estimate:
        """This estimate, or the other where this one is unknown."""
        if isinstance(self.likely, float):
            return self if self.likely == self.likely else other
        if self.exact and other.exact:
            return Estimate.of(fill(self.likely, other.likely))
        return Estimate(fill(self.low, other.low), fill(self.likely, other.likely), fill(self.high, other.high))

    def clip(self, low: float, high: float) -> Estimate:
        """The estimate held between two known bounds."""
        return self.map(lambda x: clip(x, low, high))

    def upto(self, other: Estimate | float) -> Estimate:
        """The smaller of two estimates, member by member."""
        return self.meet(other, minimum)

    def floor(self, other: Estimate | float) -> Estimate:
        """The larger of two estimates, member by member."""
        return self.meet(other, maximum)


def estimate(value: Estimate | float) -> Estimate:
    """The estimate itself, or an exactly known number as one."""
    return value if isinstance(value, Estimate) else Estimate.of(float(value))


def where_estimate(flag: Flag, yes: Estimate, no: Estimate) -> Estimate:
    """One estimate where the flag holds, else the other."""
    if isinstance(flag, bool):
        return yes if flag else no
    if yes.exact and no.exact:
        return Estimate.of(where(flag, yes.likely, no.likely))
    return Estimate(where(flag, yes.low, no.low), where(flag, yes.likely, no.likely), where(flag, yes.high, no.high))


def hull(a: Estimate, b: Estimate) -> Estimate:
    """The range that holds both, with the first one's likely value; unknown where either is."""
    return Estimate(minimum(a.low, b.low), where(known(b.likely), a.likely, UNKNOWN), maximum(a.high, b.high))


def _repaid(cost: Number, gain: Number) -> Number:
    if isinstance(cost, float) and isinstance(gain, float):
        if cost != cost or gain != gain:
            return UNKNOWN
        return 0.0 if cost <= 0.0 else NEVER if gain <= 0.0 or cost == NEVER else cost / gain
    if unknown_float(cost) or unknown_float(gain):
        return UNKNOWN
    endless = either(at_most(gain, 0.0), at_most(NEVER, cost))
    repaid = where(endless, NEVER, quotient(cost, maximum(gain, 0.0)))
    return where(both(known(cost), known(gain)), where(at_most(cost, 0.0), 0.0, repaid), UNKNOWN)
