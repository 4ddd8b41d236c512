"""Whole-process cost of ``evaluate`` against a script that imports typer, rich and pydantic and prints one table.

    python benchmarks/startup.py [runs]

Prints medians of interleaved runs and their ratio; time is user + system of the process, memory its peak.
"""

from __future__ import annotations

import compileall
import os
import statistics
import sys
import time
from pathlib import Path

import credscore

TOP = Path(__file__).resolve().parent.parent
FLOOR = """
import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
class Program(BaseModel):
    name: str
    price: float
app = typer.Typer()
@app.command()
def main() -> None:
    program = Program(name="A course", price=294)
    table = Table("name", "price")
    table.add_row(program.name, str(program.price))
    Console().print(table)
app()
"""
EVALUATE = [
    str(Path(sys.executable).parent / "credscore"), "evaluate", str(TOP / "examples/programs/turing-back-end.toml"),
    "--goal", str(TOP / "examples/goals/switch-to-back-end.toml"), "--as-of", "2026-11-24",
]  # fmt: skip
COMMANDS = {
    "floor": [sys.executable, "-c", FLOOR],
    "evaluate --brief": [*EVALUATE, "--brief"],
    "evaluate": EVALUATE,
    "evaluate --format json": [*EVALUATE, "--format", "json"],
    "--version": [EVALUATE[0], "--version"],
    "--help": [EVALUATE[0], "--help"],
}


def run(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak MiB of one process."""
    start = time.perf_counter()
    pid = os.posix_spawn(
        command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    )
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"failed: {' '.join(command[:4])}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    compileall.compile_dir(str(Path(credscore.__file__).parent), quiet=1)  # as an installation does
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in COMMANDS}
    for command in COMMANDS.values():
        run(command)
    for _ in range(runs):
        for name, command in COMMANDS.items():
            found[name].append(run(command))
    floor = [statistics.median(column) for column in zip(*found["floor"], strict=True)]
    print(f"{'':26}{'wall s':>9}{'cpu s':>9}{'MiB':>8}{'wall ÷':>9}{'cpu ÷':>8}{'MiB ÷':>8}   median of {runs}")
    for name, rows in found.items():
        middle = [statistics.median(column) for column in zip(*rows, strict=True)]
        ratio = [m / f for m, f in zip(middle, floor, strict=True)]
        print(f"{name:26}{middle[0]:9.3f}{middle[1]:9.3f}{middle[2]:8.1f}{ratio[0]:9.2f}{ratio[1]:8.2f}{ratio[2]:8.2f}")


if __name__ == "__main__":
    main()
