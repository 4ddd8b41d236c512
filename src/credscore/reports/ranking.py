"""Ranking: many programs in order, for one goal or several, on a terminal or a Markdown page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from credscore.model.evaluation import Span, whole
from credscore.reports.markdown import VERDICTS
from credscore.reports.text import WORDS
from credscore.reports.tidy import escape_markdown as md
from credscore.reports.tidy import tidy

STANDARD = ("verdict", "score", "known", "program")
MISSING = "–"
ACROSS = 4
"""Goals beside each other in eighty columns."""
RULED_OUT = ("avoid", "not-eligible-yet", "not-worth-it")
Row = Mapping[str, Any]


class Ranking(NamedTuple):
    """Answers in order for each goal, and how many there were in all."""

    goals: tuple[str, ...]
    tables: tuple[Sequence[Row], ...]
    scored: int
    as_of: str
    columns: tuple[str, ...] | None = None  #: the columns asked for; None for the usual ones
    order: str = "by verdict, then by the low end of the score"


def card(found: Ranking) -> RenderableType:
    """The ranking as something Rich can print: a list for one goal, a matrix for several."""
    parts: list[RenderableType] = [Text(_headline(found), style="bold"), Text(found.order, style="dim"), Text("")]
    if len(found.goals) > 1 and found.columns is None:
        parts += _matrix(found)
    else:
        for goal, rows in zip(found.goals, found.tables, strict=True):
            if len(found.goals) > 1:
                parts.append(Text(tidy(goal, 70), style="bold"))
            parts.append(_list(rows) if found.columns is None else _plain(rows, found.columns))
    return Padding(Group(*parts), (0, 1))


def _headline(found: Ranking) -> str:
    shown = max((len(rows) for rows in found.tables), default=0)
    count = f"{shown:,} of {found.scored:,}" if shown < found.scored else f"{found.scored:,}"
    what = f"{count} program{'s' if found.scored != 1 else ''}"
    who = f"for “{tidy(found.goals[0], 34)}”" if len(found.goals) == 1 else f"for {len(found.goals)} goals"
    return f"{what} {who}, as of {found.as_of}"


def _list(rows: Sequence[Row]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), expand=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column(Text("verdict", style="dim"), no_wrap=True)
    table.add_column(Text("score", style="dim"), no_wrap=True)
    table.add_column(Text("known", style="dim"), justify="right", no_wrap=True)
    table.add_column(Text("program", style="dim"), ratio=1, overflow="ellipsis", no_wrap=True)
    for place, row in enumerate(rows, 1):
        word, style = WORDS[row["verdict"]]
        table.add_row(
            Text(str(place)), Text(word, style=style), Text(_score(row)), Text(_share(row["known"])), Text(_who(row))
        )
        for line in _notes(row):
            table.add_row("", "", "", "", Text(line, style="dim", overflow="fold", no_wrap=False))
    return table


def _notes(row: Row) -> list[str]:
    ruled = row["verdict"] in RULED_OUT and row.get("gates.failed")
    failed = f"ruled out by {tidy(row['gates.failed'].replace(' ', ', '), 200)}" if ruled else ""
    raised = f"beware: {tidy(row['flags'].replace(' ', ', '), 200)}" if row.get("flags") else ""
    short = " · ".join(note for note in (failed, raised) if note)
    return [note for note in (short, tidy(row.get("reasons") or "", 400)) if note]


def _who(row: Row) -> str:
    return f"{tidy(row['name'] or '', 80)} · {tidy(row['provider'] or '', 60)}"


def _score(row: Row) -> str:
    span = Span.model_construct(low=row["score.low"], likely=row["score.likely"], high=row["score.high"])
    if row["verdict"] == "insufficient-evidence":
        return f"   {whole(span.low)}–{whole(span.high)}"
    return f"{whole(span.likely):>2} {whole(span.low)}–{whole(span.high)}"


def _share(share: float | None) -> str:
    return MISSING if share is None else f"{share * 100:.0f} %"


def _plain(rows: Sequence[Row], columns: Sequence[str]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(Text(name, style="dim"), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in columns))
    return table


def _cell(value: Any) -> str:
    if value is None:
        return MISSING
    return f"{value:,.1f}" if isinstance(value, float) else tidy(str(value), 80)


def _matrix(found: Ranking) -> list[RenderableType]:
    """Programs down, goals across, some at a time: each verdict with its score."""
    parts: list[RenderableType] = []
    for first in range(0, len(found.goals), ACROSS):
        numbers = range(first, min(first + ACROSS, len(found.goals)))
        parts += [Text(f"{n + 1}: {tidy(found.goals[n], 70)}", style="dim") for n in numbers]
        table = Table(box=None, padding=(0, 1, 0, 0), expand=True)
        table.add_column("", ratio=1, overflow="ellipsis", no_wrap=True)
        for n in numbers:
            table.add_column(Text(str(n + 1), style="dim"), no_wrap=True, width=10)
        for who, cells in _crossed(found):
            table.add_row(Text(who), *(_told(cells[n]) for n in numbers))
        parts += [table, Text("")]
    return parts


def _told(row: Row | None) -> Text:
    if row is None:
        return Text(MISSING, style="dim")
    return Text.assemble((_short(row["verdict"]), WORDS[row["verdict"]][1]), f" {_lead(row)}")


def _short(verdict: str) -> str:
    return {"insufficient-evidence": "unclear", "not-eligible-yet": "not yet", "worth-it-if": "yes, if",
            "worth-it": "yes", "not-worth-it": "no", "compare-first": "compare", "avoid": "avoid"}[verdict]  # fmt: skip


def _lead(row: Row) -> str:
    return whole(row["score.low"] if row["verdict"] == "insufficient-evidence" else row["score.likely"])


def _crossed(found: Ranking) -> list[tuple[str, list[Row | None]]]:
    """Each program once, in the order of its best place for any goal, with its answer for each."""
    programs: dict[tuple[Any, Any], tuple[float, float, str]] = {}
    for rows in found.tables:
        for row in rows:
            key, standing = (row["source"], row["row"]), (-row["rank"], -row["score.low"], _who(row))
            programs[key] = min(standing, programs.get(key, standing))
    by_key = [{(row["source"], row["row"]): row for row in rows} for rows in found.tables]
    order = sorted(programs, key=lambda key: (programs[key], str(key)))
    return [(programs[key][2], [rows.get(key) for rows in by_key]) for key in order]


def markdown(found: Ranking) -> str:
    """The ranking as Markdown."""
    lines = [f"# {md(_headline(found))}\n", f"{found.order}.\n"]
    if len(found.goals) > 1 and found.columns is None:
        lines += [f"{number}. {md(goal)}" for number, goal in enumerate(found.goals, 1)]
        lines += ["", f"| program | {' | '.join(f'goal {n}' for n in range(1, len(found.goals) + 1))} |"]
        lines.append("|---" * (len(found.goals) + 1) + "|")
        for who, cells in _crossed(found):
            told = [MISSING if row is None else f"{VERDICTS[row['verdict']]} {_lead(row)}" for row in cells]
            lines.append(f"| {md(who, 160)} | {' | '.join(told)} |")
        return "\n".join(lines) + "\n"
    for goal, rows in zip(found.goals, found.tables, strict=True):
        if len(found.goals) > 1:
            lines.append(f"\n## {md(goal)}\n")
        lines += _markdown_list(rows) if found.columns is None else _markdown_plain(rows, found.columns)
    return "\n".join(lines) + "\n"


def _markdown_list(rows: Sequence[Row]) -> list[str]:
    reasons = any(row.get("reasons") for row in rows)
    head = "| | verdict | score (range) | known | program | beware |" + (" reasons |" if reasons else "")
    lines = [head, "|--:|---|---|--:|---|---|" + ("---|" if reasons else "")]
    for place, row in enumerate(rows, 1):
        why = f" {md(row.get('reasons') or '', 600)} |" if reasons else ""
        lines.append(
            f"| {place} | {VERDICTS[row['verdict']]} | {_score(row).strip()} | {_share(row['known'])} "
            f"| {md(_who(row), 160)} | {md(row.get('flags') or '')} |{why}"
        )
    return lines


def _markdown_plain(rows: Sequence[Row], columns: Sequence[str]) -> list[str]:
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    return lines + [f"| {' | '.join(md(_cell(row[name])) for name in columns)} |" for row in rows]
