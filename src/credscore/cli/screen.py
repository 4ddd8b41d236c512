"""Screen: where answers, errors and files go, and how a broken pipe ends quietly."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from credscore.errors import CredscoreError, InputError, UsageError


def say(line: str) -> None:
    """A line for the person, not for the pipe; nobody hears it where standard error is closed."""
    if sys.stderr is not None:
        sys.stderr.write(line + "\n")


def shown_error(error: CredscoreError) -> str:
    """An error in full: each problem with its place, its reason and the next step."""
    from credscore.reports.tidy import tidy

    if isinstance(error, InputError):
        lines: list[str] = []
        for problem in error.problems:
            where = f"{tidy(problem.place, 200)}: " + (f"{tidy(problem.path, 120)}: " if problem.path else "")
            lines.append(f"{where}{tidy(problem.reason)}")
            if problem.hint:
                lines.append(f"    {tidy(problem.hint)}")
        count = len(error.problems)
        return "\n".join([*lines, f"{count} problem{'s' if count != 1 else ''}; nothing was written."])
    hint = f"\n    {tidy(error.hint)}" if isinstance(error, UsageError) and error.hint else ""
    return f"{tidy(str(error))}{hint}"


def write_answer(text: str) -> None:
    """Print an answer as UTF-8, whatever the locale says of other characters.

    Raises:
        UsageError: standard output cannot be written to.
    """
    stream = sys.stdout
    if stream is None:
        return
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:
            stream.write(text.encode(stream.encoding or "ascii", "replace").decode(stream.encoding or "ascii"))
        stream.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is closed"
        raise UsageError(f"cannot write the answer: {reason}", "name a file with -o") from None


def check_output(output: Path | None, inputs: Iterable[str]) -> None:
    """Refuse to write an answer over one of the files it is made from.

    Raises:
        UsageError: the output is an input.
    """
    if output is None or str(output) == "-":
        return
    for path in inputs:
        if path != "-" and Path(path).exists() and output.exists() and output.samefile(path):
            raise UsageError(f"-o {output} would write over an input", "name another file")


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all; a link is followed, and what is no regular file is written into.

    Raises:
        UsageError: it cannot be written there.
    """
    try:
        if str(path) in ("", "."):
            raise UsageError("no file named to write to", "name a file after -o")
        path = path.resolve()
        if not path.parent.is_dir():
            raise UsageError(f"no folder {path.parent} to write {path.name} in", "make it first, or name another")
        if path.is_dir():
            raise UsageError(f"{path} is a folder", "name a file to write")
        if path.exists() and not os.access(path, os.W_OK):
            raise UsageError(f"{path} may not be written", "name another file, or make it writable")
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
            return
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
                out.write(text)
            Path(draft).chmod(mode)
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}", "name a place you may write to") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
