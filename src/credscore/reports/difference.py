"""Difference: one program before and after a change, side by side, as text, Markdown and JSON."""

from __future__ import annotations

import json

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from credscore.model.comparison import Difference, Moved
from credscore.reports import json_v1
from credscore.reports.markdown import VERDICTS
from credscore.reports.text import WORDS, bar
from credscore.reports.tidy import code, tidy
from credscore.reports.tidy import escape_markdown as md

SCHEMA = "credscore/difference/1"


def card(found: Difference) -> RenderableType:
    """The difference as something Rich can print."""
    head = Text.assemble((tidy(found.after.about.program["name"] or "", 100), "bold"), "\n")
    for assignment in found.assignments:
        head.append(f"with {tidy(assignment, 200)}\n", style="dim")
    table = Table(box=None, padding=(0, 2, 0, 0), expand=False)
    for name in ("", "before", "after"):
        table.add_column(Text(name, style="dim"), overflow="fold")
    table.add_row("Verdict", *(Text(*WORDS[e.verdict]) for e in (found.before, found.after)))
    table.add_row("Score", *(e.score.told for e in (found.before, found.after)))
    table.add_row("", *(Text(bar(e.score)) for e in (found.before, found.after)))
    table.add_row("Known", *(f"{e.coverage * 100:.0f} %" for e in (found.before, found.after)))
    parts: list[RenderableType] = [head, table, Text(f"\n{found.says}.", style="bold")]
    if found.moved:
        parts += [Text("\nWhat moved", style="bold"), _moved(found)]
    return Padding(Group(*parts), (0, 1))


def _moved(found: Difference) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for width in (None, None, None):
        table.add_column(overflow="fold", max_width=width)
    for one in found.moved:
        title = Text(tidy(one.title, 40), style="bold" if one.kind == "criterion" else "")
        table.add_row(title, f"{one.before} → {one.after}", Text(tidy(one.says), style="dim"))
    return table


def markdown(found: Difference) -> str:
    """The difference as Markdown."""
    before, after = found.before, found.after
    lines = [
        f"# {md(after.about.program['name'] or '', 120)}: what if\n",
        *(f"- `{code(a)}`" for a in found.assignments),
        "",
    ]
    lines += ["| | before | after |", "|---|---|---|"]
    lines += [f"| Verdict | {VERDICTS[before.verdict]} | {VERDICTS[after.verdict]} |"]
    lines += [f"| Score | {before.score.told} | {after.score.told} |", "", f"{md(found.says)}.", ""]
    if found.moved:
        lines += ["| what moved | before | after | |", "|---|---|---|---|"]
        lines += [f"| {md(m.title, 60)} | {md(m.before, 40)} | {md(m.after, 40)} | {md(m.says)} |" for m in found.moved]
    return "\n".join(lines).rstrip() + "\n"


def to_json(found: Difference) -> str:
    """The difference as JSON, shape ``credscore/difference/1``."""
    shape = {
        "schema": SCHEMA, "set": list(found.assignments), "says": found.says,
        "before": json_v1.as_data(found.before), "after": json_v1.as_data(found.after),
        "moved": [_moved_data(m) for m in found.moved],
    }  # fmt: skip
    return json.dumps(shape, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _moved_data(moved: Moved) -> dict[str, object]:
    return {key: getattr(moved, key) for key in ("kind", "id", "title", "before", "after", "change", "says")}
