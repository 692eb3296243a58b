"""Two at once: calls in threads with connections of their own, and a meeting point between two statements."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import OperationalError, connection

PATIENCE = 1.0
"""Seconds a thread waits for the other at a meeting point. When a lock keeps the other away, it goes on alone."""

SURE_TO_COME = 60.0
"""Seconds it waits in a negative control: nothing keeps the other away, so only a slow machine uses any of them."""

ONE_WRITER = connection.vendor == "sqlite"
"""SQLite lets one writer in at a time, so that a missing lock does no harm there: the negative controls say so too."""


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call returned, or the exception it raised, having begun together."""
    start = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            with suppress(OperationalError):  # who finds no line free tries again in its call, and keeps nobody waiting
                connection.ensure_connection()
            start.wait()
            results[place] = call()
        except Exception as failure:
            results[place] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class Meeting:
    """Makes threads meet once, just after the first statement that contains `after`, or just before one with `before`.

    It is what makes a missing lock show every time: both have read, neither has written. With the lock in place the
    second thread never gets to the meeting, and the first goes on after PATIENCE. A negative control, where nothing
    keeps the second away, passes `alone=False`.
    """

    def __init__(self, *, after: str = "", before: str = "", threads: int = 2, alone: bool = True) -> None:
        self.after, self.before, self.patience = after, before, PATIENCE if alone else SURE_TO_COME
        self.barrier = threading.Barrier(threads)
        self.met = threading.local()

    def _meet(self) -> None:
        if not getattr(self.met, "done", False):
            self.met.done = True
            try:
                self.barrier.wait(timeout=self.patience)
            except threading.BrokenBarrierError:
                return

    def _wrap(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if self.before and self.before in sql:
            self._meet()
        result = execute(sql, params, many, context)
        if self.after and self.after in sql:
            self._meet()
        return result

    @contextmanager
    def here(self) -> Iterator[None]:
        """Watch the statements of this thread."""
        with connection.execute_wrapper(self._wrap):
            yield
