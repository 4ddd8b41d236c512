"""Rubrics: reading rubric files, shipped ones by name and anyone's by path.

A rubric that loads is whole: every citation, measure group and deciding question it names exists in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from credscore.documents import Document, parse_document, read_document, validated
from credscore.errors import InputError, Problem, UsageError
from credscore.model.notation import suggestion
from credscore.model.rubric import Rubric


def _folder() -> Traversable:
    """The shipped rubrics: inside the wheel, or at the top of a checkout."""
    inside = files("credscore").joinpath("rubrics")
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "rubrics"


@cache
def shipped() -> tuple[str, ...]:
    """Names of the shipped rubrics, in order."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in _folder().iterdir() if f.name.endswith(".toml")))


def shipped_text(name: str) -> str:
    """A shipped rubric as it is written.

    Raises:
        UsageError: no rubric of that name is shipped.
    """
    if name not in shipped():
        raise UsageError(
            f'no rubric named "{name}"', suggestion(name, shipped()) + " A file is named by its path, such as ./my.toml"
        )
    return _folder().joinpath(f"{name}.toml").read_text(encoding="utf-8")


def read_rubric(name: str) -> tuple[Rubric, Document]:
    """The rubric of a shipped name, or of a file's path, with the document it was read from.

    Raises:
        UsageError: it is neither the name of a shipped rubric nor a path.
        InputError: the file cannot be read or is no rubric; every mistake is listed.
    """
    if name.endswith((".toml", ".json")) or "/" in name or name == "-":
        document = read_document(name)
    else:
        document = parse_document(shipped_text(name), f"{name}.toml")
    rubric = validated(Rubric, document)
    problems = [
        Problem(document.name, path, reason, hint, document.line_of(path)) for path, reason, hint in _mistakes(rubric)
    ]
    if problems:
        raise InputError(sorted(problems, key=lambda p: p.line or 0))
    rubric._digest = f"sha256:{hashlib.sha256(document.text.encode()).hexdigest()}"  # noqa: SLF001 - set once, at reading
    return rubric, document


def _mistakes(rubric: Rubric) -> Iterator[tuple[str, str, str]]:
    """Path, reason and next step of everything that is not whole."""
    if not rubric.criteria and not rubric.gates:
        yield (
            "criteria",
            "a rubric needs criteria or gates",
            "add [criteria.cost] with an indicator, or start from: credscore init rubric",
        )
    ids = [i.id for i in rubric.indicators]
    for name, criterion in rubric.criteria.items():
        if not criterion.indicators:
            yield f"criteria.{name}", "a criterion needs at least one indicator", f"add [[criteria.{name}.indicators]]"
        for index, indicator in enumerate(criterion.indicators):
            path = f"criteria.{name}.indicators.{index}"
            if ids.count(indicator.id) > 1:
                yield f"{path}.id", f'two indicators are called "{indicator.id}"', "give each its own id"
            for other in indicator.likely_from:
                if other not in ids:
                    yield f"{path}.likely_from", f'no indicator "{other}"', suggestion(other, ids)
    for aim, weights in rubric.aims.items():
        for weighted in weights.weights:
            if weighted not in rubric.criteria:
                yield (
                    f"aims.{aim}.weights.{weighted}",
                    f'no criterion "{weighted}"',
                    suggestion(weighted, tuple(rubric.criteria)),
                )
        for deciding in weights.deciding:
            if deciding not in ids:
                yield f"aims.{aim}.deciding", f'no indicator "{deciding}"', suggestion(deciding, ids)
    yield from _uncited(rubric)


def _cited(rubric: Rubric) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, assumption in rubric.assumptions.items():
        yield f"assumptions.{name}", assumption.cite
    for name, criterion in rubric.criteria.items():
        for index, indicator in enumerate(criterion.indicators):
            yield f"criteria.{name}.indicators.{index}", indicator.cite
    for aim, weights in rubric.aims.items():
        yield f"aims.{aim}", weights.cite
    for key in ("gates", "flags", "figures", "context", "levers"):
        for index, item in enumerate(getattr(rubric, key)):
            yield f"{key}.{index}", item.cite
    yield "stakes", rubric.stakes.cite
    yield "verdict", rubric.verdict.cite


def _uncited(rubric: Rubric) -> Iterator[tuple[str, str, str]]:
    for path, keys in _cited(rubric):
        if not keys:
            yield (
                f"{path}.cite",
                "a number without a citation",
                'name a key of [citations]; basis = "judgement" is an honest one',
            )
        for key in keys:
            if key not in rubric.citations:
                yield f"{path}.cite", f'no citation "{key}"', suggestion(key, tuple(rubric.citations))
