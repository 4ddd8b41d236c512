"""Summary: what a batch adds up to, as lines for the screen, a Markdown page or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from credscore.model.summary import Summary
from credscore.reports.markdown import VERDICTS
from credscore.reports.tidy import escape_markdown as md
from credscore.reports.tidy import tidy

SCHEMA = "credscore/batch-summary/1"
MOST = 5


def lines(found: Summary) -> Iterator[str]:
    """The summary in a few lines, for a person at a terminal."""
    ended = "" if found.whole else "stopped early: "
    yield f"{ended}{_accounts(found)}"
    for goal in found.goals:
        name = f"{tidy(goal.goal, 40)}: " if len(found.goals) > 1 else ""
        verdicts = ", ".join(f"{VERDICTS[v].lower().removesuffix(' …')} {n:,}" for v, n in goal.verdicts.items())
        yield f"{name}{verdicts or 'nothing scored'}; known {goal.known * 100:.0f} % on average"
        if goal.failed_gates:
            yield f"  gates failed: {_most(goal.failed_gates)}"
        if goal.flags:
            yield f"  red flags: {_most(goal.flags)}"
    often = _open_on_average(found)
    if found.scored and often:
        yield f"most often not known: {', '.join(f'{title.lower()} {share * 100:.0f} %' for title, share in often)}"
    if found.reasons:
        yield f"could not be scored: {_most({tidy(r, 90): n for r, n in found.reasons.items()})}"


def _accounts(found: Summary) -> str:
    parts = [f"{found.seen:,} seen", f"{found.scored:,} scored"]
    if found.failed:
        parts.append(f"{found.failed:,} {'left out' if found.skipped else 'on record as errors'}")
    if found.empty:
        parts.append(f"{found.empty:,} empty")
    return ", ".join(parts)


def _open_on_average(found: Summary) -> list[tuple[str, float]]:
    """The questions that are open most often, over the goals that ask them."""
    shares: dict[str, list[float]] = {}
    for doubt in found.doubts:
        shares.setdefault(doubt.title, []).append(doubt.open)
    means = {title: sum(each) / len(each) for title, each in shares.items()}
    return sorted(((t, x) for t, x in means.items() if x > 0), key=lambda pair: (-pair[1], pair[0]))[:MOST]


def _most(counts: Mapping[str, int]) -> str:
    told = [f"{name} {count:,}" for name, count in list(counts.items())[:MOST]]
    return ", ".join(told) + (" …" if len(counts) > MOST else "")


def to_json(found: Summary) -> str:
    """The summary as JSON, shape ``credscore/batch-summary/1``."""
    shape = {
        "schema": SCHEMA, "seen": found.seen, "scored": found.scored, "failed": found.failed, "empty": found.empty,
        "complete": found.whole, "goals": [goal._asdict() for goal in found.goals], "reasons": dict(found.reasons),
        "fields": [lack._asdict() for lack in found.lacks], "certainty": [doubt._asdict() for doubt in found.doubts],
    }  # fmt: skip
    return json.dumps(shape, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def markdown(found: Summary) -> str:
    """The summary as Markdown: verdicts, gates, flags, and what the source lacks."""
    out = ["# Batch summary\n", f"{_accounts(found)}.\n"]
    for goal in found.goals:
        out += [f"## {md(goal.goal)}\n", f"Known on average: {goal.known * 100:.0f} % of the weight.\n",
                "| verdict | programs |", "|---|--:|"]  # fmt: skip
        out += [f"| {VERDICTS[v]} | {n:,} |" for v, n in goal.verdicts.items()]
        for title, counts in (
            ("Gates failed", goal.failed_gates),
            ("Gates open", goal.open_gates),
            ("Red flags", goal.flags),
        ):
            if counts:
                out += ["", f"{title}: {md(', '.join(f'{name} {n:,}' for name, n in counts.items()), 2000)}"]
        out.append("")
    out += coverage(found)
    if found.reasons:
        out += ["## Could not be scored\n", "| reason | rows |", "|---|--:|"]
        out += [f"| {md(reason)} | {n:,} |" for reason, n in found.reasons.items()]
    return "\n".join(out).rstrip() + "\n"


def coverage(found: Summary) -> list[str]:
    """Which facts the source lacks, and what that costs in certainty."""
    of = found.scored or 1
    measured = any(d.width is not None for d in found.doubts)
    out = [
        "## What is not known, and what that costs in certainty\n",
        "How often a question is open over all programs scored"
        + (", and how many points of the score (of 100) that leaves open on average.\n" if measured else ".\n"),
        "| goal | question | open in |" + (" leaves open |" if measured else "") + " would be answered by |",
        "|---|---|--:|" + ("--:|" if measured else "") + "---|",
    ]
    out += [
        f"| {md(d.goal, 60)} | {md(d.title)} | {d.open * 100:.0f} % |" + (f" {d.width or 0.0:.1f} |" if measured else "")
        + f" {', '.join(f'`{f}`' for f in d.fields)} |" for d in found.doubts
    ]  # fmt: skip
    out += ["", "## What the source states\n", "| field | stated | asked by |", "|---|--:|---|"]
    out += [
        f"| `{lack.field}` | {min(lack.stated / of, 1.0) * 100:.0f} % | {', '.join(lack.questions)} |"
        for lack in found.lacks
    ]
    return [*out, ""]
