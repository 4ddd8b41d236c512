"""Chunk: some rows of a table as every engine gives them, and what is known of its columns beforehand."""

from __future__ import annotations

from typing import Any, NamedTuple

from credscore.errors import Problem
from credscore.model.layout import slot_of

ROW, LINE = "row", "line"
SPACE = "".join(chr(n) for n in range(0x3001) if chr(n).isspace())
"""What is trimmed from cells, as in text by itself."""
BATCH = 200_000
"""Rows at a time, where a whole table is given back in parts."""


class Held(NamedTuple):
    """How one header's column stands in a frame: its place, and whether it came as numbers or as text."""

    place: int
    number: bool

    @property
    def text(self) -> str:
        """The column of its trimmed text, "" where nothing stands."""
        return f"h{self.place}"

    @property
    def figure(self) -> str:
        """The column of its numbers, null where there is none."""
        return f"n{self.place}"


class Reading(NamedTuple):
    """What is known of a table's columns before they are read."""

    figures: frozenset[str] | None = None  #: headers of numbers; None to go by the names of our own fields
    ignored: str = ""  #: signs to be left out of numbers
    own: bool = True  #: whether the headers are the names of our own fields
    words: frozenset[str] = frozenset()  #: headers of which another field reads the text, too
    texts: bool = False  #: whether the text of columns that hold nothing but numbers is wanted, too

    def is_figure(self, header: str) -> bool:
        """Whether a header's column holds numbers."""
        if self.figures is not None:
            return header in self.figures
        slot = slot_of(header)
        return slot is not None and slot.is_number


class Chunk(NamedTuple):
    """Some rows of a table: their headers, how each column stands, and what could not be split into cells."""

    frame: Any  #: a frame of the engine: columns h0 … of trimmed text, n0 … of numbers, and row
    headers: tuple[str, ...]
    held: dict[str, Held]
    first: int  #: the number of its first row, from 1
    broken: tuple[tuple[int, str | tuple[Problem, ...]], ...] = ()  #: rows that are no rows, with the reason
    paths: tuple[str, ...] = ()  #: the file of each row, where every row is a file of its own
