"""Text: the scorecard a person reads in a terminal, in 80 columns, with or without colour.

Verdict first, then why, then what it depends on, then what to ask.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from credscore.model.evaluation import (
    Asking,
    Combination,
    CriterionResult,
    Evaluation,
    Flip,
    Span,
    whole,
)
from credscore.reports.details import details_of
from credscore.reports.tidy import tidy

WORDS = {
    "worth-it": ("WORTH IT", "bold green"),
    "worth-it-if": ("WORTH IT IF …", "bold green"),
    "compare-first": ("COMPARE FIRST", "bold yellow"),
    "not-worth-it": ("NOT WORTH IT", "bold red"),
    "not-eligible-yet": ("NOT ELIGIBLE YET", "bold yellow"),
    "insufficient-evidence": ("CANNOT SAY YET", "bold yellow"),
    "avoid": ("AVOID", "bold red"),
}
MARKS = {"pass": ("✓", "green"), "fail": ("✗", "red"), "unknown": ("?", "yellow")}
ASCII = str.maketrans({
    "├": "|", "┤": "|", "─": "-", "●": "o", "┄": ".", "✓": "+", "✗": "x", "•": "*", "…": "...", "–": "-", "·": "-",
    "’": "'", "“": '"', "”": '"', "×": "x", "—": "-", "€": "EUR ", "£": "GBP ",
})  # fmt: skip
NARROWEST, WIDEST, BAR = 80, 100, 21
MOST_ASKED = 3
MOST_TURNS = 3
MOST_FIGURES = 7


def scorecard(evaluation: Evaluation, *, details: bool = False) -> RenderableType:
    """The scorecard as something Rich can print."""
    parts: list[RenderableType] = [_heading(evaluation), _verdict(evaluation), _criteria(evaluation.criteria)]
    parts += _sections(evaluation, details=details)
    if details:
        parts += [details_of(c) for c in evaluation.criteria if c.weight > 0]
    return Group(*parts)


def render(evaluations: Sequence[Evaluation], *, width: int = 80, color: bool = False, details: bool = False) -> str:
    """Scorecards as plain text, one after the other."""
    out = io.StringIO()
    console = Console(file=out, width=width, color_system="truecolor" if color else None, force_terminal=color,
                      legacy_windows=False, highlight=False, emoji=False, markup=False)  # fmt: skip
    show(console, evaluations, details=details)
    return out.getvalue()


def show(console: Console, evaluations: Iterable[Evaluation], *, details: bool = False) -> None:
    """Print scorecards to a console, at most a readable width."""
    for number, evaluation in enumerate(evaluations):
        if number:
            console.print()
        show_card(console, scorecard(evaluation, details=details))


def show_card(console: Console, card: RenderableType) -> None:
    """Print something at a readable width, in plain signs where the console speaks no Unicode.

    A narrower terminal wraps the lines by itself, so that nothing is cut; what is no terminal gets no trailing blanks.
    """
    console.width = min(max(console.width, NARROWEST), WIDEST)
    if console.is_terminal and _speaks_unicode(console):
        console.print(card, highlight=False, markup=False, emoji=False)
        return
    with console.capture() as capture:
        console.print(card, highlight=False, markup=False, emoji=False)
    text = "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())
    if not _speaks_unicode(console):
        text = text.translate(ASCII).translate(str.maketrans("╭╮╰╯│", "++++|"))
        text = text.encode(console.encoding, "replace").decode(console.encoding)
    console.file.write(text)


def plain_text(card: RenderableType, *, width: int = 80) -> str:
    """Something that Rich can print, as plain text."""
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, legacy_windows=False, highlight=False, emoji=False,
                      markup=False)  # fmt: skip
    show_card(console, card)
    return out.getvalue()


def _speaks_unicode(console: Console) -> bool:
    return "utf" in (console.encoding or "").lower()


def _plain(text: str, style: str = "", longest: int = 400) -> Text:
    return Text(tidy(text, longest), style=style)


def _heading(evaluation: Evaluation) -> RenderableType:
    program, goal = evaluation.about.program, evaluation.about.goal
    what = Text.assemble(
        (tidy(program["name"] or "", 120), "bold"),
        " · ",
        tidy(program["provider"] or "", 80),
        " · ",
        program["kind"] or "",
    )
    whom = Text.assemble(("for  ", "dim"), tidy(goal["name"] or "", 100), (f"  (aim: {goal['aim']})", "dim"))
    return Padding(Group(what, whom), (0, 1))


def _verdict(evaluation: Evaluation) -> RenderableType:
    word, style = WORDS[evaluation.verdict]
    score = evaluation.score
    line = Table.grid(expand=True, padding=(0, 1))
    line.add_column()
    line.add_column(justify="center")
    line.add_column(justify="right")
    numbers = Text(f"{whole(score.low)} ") + Text(bar(score)) + Text(f" {whole(score.high)}")
    lead = Text(word, style=style)
    if evaluation.verdict != "insufficient-evidence":
        lead += Text(f"   {whole(score.likely)}", style="bold") + Text(" of 100", style="dim")
    line.add_row(lead, numbers, Text(f"known {evaluation.coverage * 100:.0f} %", style="dim"))
    rows: list[RenderableType] = [line, _plain(evaluation.headline)]
    if evaluation.stakes.says:
        rows.append(_plain(evaluation.stakes.says, "dim"))
    return Panel(Group(*rows), padding=(0, 1), border_style=style.removeprefix("bold "))


def bar(span: Span) -> str:
    """A span of 0 to 100 as a line: low and high as its ends, likely as its point."""
    if span.low is None or span.likely is None or span.high is None:
        return "┄" * BAR
    low, likely, high = (round(x / 100 * (BAR - 1)) for x in (span.low, span.likely, span.high))
    cells = ["┄"] * BAR
    if low != high:
        cells[low : high + 1] = "─" * (high + 1 - low)
        cells[low], cells[high] = "├", "┤"
    cells[likely] = "●"
    return "".join(cells)


def _criteria(criteria: Sequence[CriterionResult]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    for criterion in criteria:
        name = Text(tidy(criterion.title, 24), style="bold" if criterion.weight else "dim")
        if criterion.score is None:
            table.add_row(name, Text("–", style="dim"), Text("not needed for this goal", style="dim"), Text(""))
            continue
        score = criterion.score
        style = "green" if (score.likely or 0) >= 60 else "yellow" if (score.likely or 0) >= 40 else "red"
        weighed = Text(
            f"weight {criterion.weight * 100:>2.0f} %  known {criterion.coverage * 100:>3.0f} %", style="dim"
        )
        table.add_row(name, Text(whole(score.likely)), Text(bar(score), style=style), weighed)
    return Padding(table, (1, 1))


def _sections(evaluation: Evaluation, *, details: bool) -> list[RenderableType]:
    gates = [Text.assemble((f"{MARKS[g.outcome][0]} ", MARKS[g.outcome][1]), tidy(g.says)) for g in evaluation.gates
             if g.outcome != "pass"]  # fmt: skip
    passed = [tidy(g.title) for g in evaluation.gates if g.outcome == "pass"]
    if passed:
        gates.append(Text.assemble(("✓ ", "green"), ("passed: " + ", ".join(passed), "dim")))
    asked = evaluation.questions[: None if details else MOST_ASKED]
    changes: list[Flip | Combination] = [*evaluation.flips, *evaluation.combinations]
    limits = evaluation.reaches[: None if details or not changes else 0]
    lead = "enough is known to say " if evaluation.verdict == "insufficient-evidence" else ""
    turns = [*(_turn(c, lead) for c in changes), *(_plain(r.says, "dim") for r in limits)]
    return [
        *_section("Why", [_plain(r) for r in evaluation.reasons]),
        *_section("If", [_plain(c) for c in evaluation.conditions]),
        *_section("Missing", [_plain(m) for m in evaluation.missing if evaluation.verdict == "not-eligible-yet"]),
        *_section("Numbers", [_plain(f.says) for f in evaluation.figures[: None if details else MOST_FIGURES]]),
        *_section("Changes", turns[: None if details else MOST_TURNS], _rest(len(turns) - MOST_TURNS, details=details)),
        *_section("Gates", gates),
        *_section("Beware", [_plain(f"{f.says} ({f.authority})", "yellow") for f in evaluation.flags]),
        *_section("Ask", [_ask(q) for q in asked], _rest(len(evaluation.questions) - len(asked), details=details)),
        *_section("Weights", _robustness(evaluation, details=details)),
        *_section("Context", [_plain(c.says, "dim") for c in evaluation.context]),
        Padding(_footer(evaluation), (0, 1)),
    ]


def _rest(count: int, *, details: bool) -> Text | None:
    return (
        Text(f"and {count} more with --details or --format markdown", style="dim")
        if count > 0 and not details
        else None
    )


def _ask(asking: Asking) -> Text:
    effect = [
        f"up to {asking.swing:.0f} points" if asking.swing >= 0.5 else "",
        "can settle it" if asking.settles else "can change the verdict" if asking.can_flip else "",
    ]
    words = ", ".join(filter(None, effect))
    return Text.assemble(tidy(asking.ask), (f"  → {tidy(asking.whom, 60)}{'; ' + words if words else ''}", "dim"))


def _turn(turn: Flip | Combination, lead: str) -> Text:
    word, style = WORDS[turn.verdict]
    return Text.assemble(f"If {tidy(turn.says)}: {lead}", (word, style))


def _robustness(evaluation: Evaluation, *, details: bool) -> list[Text]:
    found = evaluation.robustness
    if found is None:
        return []
    lines = [_plain(found.says)]
    if details:
        titles = {c.id: c.title for c in evaluation.criteria}
        lines += [
            _plain(
                f"{titles[i.criterion]}: {i.weight * 100:.0f} % now; same verdict from {i.low * 100:.0f} to {i.high * 100:.0f} %"
            )
            for i in found.intervals
        ]
        lines += [
            _plain(f"{WORDS[c.verdict][0].removesuffix(' …').lower()} or better under {_share(c.likely)} of weightings "
                   f"near these ({_share(c.low)} to {_share(c.high)} over the range of the facts)")
            for c in found.chances
        ]  # fmt: skip
    return lines


def _share(x: float) -> str:
    return f"{x * 100:.0f} %" if 0.01 <= x <= 0.99 or x in (0.0, 1.0) else "under 1 %" if x < 0.5 else "over 99 %"


def _section(title: str, lines: Sequence[Text], last: Text | None = None) -> list[RenderableType]:
    if not lines:
        return []
    table = Table.grid(expand=True)  # widths instead of padding: Rich renders each padded cell twice
    table.add_column(width=10, no_wrap=True)
    table.add_column(width=2)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(width=1)
    for number, line in enumerate([*lines, *([last] if last else [])]):
        mark = "•" if len(lines) > 1 and (line is not last or last is None) else ""
        table.add_row(Text(f" {title}" if number == 0 else "", style="bold"), Text(mark, style="dim"), line, "")
    return [table, Text()]


def _footer(evaluation: Evaluation) -> Text:
    rubric = evaluation.about.rubric
    words = (
        f"rubric {rubric['id']} {rubric['version']} · as of {evaluation.as_of} · amounts in {evaluation.about.currency}"
    )
    if evaluation.about.exchange:
        words += f" ({evaluation.about.exchange})"
    return Text(words, style="dim")
