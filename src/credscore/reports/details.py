"""Details: every question of a criterion with its points, its words and the facts behind it, for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from credscore.model.evaluation import CriterionResult, IndicatorResult
from credscore.reports.tidy import tidy


def details_of(criterion: CriterionResult) -> RenderableType:
    """One criterion in full."""
    rows: list[RenderableType] = [Text(tidy(criterion.title), style="bold")]
    rows += [_indicator(i) for i in criterion.indicators if i.status != "not-applicable"]
    dropped = [i.title for i in criterion.indicators if i.status == "not-applicable"]
    if dropped:
        rows.append(Text(f"  not asked for this goal: {', '.join(dropped)}", style="dim"))
    return Padding(Group(*rows), (1, 1, 0, 1))


def _indicator(indicator: IndicatorResult) -> RenderableType:
    points = indicator.points
    scored = f"{points.low:.0f}–{points.likely:.0f}–{points.high:.0f}" if points else ""
    lines: list[RenderableType] = [
        Text.assemble(
            "  ", (tidy(indicator.title), ""), (f"  {scored} points, weight {indicator.weight * 100:.0f} %", "dim")
        ),
        Padding(Text(tidy(indicator.says)), (0, 0, 0, 4)),
    ]
    for fact in indicator.evidence:
        words = f"{fact.field} = {tidy(fact.says, 80)}" + "".join(f" · {tidy(t, 120)}" for t in fact.told)
        lines.append(Padding(Text(words, style="dim"), (0, 0, 0, 4)))
    return Group(*lines)
