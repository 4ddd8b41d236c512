"""``credscore batch``: folders and tables in, a row for every program out, every one accounted for."""

import gc
import signal
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credscore.cli.evaluate import Day, RubricName, read_day
from credscore.cli.exits import Exit
from credscore.cli.screen import check_output, say
from credscore.errors import InputError, UsageError

if TYPE_CHECKING:  # the batch is loaded only when the command runs
    from credscore.batch.batch import Batch


class RowFormat(StrEnum):
    """How a batch's answer is shown."""

    TABLE = "table"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    MARKDOWN = "markdown"


class OnError(StrEnum):
    """What becomes of a row or file that cannot be scored."""

    RECORD = "record"
    SKIP = "skip"
    FAIL = "fail"


class EngineName(StrEnum):
    """What reckons with a table's columns."""

    POLARS = "polars"
    DUCKDB = "duckdb"
    SPARK = "spark"


ENDINGS = {".csv": RowFormat.CSV, ".jsonl": RowFormat.JSONL, ".ndjson": RowFormat.JSONL, ".json": RowFormat.JSON,
           ".parquet": RowFormat.PARQUET, ".md": RowFormat.MARKDOWN, ".txt": RowFormat.TABLE}  # fmt: skip
SHOWN = 20
WORTH_COLLECTING = 100_000

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...", help="Folders, program files, tables (csv, tsv, jsonl, parquet, xlsx); - for stdin."
    ),
]
Goals = Annotated[
    list[str], typer.Option("--goal", "-g", metavar="GOAL", help="A goal file or a folder of them; may be repeated.")
]
MappingFile = Annotated[
    str | None, typer.Option("--mapping", "-m", metavar="FILE", help="What the columns of somebody else's table hold.")
]
Shape = Annotated[
    RowFormat | None, typer.Option("--format", "-f", help="How to show the answer.  [default: by -o, else table]")
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the answer to a file; with Spark, an address."),
]
Top = Annotated[
    int | None,
    typer.Option("--top", metavar="N", min=0, help="Only the first N for each goal; 0 for all.  [table: 20]"),
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort", metavar="KEYS", help="rank, input, or columns (-score.low,name).  [table: rank, else input]"
    ),
]
Where = Annotated[
    list[str],
    typer.Option("--where", metavar="TEST", help="Keep only: verdict=worth-it, score.low>=60, flags~mill. Repeatable."),
]
Columns = Annotated[
    str | None, typer.Option("--columns", metavar="NAMES", help="Only these columns, in this order.")
]  # fmt: skip
Explain = Annotated[bool, typer.Option("--explain", help="Put the reasons into a column.")]
Coverage = Annotated[bool, typer.Option("--coverage", help="Tell what missing facts cost in certainty (in --summary).")]
SummaryFile = Annotated[
    Path | None, typer.Option("--summary", metavar="FILE", help="Write the summary to a file (.json, else Markdown).")
]
Errors = Annotated[
    Path | None,
    typer.Option("--errors", metavar="FILE", help="Where to record what cannot be scored (CSV).  [default: beside -o]"),
]
OnErrorOption = Annotated[OnError, typer.Option("--on-error", help="What to do with what cannot be scored.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run with the same -o stopped.")]
Jobs = Annotated[
    int | None, typer.Option("--jobs", metavar="N", min=1, help="Processes for folders.  [default: by cores]")
]
EngineOption = Annotated[EngineName, typer.Option("--engine", help="What reckons with tables.")]
Master = Annotated[str | None, typer.Option("--master", metavar="URL", help="Spark: the cluster.  [default: local[*]]")]


def batch(
    sources: Sources,
    goal: Goals,
    rubric: RubricName = "standard",
    mapping: MappingFile = None,
    as_of: Day = None,
    format_: Shape = None,
    output_: Output = None,
    top: Top = None,
    sort: Sort = None,
    where: Where = [],  # noqa: B006 - typer copies it
    columns: Columns = None,
    explain: Explain = False,
    coverage: Coverage = False,
    summary: SummaryFile = None,
    errors: Errors = None,
    on_error: OnErrorOption = OnError.RECORD,
    resume: Resume = False,
    jobs: Jobs = None,
    engine: EngineOption = EngineName.POLARS,
    master: Master = None,
) -> None:
    """Score many programs: every row of a table or file of a folder, for one goal or several."""
    day = read_day(as_of)
    if output_ is not None and "://" in output_:
        chosen = {"--top": top, "--sort": sort, "--where": where, "--columns": columns, "--explain": explain,
                  "--format": format_, "--errors": errors, "--resume": resume, "--coverage": coverage}  # fmt: skip
        for option, value in chosen.items():
            if value not in (None, False, []):
                raise UsageError(f"{option} is not for an answer that a cluster writes", "leave it out, or name a file")
        _far_away(sources, goal, rubric, mapping, day, output_, summary, engine=engine, master=master)
        return
    output = None if output_ in (None, "-") else Path(str(output_))
    shape = format_ or (ENDINGS.get(output.suffix.lower(), RowFormat.TABLE) if output else RowFormat.TABLE)
    _agree(shape, output, resume=resume, master=master, engine=engine)
    check_output(output, [*sources, *goal, rubric, *([mapping] if mapping else [])])
    from credscore import api
    from credscore.cli.intake import taken_in

    with taken_in(sources) as named:
        written = [str(path) for path in (output, errors, summary) if path is not None]
        written += [f"{output}.errors.csv"] if output is not None else []
        found = api.batch(
            named, goal, rubric, mapping=mapping, as_of=day, coverage=coverage, reasons=explain, besides=written
        )
        selection = _selection(found, shape, top, sort, where, columns)
        if resume and not selection.streams:
            raise UsageError("--resume needs the answers in the order of their sources", "leave out --sort and --top")
        from credscore.cli.delivery import Delivery

        delivery = Delivery(found, selection, shape.value, output, errors, columns=columns, skip=on_error is OnError.SKIP,
                            fail=on_error is OnError.FAIL, engine=engine.value)  # fmt: skip
        _deliver(found, delivery, summary, resume=resume, jobs=jobs, engine=engine.value, master=master)


def _far_away(
    sources: list[str], goal: list[str], rubric: str, mapping: str | None, day: date, output: str, summary: Path | None, *,
    engine: EngineName, master: str | None,
) -> None:  # fmt: skip
    """An answer that the machines of a cluster write themselves."""
    if engine is not EngineName.SPARK:
        raise UsageError(f"-o {output}: only Spark writes to an address", "add --engine spark, or name a file")
    from credscore import api
    from credscore.batch.faraway import written_there

    found = api.batch(sources, goal, rubric, mapping=mapping, as_of=day)
    told = written_there(found, output, master)
    for line in _summary_lines(told, found):
        say(line)
    if summary is not None:
        _write_summary(summary, told)
    say(f"wrote {told.scored:,} rows to {output}/kind=answer, and what could not be scored to {output}/kind=note")
    if told.failed:
        raise typer.Exit(Exit.PARTIAL)


def _agree(shape: RowFormat, output: Path | None, *, resume: bool, master: str | None, engine: EngineName) -> None:
    if shape is RowFormat.PARQUET and output is None:
        raise UsageError("--format parquet needs a file", "name one with -o")
    if resume and output is None:
        raise UsageError("--resume needs the file of the run before", "name it with -o")
    if resume and shape in (RowFormat.TABLE, RowFormat.MARKDOWN):
        raise UsageError("--resume goes on with csv, jsonl, json and parquet", "choose one with --format")
    if master is not None and engine is not EngineName.SPARK:
        raise UsageError("--master is Spark's", "add --engine spark")


def _selection(
    found: "Batch", shape: RowFormat, top: int | None, sort: str | None, where: list[str], columns: str | None
) -> Any:
    from credscore.batch.selection import RANK, Selection, condition, sort_keys
    from credscore.model.notation import suggestion

    people = shape in (RowFormat.TABLE, RowFormat.MARKDOWN)
    names = found.columns
    wanted = tuple(c.strip() for c in columns.split(",")) if columns else names
    for name in wanted:
        if name not in names:
            raise UsageError(f"--columns: no column {name}", suggestion(name, names) or f"one of: {', '.join(names)}")
    keys = sort_keys(sort, names) if sort is not None else RANK if people or top else ()
    limit = (SHOWN if top is None else top) if people else top
    return Selection(wanted, tuple(condition(w, names) for w in where), keys, limit or None)


def _deliver(
    found: "Batch",
    delivery: Any,
    summary: Path | None,
    *,
    resume: bool,
    jobs: int | None,
    engine: str,
    master: str | None,
) -> None:
    from credscore.cli.progress import progress

    whole = True
    signal.signal(signal.SIGTERM, _interrupt)
    start = delivery.begin(resume=resume)
    gc.freeze()  # what is loaded stays; what a chunk leaves behind goes with it
    try:
        with progress(found.listing, delivery.tally.seen) as seen:
            for step in found.steps(start, engine=engine, jobs=jobs, master=master):
                delivery.take(step)
                seen(step)
                if step.block.seen >= WORTH_COLLECTING:
                    gc.collect()
    except KeyboardInterrupt:
        whole = False
    except (InputError, UsageError):
        delivery.abandon()
        raise
    told = delivery.end(whole=whole)
    for line in _summary_lines(told, found):
        say(line)
    if summary is not None:
        _write_summary(summary, told)
    for line in delivery.told():
        say(line)
    if not whole:
        raise typer.Exit(130)
    if told.failed and not told.skipped:
        raise typer.Exit(Exit.PARTIAL)


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _summary_lines(told: Any, found: "Batch") -> Iterator[str]:
    from credscore.reports import summary as report

    yield from report.lines(told)
    passed = found.listing.passed_over
    if passed:
        yield f"passed over {passed:,} file{'s' if passed != 1 else ''} that are neither program nor table"


def _write_summary(path: Path, told: Any) -> None:
    from credscore.cli.screen import write_answer, write_file
    from credscore.reports import summary as report

    text = report.to_json(told) if path.suffix.lower() == ".json" else report.markdown(told)
    if str(path) == "-":
        write_answer(text)
    else:
        write_file(path, text)
