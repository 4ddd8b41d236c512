"""Fitting: whether a rubric's measures exist and its value functions suit what they yield."""

from __future__ import annotations

from collections.abc import Iterator

from credscore.measures.case import MEASURES
from credscore.model.notation import suggestion
from credscore.model.rubric import Indicator, Rubric, Test

WORDS, STATEMENT = "word", "statement"


def misfits(rubric: Rubric) -> Iterator[tuple[str, str, str]]:
    """Path, reason and next step of every use of a measure that cannot work."""
    for name, criterion in rubric.criteria.items():
        for index, indicator in enumerate(criterion.indicators):
            yield from _indicator(indicator, f"criteria.{name}.indicators.{index}")
    for key in ("gates", "flags", "figures"):
        for index, item in enumerate(getattr(rubric, key)):
            test = getattr(item, "test", None) or getattr(item, "when", None)
            if isinstance(test, Test):
                yield from _test(test, f"{key}.{index}.{'pass' if key == 'gates' else 'when'}")
            elif item.measure not in MEASURES:
                yield _no_measure(item.measure, f"{key}.{index}.measure")


def _no_measure(name: str, path: str) -> tuple[str, str, str]:
    return path, f'no measure "{name}"', suggestion(name, tuple(MEASURES))


def _indicator(indicator: Indicator, path: str) -> Iterator[tuple[str, str, str]]:
    entry = MEASURES.get(indicator.measure)
    if entry is None:
        yield _no_measure(indicator.measure, f"{path}.measure")
    elif entry.unit in (WORDS, STATEMENT) and not isinstance(indicator.points, dict):
        yes_no = "{ yes = 100, no = 0 }" if entry.unit == STATEMENT else "{ word = points, … }"
        yield (
            f"{path}.points",
            f"{indicator.measure} is a {entry.unit}, and needs points beside words",
            f"write points = {yes_no}",
        )
    elif entry.unit not in (WORDS, STATEMENT) and isinstance(indicator.points, dict):
        yield (
            f"{path}.points",
            f"{indicator.measure} is a number in {entry.unit}, and needs knots",
            "write points = [[x, points], …]",
        )


def _test(test: Test, path: str) -> Iterator[tuple[str, str, str]]:
    entry = MEASURES.get(test.measure)
    bounds = test.at_least is not None or test.at_most is not None
    if entry is None:
        yield _no_measure(test.measure, f"{path}.measure")
    elif entry.unit == WORDS:
        yield f"{path}.measure", f"{test.measure} is a word and cannot be tested", "name a statement or a number"
    elif entry.unit != STATEMENT and not bounds:
        yield path, f"{test.measure} is a number and needs a bound", "add at_least = … or at_most = …"
