"""Comparison: several programs, or several goals, side by side, as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from credscore.model.comparison import Comparison, Pair
from credscore.model.evaluation import Evaluation, whole
from credscore.reports import json_v1
from credscore.reports.markdown import VERDICTS
from credscore.reports.text import WORDS, bar
from credscore.reports.tidy import escape_markdown as md
from credscore.reports.tidy import tidy

SCHEMA = "credscore/comparison/1"
MOST_PAIRS = 6
MOST_COLUMNS = 7


def card(found: Comparison) -> RenderableType:
    """The comparison as something Rich can print."""
    several = _several_goals(found)
    parts: list[RenderableType] = [Text(tidy(found.says), style="bold"), Text(""), *_order(found, several=several)]
    if not several:
        parts.append(Text("   “highest in” is the share of weightings near the stated ones", style="dim"))
    if found.leads:
        parts += [Text("\nWho leads on what", style="bold"), _leads(found)]
    if found.pairs:
        parts += [Text("\nHeld against each other", style="bold")]
        parts += [Padding(Text(_pair(p)), (0, 0, 0, 2)) for p in found.pairs[:MOST_PAIRS]]
    if found.error is not None:
        note = f"\nFirst places sampled over weightings near the stated ones: seed {found.seed}, standard error {found.error:.3f}"
        parts.append(Text(note, style="dim"))
    return Padding(Group(*parts), (0, 1))


def _several_goals(found: Comparison) -> bool:
    """Whether it is one program for several goals, whose names then tell the lines apart."""
    return len({s.evaluation.about.goal["name"] for s in found.standings}) > 1


def _order(found: Comparison, *, several: bool) -> Iterable[RenderableType]:
    for standing in found.standings:
        evaluation = standing.evaluation
        word, style = WORDS[evaluation.verdict]
        score = "" if evaluation.verdict == "insufficient-evidence" else whole(evaluation.score.likely)
        line = Table.grid()
        line.add_column(width=3)
        line.add_column()
        line.add_row(str(standing.place), Text(_title(evaluation, several=several), style="bold"))
        first = "" if several else f"  highest in {standing.first * 100:.0f} %"
        score_line = Text.assemble(
            "   ", (f"{word:<17}", style), f"{score:>3}  {whole(evaluation.score.low):>3} ", bar(evaluation.score),
            f" {whole(evaluation.score.high):<3}", (first, "dim"),
        )  # fmt: skip
        yield Group(line, score_line, Padding(Text(tidy(evaluation.headline), style="dim"), (0, 0, 0, 3)))


def _title(evaluation: Evaluation, *, several: bool) -> str:
    about = evaluation.about
    if several:
        return f"{tidy(about.goal['name'] or '', 60)} (aim: {about.goal['aim']})"
    return f"{tidy(about.program['name'] or '', 50)} · {tidy(about.program['provider'] or '', 40)}"


def _leads(found: Comparison) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("", no_wrap=True)
    if len(found.standings) > MOST_COLUMNS:
        table.add_column(Text("best three (place and score)", style="dim"))
        for lead in found.leads:
            ranked = sorted(
                ((s.likely or 0.0, n) for n, s in enumerate(lead.scores, 1) if s is not None),
                key=lambda p: (-p[0], p[1]),
            )
            best = ", ".join(f"{n} ({whole(score)})" for score, n in ranked[:3])
            table.add_row(
                Text(tidy(lead.title, 20)), Text(f"{best}; inside the uncertainty: {len(lead.leaders)}", style="dim")
            )
        return table
    for standing in found.standings:
        table.add_column(Text(str(standing.place)), justify="right")
    table.add_column(Text("leads", style="dim"), overflow="fold")
    for lead in found.leads:
        cells = [Text("–" if s is None else whole(s.likely)) for s in lead.scores]
        tied = (
            f"tied: {len(lead.leaders)}" if len(lead.leaders) > 1 else tidy(lead.leaders[0], 30) if lead.leaders else ""
        )
        table.add_row(Text(tidy(lead.title, 20)), *cells, Text(tied, style="dim"))
    return table


def _pair(pair: Pair) -> str:
    share = f"scores at least as high under {pair.share * 100:.0f} % of weightings ({pair.low * 100:.0f} to {pair.high * 100:.0f} over the facts)"
    return f"{tidy(pair.first, 60)} and {tidy(pair.second, 60)}: {pair.relation}; the first {share}"


def markdown(found: Comparison) -> str:
    """The comparison as Markdown."""
    several = _several_goals(found)
    lines = [
        "# Comparison\n",
        f"{md(found.says)}.\n",
        "| | | verdict | score (range) | first |",
        "|--:|---|---|--:|--:|",
    ]
    for s in found.standings:
        first = "" if several else f"{s.first * 100:.0f} %"
        lines.append(
            f"| {s.place} | {md(_title(s.evaluation, several=several), 120)} | {VERDICTS[s.evaluation.verdict]} "
            f"| {s.evaluation.score.told} | {first} |"
        )
    if found.leads:
        lines += ["", "## Who leads on what\n"]
        lines += [
            f"- **{md(lead.title)}** ({lead.weight * 100:.0f} %): {md(', '.join(lead.leaders))}" for lead in found.leads
        ]
    if found.pairs:
        lines += ["", "## Held against each other\n", *(f"- {md(_pair(p))}" for p in found.pairs)]
    return "\n".join(lines).rstrip() + "\n"


def to_json(found: Comparison) -> str:
    """The comparison as JSON, shape ``credscore/comparison/1``."""
    standings = [{"place": s.place, "first": s.first, "says": s.says, "evaluation": json_v1.as_data(s.evaluation)}
                 for s in found.standings]  # fmt: skip
    shape = {
        "schema": SCHEMA, "says": found.says, "standings": standings,
        "leads": [lead.model_dump(mode="json") for lead in found.leads],
        "pairs": [pair.model_dump(mode="json") for pair in found.pairs],
        "concentration": found.concentration, "error": found.error, "seed": found.seed,
    }  # fmt: skip
    return json.dumps(shape, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
