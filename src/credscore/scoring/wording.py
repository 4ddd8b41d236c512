"""Wording: numbers in the learner's own units, and the rubric's sentences filled in.

Rounding happens here and nowhere before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from math import isfinite
from typing import Any

from credscore.measures.case import MEASURES, Answer, Case
from credscore.model.estimate import Estimate, Truth
from credscore.model.fact import Fact
from credscore.model.goal import AnnualPay
from credscore.model.record import Record

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
DASH = "–"
TIMES_FROM = 10.0
GOAL_MONEY = ("means.budget", "means.savings")
BLANK = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")


def money(amount: float, currency: str) -> str:
    """An amount of money, to two or three significant figures once it is large.

    >>> money(1234.5, "USD"), money(18234, "EUR"), money(-402, "CHF")
    ('$1,230', '€18,200', '-402 CHF')
    """
    step = 1.0 if abs(amount) < 1000 else 10.0 if abs(amount) < 10_000 else 100.0 if abs(amount) < 100_000 else 1000.0
    return exact_money(round(amount / step) * step, currency)


def exact_money(amount: float, currency: str) -> str:
    """An amount of money to the unit, as a threshold must not be rounded away.

    >>> exact_money(1234.5, "USD"), exact_money(-402, "CHF")
    ('$1,234', '-402 CHF')
    """
    sign, symbol = "-" if amount < 0 else "", SYMBOLS.get(currency)
    return f"{sign}{symbol}{abs(amount):,.0f}" if symbol else f"{sign}{abs(amount):,.0f} {currency}"


def decimal(x: float) -> str:
    """A plain number with no more figures than it needs.

    >>> decimal(0.254), decimal(3.0), decimal(12.31)
    ('0.25', '3', '12')
    """
    text = f"{x:.0f}" if abs(x) >= 10 else f"{x:.1f}" if abs(x) >= 1 else f"{x:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _percent(x: float) -> str:
    return f"{x * 100:,.0f} %" if x < TIMES_FROM else f"{x:,.0f} times"


def _short_time(value: Estimate) -> tuple[Estimate, str]:
    """Years below one as months, and below a quarter as weeks."""
    high = value.high
    if not isinstance(high, float) or not 0.0 < high < 1.0:
        return value, "years"
    return (value * 12.0, "months") if high >= 0.25 else (value * 52.0, "weeks")


def _writer(unit: str, currency: str) -> tuple[Callable[[float], str], str]:
    """How to write one number of a unit, and the word that follows it."""
    if unit.startswith("money"):
        return lambda x: money(x, currency), unit.removeprefix("money").removesuffix(" net").replace(" per ", " a ")
    if unit in ("share", "ratio"):
        return _percent, ""
    return decimal, f" {unit.replace(' per ', ' a ')}"


def quantity(value: Estimate, unit: str, currency: str) -> str:
    """An estimate in words: one value, or its range from low to high.

    >>> quantity(Estimate(1.9, 2.4, 3.4), "years", "USD"), quantity(Estimate.of(float("inf")), "years", "USD")
    ('1.9–3.4 years', 'never')
    """
    if unit == "years":
        value, unit = _short_time(value)
    if unit == "money" and isinstance(value.high, float) and value.high < 0.0 and value.low != -float("inf"):
        return f"{quantity(-value, unit, currency)} gained"
    low, high = value.low, value.high
    if not isinstance(low, float) or low != low:
        return "unknown"
    write, tail = _writer(unit, currency)
    endless = "never" if unit == "years" else "no limit"
    if low == float("inf"):
        return endless
    assert isinstance(high, float)
    if not isfinite(high):
        start = f"from {write(low)}{tail}" if isfinite(low) else "anything"
        return f"{start} to {endless}" if isfinite(low) else start
    if not isfinite(low):
        return f"at most {write(high)}{tail}"
    first, last = write(low), write(high)
    if first == last:
        return f"{first}{tail.removesuffix('s') if first == '1' else tail}"
    if last.endswith(" %"):
        first = first.removesuffix(" %")
    joint = " to " if "-" in first or "-" in last else DASH
    return f"{first}{joint}{last}{tail}"


def written(answer: Answer, unit: str, currency: str) -> str:
    """Any measure's answer in words."""
    match answer:
        case Estimate():
            return quantity(answer, unit, currency)
        case Truth():
            return "yes" if answer.certain is True else "unknown" if answer.possible is True else "no"
        case None:
            return "unknown"
        case _:
            return str(answer)


def fact_written(fact: Fact) -> str:
    """A program's fact as it was stated."""
    if fact.gap is not None:
        return str(fact.gap)
    per = f" per {fact.period}" if fact.period else ""
    if isinstance(fact.value, bool):
        return "yes" if fact.value else "no"
    if isinstance(fact.value, float):
        if fact.low != fact.high:
            return f"{fact.low:,g}{DASH}{fact.high:,g}{per}"
        return f"{fact.value:,g}{per}"
    return str(fact.value)


class Sentences:
    """Fills a rubric's sentences with the answers of one case."""

    def __init__(self, case: Case, program: Record, currency: str) -> None:
        self.case, self.program, self.currency = case, program, currency

    def fill(self, sentence: str, value: str = "") -> str:
        """The sentence with its blanks filled: ``{value}``, measures, program facts, ``{goal.…}`` fields."""
        return BLANK.sub(lambda blank: self._word(blank.group(1), value), sentence) if "{" in sentence else sentence

    def quoted(self, sentence: str) -> str:
        """The same inside a TOML string: quotes and backslashes of what fills the blanks are escaped."""
        return BLANK.sub(lambda blank: json.dumps(self._word(blank.group(1), ""), ensure_ascii=False)[1:-1], sentence)

    def _word(self, name: str, value: str) -> str:
        if name == "value":
            return value
        if name in ("program", "provider"):
            return str(getattr(self.program, "name" if name == "program" else "provider"))
        if name in MEASURES:
            measure = MEASURES[name]
            return written(measure(self.case), measure.unit, self.currency)
        if name.startswith("goal."):
            return self._goal(name.removeprefix("goal."))
        text = self.case.program.text(name)
        return str(text) if text is not None else _plain(_reach(self.program, name))

    def _goal(self, path: str) -> str:
        found = _reach(self.case.goal, path)
        if isinstance(found, AnnualPay):
            return f"{money(found.value, self.currency)} a {found.period}"
        return money(found, self.currency) if path in GOAL_MONEY and found is not None else _plain(found)


def _reach(record: Any, path: str) -> Any:
    for step in path.split("."):
        record = getattr(record, step, None)
    return record


def _plain(found: Any) -> str:
    match found:
        case None | ():
            return "not stated"
        case Fact():
            return fact_written(found)
        case date():
            return found.isoformat()
        case tuple():
            return ", ".join(_plain(item) for item in found)
        case float():
            return f"{found:,g}"
        case Record():
            return " in ".join(str(v) for v in found.model_dump(exclude_none=True).values())
        case _:
            return str(found)
