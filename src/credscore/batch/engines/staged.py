"""Staged: a text table as Parquet files in a folder of the engine's own, read by the one reader of such tables.

Every engine so sees the same rows, the same cells and the same broken ones, and memory does not grow with the table.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from credscore.batch.chunk import LINE, ROW, Held, Reading
from credscore.batch.engines import polars as source
from credscore.batch.tablefile import TableFile
from credscore.errors import Problem


class Staged(NamedTuple):
    """Parquet files that together are one table; a file may lack columns that another has."""

    files: tuple[str, ...]
    columns: tuple[str, ...]  #: every column of any of them
    headers: tuple[str, ...]
    held: dict[str, Held]
    broken: tuple[tuple[int, str | tuple[Problem, ...]], ...]


def staged(table: TableFile, reader: Reading, folder: Path, after: int = 0) -> Staged | None:
    """The rows of a table after a number of rows, written to a folder; None where there are none.

    Raises:
        InputError: it cannot be read as a table.
    """
    places: dict[str, int] = {}
    files, columns, broken = list[str](), dict[str, None](), list[tuple[int, str | tuple[Problem, ...]]]()
    for number, chunk in enumerate(source.chunks(table, reader._replace(texts=True), after)):
        names = {ROW: ROW, LINE: LINE}
        for header, held in chunk.held.items():
            place = places.setdefault(header, len(places))
            names |= {held.text: f"h{place}", held.figure: f"n{place}"}
        frame = chunk.frame.select(chunk.frame[old].alias(new) for old, new in names.items() if old in chunk.frame)
        path = folder / f"{number:06}.parquet"
        frame.write_parquet(path, compression="lz4")
        files.append(str(path))
        columns |= dict.fromkeys(frame.columns)
        broken += chunk.broken
    if not files:
        return None
    held_by = {header: Held(place, number=False) for header, place in places.items()}
    return Staged(tuple(files), tuple(columns), tuple(places), held_by, tuple(broken))
