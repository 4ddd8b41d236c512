"""Position: the line on which a path stands in a TOML or JSON text.

Looked up only once something is wrong; where the path is not written out, its nearest parent's line.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import TypeAlias

Path: TypeAlias = tuple[str, ...]
Walk: TypeAlias = Generator[tuple[Path, int], None, int]

STRINGS = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)
BARE = re.compile(r"[A-Za-z0-9_-]+")
SPACE = re.compile(r"[ \t\r\n]*")


def locate(text: str, form: str, path: Path) -> int | None:
    """The line (1-based) of a dotted path in a text, list items by number; the nearest parent's, or None."""
    places: dict[Path, int] = {}
    try:
        for place, offset in _json_places(text) if form == "json" else _toml_places(text):
            places.setdefault(place, offset)
    except (RecursionError, IndexError, ValueError):
        pass  # what was found before the text broke off still serves
    for length in range(len(path), 0, -1):
        if path[:length] in places:
            return text.count("\n", 0, places[path[:length]]) + 1
    return None


def _toml_places(text: str) -> Iterator[tuple[Path, int]]:
    """Every path with the offset at which its key stands."""
    at = 0
    table: Path = ()
    counts: dict[Path, int] = {}
    while (at := _blank(text, at)) < len(text):
        if text[at] == "[":
            table, at, start = *_header(text, at, counts), at
            yield from ((table[:depth], start) for depth in range(1, len(table) + 1))
        else:
            key, value_at = _key(text, at)
            for depth in range(1, len(key) + 1):
                yield (*table, *key[:depth]), at
            at = yield from _value(text, _blank(text, value_at + 1), (*table, *key))
            at = _line_end(text, at)


def _header(text: str, at: int, counts: dict[Path, int]) -> tuple[Path, int]:
    many = text.startswith("[[", at)
    key, end = _key(text, at + (2 if many else 1))
    path: Path = ()
    for depth, part in enumerate(key):
        path = (*path, part)
        last = depth == len(key) - 1
        if many and last:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, str(counts[path]))
    return path, _line_end(text, end)


def _key(text: str, at: int) -> tuple[Path, int]:
    """A dotted key and the offset of the sign after it."""
    parts: list[str] = []
    while True:
        at = SPACE.match(text, at).end()  # type: ignore[union-attr]
        quoted = STRINGS.match(text, at)
        found = quoted or BARE.match(text, at)
        if found is None:
            raise ValueError(at)
        parts.append(_unquoted(found.group()) if quoted else found.group())
        at = SPACE.match(text, found.end()).end()  # type: ignore[union-attr]
        if text[at] != ".":
            return tuple(parts), at
        at += 1


def _unquoted(word: str) -> str:
    if word[0] == "'":
        return word[1:-1]
    import json

    return str(json.loads(word))


def _value(text: str, at: int, path: Path) -> Walk:
    """Walk a value, yielding what stands inside it; returns the offset after it."""
    if text[at] == "{":
        return (yield from _items(text, at, "}", path))
    if text[at] == "[":
        return (yield from _items(text, at, "]", path))
    string = STRINGS.match(text, at)
    if string:
        return string.end()
    while at < len(text) and text[at] not in ",]}#\n":
        at += 1
    return at


def _items(text: str, at: int, closing: str, path: Path) -> Walk:
    index, at = 0, _blank(text, at + 1)
    while text[at] != closing:
        begun = at
        if closing == "}":
            key, value_at = _key(text, at)
            inner = (*path, *key)
            yield inner, at
            at = _blank(text, value_at + 1)
        else:
            inner = (*path, str(index))
            yield inner, at
        at = _advanced(begun, _blank(text, (yield from _value(text, at, inner))))
        if text[at] == ",":
            at = _blank(text, at + 1)
        index += 1
    return at + 1


def _advanced(begun: int, at: int) -> int:
    """The offset reached; a text in which nothing was passed is broken."""
    if at <= begun:
        raise ValueError(at)
    return at


def _blank(text: str, at: int) -> int:
    """The offset of the next sign that is neither space nor comment."""
    while True:
        at = SPACE.match(text, at).end()  # type: ignore[union-attr]
        if at >= len(text) or text[at] != "#":
            return at
        at = _line_end(text, at)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _json_places(text: str) -> Iterator[tuple[Path, int]]:
    """Every path of a JSON text with the offset at which its key or item stands."""
    yield from _json_value(text, _gap(text, 0), ())


def _gap(text: str, at: int) -> int:
    return SPACE.match(text, at).end()  # type: ignore[union-attr]


def _json_value(text: str, at: int, path: Path) -> Walk:
    if text[at] not in "{[":
        string = STRINGS.match(text, at) if text[at] == '"' else re.compile(r"[^,\]}\s]+").match(text, at)
        return string.end() if string else at + 1
    closing, index, at = "}" if text[at] == "{" else "]", 0, _gap(text, at + 1)
    while text[at] != closing:
        inner, start = (*path, str(index)), at
        if closing == "}":
            word = STRINGS.match(text, at)
            if word is None:
                raise ValueError(at)
            inner = (*path, _unquoted(word.group()))
            at = _gap(text, _gap(text, word.end()) + 1)
        yield inner, start
        at = _advanced(start, _gap(text, (yield from _json_value(text, at, inner))))
        if text[at] == ",":
            at = _gap(text, at + 1)
        index += 1
    return at + 1
