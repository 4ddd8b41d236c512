"""Progress: how far a batch is, how fast it goes and how long it will take, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credscore.batch.listing import Listing
    from credscore.batch.run import Step

SAMPLE = 1 << 18


@contextmanager
def progress(listing: Listing, done: int) -> Iterator[Callable[[Step], None]]:
    """A bar on standard error while blocks come in, and what to call with each."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.completed:,.0f} scored at {task.fields[rate]}/s"),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as shown:
        task = shown.add_task("", total=_expected(listing), completed=done, rate="…")

        def seen(step: Step) -> None:
            shown.advance(task, step.block.seen)
            speed = shown.tasks[0].speed
            shown.update(task, rate=f"{speed:,.0f}" if speed else "…")

        yield seen


def _expected(listing: Listing) -> float | None:
    """About how many rows and files there are; None where nobody can tell."""
    total = 0.0
    for entry in listing.files:
        if isinstance(entry, str):
            total += 1
        else:
            rows = _rows(Path(entry.path), entry.form)
            if rows is None:
                return None
            total += rows
    return total


def _rows(path: Path, form: str) -> float | None:
    if form == "parquet":
        import polars as pl

        try:
            return float(pl.scan_parquet(path).select(pl.len()).collect().item())
        except (OSError, pl.exceptions.PolarsError):
            return None
    if form not in ("csv", "jsonl"):
        return None
    try:
        with path.open("rb") as file:
            sample = file.read(SAMPLE)
        return path.stat().st_size * sample.count(b"\n") / max(len(sample), 1)
    except OSError:
        return None
