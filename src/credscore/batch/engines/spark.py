"""Spark: hands the parts of a table out to as many machines as there are; each judges its part as one machine would.

What comes back are answers, and for each part a note of what it saw and could not score.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import polars as pl

from credscore.batch.block import Block, Failed, Question
from credscore.batch.chunk import LINE, ROW, Chunk, Reading
from credscore.batch.engines import polars as source
from credscore.batch.engines.staged import staged
from credscore.batch.tablefile import REMOTE, TableFile, refused
from credscore.errors import MissingExtraError, Problem, UsageError

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "200000",
}
GOAL, NOTE = "goal_number", "note"


class Spark:
    """A Spark session, with a folder for what passes through this machine; closing it ends what it began.

    Args:
        master: where it runs, in Spark's words; every core of this machine without one.
        settings: settings of the session beside our own.

    Raises:
        MissingExtraError: PySpark is not installed.
        UsageError: there is no Java to run it.
    """

    def __init__(self, master: str | None = None, settings: Mapping[str, str] | None = None) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise MissingExtraError("spark", "pyspark") from None
        home = os.environ.get("JAVA_HOME", "")
        if shutil.which("java") is None and not Path(home, "bin", "java").is_file():
            raise UsageError("Spark needs Java, and there is none here", "install Java 17 or later, or set JAVA_HOME")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self.local = master is None or master.startswith("local")
        self._found = SparkSession.getActiveSession() is not None
        builder = SparkSession.builder.master(master or "local[*]").appName("credscore")
        for key, value in {**SETTINGS, **(settings or {})}.items():
            builder = builder.config(key, value)
        self.session: Any = builder.getOrCreate()
        self._folder = TemporaryDirectory(prefix="credscore-", ignore_cleanup_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the session, unless somebody else began it, and remove what was written for it."""
        if not self._found:
            self.session.stop()
        self._folder.cleanup()

    def headers_of(self, table: TableFile) -> tuple[str, ...] | None:
        """The headers of a table, None where every row names its own.

        Raises:
            InputError: it cannot be read as a table.
        """
        return source.headers_of(table) if table.form != "parquet" else tuple(self._parquet(table.path).columns)

    def blocks(
        self, table: TableFile, reader: Reading, question: Question, judged: Judged, after: int = 0
    ) -> Iterator[Block]:
        """The answers about a table in the order of its rows.

        Args:
            table: the table.
            reader: what is known of its columns.
            question: what is asked.
            judged: how a chunk is judged, wherever that is.
            after: rows to leave out at the beginning.

        Raises:
            InputError: it cannot be read as a table.
            UsageError: it is no Parquet, and the session runs on other machines, which cannot see it.
        """
        frame, broken = self._answered(table, reader, judged, after)
        if frame is None:
            return
        goals = len(question.goals)
        if broken:
            yield _block(pl.DataFrame(), goals)._replace(failed=broken, seen=len(broken))
        if not self.local:
            whole = pl.from_arrow(frame.toArrow())
            assert isinstance(whole, pl.DataFrame)
            yield _block(whole, goals)
            return
        folder = Path(self._folder.name) / "answers"
        frame.write.mode("overwrite").parquet(str(folder))
        for path in sorted(folder.glob("*.parquet")):
            yield _block(pl.read_parquet(path), goals)

    def written(
        self, table: TableFile, reader: Reading, question: Question, judged: Judged, path: str
    ) -> tuple[Block, list[dict[str, dict[str, float]]]]:
        """Write the answers where every machine can, into ``path/kind=answer``.

        Returns:
            A block without answers, which counts what was seen and lists what could not be scored, and for each goal
            how often each verdict was given and what the shares known add up to.
        """
        from pyspark.sql import functions as f

        goals = len(question.goals)
        frame, broken = self._answered(table, reader, judged, 0)
        if frame is None:
            return _block(pl.DataFrame(), goals), [{} for _ in question.goals]
        kind = f.when(f.col(NOTE).isNull(), "answer").otherwise("note")
        frame.withColumn("kind", kind).write.mode("overwrite").partitionBy("kind").parquet(path)
        whole = self.session.read.parquet(path)
        notes = [row[0] for row in whole.filter(f.col("kind") == "note").select(NOTE).collect()]
        counted = whole.filter(f.col("kind") == "answer").groupBy(GOAL, "verdict")
        counted = counted.agg(f.count("verdict"), f.sum("known")).collect()
        block = _block(pl.DataFrame({NOTE: notes}, schema={NOTE: pl.String}), goals)
        sums = [{"verdict": {word: float(n) for goal, word, n, _ in counted if goal == place},
                 "sum": {"known": sum(known for goal, _, _, known in counted if goal == place)}} for place in range(goals)]  # fmt: skip
        return block._replace(failed=(*broken, *block.failed), seen=block.seen + len(broken)), sums

    def _answered(
        self, table: TableFile, reader: Reading, judged: Judged, after: int
    ) -> tuple[Any, tuple[Failed, ...]]:
        """The dataframe of answers and notes, and the rows that could not even be split into cells."""
        broken: tuple[tuple[int, str | tuple[Problem, ...]], ...] = ()
        if table.form == "parquet":
            frame = self._parquet(table.path)
            headers = tuple(frame.columns)
            whole = self._numbered(frame)
        else:
            if not self.local:
                hint = "write it as Parquet where every machine can read it"
                raise UsageError(f"{table.name} is on this machine, and Spark runs on others", hint)
            passed = staged(table, reader, Path(self._folder.name), after)
            if passed is None:
                return None, ()
            headers, broken, after = passed.headers, passed.broken, 0
            whole = self.session.read.option("mergeSchema", "true").parquet(*passed.files)
            whole = whole.select(*(c for c in whole.columns if c[0] == "h" or c in (ROW, LINE)))
        lost = tuple(Failed(table.name, n, why if isinstance(why, tuple) else
                            (Problem(f"{table.name} row {n}", "", why, "mend the row"),)) for n, why in broken)  # fmt: skip
        if after:
            whole = whole.filter(whole[ROW] > after)
        return whole.mapInArrow(_part(headers, reader, judged), judged.schema()), lost

    def _parquet(self, path: str) -> Any:
        from pyspark.errors import PySparkException

        if REMOTE not in path and not Path(path).exists():
            raise refused(path, "no such file", "check the path")
        try:
            return self.session.read.parquet(path)
        except PySparkException as error:
            reason = str(error).splitlines()[0]
            raise refused(path, f"is no readable Parquet: {reason}", "check the address") from None

    def _numbered(self, frame: Any) -> Any:
        """The columns as h0 … with the number of each row: its place in its file after all rows of the files before."""
        from pyspark.sql import functions as f

        place = frame.metadataColumn("_metadata")
        path, row = place.getField("file_path"), place.getField("row_index") + 1
        cells = [f.col("`" + h.replace("`", "``") + "`").alias(f"h{n}") for n, h in enumerate(frame.columns)]
        counted = sorted(frame.groupBy(path.alias("path")).count().collect())
        if len(counted) <= 1:
            return frame.select(*cells, row.cast("bigint").alias(ROW))
        before = accumulate((n for _, n in counted), initial=0)
        starts = pl.DataFrame({"path": [p for p, _ in counted], "before": list(before)[:-1]})
        small = f.broadcast(self.session.createDataFrame(starts.to_arrow()))
        whole = frame.select(*cells, path.alias("path"), row.alias("in_file")).join(small, "path")
        return whole.withColumn(ROW, f.col("before") + f.col("in_file")).drop("path", "before", "in_file")


class Judged:
    """How a chunk is judged, told so that another machine can do it, and the columns of what comes back.

    Args:
        scorer: makes, on that machine, what judges a chunk.
        kinds: the columns of the answers, with their Spark types.
    """

    def __init__(self, scorer: Callable[[], Callable[[Chunk], Block]], kinds: Mapping[str, str]) -> None:
        self.scorer, self.kinds = scorer, dict(kinds)

    def schema(self) -> str:
        """The columns of answers and notes, in Spark's words."""
        columns = {**self.kinds, GOAL: "bigint", NOTE: "string"}
        return ", ".join(f"`{name}` {kind}" for name, kind in columns.items())


def _part(headers: tuple[str, ...], reader: Reading, judged: Judged) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """What a machine does with its part of the rows."""

    def part(batches: Iterator[Any]) -> Iterator[Any]:
        block_of = judged.scorer()
        for batch in batches:
            frame = pl.from_arrow(batch)
            assert isinstance(frame, pl.DataFrame)
            if frame.height:
                chunk = source.opened(frame, headers, reader, 1)
                yield from _told(block_of(chunk), judged.kinds)

    return part


def _told(block: Block, kinds: Mapping[str, str]) -> Iterator[Any]:
    """A block as Arrow: its answers, goal by goal, and a note of what it saw."""
    schema: dict[str, Any] = {n: {"bigint": pl.Int64, "double": pl.Float64}.get(k, pl.String) for n, k in kinds.items()}
    schema |= {GOAL: pl.Int64, NOTE: pl.String}
    failed = [(f.source, f.row, [list(p) for p in f.problems]) for f in block.failed]
    note = json.dumps({"seen": block.seen, "empty": block.empty, "stated": dict(block.stated), "failed": failed})
    told = [table.with_columns(pl.lit(n, dtype=pl.Int64).alias(GOAL), pl.lit(None, dtype=pl.String).alias(NOTE))
            for n, table in enumerate(block.answers)]  # fmt: skip
    told.append(pl.DataFrame([{NOTE: note}], schema=schema))
    for frame in told:
        yield from (
            frame.select(pl.col(name).cast(kind) for name, kind in schema.items())
            .to_arrow(compat_level=pl.CompatLevel.oldest())
            .to_batches()
        )


def _block(frame: pl.DataFrame, goals: int) -> Block:
    """Answers and notes as a block."""
    notes = [json.loads(n) for n in frame[NOTE].drop_nulls()] if NOTE in frame.columns else []
    stated: dict[str, int] = {}
    for note in notes:
        for field, rows in note["stated"].items():
            stated[field] = stated.get(field, 0) + rows
    failed = tuple(
        Failed(s, row, tuple(Problem(*p) for p in problems)) for n in notes for s, row, problems in n["failed"]
    )
    answers: tuple[Any, ...] = tuple([] for _ in range(goals))
    if GOAL in frame.columns:
        answers = tuple(frame.filter(pl.col(GOAL) == n).drop(GOAL, NOTE).sort(ROW) for n in range(goals))
    return Block(answers, failed, sum(n["seen"] for n in notes), sum(n["empty"] for n in notes), stated)
