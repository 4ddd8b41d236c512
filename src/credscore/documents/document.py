"""Document: one TOML or JSON file as text and data, whose lines can be found again.

Read once, whole; what cannot be read is refused with its place and the next step.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from credscore.documents.position import locate
from credscore.errors import InputError, Problem

LARGEST = 16 * 1024 * 1024
STDIN = "-"


@dataclass(frozen=True)
class Document:
    """A file's text, its data, its name for messages, and its format: ``toml`` or ``json``."""

    text: str
    data: dict[str, Any]
    name: str
    format: str

    def line_of(self, path: str) -> int | None:
        """The line of a dotted path (1-based), or of the nearest part of it that stands in the file."""
        return locate(self.text, self.format, tuple(path.split("."))) if path else None


def read_document(path: str) -> Document:
    """The document in a file, or on stdin for ``-``.

    Raises:
        InputError: it is missing, no regular file, too large, not UTF-8, or neither TOML nor JSON.
    """
    if path == STDIN:
        if sys.stdin is None:
            raise _refused("<stdin>", "is closed", "pipe a file into it, or name one")
        return parse_document(_decoded(sys.stdin.buffer.read(LARGEST + 1), "<stdin>"), "<stdin>")
    return parse_document(_decoded(_read(Path(path)), path), path)


def _refused(name: str, reason: str, hint: str, line: int | None = None, column: int | None = None) -> InputError:
    return InputError([Problem(name, "", reason, hint, line, column)])


def _read(path: Path) -> bytes:
    name = str(path)
    try:
        mode = os.stat(name).st_mode  # noqa: PTH116 - a folder of ten thousand files pays for every Path
        if stat.S_ISDIR(mode):
            raise _refused(name, "is a folder, not a file", "name a file in it")
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise _refused(name, "is no regular file", "name a TOML or JSON file, or - for stdin")
        with open(name, "rb", buffering=0 if stat.S_ISREG(mode) else -1) as file:  # noqa: PTH123
            return (
                file.read()
                if stat.S_ISREG(mode) and os.fstat(file.fileno()).st_size <= LARGEST
                else file.read(LARGEST + 1)
            )
    except FileNotFoundError:
        raise _refused(name, "no such file", _neighbour(path)) from None
    except PermissionError:
        raise _refused(
            name, "may not be read", "ask for permission to read it, or copy it to a place of your own"
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a usable file name"
        raise _refused(name, f"cannot be read: {reason}", "check the path") from None


def _neighbour(path: Path) -> str:
    from difflib import get_close_matches

    try:
        names = [p.name for p in path.parent.iterdir() if p.suffix in (".toml", ".json")][:2000]
    except OSError:
        return f"there is no folder {path.parent} either"
    close = get_close_matches(path.name, names, n=1, cutoff=0.5)
    return f"did you mean {path.parent / close[0]}?" if close else "credscore init program writes one to start from"


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > LARGEST:
        raise _refused(name, f"is larger than {LARGEST // 2**20} MiB", "one program or goal is a few kilobytes")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refused(name, "is UTF-16, not UTF-8", "save it as UTF-8", 1)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        bad = raw[error.start]
        raise _refused(name, f"is not UTF-8: byte 0x{bad:02x} at {error.start}", "save it as UTF-8", line) from None


def parse_document(text: str, name: str) -> Document:
    """The document in a text; JSON by its name or its first sign, else TOML.

    Raises:
        InputError: it is empty, is neither, or holds no table.
    """
    if not text.strip():
        raise _refused(name, "is empty", "credscore init writes a file to start from")
    is_json = name.endswith(".json") or (not name.endswith(".toml") and text.lstrip()[0] == "{")
    data = _json(text, name) if is_json else _toml(text, name)
    if not isinstance(data, dict):
        raise _refused(name, "does not hold one table", 'write { "name": …, … }', 1)
    data.pop("$schema", None)
    return Document(text, data, name, "json" if is_json else "toml")


def _toml(text: str, name: str) -> Any:
    import tomli

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:]
        raise _refused(name, f"not TOML: {reason}", _toml_hint(text, error.lineno), error.lineno, error.colno) from None
    except (RecursionError, ValueError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise _refused(name, f"not usable TOML: {reason}", "a program or goal file is a few levels deep") from None


def _toml_hint(text: str, line: int) -> str:
    lines = text.split("\n")
    written = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    if "=" in written and written.split("=", 1)[1].strip()[:1].isalpha():
        return 'put text in quotes: key = "value"'
    return "each line is key = value, a [section], or a # comment"


def _json(text: str, name: str) -> Any:
    import json

    try:
        return json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _refused(
            name, f"not JSON: {error.msg.lower()}", "check quotes and commas", error.lineno, error.colno
        ) from None
    except (ValueError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        hint = (
            "a program or goal file is a few levels deep"
            if deep
            else "JSON knows each key once, and finite numbers only"
        )
        raise _refused(name, f"not usable JSON: {'nested too deeply' if deep else error}", hint) from None


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f'the key "{key}" stands twice')
        found[key] = value
    return found


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is not a number")
