"""Judging: a frame of programs in, a frame of answers out, on whichever engine holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import narwhals as nw

from credscore.batch.answers import answers_of, rank_of
from credscore.batch.chunk import Held
from credscore.batch.door import Door
from credscore.batch.matching import Asked, Joined, Matcher
from credscore.batch.pieces import Pieces, Raw
from credscore.measures.case import Case
from credscore.measures.facts import Cell, Facts
from credscore.model.sheet import Sheet, Through, column_name, in_turn
from credscore.scoring.judge import Judgement, judge
from credscore.scoring.plan import Plan
from credscore.sources.row import RowReader


class Engine(NamedTuple):
    """What an engine does in its own way: give distinct rows, take in a small table, calculate, and give back."""

    distinct: Callable[[Any], list[Raw]]
    taken_in: Callable[[Sequence[Mapping[str, Any]], Mapping[str, Any]], Any]
    collected: Callable[[Any], Any]  #: a few rows of a narwhals frame as a Polars frame
    kept: Callable[[Any], Any]  #: answers worked out once, so that parts of them can be asked for
    part: Callable[[Any, int, int], Any]  #: the answers about rows from one number up to another, as a Polars frame
    step: int | None = None  #: how many rows a part has; all in one if None
    through: Through = in_turn  #: takes a frame through the waves of a calculation


class Judged(NamedTuple):
    """The answers about the rows that were let through, the rows that were not, and how they were reached."""

    answers: Any
    odd: Any
    judgement: Judgement
    columns: dict[str, str]  #: the column of each answer in the frame


class Distincts:
    """The distinct rows of some columns of a frame, found once for all goals."""

    def __init__(self, frame: Any, engine: Engine) -> None:
        self._frame, self._engine = frame, engine
        self._found: dict[tuple[str, ...], list[Raw]] = {}

    def of(self, columns: Sequence[str]) -> list[Raw]:
        """The distinct rows of some of its text columns."""
        key = tuple(columns)
        if key not in self._found:
            self._found[key] = self._engine.distinct(self._frame.select(*key))
        return self._found[key]


def judge_frame(
    frame: Any, reader: RowReader, pieces: Pieces, held: Mapping[str, Held], matcher: Matcher, plan: Plan,
    engine: Engine, distincts: Distincts, keep: Sequence[str], extra: Callable[[Judgement], Mapping[str, Any]] = lambda _: {},
) -> Judged:  # fmt: skip
    """Judge every row of a narwhals frame of held columns for one goal; ``keep`` names columns that go along."""
    asked: Asked = matcher.asked
    sheet, joins = Sheet(), list[Joined]()
    door = Door(reader, pieces, held, sheet)
    opened = door.opened(frame, distincts.of, asked.rates)

    def distinct(keys: Mapping[str, str | nw.Expr]) -> list[Raw]:
        plain = [key for key in keys.values() if isinstance(key, str)]
        if len(plain) == len(keys):
            return distincts.of(plain)
        return engine.distinct(
            opened.frame.select(**{k: nw.col(v) if isinstance(v, str) else v for k, v in keys.items()})
        )

    def derive(name: str) -> Mapping[str, Cell]:
        matched = matcher.cells(name, door, distinct)
        if matched.join is not None:
            joins.append(matched.join)
        return matched.cells

    exchange = asked.rates("USD")
    case = Case(Facts(opened.cells, derive), plan.goal, asked.given, float(asked.as_of.toordinal()), exchange)
    judgement = judge(case, plan)
    answers = answers_of(judgement)
    answers |= {"rank": rank_of(answers), **extra(judgement)}
    odd = opened.frame.filter(nw.col("odd"))
    joins = [_apart(join, f"j{number}_") for number, join in enumerate(joins)]
    later = {column for join in joins for column in join.schema}
    needed = [column for column in sheet.columns() if column not in later and column not in keep]
    keys = {key: made for join in joins for key, made in join.keys.items()}
    whole = opened.frame.select(*keep, "odd", *needed, **keys)
    for join in joins:
        whole = whole.join(engine.taken_in(join.rows, join.schema), on=list(join.keys), how="left")
    named = {name: column_name(name) for name in answers}
    cells = {named[name]: cell for name, cell in answers.items()}
    found = sheet.worked_out(whole, cells, [*keep, "odd"], engine.through)
    return Judged(found.filter(~nw.col("odd")).drop("odd"), odd, judgement, named)


def _apart(join: Joined, prefix: str) -> Joined:
    """The same join with a prefix before the names of its keys, so that no other join's are called so."""
    names = {key: f"{prefix}{key}" for key in join.keys}
    return Joined(
        {names[key]: made for key, made in join.keys.items()},
        [{names.get(column, column): cell for column, cell in row.items()} for row in join.rows],
        {names.get(column, column): kind for column, kind in join.schema.items()},
    )
