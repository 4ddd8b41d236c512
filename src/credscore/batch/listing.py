"""Listing: what the sources of a batch name: program files and tables, in an order that repeats.

Folders are walked in sorted order, into linked folders once; hidden files and what is neither are passed over.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from credscore.batch.tablefile import REMOTE, TableFile, form_of
from credscore.errors import InputError, NothingToScoreError, Problem

PROGRAMS = frozenset({".toml", ".json"})
WILD = frozenset("*?[")


class Listing(NamedTuple):
    """Files to be scored in order, and how many lay beside them that are neither program nor table."""

    files: tuple[TableFile | str, ...]  #: a table, or the path of a program file
    passed_over: int


def listed(sources: Iterable[str], besides: Iterable[str] = ()) -> Listing:
    """Everything that the sources name: folders, files, patterns, addresses of remote tables.

    What is named besides, a goal or a mapping, is no source where it lies in a folder among them.

    Raises:
        InputError: a source is not there; all that are not are listed.
        NothingToScoreError: nothing that can be scored is named.
    """
    files: dict[TableFile | str, None] = {}
    known = {os.path.realpath(path) for path in besides}
    problems: list[Problem] = []
    passed = 0
    for source in sources:
        found = list(_named(source))
        if not found and not Path(source).is_dir():
            problems.append(Problem(source, "", "no such file or folder", "check the path"))
        for path in found:
            if Path(source).is_dir() and os.path.realpath(path) in known:
                continue
            form = form_of(path) or ("parquet" if REMOTE in path else None)
            if form is not None:
                files[TableFile(path, form)] = None
            elif Path(path).suffix.lower() in PROGRAMS or not Path(source).is_dir():
                files[path] = None
            else:
                passed += 1
    if problems:
        raise InputError(problems)
    if not files:
        raise NothingToScoreError("no program to score: no .toml, .json, .csv, .jsonl, .parquet or .xlsx file is named")
    return Listing(tuple(files), passed)


def _named(source: str) -> Iterator[str]:
    path = Path(source)
    if REMOTE in source:
        yield source
    elif path.is_dir() and form_of(source) is None:
        yield from _walked(path)
    elif os.path.lexists(source):
        yield source
    elif WILD & set(source):
        yield from sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - a pattern may be absolute


def _walked(top: Path) -> Iterator[str]:
    """Every regular file below a folder that is not hidden, sorted; each folder once, however it is linked."""
    seen: set[tuple[int, int]] = set()
    for folder, folders, names in os.walk(top, followlinks=True):
        here = Path(folder).stat()
        mark = (here.st_dev, here.st_ino)
        if mark in seen:
            folders.clear()
            continue
        seen.add(mark)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(folder, name)  # noqa: PTH118 - a Path for each of a million files is slow
            if not name.startswith(".") and _is_file(path):
                yield path


def _is_file(path: str) -> bool:
    """Whether it is a regular file, or a link that leads nowhere, which is told when it is read."""
    try:
        return stat.S_ISREG(Path(path).stat().st_mode)
    except OSError:
        return True


def goal_files(goals: Iterable[str], problems: list[Problem]) -> list[str]:
    """The goal files that are named, those of a folder in sorted order; what is no goal folder is noted."""
    found: dict[str, None] = {}
    for goal in goals:
        if not Path(goal).is_dir():
            found[goal] = None
            continue
        files = [path for path in _walked(Path(goal)) if Path(path).suffix.lower() in PROGRAMS]
        if not files:
            problems.append(Problem(goal, "", "this folder holds no goal file", "put .toml or .json goals into it"))
        found |= dict.fromkeys(files)
    return list(found)
