"""Intake: what comes through standard input, set down as a file of its kind, so that it is read like any other."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from credscore.errors import InputError, Problem, UsageError

STDIN = "-"
PEEK = 1 << 16


@contextmanager
def taken_in(sources: Sequence[str]) -> Iterator[list[str]]:
    """The sources, with a file in place of ``-`` while it is needed.

    Raises:
        UsageError: standard input is named more than once.
        InputError: standard input is closed or empty.
    """
    if STDIN not in sources:
        yield list(sources)
        return
    if list(sources).count(STDIN) > 1:
        raise UsageError("only one source can be stdin (-)", "give the others as files")
    if sys.stdin is None:
        raise InputError([Problem("<stdin>", "", "is closed", "pipe programs into it, or name files")])
    with tempfile.TemporaryDirectory(prefix="credscore-") as folder:
        stream = sys.stdin.buffer
        head = stream.read(PEEK)
        if not head.strip():
            raise InputError([Problem("<stdin>", "", "is empty", "pipe programs into it, or name files")])
        path = Path(folder) / f"stdin{_ending(head)}"
        with path.open("wb") as file:
            file.write(head)
            shutil.copyfileobj(stream, file)
        yield [str(path) if source == STDIN else source for source in sources]


def _ending(head: bytes) -> str:
    """What kind of file begins like this: Parquet, JSON Lines, one JSON program, a table, or TOML."""
    if head[:4] == b"PAR1":
        return ".parquet"
    if head[:4] == b"PK\x03\x04":
        return ".xlsx"
    lines = [line.strip() for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    first = lines[0]
    if first[:1] == b"{":
        return ".jsonl" if first[-1:] == b"}" else ".json"
    toml = first[:1] in (b"[", b"#") or (b"=" in first and b"," not in first.split(b"=")[0])
    return ".toml" if toml else ".tsv" if b"\t" in first else ".csv"
