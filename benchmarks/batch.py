"""Whole-process cost of ``credscore batch`` against hand-written sums, other libraries and a bare parser.

    python benchmarks/batch.py [--only a,b] [--rows 2000000] [--runs 3] [--peers PYTHON] [--work FOLDER] [--strict]

Parts: a, two million rows against a weighted sum in Polars, from Parquet and from CSV; m, memory at five times as many
rows; b, 100,000 rows against the weighted sum of four decision libraries; c, 10,000 program files against tomli alone;
d, rows doubled twice; e, the best 20 for one learner. Prints a Markdown table of medians; a pair is run in turns. Peak
memory is that of a process, of several the largest. PYTHON is an interpreter that has the libraries of b and pandas.
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parent.parent
GOAL = TOP / "examples/goals/switch-to-back-end.toml"
CREDSCORE = str(Path(sys.executable).parent / "credscore")
PARTS = "abcdem"
PATIENCE = 300.0  # seconds that another library may take
MANY, BLOCK, FILES = 5, 100_000, 10_000
BOUNDS = {"parquet": 8.0, "csv": 3.0, "files": 2.5, "doubled": 2.0, "MiB": 1536.0, "grown": 1.1}

# A weighted sum as one would write it by hand: every column read, put on 0 to 100, weighed, added; nothing judged.
FLOOR = """
import sys
import polars as pl
source, answer = sys.argv[1:]
NUMBERS = {  # worst, best, weight
    "cost.tuition": (40000, 0, 12), "cost.fees": (3000, 0, 3), "cost.materials": (4000, 0, 3),
    "time.duration_weeks": (104, 0, 6), "time.instruction_hours": (0, 1500, 4),
    "outcomes.completion_rate": (0.3, 1, 10), "outcomes.completion_rate.n": (0, 100, 2),
    "outcomes.placement_rate": (0.3, 1, 12), "outcomes.placement_rate.n": (0, 100, 2),
    "outcomes.median_earnings": (4000, 20000, 12), "outcomes.median_earnings.n": (0, 100, 2),
}
TIER = {"administrative": 100, "independent": 80, "disclosed": 60, "claimed": 30, "advertised": 0}
WORDS = {  # points, weight
    "kind": ({"degree": 80, "bootcamp": 70, "apprenticeship": 90, "certificate": 50}, 4),
    "cost.currency": ({"USD": 100, "EUR": 100}, 1),
    "time.pacing": ({"self-paced": 80, "cohort": 60}, 2),
    "time.modality": ({"online": 100, "hybrid": 80, "in-person": 20}, 4),
    "recognition.designations": ({"wioa-etpl": 60, "wioa-etpl;registered-apprenticeship": 100}, 4),
    "accreditation.bodies": ({"ACCSC": 90, "Council on Occupational Education": 90, "ABHES": 80}, 4),
    "content.occupations": ({"15-1254": 100, "15-1252": 90, "15-1252;15-1254": 100}, 4),
    "content.skills": ({"SQL;Git;REST APIs": 80, "SQL;Git;REST APIs;Automated testing": 100}, 4),
    "content.award": ({"bachelor": 100, "associate": 80, "certificate": 50}, 2),
    "outcomes.completion_rate.tier": (TIER, 1), "outcomes.placement_rate.tier": (TIER, 1),
    "outcomes.median_earnings.tier": (TIER, 1), "outcomes.median_earnings.period": ({"year": 100, "quarter": 80}, 1),
}
if source.endswith(".csv"):
    table = pl.scan_csv(source, schema_overrides=dict.fromkeys(NUMBERS, pl.Float64))
else:
    table = pl.scan_parquet(source)
parts = [
    ((pl.col(name).cast(pl.Float64) - worst) / (best - worst)).clip(0, 1).fill_null(0.5) * (100 * weight)
    for name, (worst, best, weight) in NUMBERS.items()
] + [
    pl.col(name).replace_strict(points, default=0, return_dtype=pl.Float64) * weight
    for name, (points, weight) in WORDS.items()
]
total = sum(w for *_, w in NUMBERS.values()) + sum(w for _, w in WORDS.values())
score = pl.sum_horizontal(parts) / total
table.with_row_index("row", 1).select("row", "name", "provider", score=score).sink_parquet(answer)
"""

# Six columns of the same table, without gaps, as each library asks for them.
PEER = """
import sys
import numpy as np
import pandas as pd
source, answer = sys.argv[1:]
COLUMNS = ["cost.tuition", "time.duration_weeks", "time.instruction_hours",
           "outcomes.completion_rate", "outcomes.placement_rate", "outcomes.median_earnings"]
table = pd.read_csv(source)
matrix = table[COLUMNS].fillna(table[COLUMNS].median()).clip(lower=0.01).to_numpy(float)
weights = np.array([0.25, 0.15, 0.1, 0.15, 0.2, 0.15])
signs = np.array([-1, -1, 1, 1, 1, 1])
{method}
table[["name", "provider"]].assign(score=np.asarray(scores)).to_csv(answer, index_label="row")
"""
PEERS = {
    "pymcdm": """
from pymcdm.methods import WSM
from pymcdm.normalizations import minmax_normalization
scores = WSM(minmax_normalization)(matrix, weights, signs)
""",
    "scikit-criteria": """
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.pipelines import mkpipe
from skcriteria.preprocessing.invert_objectives import NegateMinimize
from skcriteria.preprocessing.scalers import MinMaxScaler
decision = mkdm(matrix, list(signs), weights=weights, criteria=COLUMNS)
scores = mkpipe(NegateMinimize(), MinMaxScaler(target="matrix"), WeightedSumModel()).evaluate(decision).e_.score
""",
    "pyrepo-mcda": """
from pyrepo_mcda.mcda_methods import SAW
from pyrepo_mcda.normalizations import minmax_normalization
scores = SAW(normalization_method=minmax_normalization)(matrix, weights, signs)
""",
    "pyDecision": """
from pyDecision.algorithm import saw_method
kinds = ["min" if sign < 0 else "max" for sign in signs]
scores = saw_method(matrix, kinds, weights, graph=False, verbose=False)[:, 1]
""",
}
PARSER = """
import os, sys
import tomli
folder, answer = sys.argv[1:]
count = 0
for name in sorted(os.listdir(folder)):
    with open(os.path.join(folder, name), "rb") as file:
        count += len(tomli.load(file)) > 0
with open(answer, "w") as file:
    print(count, file=file)
"""


class Run(NamedTuple):
    """One process: wall and CPU seconds, peak MiB, and why it failed, if it did."""

    wall: float
    cpu: float
    peak: float
    failure: str = ""


class Line(NamedTuple):
    """One line of the table, and whether it keeps its bound; None where there is none or nothing was measured."""

    what: str
    ours: str
    other: str
    ratio: str
    bound: str
    peak: str
    kept: bool | None = None


def say(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)


def run(command: list[str], patience: float | None = None) -> Run:
    """Run a process to its end."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        late = threading.Event()
        clock = threading.Timer(patience or 1e6, lambda: (late.set(), process.kill()))
        clock.daemon = True
        clock.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        clock.cancel()
        errors.seek(0)
        last = errors.read().decode(errors="replace").strip().splitlines()[-1:]
    if late.is_set():
        return Run(wall, 0.0, 0.0, f"more than {patience:.0f} s")
    if process.returncode:
        return Run(wall, 0.0, 0.0, f"failed ({process.returncode}): {''.join(last)[:120]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def told(one: Run) -> Run:
    """Progress of one process."""
    say(f"  {one.wall:8.2f} s wall {one.cpu:8.2f} s cpu {one.peak:7.0f} MiB  {one.failure}")
    return one


def middle(runs: list[Run]) -> Run:
    """The medians of several runs, or the first failure."""
    failed = [r for r in runs if r.failure]
    if failed:
        return failed[0]
    wall, cpu = (statistics.median(column) for column in ([r.wall for r in runs], [r.cpu for r in runs]))
    return Run(wall, cpu, max(r.peak for r in runs))


def in_turns(commands: list[list[str]], runs: int, patience: float | None = None) -> list[Run]:
    """Medians of several commands, each run once in every round; one that fails is not run again."""
    found: list[list[Run]] = [[] for _ in commands]
    for _ in range(runs):
        for command, kept in zip(commands, found, strict=True):
            if not (kept and kept[-1].failure):
                kept.append(told(run(command, patience)))
    return [middle(kept) for kept in found]


def seconds(one: Run) -> str:
    return one.failure or f"{one.wall:.2f}"


def mebibytes(*several: Run) -> str:
    return " / ".join("-" if one.failure else f"{one.peak:,.0f} MiB" for one in several)


def compared(what: str, ours: Run, other: Run, bound: float | None) -> Line:
    """The line of two times."""
    measured = not (ours.failure or other.failure)
    ratio = ours.wall / other.wall if measured else 0.0
    kept = round(ratio, 2) <= bound if bound is not None and measured else (False if ours.failure else None)
    limit = f"≤ {bound:g}" if bound is not None else "-"
    return Line(what, seconds(ours), seconds(other), f"{ratio:.2f}" if measured else "-", limit,
                mebibytes(ours, other), kept)  # fmt: skip


class Bench:
    """What is measured on, and what has been asked for."""

    def __init__(self, work: Path, count: int, runs: int, peers: str | None) -> None:
        self.work, self.count, self.runs, self.peers = work, count, runs, peers
        work.mkdir(parents=True, exist_ok=True)

    def registry(self, count: int, form: str) -> str:
        """A registry of so many rows, written unless it is there and as its script would write it."""
        path, script = self.work / f"registry-{count}.{form}", TOP / "benchmarks/registry.py"
        if not path.exists() or path.stat().st_mtime < script.stat().st_mtime:
            say(f"writing {path}")
            part = path.with_name(f"part-{path.name}")
            made = run([sys.executable, str(script), str(part), "--rows", str(count)])
            if made.failure:
                sys.exit(f"no registry: {made.failure}")
            part.replace(path)
        return str(path)

    def batch(self, source: str, *further: str, answer: str = "ours.parquet") -> list[str]:
        """The command that scores a source into an answer file."""
        into = ["-o", str(self.work / answer)] if answer else []
        return [CREDSCORE, "batch", source, "--goal", str(GOAL), *further, *into]

    def floor(self, source: str) -> list[str]:
        """The command that sums a source up by hand."""
        return [sys.executable, "-c", FLOOR, source, str(self.work / "floor.parquet")]

    def part_a(self) -> Iterator[Line]:
        """All rows against a weighted sum in Polars."""
        for form in ("parquet", "csv"):
            source = self.registry(self.count, form)
            say(f"a: {self.count:,} rows from {form}, ours and floor")
            ours, floor = in_turns([self.batch(source), self.floor(source)], self.runs)
            what = f"{self.count:,} rows, {_form(form)} to Parquet, against a weighted sum in Polars"
            yield compared(what, ours, floor, BOUNDS[form])

    def part_m(self) -> Iterator[Line]:
        """Memory at all rows and at five times as many."""
        for form in ("parquet", "csv"):
            say(f"m: {self.count:,} and {self.count * MANY:,} rows from {form}")
            small, large = (told(run(self.batch(self.registry(n, form)))) for n in (self.count, self.count * MANY))
            measured = not (small.failure or large.failure)
            grown = large.peak / small.peak if measured else 0.0
            kept = large.peak <= BOUNDS["MiB"] and grown <= BOUNDS["grown"] if measured else False
            yield Line(
                f"memory, {self.count * MANY:,} rows against {self.count:,}, {_form(form)}", seconds(large),
                seconds(small), f"{grown:.2f} (memory)" if measured else "-",
                f"≤ {BOUNDS['MiB'] / 1024:g} GiB, ≤ {BOUNDS['grown']:g}", mebibytes(large, small), kept,
            )  # fmt: skip

    def part_b(self) -> Iterator[Line]:
        """A table against the weighted sum of decision libraries."""
        source = self.registry(BLOCK, "csv")
        python = self.peers or sys.executable
        compiled(python)
        scripts = [PEER.replace("{method}", method.strip()) for method in PEERS.values()]
        peers = [[python, "-c", script, source, str(self.work / "peer.csv")] for script in scripts]
        say(f"b: {BLOCK:,} rows from CSV, ours, {', '.join(PEERS)}")
        ours, *found = in_turns([self.batch(source, "--format", "csv", answer="ours.csv"), *peers], self.runs, PATIENCE)
        for name, peer in zip(PEERS, found, strict=True):
            missing = "ModuleNotFoundError" in peer.failure
            what = f"{BLOCK:,} rows, CSV to CSV: the full rubric against six columns summed by {name}"
            yield compared(what, ours, peer._replace(failure="not installed") if missing else peer, None)

    def part_c(self) -> Iterator[Line]:
        """A folder of program files against their parser."""
        folder = self.work / f"programs-{FILES}"
        say(f"writing {folder}")
        write_programs(folder)
        say(f"c: {FILES:,} files, ours and tomli")
        ours = self.batch(str(folder), "--format", "jsonl", answer="ours.jsonl")
        parser = [sys.executable, "-c", PARSER, str(folder), str(self.work / "parsed.txt")]
        mine, bare = in_turns([ours, parser], self.runs)
        yield compared(
            f"{FILES:,} program files to JSON Lines, against tomli reading them", mine, bare, BOUNDS["files"]
        )

    def part_d(self) -> Iterator[Line]:
        """Rows doubled, and doubled again."""
        steps = [self.count // 2, self.count, self.count * 2]
        commands = [self.batch(self.registry(n, "parquet")) for n in steps]
        say(f"d: {', '.join(f'{n:,}' for n in steps)} rows from Parquet")
        found = in_turns(commands, self.runs)
        for at in (1, 2):
            what = f"rows doubled, {steps[at]:,} against {steps[at - 1]:,}, Parquet to Parquet"
            yield compared(what, found[at], found[at - 1], BOUNDS["doubled"])

    def part_e(self) -> Iterator[Line]:
        """The best for one learner."""
        source = self.registry(self.count, "parquet")
        say(f"e: the best 20 of {self.count:,} rows")
        (best,) = in_turns([self.batch(source, "--top", "20", answer="")], self.runs)
        kept = False if best.failure else None
        yield Line(f"the best 20 of {self.count:,} rows, Parquet to the screen", seconds(best), "-", "-", "-",
                   mebibytes(best), kept)  # fmt: skip


def _form(form: str) -> str:
    return {"parquet": "Parquet", "csv": "CSV"}[form]


def write_programs(folder: Path) -> None:
    """Program files that differ in name and figures: the examples in turn, their amounts and sample sizes varied."""
    examples = [file.read_text("utf-8") for file in sorted((TOP / "examples/programs").glob("*.toml"))]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for n in range(FILES):
        text = re.sub(
            r'^name = "([^"]*)"', rf'name = "\1, section {n}"', examples[n % len(examples)], flags=re.MULTILINE
        )
        text = re.sub(r"(?<=value = )([1-9]\d{2,})(?=[ ,}])", _varied(n), text)
        (folder / f"program-{n:05}.toml").write_text(text, "utf-8")


def _varied(n: int) -> Callable[[re.Match[str]], str]:
    return lambda found: str(round(int(found[1]) * (0.8 + n % 97 / 242)))


def compiled(python: str) -> None:
    """Compile all that an interpreter has installed to bytecode, as an installation does."""
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.run([python, "-c", asked], capture_output=True, text=True, check=False).stdout.strip()
    if told:
        say(f"compiling {told}")
        subprocess.run([python, "-m", "compileall", "-qq", "-j", "0", told], check=False, capture_output=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure credscore batch on this machine.")
    parser.add_argument("--only", default=",".join(PARTS), help="parts to run: a, b, c, d, e, m")
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", help="the interpreter that has the libraries of part b")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "credscore-batch")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a bound is broken")
    given = parser.parse_args()
    asked = [part.strip() for part in given.only.split(",") if part.strip()]
    if wrong := [part for part in asked if part not in PARTS]:
        parser.error(f"no part {', '.join(wrong)}: one of {', '.join(PARTS)}")
    compiled(sys.executable)
    compileall.compile_dir(str(TOP / "src/credscore"), quiet=2)
    cores, busy = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    say(f"{cores} cores, load {busy:.1f}" + (": others are at work, and times will be long" if busy > 0.5 else ""))
    bench = Bench(given.work, given.rows, given.runs, given.peers)
    lines = []
    print("| what | ours (s) | floor or peer (s) | ratio | bound | peak memory |\n|---|---:|---:|---:|---:|---:|")
    for part in asked:
        for line in getattr(bench, f"part_{part}")():
            lines.append(line)
            broken = " **broken**" if line.kept is False else ""
            print(f"| {' | '.join(line[:5])}{broken} | {line.peak} |", flush=True)
    print(f"\nMedians of {given.runs} runs of whole processes on {cores} cores; memory is ours / theirs at its peak.")
    if given.strict and any(line.kept is False for line in lines):
        sys.exit(1)


if __name__ == "__main__":
    main()
