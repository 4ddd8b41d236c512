"""Delivery: blocks of answers on their way out, in one shape, with the record of what could not be scored."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from credscore.cli.screen import say, write_answer, write_file
from credscore.cli.spool import Parquet, Progress, Spool
from credscore.errors import InputError, MissingExtraError
from credscore.version import __version__

if TYPE_CHECKING:
    from credscore.batch.batch import Batch
    from credscore.batch.block import Block, Failed
    from credscore.batch.run import Mark, Step
    from credscore.batch.selection import Selection
    from credscore.model.summary import Summary

ERROR_COLUMNS = ("source", "row", "field", "reason", "next step")
NAMED = 10
"""Errors that are named on the screen where no file records them."""


class Delivery:
    """One batch's answer being written."""

    def __init__(
        self, batch: Batch, selection: Selection, shape: str, output: Path | None, errors: Path | None, *,
        columns: str | None, skip: bool, fail: bool, engine: str,
    ) -> None:  # fmt: skip
        self.batch, self.selection, self.shape, self.output = batch, selection, shape, output
        self.plain, self.skip, self.fail = columns is not None, skip, fail
        self.tally = batch.tally()
        self.kept: list[list[Any]] = [[] for _ in batch.question.goals]
        self.spool: Spool | Parquet = Parquet(output) if shape == "parquet" and output else Spool(output)
        self.errors_path = errors or (None if output is None else output.with_name(f"{output.name}.errors.csv"))
        self.errors = Spool(self.errors_path)
        self.named: list[str] = []
        self.crosses = shape in ("table", "markdown") and len(batch.question.goals) > 1 and not self.plain
        self.crossed: list[Any] = [None for _ in batch.question.goals]
        self.rows, self.whole = 0, True
        streamed = selection.streams and output is not None
        self.progress = Progress(output if streamed else None, batch.digest(shape, selection, skip, engine))
        self.writer = _writer(shape, batch)

    def begin(self, *, resume: bool) -> Mark:
        """Open what is written to; the mark from which to go on."""
        from credscore.batch.run import Mark

        state = self.progress.read() if resume else None
        if resume and state is None:
            say("nothing to take up: starting from the beginning")
        if not resume:
            self.progress.forget()
        if state is not None:
            self.tally.take_up(state["tally"])
            self.rows = state["rows"]
        if self._to_file:
            self.spool.begin(state["size"] if state else 0)
            if state is None and self.writer is not None and isinstance(self.spool, Spool):
                self.spool.write(self.writer.head(self.selection.columns))
        elif self.writer is not None:
            write_answer(self.writer.head(self.selection.columns))
        if state is not None and state["errors"]:
            self.errors.begin(state["errors"])
        return Mark(*state["mark"]) if state else Mark()

    @property
    def _to_file(self) -> bool:
        return self.output is not None and self.shape not in ("table", "markdown")

    def take(self, step: Step) -> None:
        """Take a block in: count it, record what failed, and write or keep its answers."""
        from credscore.batch.selection import joined

        block = step.block
        if block.failed and self.fail:
            raise InputError(problem for failed in block.failed for problem in failed.problems)
        self.tally.add(block)
        if not self.skip:
            for failed in block.failed:
                self._record(failed)
        chosen = [self._chosen(number, table, block) for number, table in enumerate(block.answers)]
        if self.crosses:
            self.crossed = self.selection.best_programs(
                [joined([*([kept] if kept else []), new]) for kept, new in zip(self.crossed, chosen, strict=True)]
            )
        else:
            for number, table in enumerate(chosen):
                self._keep(number, table)
        if self.progress.path is not None:
            self._mark(step.after)

    def _chosen(self, number: int, table: Any, block: Block) -> Any:
        """The answers of a block for one goal that pass, with their reasons if they are asked for."""
        from credscore.batch.reasons import explained
        from credscore.batch.selection import told

        asked = self.batch.question
        chosen = self.selection.filtered(told(table, self.batch.sets))
        if not self.selection.streams and not self.crosses:
            chosen = self.selection.best(chosen)
        return explained(chosen, block, asked.goals[number], asked.rubric, asked.as_of) if asked.reasons else chosen

    def _keep(self, number: int, table: Any) -> None:
        from credscore.batch.selection import joined

        if self.selection.streams:
            self._write(table)
            return
        kept = self.kept[number]
        kept.append(table)
        if self.selection.top is not None and len(kept) > 1:
            self.kept[number] = [self.selection.best(joined(kept))]

    def _write(self, table: Any) -> None:
        if not len(table):
            return
        shown = self.selection.shown(table)
        if isinstance(self.spool, Parquet):
            self.spool.write(_as_frame(shown, self.selection.columns))
        else:
            assert self.writer is not None
            self.spool.write(self.writer.part(shown, first=self.rows == 0))
        self.rows += len(table)

    def _record(self, failed: Failed) -> None:
        if self.errors_path is None:
            if len(self.named) < NAMED:
                self.named += [f"{p.place}: {p.path + ': ' if p.path else ''}{p.reason}" for p in failed.problems[:1]]
            return
        from credscore.reports.rows import harmless

        if self.errors.closed:
            self.errors.begin()
            self.errors.write(",".join(ERROR_COLUMNS) + "\n")
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(
            [harmless(cell) for cell in (failed.source, failed.row, p.path, p.reason, p.hint)] for p in failed.problems
        )
        self.errors.write(out.getvalue())

    def _mark(self, after: Mark) -> None:
        size = self.spool.count if isinstance(self.spool, Parquet) else self.spool.size
        self.progress.write(
            {
                "mark": list(after),
                "size": size,
                "errors": self.errors.size,
                "rows": self.rows,
                "tally": self.tally.state(),
            }
        )

    def end(self, *, whole: bool) -> Summary:
        """Put everything in its place; what the batch adds up to."""
        summary = self.tally.summary(skipped=self.skip, whole=whole)
        if self.shape in ("table", "markdown"):
            self._show()
        else:
            for table in self._gathered():
                self._write(table)
            if isinstance(self.spool, Parquet):
                if not self.rows:
                    self.spool.write(_as_frame([], self.selection.columns))
                self.spool.end(whole=whole)
            else:
                assert self.writer is not None
                self.spool.write(self.writer.tail())
                self.spool.end()
        recorded = not self.errors.closed
        self.errors.end()
        if whole:
            self.progress.forget()
            if not recorded:
                self._forget_old_errors()
        self.whole = whole
        return summary

    def abandon(self) -> None:
        """Leave nothing half written behind."""
        for spool in (self.spool, self.errors):
            spool.discard()

    def _gathered(self) -> Iterator[Any]:
        from credscore.batch.selection import joined

        for tables in self.kept:
            if tables:
                yield self.selection.best(joined(tables))

    def _show(self) -> None:
        from credscore.batch.selection import RANK
        from credscore.reports import ranking

        gathered = self.crossed if self.crosses else self._gathered()
        tables = [t if isinstance(t, list) else t.to_dicts() for t in gathered if t is not None]
        asked = self.batch.question
        order = "by verdict, then by the low end of the score"
        if self.selection.sort != RANK:
            keys = [k for k in self.selection.sort if k not in ("source", "row")]
            order = f"by {', '.join(keys)}" if keys else "in the order of the sources"
        found = ranking.Ranking(
            tuple(g.name for g in asked.goals), tuple(tables) or tuple([] for _ in asked.goals), self.tally.scored,
            asked.as_of.isoformat(), self.selection.columns if self.plain else None, order,
        )  # fmt: skip
        if self.shape == "markdown":
            self._out(ranking.markdown(found))
        else:
            self._card(ranking.card(found))

    def _card(self, card: Any) -> None:
        from credscore.reports import text

        if self.output is not None:
            write_file(self.output, text.plain_text(card))
            return
        from rich.console import Console

        text.show_card(Console(file=sys.stdout, highlight=False, emoji=False, markup=False), card)

    def _out(self, text: str) -> None:
        if self.output is None:
            write_answer(text)
        else:
            write_file(self.output, text)

    def _forget_old_errors(self) -> None:
        """Remove the record of an earlier run, which would speak of rows that are now mended."""
        path = self.errors_path
        if path is not None and path.is_file():
            with path.open(encoding="utf-8", errors="replace") as file:
                ours = file.readline().strip() == ",".join(ERROR_COLUMNS)
            if ours:
                path.unlink()

    def told(self) -> Iterator[str]:
        """What was written where."""
        if self.output is not None:
            rows = f"{self.rows:,} rows" if self._to_file else "the answer"
            yield (
                f"wrote {rows} to {self.output}"
                if self.whole
                else f"wrote what was done to {self.output}; --resume goes on"
            )
        if self.tally.failed and not self.skip and self.errors_path is not None:
            yield f"recorded what could not be scored in {self.errors_path}"
        yield from self.named
        if self.named and self.tally.failed > len(self.named):
            yield f"… and {self.tally.failed - len(self.named):,} more; --errors FILE records them all"


def _as_frame(table: Any, columns: tuple[str, ...]) -> Any:
    try:
        import polars as pl
    except ImportError:
        raise MissingExtraError("table", "polars, to write Parquet") from None
    from credscore.batch.answers import TEXT

    if not isinstance(table, list):
        return table
    kinds = {n: pl.Int64 if n == "row" else pl.String if n in TEXT else pl.Float64 for n in columns}
    return pl.DataFrame(table, schema=kinds)


def _writer(shape: str, batch: Batch) -> Any:
    from credscore.reports import rows

    match shape:
        case "csv":
            return rows.Csv()
        case "jsonl":
            return rows.Jsonl()
        case "json":
            asked = batch.question
            about = {
                "tool": {"name": "credscore", "version": __version__}, "as_of": asked.as_of.isoformat(),
                "rubric": {"id": asked.rubric.id, "version": asked.rubric.version, "digest": asked.rubric.digest},
                "goals": [{"name": g.name, "aim": g.aim, "currency": g.means.currency} for g in asked.goals],
            }  # fmt: skip
            return rows.Json(about)
        case _:
            return None
