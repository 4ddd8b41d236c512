"""Batch: what is to be scored and how it is asked; scoring it gives block after block."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from credscore.batch.answers import Sets, columns_of, sets_of
from credscore.batch.block import Question
from credscore.batch.listing import Listing
from credscore.batch.run import Mark, Step, steps
from credscore.batch.selection import told
from credscore.batch.tally import Tally
from credscore.sources.mapping import TableMapping


@dataclass(frozen=True, slots=True)
class Batch:
    """Programs and tables in order, and the question put to each."""

    listing: Listing
    question: Question
    mapping: TableMapping

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its answers, in order."""
        return columns_of(self.question.rubric, reasons=self.question.reasons)

    @property
    def sets(self) -> Sets:
        """What the sets of gates and flags hold."""
        return sets_of(self.question.rubric)

    def tally(self) -> Tally:
        """A tally that has counted nothing yet."""
        return Tally(self.question, self.sets)

    def steps(
        self, start: Mark = Mark(), *, engine: str = "polars", jobs: int | None = None, master: str | None = None  # noqa: B008
    ) -> Iterator[Step]:  # fmt: skip
        """Its blocks from a mark on, each with the mark after it."""
        return steps(
            self.listing, self.question, self.mapping, engine=engine, jobs=jobs, master=master, start=start
        )  # fmt: skip

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every answer as a dictionary by column, as JSON Lines would tell it."""
        for step in self.steps():
            for table in step.block.answers:
                for row in (
                    told(table, self.sets) if isinstance(table, list) else told(table, self.sets).iter_rows(named=True)
                ):
                    yield {name: row.get(name) for name in self.columns}

    def digest(self, *options: Any) -> str:
        """A mark of everything the answers depend on, so that a run is not taken up under another question."""
        asked = self.question
        parts = [
            asked.rubric.digest or asked.rubric.model_dump_json(), asked.as_of.isoformat(), asked.coverage, asked.reasons,
            [goal.model_dump_json() for goal in asked.goals], self.mapping.model_dump_json(),
            [_state(f if isinstance(f, str) else f.path) for f in self.listing.files], *options,
        ]  # fmt: skip
        return f"sha256:{hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()}"


def _state(path: str) -> tuple[str, int, int]:
    """A file's name, size and time of change, so that one that changes is noticed."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a Path for each of a million files is slow
    except OSError:
        return path, 0, 0
    return path, found.st_size, found.st_mtime_ns
