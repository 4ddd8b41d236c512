"""Spark: a whole table as one dataframe, worked out wherever the session runs, Parquet read and written by Spark itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import narwhals as nw
import polars as pl

from credscore.batch.door import Held
from credscore.batch.engines import polars as source
from credscore.batch.engines.chunk import ROW, Chunk, Reading
from credscore.batch.engines.sql import NUMBER, SPACE, columns, speech
from credscore.batch.engines.staged import staged
from credscore.batch.judging import Engine
from credscore.batch.matching import distinct_of
from credscore.batch.pieces import Raw
from credscore.batch.tablefile import TableFile, refused
from credscore.errors import MissingExtraError, UsageError
from credscore.model.sheet import Wave, Working

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.codegen.wholeStage": "false",  # all waves in one method are more than a method may hold
    "spark.driver.extraJavaOptions": "-Xss32m",  # a plan is as deep as there are waves
}


class Spark:
    """A Spark session with a folder of its own for text tables on their way in; closing it ends both.

    Args:
        master: where it runs, in Spark's words; every core of this machine without one.
        settings: settings of the session beside our own.

    Raises:
        MissingExtraError: PySpark is not installed.
        UsageError: there is no Java to run it.
    """

    def __init__(self, master: str = "local[*]", settings: Mapping[str, str] | None = None) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise MissingExtraError("spark", "pyspark") from None
        home = os.environ.get("JAVA_HOME", "")
        if shutil.which("java") is None and not Path(home, "bin", "java").is_file():
            raise UsageError("Spark needs Java, and there is none here", "install Java 17 or later, or set JAVA_HOME")
        self._local = master.startswith("local")
        builder = SparkSession.builder.master(master).appName("credscore")
        for key, value in {**SETTINGS, **(settings or {})}.items():
            builder = builder.config(key, value)
        self.session: Any = builder.getOrCreate()
        self._folder = TemporaryDirectory(prefix="credscore-", ignore_cleanup_errors=True)
        self._numbers = count()
        self._seen: dict[int, list[Raw]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the session, and remove what was written for it."""
        self.session.stop()
        self._folder.cleanup()

    def engine(self) -> Engine:
        """Spark as the engine of a judgement."""
        return Engine(self._distinct, self._taken_in, Working(speech("`"), _through))

    def _distinct(self, frame: Any) -> list[Raw]:
        native = nw.to_native(frame).distinct()
        key = native.semanticHash()
        if key not in self._seen:
            self._seen[key] = distinct_of(native.collect())
        return self._seen[key]

    def _taken_in(self, rows: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> Any:
        from pyspark.sql.functions import broadcast

        small = pl.DataFrame(rows, schema={name: source.WORD_TYPES[kind] for name, kind in schema.items()})
        return nw.from_native(broadcast(self.session.createDataFrame(small.to_arrow())))

    # -- reading

    def headers_of(self, table: TableFile) -> tuple[str, ...] | None:
        """The headers of a table, None where every row names its own.

        Raises:
            InputError: it cannot be read as a table.
        """
        return source.headers_of(table) if table.form != "parquet" else tuple(self._parquet(table).columns)

    def chunks(self, table: TableFile, reader: Reading, after: int = 0) -> Iterator[Chunk]:
        """The rows of a table after a number of rows, all in one.

        Raises:
            InputError: it cannot be read as a table.
            UsageError: it is no Parquet, and the session runs on other machines, which cannot see it.
        """
        chunk = self._columns(table, reader, after) if table.form == "parquet" else self._rows(table, reader, after)
        if chunk is not None:
            yield chunk

    def _rows(self, table: TableFile, reader: Reading, after: int) -> Chunk | None:
        from pyspark.sql import functions as f

        if not self._local:
            hint = "write it as Parquet where every machine can read it"
            raise UsageError(f"{table.name} is on this machine, and Spark runs on others", hint)
        folder = Path(self._folder.name) / f"table-{next(self._numbers)}"
        folder.mkdir()
        whole = staged(table, reader, folder, after)
        if whole is None:
            return None
        frame = self.session.read.option("mergeSchema", "true").parquet(*whole.files)
        cells = [f.coalesce(f.col(n), f.lit("")).alias(n) if n[0] == "h" else f.col(n) for n in whole.columns]
        return Chunk(frame.select(*cells), whole.headers, whole.held, after + 1, whole.broken)

    def _parquet(self, table: TableFile) -> Any:
        from pyspark.errors import PySparkException

        try:
            return self.session.read.parquet(table.path)
        except PySparkException as error:
            reason = str(error).splitlines()[0]
            raise refused(table.name, f"is no readable Parquet: {reason}", "check the address") from None

    def _columns(self, table: TableFile, reader: Reading, after: int) -> Chunk:
        from pyspark.sql import functions as f
        from pyspark.sql.types import NumericType

        frame = self._parquet(table)
        headers, held, cells = tuple(frame.columns), dict[str, Held](), list[Any]()
        for place, (header, field) in enumerate(zip(headers, frame.schema, strict=True)):
            column = f.col("`" + header.replace("`", "``") + "`")
            held[header] = Held(place, number=isinstance(field.dataType, NumericType) and reader.is_figure(header))
            if held[header].number:
                x = column.cast("double")
                cells.append(f.when(~f.isnan(x), x).alias(f"n{place}"))
                continue
            text = f.coalesce(f.btrim(_as_text(column, field.dataType), f.lit(SPACE)), f.lit(""))
            cells.append(text.alias(f"h{place}"))
            if reader.is_figure(header):
                bare = f.btrim(f.translate(text, reader.ignored, ""), f.lit(SPACE)) if reader.ignored else text
                cells.append(f.when(bare.rlike(f"^{NUMBER}$"), bare.cast("double")).alias(f"n{place}"))
        whole = self._numbered(frame, cells)
        return Chunk(whole.filter(f.col(ROW) > after) if after else whole, headers, held, after + 1)

    def _numbered(self, frame: Any, cells: Sequence[Any]) -> Any:
        """The cells with the number of each row: its place in its file after all rows of the files before, by name."""
        from pyspark.sql import functions as f

        place = frame.metadataColumn("_metadata")
        path, row = place.getField("file_path"), place.getField("row_index") + 1
        counted = sorted(frame.groupBy(path.alias("path")).count().collect())
        if len(counted) <= 1:
            return frame.select(*cells, row.cast("bigint").alias(ROW))
        before = accumulate((n for _, n in counted), initial=0)
        starts = pl.DataFrame({"path": [p for p, _ in counted], "before": list(before)[:-1]})
        small = f.broadcast(self.session.createDataFrame(starts.to_arrow()))
        whole = frame.select(*cells, path.alias("path"), row.alias("in_file")).join(small, "path")
        return whole.withColumn(ROW, f.col("before") + f.col("in_file")).drop("path", "before", "in_file")

    # -- giving back

    def collected(self, frame: Any, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Some columns of a dataframe, or all, as one Polars frame in the order of its rows."""
        native = nw.to_native(frame, pass_through=True)
        found = pl.from_arrow((native if columns is None else native.select(*columns)).toArrow())
        assert isinstance(found, pl.DataFrame)
        return found.sort(ROW) if ROW in found.columns else found

    def write_parquet(self, frame: Any, path: str) -> None:
        """Write a dataframe to a new folder of Parquet files, wherever Spark can write."""
        nw.to_native(frame, pass_through=True).write.parquet(path)


def _through(frame: Any, waves: Sequence[Wave]) -> Any:
    """Wave by wave in SQL: a call for each, where expressions built one by one are a call for every sign in them."""
    native = nw.to_native(frame)
    for wave in waves:
        native = native.selectExpr(*columns(wave, "`"))
    return nw.from_native(native)


def _as_text(column: Any, kind: Any) -> Any:
    from pyspark.sql import functions as f
    from pyspark.sql import types

    if isinstance(kind, types.TimestampType | types.TimestampNTZType):
        return column.cast("date").cast("string")
    if isinstance(kind, types.FractionalType):
        return f.when(column == f.rint(column), column.cast("bigint").cast("string")).otherwise(column.cast("string"))
    if isinstance(kind, types.ArrayType | types.StructType | types.MapType):
        return f.to_json(column)
    return column.cast("string")
