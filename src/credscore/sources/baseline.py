"""Baseline: what a program is held against beside other programs: doing nothing, self-study, an ordinary degree."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from credscore.documents import parse_document, validated
from credscore.errors import UsageError
from credscore.model.goal import Goal
from credscore.model.notation import suggestion
from credscore.model.program import Program

CERTAIN = {
    "tier": "administrative",
    "n": 10**6,
    "response_rate": 1,
    "note": "What you earn now, as your goal states it.",
}
"""What stands behind a learner's own present pay: nobody was sampled, so nothing is taken off."""


@cache
def baselines() -> tuple[str, ...]:
    """The names of the baselines that are shipped, in order."""
    folder = files("credscore").joinpath("baselines")
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


def read_baseline(name: str, goal: Goal) -> Program:
    """A shipped baseline as a program for a goal: its present pay, or the skills it wants, filled in.

    Raises:
        UsageError: there is no baseline of that name.
    """
    if name not in baselines():
        raise UsageError(f'no baseline "{name}"', f"{suggestion(name, baselines())} A file is named by its path")
    text = files("credscore").joinpath("baselines", f"{name}.toml").read_text(encoding="utf-8")
    document = parse_document(text, f"{name}.toml")
    document.data.setdefault("cost", {}).setdefault("currency", goal.means.currency)
    document.data.update(_filled(name, goal, document.data))
    return validated(Program, document)


def _filled(name: str, goal: Goal, data: dict[str, Any]) -> dict[str, Any]:
    now = goal.means.current_earnings
    if name == "nothing" and now is not None:
        return {"outcomes": {"median_earnings": {"value": now.value, "period": now.period, **CERTAIN}}}
    if name == "self-study" and goal.target.skills:
        skills = [{"name": s.name, **({"id": s.id} if s.id else {})} for s in goal.target.skills]
        return {"content": {**data["content"], "skills": skills}}
    return {}
