"""In-process cost of scoring one loaded program: the judgement alone, and the whole Evaluation with its words.

python benchmarks/scoring.py [runs]

"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from credscore import api
from credscore.insight import enrich
from credscore.measures import Given, read_case
from credscore.scoring import assess
from credscore.scoring.judge import judge
from credscore.scoring.plan import make_plan

TOP = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)


def timed(work: Callable[[], object], runs: int) -> float:
    """The median microseconds of one call."""
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent) * 1e6


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    rubric = api.load_rubric()
    program = api.load_program(str(TOP / "examples/programs/turing-back-end.toml"))
    goal = api.load_goal(str(TOP / "examples/goals/switch-to-back-end.toml"))
    plan, given = make_plan(rubric, goal, DAY), Given(rubric.assumptions)
    assessment = assess(program, goal, rubric, DAY)
    rows = {
        "score one loaded program": timed(lambda: judge(read_case(program, goal, given, DAY), plan), runs),
        "tell it (evaluate --brief)": timed(lambda: assess(program, goal, rubric, DAY), runs // 4),
        "what follows from it": timed(lambda: enrich(assessment), max(runs // 20, 3)),
    }
    for name, spent in rows.items():
        print(f"{name:28}{spent:10,.0f} us")
    files = sorted(str(f) for f in (TOP / "examples/programs").glob("*.toml"))
    twenty = [api.load_program(f) for f in (files * 2)[:20]]
    print(f"{'compare 20 programs':28}{timed(lambda: api.compare(twenty, [goal], rubric, as_of=DAY), 3):10,.0f} us")


if __name__ == "__main__":
    main()
