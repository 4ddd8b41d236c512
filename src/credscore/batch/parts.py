"""Parts: how a part of a table is judged on another machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl

from credscore.batch.block import Block, Question
from credscore.batch.chunk import Chunk
from credscore.batch.engines import polars
from credscore.batch.engines.spark import Judged
from credscore.batch.tablefile import TableFile
from credscore.batch.tables import TableScorer
from credscore.sources.mapping import TableMapping

KINDS = {pl.Int64: "bigint", pl.Float64: "double", pl.String: "string"}


def judged_elsewhere(scorer: TableScorer) -> Judged:
    """What another machine needs to judge chunks as this scorer would."""
    kinds = {name: KINDS[kind] for name, kind in scorer.kinds().items()}
    return Judged(partial(_judge, scorer.table, scorer.mapping, scorer.question), kinds)


def _judge(table: TableFile, mapping: TableMapping, question: Question) -> Callable[[Chunk], Block]:
    scorer = TableScorer(table, mapping, question)
    return lambda chunk: next(scorer.of_chunk(chunk, polars.engine()))
