"""DuckDB: a whole table as one relation, worked out on every core with what memory there is, the rest on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import narwhals as nw
import polars as pl

from credscore.batch.chunk import BATCH, ROW, SPACE, Chunk, Held, Reading
from credscore.batch.engines import polars as source
from credscore.batch.engines.staged import staged
from credscore.batch.judging import Engine
from credscore.batch.matching import distinct_of
from credscore.batch.pieces import Raw
from credscore.batch.tablefile import TableFile, reading, refused
from credscore.errors import MissingExtraError
from credscore.sources.row import NUMBER

NUMERIC = {"tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint", "usmallint", "uinteger", "ubigint",
           "uhugeint", "float", "double", "decimal"}  # fmt: skip
NESTED = {"list", "array", "struct", "map", "union", "json", "variant"}
DAYS = {"timestamp", "timestamp with time zone", "timestamp_s", "timestamp_ms", "timestamp_ns"}


class DuckDB:
    """A DuckDB with a folder of its own for what memory does not hold; closing it removes both.

    Args:
        memory: how much it may use, such as "4GB"; DuckDB's own choice without one.
        threads: how many cores it may use; all without a number.

    Raises:
        MissingExtraError: DuckDB is not installed.
    """

    def __init__(self, memory: str | None = None, threads: int | None = None) -> None:
        try:
            import duckdb
        except ImportError:
            raise MissingExtraError("duckdb", "duckdb") from None
        self._duckdb = duckdb
        self._folder = TemporaryDirectory(prefix="credscore-", ignore_cleanup_errors=True)
        config: dict[str, Any] = {"temp_directory": self._folder.name, "preserve_insertion_order": True}
        config |= {} if memory is None else {"memory_limit": memory}
        config |= {} if threads is None else {"threads": threads}
        self.connection: Any = duckdb.connect(":memory:", config=config)
        self._numbers = count()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection, and remove what it wrote for itself."""
        self.connection.close()
        self._folder.cleanup()

    def engine(self) -> Engine:
        """DuckDB as the engine of a judgement."""
        return Engine(_distinct, self._taken_in, self.collected, self._kept, self._part, BATCH)

    def _taken_in(self, rows: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> Any:
        name = f"taken_in_{next(self._numbers)}"
        small = pl.DataFrame(rows, schema={column: source.WORD_TYPES[kind] for column, kind in schema.items()})
        self.connection.from_arrow(small.to_arrow()).create(name)
        return nw.from_native(self.connection.table(name))

    # -- reading

    def headers_of(self, table: TableFile) -> tuple[str, ...] | None:
        """The headers of a table, None where every row names its own.

        Raises:
            InputError: it cannot be read as a table.
        """
        if table.form != "parquet":
            return source.headers_of(table)
        return tuple(self._parquet(table).columns[:-1])

    def chunks(self, table: TableFile, reader: Reading, after: int = 0) -> Iterator[Chunk]:
        """The rows of a table after a number of rows, all in one.

        Raises:
            InputError: it cannot be read as a table.
        """
        with reading(table.name):
            chunk = self._columns(table, reader, after) if table.form == "parquet" else self._rows(table, reader, after)
        if chunk is not None:
            yield chunk

    def _rows(self, table: TableFile, reader: Reading, after: int) -> Chunk | None:
        folder = Path(self._folder.name) / f"table-{next(self._numbers)}"
        folder.mkdir()
        whole = staged(table, reader, folder, after)
        if whole is None:
            return None
        relation = self.connection.read_parquet(list(whole.files), union_by_name=True)
        cells = (f"coalesce({name}, '') AS {name}" if name[0] == "h" else name for name in whole.columns)
        return Chunk(relation.project(", ".join(cells)), whole.headers, whole.held, after + 1, whole.broken)

    def _parquet(self, table: TableFile) -> Any:
        with reading(table.name):
            Path(table.path).open("rb").close()
        try:
            return self.connection.read_parquet([table.path], file_row_number=True)
        except self._duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise refused(table.name, f"is no readable Parquet: {reason}", "write it again") from None

    def _columns(self, table: TableFile, reader: Reading, after: int) -> Chunk:
        relation = self._parquet(table)
        headers, held, cells = tuple(relation.columns[:-1]), dict[str, Held](), list[str]()
        for place, (header, kind) in enumerate(zip(headers, relation.types, strict=False)):
            column, name = _quoted(header), kind.id
            held[header] = Held(
                place, number=name in NUMERIC and reader.is_figure(header) and header not in reader.words
            )
            if held[header].number:
                cells.append(f"CASE WHEN NOT isnan({column}::DOUBLE) THEN {column}::DOUBLE END AS n{place}")
                continue
            text = f"coalesce(trim({_as_text(column, name)}, {_text(SPACE)}), '')"
            cells.append(f"{text} AS h{place}")
            if reader.is_figure(header):
                bare = text
                for sign in reader.ignored:
                    bare = f"replace({bare}, {_text(sign)}, '')"
                bare = f"trim({bare}, {_text(SPACE)})"
                cells.append(
                    f"CASE WHEN regexp_full_match({bare}, '{NUMBER.pattern}') THEN try_cast({bare} AS DOUBLE) END AS n{place}"
                )
        cells.append(f"{_quoted(relation.columns[-1])} + 1 AS {ROW}")
        whole = relation.filter(f"{_quoted(relation.columns[-1])} >= {int(after)}") if after else relation
        return Chunk(whole.project(", ".join(cells)), headers, held, after + 1)

    # -- giving back

    @staticmethod
    def collected(frame: Any) -> pl.DataFrame:
        """A narwhals frame of a relation as a Polars frame."""
        return _as_polars(nw.to_native(frame).to_arrow_table())

    def _kept(self, frame: Any) -> Any:
        """Answers as a table of their own, on disk where memory does not hold it."""
        name = f"kept_{next(self._numbers)}"
        nw.to_native(frame).create(name)
        return self.connection.table(name)

    def _part(self, kept: Any, first: int, end: int) -> pl.DataFrame:
        return _as_polars(kept.filter(f"{ROW} >= {int(first)} AND {ROW} < {int(end)}").to_arrow_table())


def _distinct(frame: Any) -> list[Raw]:
    return distinct_of(nw.to_native(frame).distinct().fetchall())


def _as_polars(arrow: Any) -> pl.DataFrame:
    found = pl.from_arrow(arrow)
    assert isinstance(found, pl.DataFrame)
    return found


def _as_text(column: str, kind: str) -> str:
    if kind in DAYS:
        return f"{column}::DATE::VARCHAR"
    if kind in ("float", "double"):
        return f"CASE WHEN {column} = round({column}) THEN try_cast({column} AS BIGINT)::VARCHAR ELSE {column}::VARCHAR END"
    if kind in NESTED:
        return f"to_json({column})::VARCHAR"
    return f"{column}::VARCHAR"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(content: str) -> str:
    return "'" + content.replace("'", "''") + "'"
