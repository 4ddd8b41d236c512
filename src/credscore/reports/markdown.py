"""Markdown: the same answer for an email, an issue or a printed page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from credscore.model.evaluation import Combination, CriterionResult, Evaluation, Flip, Span, whole
from credscore.reports.tidy import code
from credscore.reports.tidy import escape_markdown as md

VERDICTS = {
    "worth-it": "Worth it", "worth-it-if": "Worth it if …", "compare-first": "Compare first",
    "not-worth-it": "Not worth it", "not-eligible-yet": "Not eligible yet",
    "insufficient-evidence": "Cannot say yet", "avoid": "Avoid",
}  # fmt: skip
SIGNS = {"pass": "passed", "fail": "**failed**", "unknown": "open"}


def render(evaluations: Sequence[Evaluation]) -> str:
    """Scorecards as Markdown, one after the other."""
    return "\n---\n\n".join("\n".join(_page(e)).rstrip() + "\n" for e in evaluations)


def page(evaluation: Evaluation) -> str:
    """One scorecard as Markdown."""
    return render([evaluation])


def _span(span: Span | None) -> str:
    return "not needed" if span is None else span.told


def _page(evaluation: Evaluation) -> Iterable[str]:
    program, goal = evaluation.about.program, evaluation.about.goal
    yield f"# {md(program['name'] or '', 120)}\n"
    yield f"{md(program['provider'] or '', 80)} · {program['kind']} · for “{md(goal['name'] or '', 100)}” (aim: {goal['aim']})\n"
    lead = "" if evaluation.verdict == "insufficient-evidence" else f" — {whole(evaluation.score.likely)} of 100"
    span = f"range {evaluation.score.low:.0f}–{evaluation.score.high:.0f}, known {evaluation.coverage * 100:.0f} %"
    yield f"**{VERDICTS[evaluation.verdict]}**{lead} ({span}). {md(evaluation.headline)}\n"
    if evaluation.stakes.says:
        yield f"{md(evaluation.stakes.says)}\n"
    yield from _table(evaluation.criteria)
    yield from _list("Why", evaluation.reasons)
    yield from _list("If", evaluation.conditions)
    yield from _list("Missing", evaluation.missing)
    yield from _list("Numbers", [f.says for f in evaluation.figures])
    yield from _turns(evaluation)
    yield from _list("Gates", [f"{g.title}: {g.says}" for g in evaluation.gates if g.outcome != "pass"])
    yield from _list("Beware", [f"{f.says} ({f.authority})" for f in evaluation.flags])
    if evaluation.questions:
        yield "## Ask before paying\n"
        for q in evaluation.questions:
            effect = f" up to {q.swing:.0f} points" if q.swing >= 0.5 else ""
            flips = "; can settle it" if q.settles else "; can change the verdict" if q.can_flip else ""
            good = f" A good answer: {md(q.good_answer)}" if q.good_answer else ""
            yield f"- [ ] {md(q.ask)} *({md(q.whom, 60)};{effect}{flips})*{good}".replace("*(the", "*(the").replace(
                ";)*", ")*"
            )
        yield ""
    if evaluation.robustness is not None:
        yield from _list("Weights", [evaluation.robustness.says])
    yield from _list("Context", [c.says for c in evaluation.context])
    rubric = evaluation.about.rubric
    exchange = f" ({evaluation.about.exchange})" if evaluation.about.exchange else ""
    yield f"*Rubric {rubric['id']} {rubric['version']}, as of {evaluation.as_of}, amounts in {evaluation.about.currency}{exchange}.*"


def _turns(evaluation: Evaluation) -> Iterable[str]:
    turns: list[Flip | Combination] = [*evaluation.flips, *evaluation.combinations]
    if turns:
        yield "## What would change it\n"
        lead = "enough is known to say " if evaluation.verdict == "insufficient-evidence" else ""
        for turn in turns:
            verdict, says = turn.verdict, turn.says
            assignments = (turn.assignment,) if isinstance(turn, Flip) else turn.assignments
            told = " ".join(f"`--set {code(a)}`" for a in assignments)
            yield f"- If {md(says)}: {lead}**{VERDICTS[verdict]}** {told}"
        yield ""
    yield from _list("What cannot", [r.says for r in evaluation.reaches])


def _table(criteria: Sequence[CriterionResult]) -> Iterable[str]:
    yield "| criterion | score (range) | weight | known |"
    yield "|---|--:|--:|--:|"
    for c in criteria:
        yield f"| {md(c.title, 40)} | {_span(c.score)} | {c.weight * 100:.0f} % | {c.coverage * 100:.0f} % |"
    yield ""


def _list(title: str, lines: Iterable[str]) -> Iterable[str]:
    found = [f"- {md(line)}" for line in lines]
    if found:
        yield f"## {title}\n"
        yield from found
        yield ""
