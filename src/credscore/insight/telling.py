"""Telling: a change in the learner's own words."""

from __future__ import annotations

from datetime import date

from credscore.insight.change import GOAL, form_of
from credscore.insight.scene import Scene
from credscore.model.estimate import Estimate
from credscore.model.lever import Lever
from credscore.scoring.wording import exact_money, quantity


def amount(scene: Scene, lever: Lever, x: float) -> str:
    """A number at a lever's field in words, in the file's own currency."""
    form = form_of(lever.field)
    if form.kind == "date":
        return date.fromordinal(round(x)).isoformat()
    goal, program = scene.goal, scene.program
    currency = goal.means.currency if lever.field.startswith(GOAL) else program.cost.currency or goal.means.currency
    if form.kind == "rate":
        return quantity(Estimate.of(x), "share", currency)
    if form.money:
        return exact_money(x, currency)
    unit = form.unit.replace("a count", "") or ("hours a week" if lever.field.endswith("hours_per_week") else "")
    return f"{x:g} {unit}".strip()


def threshold(
    scene: Scene, lever: Lever, x: float, start: float | None, *, upward: bool, until: float | None = None
) -> str:
    """A threshold in words: so much or less, or more, or between two amounts, beside what it is now."""
    now = "" if start is None else f" (now {amount(scene, lever, start)})"
    if until is not None:
        low, high = sorted((x, until))
        return f"{title(scene, lever)} is between {amount(scene, lever, low)} and {amount(scene, lever, high)}{now}"
    date_like = form_of(lever.field).kind == "date"
    side = ("or later" if date_like else "or more") if upward else ("or earlier" if date_like else "or less")
    return f"{title(scene, lever)} is {amount(scene, lever, x)} {side}{now}"


def title(scene: Scene, lever: Lever) -> str:
    """The name of a lever."""
    return scene.assessment.telling.say.fill(lever.title)
