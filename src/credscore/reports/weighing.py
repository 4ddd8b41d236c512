"""Weighing: elicited weights, as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from credscore.model.comparison import Weighing
from credscore.reports.tidy import escape_markdown as md

SCHEMA = "credscore/weighing/1"
METHODS = {"swing": "swing weights, from your ratings", "rank": "rank-order centroids, from your order alone"}


def _lines(found: Weighing) -> Iterator[str]:
    for name, weight in found.weights.items():
        yield f"{name:<18}{weight * 100:5.1f} %  {'━' * round(weight * 60)}"


def priorities(found: Weighing) -> str:
    """The section of a goal file that states these weights."""
    rows = [f"{name} = {value:g}" for name, value in found.priorities.items()]
    return "\n".join(["[priorities]", *rows])


def text(found: Weighing) -> str:
    """The weighing for a terminal."""
    parts = [f"Weights ({METHODS[found.method]})", "", *_lines(found), "", "For your goal file:", "", priorities(found)]
    if found.trade_offs:
        parts += ["", "With these weights, for this program:", *(f"  {line}" for line in found.trade_offs)]
    return "\n".join(parts) + "\n"


def markdown(found: Weighing) -> str:
    """The weighing as Markdown."""
    rows = [f"| {name} | {weight * 100:.1f} % |" for name, weight in found.weights.items()]
    parts = ["# Weights\n", f"{METHODS[found.method].capitalize()}.\n", "| criterion | weight |", "|---|--:|", *rows,
             "", "```toml", priorities(found), "```"]  # fmt: skip
    return "\n".join([*parts, "", *(f"- {md(line)}" for line in found.trade_offs)]).rstrip() + "\n"


def to_json(found: Weighing) -> str:
    """The weighing as JSON, shape ``credscore/weighing/1``."""
    shape = {"schema": SCHEMA, "method": found.method, "weights": found.weights, "priorities": found.priorities,
             "trade_offs": list(found.trade_offs)}  # fmt: skip
    return json.dumps(shape, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
