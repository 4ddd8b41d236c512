"""Fitting: whether a rubric's measures exist and its value functions suit what they yield."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from credscore.measures.case import MEASURES
from credscore.measures.derived import DERIVATIONS
from credscore.model.applies import record_of
from credscore.model.goal import Goal
from credscore.model.notation import suggestion
from credscore.model.program import Program
from credscore.model.rubric import Indicator, Rubric, Says, Test
from credscore.scoring.wording import BLANK

WORDS, STATEMENT = "word", "statement"


def misfits(rubric: Rubric) -> Iterator[tuple[str, str, str]]:
    """Path, reason and next step of every use of a measure that cannot work, and every blank that nothing fills."""
    yield from _blanks(rubric.stakes, "stakes")
    for index, lever in enumerate(rubric.levers):
        yield from _blanks(lever, f"levers.{index}")
    for name, criterion in rubric.criteria.items():
        for index, indicator in enumerate(criterion.indicators):
            yield from _indicator(indicator, f"criteria.{name}.indicators.{index}")
            yield from _blanks(indicator, f"criteria.{name}.indicators.{index}")
    for key in ("gates", "flags", "figures"):
        for index, item in enumerate(getattr(rubric, key)):
            yield from _blanks(item, f"{key}.{index}")
            test = getattr(item, "test", None) or getattr(item, "when", None)
            if isinstance(test, Test):
                yield from _test(test, f"{key}.{index}.{'pass' if key == 'gates' else 'when'}")
            elif item.measure not in MEASURES:
                yield _no_measure(item.measure, f"{key}.{index}.measure")


SAYING = ("met", "unmet", "open", "ask", "ask_whom", "good_answer", "improve", "says", "title")
ALWAYS = frozenset({"value", "program", "provider", "loss", "weeks"})


def _blanks(record: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """Every blank of a sentence that nothing can fill."""
    for key in SAYING:
        said = getattr(record, key, None)
        if isinstance(said, str):
            yield from _unfilled(said, f"{path}.{key}")
        elif isinstance(said, Says):
            for word in ("passed", "failed", "unknown"):
                yield from _unfilled(getattr(said, word), f"{path}.{key}.{word}")
        elif isinstance(said, dict):
            for word, sentence in said.items():
                yield from _unfilled(sentence, f"{path}.{key}.{word}")


def _unfilled(sentence: str, path: str) -> Iterator[tuple[str, str, str]]:
    if sentence.count("{") != sentence.count("}"):
        yield path, "a brace is left open", "write a blank as {value}"
    for name in BLANK.findall(sentence):
        if name not in ALWAYS and name not in MEASURES and name not in DERIVATIONS and not _reachable(name):
            yield path, f"nothing fills the blank {{{name}}}", suggestion(name, [*ALWAYS, *MEASURES])


def _reachable(name: str) -> bool:
    """Whether a dotted name leads to a field of a program, or of a goal after ``goal.``."""
    record: Any = Goal if name.startswith("goal.") else Program
    for step in name.removeprefix("goal.").split("."):
        fields = getattr(record, "model_fields", {})
        if step not in fields:
            return False
        record = record_of(fields[step].annotation)
    return True


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
