"""Polars: reads tables chunk by chunk, so that memory does not grow with their length."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

import narwhals as nw
import polars as pl

from credscore.batch.chunk import LINE, ROW, Chunk, Held, Reading
from credscore.batch.documents import json_row, read_all
from credscore.batch.judging import Engine
from credscore.batch.matching import distinct_of
from credscore.batch.pieces import Raw
from credscore.batch.tablefile import TableFile, dialect_of, open_text, reading, refused
from credscore.model.sheet import Wave, in_turn

CHUNK = 300_000
"""Rows at a time: enough to make a plan worth its cost, few enough to stay small."""
BLOCK, BOM = 48 * 1024 * 1024, b"\xef\xbb\xbf"
"""Bytes of text at a time, and what may stand before all text."""
SLOW_CHUNK = 50_000
FILES = 10_000
WORD_TYPES = {nw.String: pl.String, nw.Float64: pl.Float64}
__all__ = ["LINE", "ROW", "Chunk", "Reading", "chunks", "engine", "headers_of"]


def engine() -> Engine:
    """Polars as the engine of a judgement."""
    return Engine(_distinct, _taken_in, nw.to_native, nw.to_native, lambda answers, *_: answers, None, _through)


def _distinct(frame: Any) -> list[Raw]:
    return distinct_of(nw.to_native(frame).unique().rows())


def _through(frame: Any, waves: Sequence[Wave]) -> Any:
    """A frame through all waves at once, in pieces that fit a processor's cache."""
    lazy = in_turn(frame.lazy(), waves)
    return nw.from_native(nw.to_native(lazy).collect(engine="streaming", optimizations=pl.QueryOptFlags.none()))


def _taken_in(rows: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> Any:
    return nw.from_native(pl.DataFrame(rows, schema={name: WORD_TYPES[kind] for name, kind in schema.items()}))


def chunks(table: TableFile, reader: Reading, after: int = 0) -> Iterator[Chunk]:
    """The rows of a table in order, those after a number of rows.

    Args:
        table: the table.
        reader: what is known of its columns.
        after: rows to leave out at the beginning.

    Raises:
        InputError: it cannot be read as a table.
    """
    read = {"csv": _csv, "parquet": _parquet, "jsonl": _jsonl, "excel": _excel}[table.form]
    with reading(table.name):
        yield from read(table, reader, after)


def headers_of(table: TableFile) -> tuple[str, ...] | None:
    """The headers of a table, None where every row names its own.

    Raises:
        InputError: it cannot be read as a table.
    """
    match table.form:
        case "csv":
            return dialect_of(table.path).headers
        case "parquet":
            with reading(table.name):
                return tuple(_scanned(table).collect_schema())
        case "excel":
            return tuple(_sheet(table).columns)
        case _:
            return None


def _held(headers: Sequence[str], numbers: Mapping[str, bool] | None = None) -> dict[str, Held]:
    return {h: Held(n, bool(numbers and numbers.get(h))) for n, h in enumerate(headers)}


def opened(frame: pl.DataFrame, headers: tuple[str, ...], reader: Reading, first: int) -> Chunk:
    """A chunk whose columns, h0, h1 … by header, are trimmed text, with numbers beside those that hold them.

    Rows are numbered from ``first``, unless they have their numbers already.
    """
    text, numbers, plain = [], [], dict[str, bool]()
    for place, header in enumerate(headers):
        column, kind = pl.col(f"h{place}"), frame.schema[f"h{place}"]
        if kind.is_numeric() and reader.is_figure(header) and header not in reader.words:
            numbers.append(column.cast(pl.Float64).fill_nan(None).alias(f"n{place}"))
            plain[header] = True
            continue
        trimmed = _as_text(column, kind).str.strip_chars().fill_null("")
        text.append(trimmed.alias(f"h{place}"))
        if reader.is_figure(header):
            if reader.ignored:
                trimmed = trimmed.str.replace_many(dict.fromkeys(reader.ignored, "")).str.strip_chars()
            numbers.append(trimmed.cast(pl.Float64, strict=False).alias(f"n{place}"))
    if ROW not in frame.columns:
        numbers.append(pl.int_range(first, first + frame.height, dtype=pl.Int64).alias(ROW))
    frame = frame.with_columns(*text, *numbers)
    clean = {
        h: n
        for n, h in enumerate(headers)
        if not reader.texts
        and h not in plain
        and h not in reader.words
        and reader.is_figure(h)
        and _only_numbers(frame, n)
    }
    plain |= dict.fromkeys(clean, True)
    return Chunk(frame.drop([f"h{n}" for n in clean.values()]), headers, _held(headers, plain), first)


def _only_numbers(frame: pl.DataFrame, place: int) -> bool:
    """Whether every cell of a column that holds anything is a number, so that its text is of no more use."""
    return bool(frame[f"n{place}"].is_finite().sum() == frame[f"h{place}"].str.len_bytes().cast(pl.Boolean).sum())


def _as_text(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if kind == pl.String:
        return column
    if kind == pl.Datetime:
        return column.cast(pl.Date).cast(pl.String)
    if kind.is_float():
        return pl.when(column == column.round(0)).then(column.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(
            column.cast(pl.String))  # fmt: skip
    if kind.is_nested():
        whole = pl.struct(column.alias("x")).struct.json_encode()
        return pl.when(column.is_null()).then(pl.lit("")).otherwise(whole.str.slice(5).str.head(-1))
    return column.cast(pl.String)


def _csv(table: TableFile, reader: Reading, after: int) -> Iterator[Chunk]:
    dialect = dialect_of(table.path)
    names = [f"h{n}" for n in range(len(dialect.headers))]
    first, skipped = after + 1, after
    with Path(table.path).open("rb") as file:
        for block in _blocks(file):
            try:
                frame = pl.read_csv(
                    block, has_header=False, separator=dialect.separator, infer_schema=False, new_columns=names,
                    empty_string_is_null=False, schema=dict.fromkeys(names, pl.String),
                )  # fmt: skip
            except pl.exceptions.PolarsError:
                yield from _csv_by_row(table, reader, first - 1)
                return
            frame, skipped = frame.slice(skipped), max(skipped - frame.height, 0)
            if frame.height:
                yield opened(frame.rechunk(), dialect.headers, reader, first)
                first += frame.height


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """The records of a text table below its header, some at a time; a line break inside quotes ends none."""
    rest = file.read(len(BOM))
    rest = b"" if rest == BOM else rest
    header = True
    while True:
        read = file.read(BLOCK)
        rest += read
        if header:
            end = _record_end(rest, 0)
            if end is None and read:
                continue
            header, rest = False, rest[end:] if end is not None else b""
        end = len(rest) if not read else rest.rfind(b"\n") + 1
        while end and read and rest.count(b'"', 0, end) % 2:
            end = rest.rfind(b"\n", 0, end - 1) + 1
        if end:
            yield rest[:end]
            rest = rest[end:]
        if not read:
            return


def _record_end(text: bytes, start: int) -> int | None:
    """Where the record that begins at a place ends, behind its line break; None if it does not."""
    end = start
    while (end := text.find(b"\n", end) + 1) > 0:
        if text.count(b'"', start, end) % 2 == 0:
            return end
    return None


def _csv_by_row(table: TableFile, reader: Reading, after: int) -> Iterator[Chunk]:
    """The rest of a table that breaks off somewhere, record by record, so that only its broken rows are lost."""
    dialect = dialect_of(table.path)
    width, first = len(dialect.headers), after + 1
    csv.field_size_limit(16 * 1024 * 1024)
    with open_text(table.path) as file:
        records = csv.reader(file, delimiter=dialect.separator)
        next(records)
        lines = islice((record or [""] * width for record in records), after, None)
        while True:
            try:
                part = list(islice(lines, SLOW_CHUNK))
            except csv.Error as error:
                raise refused(
                    table.name, f"cannot be read beyond row {first}: {error}", "check the quotes there"
                ) from None
            if not part:
                return
            broken = tuple((first + n, f"has {len(r)} cells, and the header {width}") for n, r in enumerate(part)
                           if len(r) > width)  # fmt: skip
            whole = [(r + [""] * width)[:width] for r in part]
            frame = pl.DataFrame(whole, schema={f"h{n}": pl.String for n in range(width)}, orient="row")
            yield opened(frame, dialect.headers, reader, first)._replace(broken=broken)
            first += len(part)


def _scanned(table: TableFile) -> pl.LazyFrame:
    try:
        return pl.scan_parquet(table.path, glob=False)
    except pl.exceptions.PolarsError as error:
        raise _no_parquet(table, error) from None


def _no_parquet(table: TableFile, error: Exception) -> Exception:
    return refused(table.name, f"is no readable Parquet: {str(error).splitlines()[0]}", "write it again")


def _parquet(table: TableFile, reader: Reading, after: int) -> Iterator[Chunk]:
    try:
        scan = _scanned(table)
        headers = tuple(scan.collect_schema())
        scan = scan.rename({h: f"h{n}" for n, h in enumerate(headers)})
        length = scan.select(pl.len()).collect().item()
        for offset in range(after, length, CHUNK):
            yield opened(scan.slice(offset, CHUNK).collect().rechunk(), headers, reader, offset + 1)
    except pl.exceptions.PolarsError as error:
        raise _no_parquet(table, error) from None


def _sheet(table: TableFile) -> pl.DataFrame:
    from credscore.errors import MissingExtraError

    try:
        import fastexcel
    except ImportError:
        raise MissingExtraError("table", "fastexcel, to read spreadsheets") from None
    with reading(table.name):
        try:
            return fastexcel.read_excel(table.path).load_sheet(0, dtypes="string").to_polars()
        except fastexcel.FastExcelError as error:
            reason = str(error).splitlines()[0]
            raise refused(table.name, f"is no readable spreadsheet: {reason}", "save it as xlsx or CSV") from None


def _excel(table: TableFile, reader: Reading, after: int) -> Iterator[Chunk]:
    frame = _sheet(table)
    headers = tuple(frame.columns)
    frame.columns = [f"h{n}" for n in range(len(headers))]
    frame = frame.with_columns(pl.all().str.replace(r" 00:00:00$", ""))  # a day, as a spreadsheet keeps it
    for offset in range(after, frame.height, CHUNK):
        yield opened(frame.slice(offset, CHUNK), headers, reader, offset + 1)


def _jsonl(table: TableFile, reader: Reading, after: int) -> Iterator[Chunk]:
    """Lines of JSON, each a program: nested as in a file, or flat under dotted names."""
    first = after + 1
    with open_text(table.path) as file:
        lines = islice(file, after, None)
        while part := list(islice(lines, SLOW_CHUNK)):
            rows = [json_row(line, own=reader.own) for line in part]
            broken = tuple((n, row) for n, row in enumerate(rows, first) if isinstance(row, str))
            cells = [row if isinstance(row, dict) else {} for row in rows]
            frame, headers = _gathered(cells, {LINE: [line.strip() for line in part]})
            yield opened(frame, headers, reader, first)._replace(broken=broken)
            first += len(part)


def documents(paths: Sequence[str], reader: Reading, jobs: int | None = None) -> Iterator[Chunk]:
    """Program files as chunks of rows, in their order."""
    first, read = 1, read_all(paths, jobs)
    while part := list(islice(read, FILES)):
        broken = tuple((n, found) for n, (_, found) in enumerate(part, first) if isinstance(found, tuple))
        frame, headers = _gathered([found if isinstance(found, dict) else {} for _, found in part], {})
        chunk = opened(frame, headers, reader, first)
        yield chunk._replace(broken=broken, paths=tuple(path for path, _ in part))
        first += len(part)


def _gathered(
    rows: Sequence[Mapping[str, str]], beside: Mapping[str, list[str]]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Rows of cells as a frame, and its headers."""
    headers = tuple(dict.fromkeys(name for row in rows for name in row)) or ("name",)
    columns = {f"h{n}": [row.get(h, "") for row in rows] for n, h in enumerate(headers)}
    return pl.DataFrame({**beside, **columns}, schema=dict.fromkeys([*beside, *columns], pl.String)), headers
