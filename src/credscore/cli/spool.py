"""Spool: an answer that grows block by block, is whole after each, and can be taken up again where it stopped.

Until it ends the answer stands beside its place as ``NAME.part``; ``NAME.resume`` says how far it has come.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from credscore.cli.screen import write_answer, write_file
from credscore.errors import UsageError


class Spool:
    """Where a batch's answer goes: a file in parts, or standard output."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    @property
    def part(self) -> Path:
        """Where the answer stands while it grows."""
        assert self.path is not None
        return self.path.with_name(f"{self.path.name}.part")

    def begin(self, size: int = 0) -> None:
        """Begin the answer, or go on after so many bytes of what is there.

        Raises:
            UsageError: it cannot be written there, or what should be there is not.
        """
        if self.path is None:
            return
        if not self.path.parent.is_dir():
            raise UsageError(
                f"no folder {self.path.parent} to write {self.path.name} in", "make it first, or name another"
            )
        if self.path.is_dir():
            raise UsageError(f"{self.path} is a folder", "name a file to write")
        try:
            if size and not self.part.exists() and self.path.exists():
                self.path.replace(self.part)
            if size and (not self.part.exists() or self.part.stat().st_size < size):
                raise UsageError(f"{self.path}: what was written before is gone", "run it again without --resume")
            self._file = self.part.open("r+b" if size else "wb")
            self._file.truncate(size)
            self._file.seek(size)
        except OSError as error:
            raise _unwritable(self.path, error) from None

    def write(self, text: str) -> None:
        """Add to the answer."""
        if self._file is None:
            write_answer(text)
            return
        assert self.path is not None
        try:
            self._file.write(text.encode("utf-8", "replace"))
        except OSError as error:
            raise _unwritable(self.path, error) from None

    @property
    def size(self) -> int:
        """How many bytes the answer has; 0 on standard output."""
        if self._file is None:
            return 0
        self._file.flush()
        return self._file.tell()

    @property
    def closed(self) -> bool:
        """Whether nothing has been begun."""
        return self._file is None

    def discard(self) -> None:
        """Throw away what was begun."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self.part.unlink(missing_ok=True)

    def end(self) -> None:
        """Put the answer in its place."""
        if self._file is not None:
            assert self.path is not None
            self._file.close()
            self._file = None
            self.part.replace(self.path)


class Parquet:
    """A Parquet answer: a file for each block, put together at the end."""

    def __init__(self, path: Path) -> None:
        self.path, self.count = path, 0

    @property
    def folder(self) -> Path:
        """Where the blocks stand."""
        return self.path.with_name(f"{self.path.name}.parts")

    def begin(self, count: int = 0) -> None:
        """Begin the answer, or go on after so many blocks.

        Raises:
            UsageError: it cannot be written there, or what should be there is not.
        """
        try:
            if count == 0 and self.folder.exists():
                shutil.rmtree(self.folder)
            self.folder.mkdir(exist_ok=True)
            if any(not self._block(n).exists() for n in range(count)):
                raise UsageError(f"{self.path}: what was written before is gone", "run it again without --resume")
        except OSError as error:
            raise _unwritable(self.path, error) from None
        self.count = count

    def _block(self, number: int) -> Path:
        return self.folder / f"{number:06}.parquet"

    def write(self, frame: Any) -> None:
        """Add a block."""
        frame.write_parquet(self._block(self.count), compression="lz4", statistics=False)
        self.count += 1

    def discard(self) -> None:
        """Throw away what was begun."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def end(self, *, whole: bool) -> None:
        """Put the blocks together in their place; they stay beside it until the answer is whole."""
        import polars as pl

        draft = self.path.with_name(f"{self.path.name}.part")
        if self.count == 1 and whole:
            self._block(0).replace(draft)
        else:
            pl.scan_parquet([self._block(n) for n in range(self.count)]).sink_parquet(
                draft, compression="lz4", statistics=False
            )
        draft.replace(self.path)
        if whole:
            shutil.rmtree(self.folder)


class Progress:
    """How far a batch has come, on file, so that it can go on from there."""

    def __init__(self, path: Path | None, digest: str) -> None:
        self.path = None if path is None else path.with_name(f"{path.name}.resume")
        self.digest = digest

    def read(self) -> Mapping[str, Any] | None:
        """How far it had come; None where there is nothing to take up.

        Raises:
            UsageError: what is there belongs to another question.
        """
        if self.path is None or not self.path.exists():
            return None
        try:
            state = json.loads(self.path.read_text(encoding="utf-8"))
            digest = state["digest"]
        except (OSError, ValueError, KeyError, TypeError):
            raise UsageError(f"{self.path} cannot be read", "run it again without --resume") from None
        if digest != self.digest:
            raise UsageError(
                f"{self.path} belongs to another run: the sources, goals, rubric, day or options differ",
                "give the same ones, or run it again without --resume",
            )
        assert isinstance(state, dict)
        return state

    def write(self, state: Mapping[str, Any]) -> None:
        """Note how far it has come."""
        if self.path is not None:
            write_file(self.path, json.dumps({"digest": self.digest, **state}, ensure_ascii=False))

    def forget(self) -> None:
        """There is nothing left to take up."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot write {path}: {error.strerror or error}", "name a place you may write to")
