"""Far away: a table that no machine holds, judged and written by all the machines that hold its parts."""

from __future__ import annotations

from credscore.batch.batch import Batch
from credscore.batch.engines.spark import Spark
from credscore.batch.parts import judged_elsewhere
from credscore.batch.tablefile import TableFile
from credscore.batch.tables import TableScorer
from credscore.errors import UsageError
from credscore.model.summary import Summary


def written_there(batch: Batch, path: str, master: str | None) -> Summary:
    """Judge one table on Spark, and have every machine write its answers into ``path/kind=answer``.

    Raises:
        UsageError: the batch is not one table.
        InputError: the table cannot be used.
    """
    tables = [entry for entry in batch.listing.files if isinstance(entry, TableFile)]
    if len(batch.listing.files) != 1 or not tables:
        raise UsageError(
            "an answer that every machine writes is that of one table", "name one table or folder of Parquet"
        )
    scorer, tally = TableScorer(tables[0], batch.mapping, batch.question), batch.tally()
    with Spark(master) as spark:
        scorer.admit(spark.headers_of(scorer.table))
        block, counted = spark.written(scorer.table, scorer.reading(), scorer.question, judged_elsewhere(scorer), path)
    tally.add(block)
    for sums, counts in zip(tally.goals, counted, strict=True):
        sums.update(counts)
    return tally.summary()
