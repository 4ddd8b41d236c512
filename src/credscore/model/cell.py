"""One program or ten million: the words that Python's operators lack for both.

A Number is a float (nan: unknown) or a Column of them (null: unknown); likewise Text and Flag.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:  # columns need narwhals, an optional extra that only tables load
    from credscore.model.column import Column

Number: TypeAlias = "float | Column"
Text: TypeAlias = "str | Column | None"
Flag: TypeAlias = "bool | Column"

UNKNOWN = math.nan
NEVER = math.inf


def where(flag: Flag, yes: Any, no: Any) -> Any:
    """``yes`` where the flag holds, else ``no``; an unknown flag takes ``no``."""
    return (yes if flag else no) if isinstance(flag, bool) else flag.where(yes, no)


def negate(flag: Flag) -> Flag:
    """The flag turned round."""
    return not flag if isinstance(flag, bool) else ~flag


def both(a: Flag, b: Flag) -> Flag:
    """Whether both flags hold."""
    if isinstance(a, bool):
        return b if a else False
    return (a if b else False) if isinstance(b, bool) else a & b


def either(a: Flag, b: Flag) -> Flag:
    """Whether at least one flag holds."""
    if isinstance(a, bool):
        return True if a else b
    return (True if b else a) if isinstance(b, bool) else a | b


def known(cell: Number | Text) -> Flag:
    """Whether the cell is not unknown."""
    if isinstance(cell, float):
        return cell == cell
    return cell is not None if cell is None or isinstance(cell, str) else cell.is_known()


def unknown_float(cell: Number) -> bool:
    """Whether the cell is a number known to be unknown, for every row alike."""
    return isinstance(cell, float) and cell != cell


def below(a: Number, b: Number) -> Flag:
    """Whether a < b; never where either is unknown."""
    if isinstance(a, float) and isinstance(b, float):
        return a < b
    return False if unknown_float(a) or unknown_float(b) else _sure(a < b)


def at_most(a: Number, b: Number) -> Flag:
    """Whether a <= b; never where either is unknown."""
    if isinstance(a, float) and isinstance(b, float):
        return a <= b
    return False if unknown_float(a) or unknown_float(b) else _sure(a <= b)


def _sure(flag: Flag) -> Flag:
    return flag if isinstance(flag, bool) else flag.fill_null(False)


def minimum(a: Number, b: Number) -> Number:
    """The smaller; unknown where either is unknown."""
    if isinstance(a, float) and isinstance(b, float):
        return a if a <= b else b if b < a else UNKNOWN
    if unknown_float(a) or unknown_float(b):
        return UNKNOWN
    return b.smaller(a) if isinstance(a, float) else a.smaller(b)  # type: ignore[union-attr]


def maximum(a: Number, b: Number) -> Number:
    """The larger; unknown where either is unknown."""
    if isinstance(a, float) and isinstance(b, float):
        return a if a >= b else b if b > a else UNKNOWN
    if unknown_float(a) or unknown_float(b):
        return UNKNOWN
    return b.larger(a) if isinstance(a, float) else a.larger(b)  # type: ignore[union-attr]


def clip(x: Number, low: float, high: float) -> Number:
    """The number held between two known bounds."""
    return min(max(x, low), high) if isinstance(x, float) else x.clip(low, high)


def least(xs: Iterable[Number]) -> Number:
    """The smallest of several; unknown where any is."""
    return reduce(minimum, xs)


def greatest(xs: Iterable[Number]) -> Number:
    """The largest of several; unknown where any is."""
    return reduce(maximum, xs)


def fill(x: Number, otherwise: Number) -> Number:
    """The number, or ``otherwise`` where it is unknown."""
    if isinstance(x, float):
        return x if x == x else otherwise
    return x.fill_null(otherwise)


def root(x: Number) -> Number:
    """The square root."""
    return math.sqrt(x) if isinstance(x, float) else x.sqrt()


def add(a: Number, b: Number) -> Number:
    """The sum; unknown where either is unknown."""
    if isinstance(a, float) and isinstance(b, float):
        return a + b
    return UNKNOWN if unknown_float(a) or unknown_float(b) else a + b


def times(a: Number, b: Number) -> Number:
    """The product, where nothing times anything, even without bound, is nothing; unknown where either is."""
    if isinstance(a, float) and isinstance(b, float):
        if a == 0.0 or b == 0.0:
            return UNKNOWN if a != a or b != b else 0.0
        return a * b
    if unknown_float(a) or unknown_float(b):
        return UNKNOWN
    if isinstance(a, float):
        a, b = b, a
    if isinstance(b, float) and math.isfinite(b):
        return a * b if b else where(known(a), 0.0, UNKNOWN)
    nothing = either(_sure(a == 0.0), _sure(b == 0.0))
    return where(both(nothing, both(known(a), known(b))), 0.0, a * b)


def quotient(a: Number, b: Number) -> Number:
    """A over a divisor b >= 0, where nothing over nothing is nothing and something over nothing has no bound."""
    if isinstance(a, float) and isinstance(b, float):
        if b:
            return a / b
        return UNKNOWN if a != a else math.copysign(NEVER, a) if a else 0.0
    if unknown_float(a) or unknown_float(b):
        return UNKNOWN
    if isinstance(b, float) and b:
        return a / b
    endless = where(below(0.0, a), NEVER, where(below(a, 0.0), -NEVER, where(known(a), 0.0, UNKNOWN)))
    return where(_sure(b == 0.0), endless, a / b)


def lookup(text: Text, table: Mapping[str, float], otherwise: float = UNKNOWN) -> Number:
    """The number that stands beside a word; ``otherwise`` where the word is unknown or not in the table."""
    if text is None or isinstance(text, str):
        return float(table.get(text, otherwise)) if text is not None else otherwise
    return text.looked_up(table, None if otherwise != otherwise else otherwise) if table else otherwise


def is_word(text: Text, *words: str) -> Flag:
    """Whether the text is one of the words; never where it is unknown."""
    if text is None or isinstance(text, str):
        return text in words
    return text.is_in(words).fill_null(False)


def choose(rungs: Iterable[tuple[Flag, str]], otherwise: str | None) -> Text:
    """The word of the first rung that holds."""
    word: Text = otherwise
    for flag, rung in reversed(list(rungs)):
        word = where(flag, rung, word)
    return word
