"""Table file: what a table is called, what form it has, and its headers.

Forms go by the name's ending: csv, tsv, jsonl (ndjson), parquet, xlsx.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from credscore.errors import InputError, Problem

FORMS = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
    ".pq": "parquet", ".xlsx": "excel", ".xls": "excel", ".xlsb": "excel", ".ods": "excel",
}  # fmt: skip
HEAD = 1 << 20
REMOTE = "://"
"""Stands in the address of what is on no machine of ours."""


class TableFile(NamedTuple):
    """One table of programs."""

    path: str
    form: str  #: "csv" | "jsonl" | "parquet" | "excel"

    @property
    def name(self) -> str:
        """How messages call it."""
        return self.path


def form_of(path: str) -> str | None:
    """The form of a table by its name, None for what is no table."""
    return FORMS.get(Path(path).suffix.lower())


def refused(name: str, reason: str, hint: str) -> InputError:
    """One reason why a whole table cannot be used."""
    return InputError([Problem(name, "", reason, hint)])


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Tell what the system says of a file that cannot be opened."""
    try:
        yield
    except FileNotFoundError:
        raise refused(name, "no such file", "check the path") from None
    except PermissionError:
        raise refused(name, "may not be read", "ask for permission to read it") from None
    except IsADirectoryError:
        raise refused(name, "is a folder, not a table", "name the table in it") from None
    except UnicodeDecodeError as error:
        at = f"byte 0x{error.object[error.start]:02x}"
        raise refused(name, f"is not UTF-8: {at}", "save it as UTF-8 (in a spreadsheet: CSV UTF-8)") from None
    except OSError as error:
        raise refused(name, f"cannot be read: {error.strerror or error}", "check the path") from None


class Dialect(NamedTuple):
    """How a text table is written: its separator and its headers."""

    separator: str
    headers: tuple[str, ...]


def dialect_of(path: str) -> Dialect:
    """The separator and headers of a CSV or TSV file, from its first record.

    Raises:
        InputError: it cannot be read, is not UTF-8, or has no header.
    """
    with reading(path), open_text(path) as file:
        head = file.read(HEAD)
    if not head.strip():
        raise refused(path, "is empty", "a table has a header line and a row for each program")
    first = head.lstrip("\n").split("\n", 1)[0]
    tabs = Path(path).suffix.lower() in (".tsv", ".tab")
    separator = "\t" if tabs else max(",;\t|", key=lambda sign: (first.count(sign), -",;\t|".index(sign)))
    try:
        headers = next(csv.reader(io.StringIO(head), delimiter=separator), [])
    except csv.Error as error:
        raise refused(path, f"has no readable header: {error}", "the first line names the columns") from None
    return Dialect(separator, tuple(h.strip() for h in headers))


def open_text(path: str) -> IO[str]:
    """The text of a file, its line ends as they stand and without a byte order mark."""
    return Path(path).open(encoding="utf-8-sig", newline="")
