"""Explanation: every step from fact to points, with the curve drawn and the program's place on it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from credscore.model.comparison import Explanation, Step
from credscore.model.curve import Curve
from credscore.model.evaluation import Span
from credscore.reports import json_v1
from credscore.reports.markdown import VERDICTS
from credscore.reports.text import WORDS
from credscore.reports.tidy import escape_markdown as md
from credscore.reports.tidy import tidy

SCHEMA = "credscore/explanation/1"
WIDE, HIGH = 44, 7
Knots = Sequence[tuple[float, float]]


def card(found: Explanation) -> RenderableType:
    """The explanation as something Rich can print."""
    evaluation = found.evaluation
    word, style = WORDS[evaluation.verdict]
    parts: list[RenderableType] = [
        Text.assemble((tidy(evaluation.about.program["name"] or "", 100), "bold"), "  ", (word, style),
                      f"  {evaluation.score.likely:.1f} of 100"),
        Text(tidy(evaluation.headline), style="dim"),
    ]  # fmt: skip
    for step in found.steps:
        parts += [Text(""), *_step(step)]
    if found.gates:
        parts += [Text("\nGates", style="bold"), *(Padding(Text(tidy(g)), (0, 0, 0, 2)) for g in found.gates)]
    return Padding(Group(*parts), (0, 1))


def _step(step: Step) -> list[RenderableType]:
    lines: list[RenderableType] = [
        Text.assemble((tidy(step.title), "bold"), (f"  ({step.criterion} / {step.id})", "dim")),
        Padding(Text(tidy(step.why), style="dim"), (0, 0, 0, 2)),
    ]
    rows = [
        *(("fact", e) for e in step.evidence or ("nothing is stated",)),
        ("formula", step.formula),
        ("value", step.value),
        ("points", _points(step)),
        ("weight", f"{step.weight * 100:.0f} % of its criterion, {step.share * 100:.1f} % of the whole"),
        ("earns", f"{step.earned.likely:.1f} of {step.share * 100:.1f} points"),
        ("so", step.says),
        *(("cited", c) for c in step.citations),
    ]
    lines += [Padding(Text.assemble((f"{name:<8}", "dim"), tidy(text)), (0, 0, 0, 2)) for name, text in rows]
    if step.knots:
        lines.append(Padding(Text("\n".join(drawn(step.knots, step.place)), style="cyan"), (0, 0, 0, 4)))
    return lines


def _points(step: Step) -> str:
    span = f"{step.points.low:.0f} to {step.points.high:.0f}, likely {step.points.likely:.0f}"
    if step.words:
        span += "; " + ", ".join(f"{word} {points:g}" for word, points in step.words.items())
    return span


def drawn(knots: Knots, place: Span | None) -> list[str]:
    """A value function as lines of text, 0 to 100 upward; ``●`` where the program likely lies, ``─`` over its range."""
    left, right = _window(knots, place)
    curve = Curve.through(knots)
    grid = [[" "] * WIDE for _ in range(HIGH)]
    for column in range(WIDE):
        y = _height(curve, left + (right - left) * column / (WIDE - 1))
        grid[HIGH - 1 - round(y / 100 * (HIGH - 1))][column] = "·"
    if place is not None and place.likely is not None:
        low, high = (_column(x, left, right) for x in (place.low, place.high))
        for column in range(low, high + 1):
            y = _height(curve, left + (right - left) * column / (WIDE - 1))
            grid[HIGH - 1 - round(y / 100 * (HIGH - 1))][column] = "─"
        grid[HIGH - 1 - round(_height(curve, place.likely) / 100 * (HIGH - 1))][_column(place.likely, left, right)] = (
            "●"
        )
    labels = {0: "100", HIGH - 1: "  0"}
    lines = [f"{labels.get(n, '   ')} │{''.join(row).rstrip()}" for n, row in enumerate(grid)]
    return [*lines, f"    └{'─' * WIDE}", f"     {left:<{WIDE // 2}.4g}{right:>{WIDE // 2}.4g}"]


def _window(knots: Knots, place: Span | None) -> tuple[float, float]:
    places = [x for x, _ in knots]
    if place is not None:
        span = max(places) - min(places) or 1.0
        places += [min(max(x, min(places) - span), max(places) + span) for x in (place.low, place.likely, place.high)
                   if x is not None]  # fmt: skip
    left, right = min(places), max(places)
    return (left, right) if right > left else (left - 1.0, right + 1.0)


def _column(x: float | None, left: float, right: float) -> int:
    share = 1.0 if x is None else (x - left) / (right - left)
    return round(min(max(share, 0.0), 1.0) * (WIDE - 1))


def _height(curve: Curve, x: float) -> float:
    return float(curve.at(x))  # type: ignore[arg-type]


def markdown(found: Explanation) -> str:
    """The explanation as Markdown."""
    evaluation = found.evaluation
    lines = [f"# {md(evaluation.about.program['name'] or '', 120)}: {VERDICTS[evaluation.verdict]}, step by step\n"]
    for step in found.steps:
        lines += [f"## {md(step.title)}\n", f"{md(step.why)}\n"]
        lines += [f"- fact: {md(e)}" for e in step.evidence or ("nothing is stated",)]
        lines += [f"- formula: {md(step.formula)}", f"- value: {md(step.value)}", f"- points: {md(_points(step))}"]
        lines += [
            f"- earns {step.earned.likely:.1f} of {step.share * 100:.1f} points of the score",
            f"- {md(step.says)}",
        ]
        lines += [f"- cited: {md(c)}" for c in step.citations]
        if step.knots:
            lines += ["", "```text", *drawn(step.knots, step.place), "```"]
        lines.append("")
    lines += [f"- {md(g)}" for g in found.gates]
    return "\n".join(lines).rstrip() + "\n"


def to_json(found: Explanation) -> str:
    """The explanation as JSON, shape ``credscore/explanation/1``."""
    steps = [step.model_dump(mode="json") for step in found.steps]
    shape = {"schema": SCHEMA, "about": found.about, "evaluation": json_v1.as_data(found.evaluation), "steps": steps,
             "gates": list(found.gates)}  # fmt: skip
    return json.dumps(shape, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
