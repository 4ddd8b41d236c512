"""Screen: where answers, errors and files go, and how a broken pipe ends quietly."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from credscore.errors import CredscoreError, InputError, UsageError


def say(line: str) -> None:
    """A line for the person, not for the pipe."""
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
    """Print an answer as UTF-8, whatever the locale says of other characters."""
    stream = sys.stdout
    try:
        stream.write(text)
    except UnicodeEncodeError:
        stream.write(text.encode(stream.encoding or "ascii", "replace").decode(stream.encoding or "ascii"))
    stream.flush()


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        UsageError: it cannot be written there.
    """
    try:
        if not path.parent.is_dir():
            raise UsageError(f"no folder {path.parent} to write {path.name} in", "make it first, or name another")
        if path.is_dir():
            raise UsageError(f"{path} is a folder", "name a file to write")
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
