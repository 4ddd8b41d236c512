"""Pool: parts of a long list worked on by several processes, their results in the order of the parts."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

Result = TypeVar("Result")
AHEAD = 3
"""Parts that each process may be ahead of the output, so that memory stays bounded."""


def workers_for(count: int, worth: int) -> int:
    """How many processes to use: every core once so many are worth it, else one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores if count >= worth else 1


def in_parts(
    work: Callable[[Sequence[str]], Result], parts: Iterator[Sequence[str]], workers: int, begin: Callable[..., None],
    *given: Any,
) -> Iterator[tuple[Sequence[str], Result]]:  # fmt: skip
    """Each part with what work makes of it; every process begins with what is given."""
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(workers, get_context("spawn"), begin, given)
    waiting: deque[tuple[Sequence[str], Future[Result]]] = deque()
    try:
        waiting.extend((part, pool.submit(work, part)) for part in islice(parts, workers * AHEAD))
        while waiting:
            part, future = waiting.popleft()
            yield part, future.result()
            waiting.extend((more, pool.submit(work, more)) for more in islice(parts, 1))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
