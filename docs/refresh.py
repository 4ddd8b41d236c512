"""Write, or check with --check, everything in docs, schemas and the README that is derived from the code.

python docs/refresh.py            rewrite what is stale
python docs/refresh.py --check    name what is stale and exit 1
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

from credscore import api
from credscore.cli.app import app
from credscore.cli.exits import Exit
from credscore.measures import MEASURES
from credscore.model.rubric import Rubric
from credscore.reports import json_schema, text

TOP = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)
NOTE = "<!-- Written by docs/refresh.py; do not edit. -->\n\n"


def exit_codes() -> str:
    """The exit codes, from the list the commands use."""
    source = (TOP / "src/credscore/cli/exits.py").read_text(encoding="utf-8")
    said = dict(re.findall(r"(\w+) = \d+  #: (.*)", source))
    rows = [f"| {int(code)} | {said[code.name]} |" for code in Exit]
    return "\n".join(["| code | meaning |", "|--:|---|", *rows])


def commands() -> str:
    """Every command with its help, as the terminal prints it in 80 columns."""
    import os

    os.environ.update(COLUMNS="80", TERM="dumb", NO_COLOR="1")
    from typer.testing import CliRunner

    parts = []
    for words in (
        [],
        ["evaluate"],
        ["batch"],
        ["whatif"],
        ["explain"],
        ["compare"],
        ["rubric"],
        ["rubric", "weights"],
        ["init"],
        ["init", "program"],
        ["init", "goal"],
        ["init", "rubric"],
        ["schema"],
    ):
        shown = CliRunner().invoke(app, [*words, "--help"], prog_name="credscore").output
        shown = "\n".join(line.rstrip() for line in shown.strip("\n").splitlines())
        parts.append(f"## `{' '.join(['credscore', *words])}`\n\n```text\n{shown.strip()}\n```\n")
    return "\n".join(parts)


def measures() -> str:
    """Every measure: its unit and what it says."""
    rows = [f"| `{name}` | {m.unit} | {m.says.replace('|', '/')} |" for name, m in sorted(MEASURES.items())]
    return "\n".join(["| measure | unit | what it is |", "|---|---|---|", *rows])


def _value_function(points: object) -> str:
    if isinstance(points, dict):
        return ", ".join(f"{word} {score:g}" for word, score in points.items())
    return " → ".join(f"{x:g}: {y:g}" for x, y in points)  # type: ignore[attr-defined]


def rubric_page(rubric: Rubric) -> str:
    """A rubric in full: every indicator, gate, flag and assumption with its numbers and citations."""
    lines = [f"# Rubric `{rubric.id}` {rubric.version}: {rubric.title}\n", f"{rubric.description}\n"]
    for name, criterion in rubric.criteria.items():
        lines += [f"## {criterion.title} (`{name}`)\n", f"{criterion.why}\n"]
        for i in criterion.indicators:
            asked = [
                *i.applies.aims,
                *(f"goal states {g}" for g in i.applies.goal),
                *(f"goal lacks {g}" for g in i.applies.without),
            ]
            lines += [
                f"### {i.title} (`{i.id}`)\n",
                f"{i.why}\n",
                f"- measure `{i.measure}`, weight {i.weight:g}" + (f", one proof of `{i.group}`" if i.group else ""),
                f"- points {_value_function(i.points)}",
                *(f"- where `{v.field}` is {v.word}: points {_value_function(v.points)}" for v in i.variants),
                *([f"- asked for: {'; '.join(asked)}"] if asked else []),
                f"- ask: {i.ask}",
                f"- cited: {', '.join(i.cite)}\n",
            ]
    lines.append("## Gates\n")
    lines += [
        f"- **{g.title}** (`{g.id}`, {g.kind}): `{g.test.measure}`. {g.says.failed} Cited: {', '.join(g.cite)}."
        for g in rubric.gates
    ]
    lines.append("\n## Red flags\n")
    lines += [
        f"- **{f.says}** (`{f.id}`): `{f.when.measure}`; {f.authority}. Cited: {', '.join(f.cite)}."
        for f in rubric.flags
    ]
    lines.append("\n## Assumptions\n\n| assumption | value | unit | why | cited |\n|---|---|---|---|---|")
    for name, a in rubric.assumptions.items():
        value = ", ".join(f"{k} {v:g}" for k, v in a.value.items()) if isinstance(a.value, dict) else f"{a.value:g}"
        spread = f" ({a.low:g} to {a.high:g})" if a.low is not None and a.high is not None else ""
        lines.append(f"| `{name}` | {value}{spread} | {a.unit} | {a.why} | {', '.join(a.cite)} |")
    lines.append("\n## Levers\n")
    lines += [
        f"- **{v.title}** (`{v.field}`), effort {v.effort:g}"
        + (f", shown with {', '.join(f'{k} {x}' for k, x in v.evidence.items())}" if v.evidence else "")
        for v in rubric.levers
    ]
    lines.append("\n## Importance by aim\n")
    names = list(rubric.criteria)
    lines += [f"| aim | {' | '.join(names)} | deciding question |", "|---|" + "--:|" * len(names) + "---|"]
    lines += [
        f"| {aim} | {' | '.join(f'{w.weights.get(n, 0):g}' for n in names)} | {', '.join(w.deciding)} |"
        for aim, w in rubric.aims.items()
    ]
    lines.append("\n## Citations\n\n| key | what | basis | read on |\n|---|---|---|---|")
    for key, c in rubric.citations.items():
        what = f"[{c.title}]({c.url})" if c.url else c.title
        lines.append(f"| `{key}` | {what}{'. ' + c.note if c.note else ''} | {c.basis} | {c.read_on or ''} |")
    return "\n".join(lines) + "\n"


def example() -> str:
    """A real run, for the README."""
    program, goal = "examples/programs/turing-back-end.toml", "examples/goals/switch-to-back-end.toml"
    found = api.evaluate_files([str(TOP / program)], str(TOP / goal), as_of=DAY)
    command = f"$ credscore evaluate {program} \\\n    --goal {goal} --as-of {DAY}"
    shown = "\n".join(line.rstrip() for line in text.render(found).splitlines())
    return f"```text\n{command}\n{shown}\n```"


def _readme(now: str) -> str:
    return re.sub(
        r"(<!-- example -->\n).*?(<!-- /example -->)", lambda m: f"{m[1]}{example()}\n{m[2]}", now, flags=re.DOTALL
    )


def pages() -> dict[Path, str]:
    """Every derived file with what it should hold."""
    standard = api.load_rubric("standard")
    found = {TOP / "schemas" / f"{kind}.schema.json": json_schema.schema_text(kind) for kind in json_schema.KINDS}
    found[TOP / "docs/reference.md"] = (
        f"{NOTE}# Reference\n\n# Commands\n\n{commands()}\n# Exit codes\n\n{exit_codes()}\n\n# Measures\n\n{measures()}\n"
    )
    found[TOP / "docs/rubrics/standard.md"] = NOTE + rubric_page(standard)
    readme = TOP / "README.md"
    found[readme] = _readme(readme.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Rewrite, or check."""
    stale = [
        path for path, wanted in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != wanted
    ]
    if "--check" in sys.argv:
        for path in stale:
            print(f"stale: {path.relative_to(TOP)}")
        if stale:
            sys.exit("run: python docs/refresh.py")
        print("docs are fresh")
        return
    for path, wanted in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted, encoding="utf-8")
    print(f"rewrote {len(stale)} of {len(pages())} files")


if __name__ == "__main__":
    main()
