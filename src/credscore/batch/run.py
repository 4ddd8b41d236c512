"""Run: every file and table that is named, block by block in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from credscore.batch.block import Block, Failed, Question
from credscore.batch.listing import Listing
from credscore.batch.tablefile import TableFile
from credscore.errors import InputError, MissingExtraError
from credscore.sources.mapping import OWN, TableMapping


class Mark(NamedTuple):
    """How far a batch has come: a place in its listing, and the rows or files of that place that are done."""

    place: int = 0
    done: int = 0


class Step(NamedTuple):
    """A block, and the mark from which the batch goes on after it."""

    block: Block
    after: Mark


def steps(
    listing: Listing, question: Question, mapping: TableMapping = OWN, *, engine: str = "polars", jobs: int | None = None,
    master: str | None = None, start: Mark = Mark(),  # noqa: B008 - a mark never changes
) -> Iterator[Step]:  # fmt: skip
    """The blocks of a batch, those after a mark.

    Raises:
        MissingExtraError: a table is named, and what reads tables is not installed.
        InputError: the one table that is named cannot be used.
    """
    place, done = start
    files = listing.files
    while place < len(files):
        entry = files[place]
        if isinstance(entry, TableFile):
            for block in _table(entry, question, mapping, engine, master, done, alone=len(files) == 1):
                done += block.seen
                yield Step(block, Mark(place, done))
            place, done = place + 1, 0
        else:
            run = _programs(files, place)
            end = place + len(run)
            for block in _files(run[done:], question, jobs):
                done += block.seen
                yield Step(block, Mark(place, done) if done < len(run) else Mark(end))
            place, done = end, 0


def _programs(files: Sequence[TableFile | str], place: int) -> list[str]:
    """The program files from a place up to the next table."""
    found: list[str] = []
    for entry in files[place:]:
        if isinstance(entry, TableFile):
            break
        found.append(entry)
    return found


WORTH_COLUMNS = 300
"""Files from which reckoning by the column saves more time than loading what does it takes."""


def _files(paths: Sequence[str], question: Question, jobs: int | None) -> Iterator[Block]:
    """Program files: by the column where that is quicker and what it takes is installed, else one by one."""
    from credscore.batch import folder

    if len(paths) >= WORTH_COLUMNS and not question.reasons:
        try:
            from credscore.batch.tables import TableScorer
        except ImportError:
            pass
        else:
            from credscore.batch.engines import polars

            scorer = TableScorer(TableFile("", "files"), OWN, question)
            for chunk in polars.documents(paths, scorer.reading(), jobs):
                yield from scorer.of_chunk(chunk, polars.engine())
            return
    yield from folder.blocks(paths, question, jobs)


def _table(
    table: TableFile,
    question: Question,
    mapping: TableMapping,
    engine: str,
    master: str | None,
    done: int,
    *,
    alone: bool,
) -> Iterator[Block]:
    try:
        yield from _by_engine(table, question, mapping, engine, master, done)
    except InputError as error:
        if alone:
            raise
        nothing: tuple[list[dict[str, object]], ...] = tuple([] for _ in question.goals)
        yield Block(nothing, (Failed(table.name, None, error.problems),), 1)


def _by_engine(
    table: TableFile, question: Question, mapping: TableMapping, engine: str, master: str | None, done: int
) -> Iterator[Block]:
    try:
        from credscore.batch.engines import polars
        from credscore.batch.tables import TableScorer
    except ImportError as error:
        raise MissingExtraError("table", error.name or "polars") from None
    scorer = TableScorer(table, mapping, question)
    match engine:
        case "duckdb":
            from credscore.batch.engines.duckdb import DuckDB

            with DuckDB() as duck:
                yield from scorer.blocks(duck, duck.engine(), done)
        case "spark":
            from credscore.batch.engines.spark import Spark
            from credscore.batch.parts import judged_elsewhere

            with Spark(master) as spark:
                scorer.admit(spark.headers_of(table))
                yield from spark.blocks(table, scorer.reading(), question, judged_elsewhere(scorer), done)
        case _:
            yield from scorer.blocks(polars, polars.engine(), done)
