"""Two at once: calls in threads with connections of their own, and a place between two statements where they meet."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from typing import Any

from django.db import OperationalError, connection

PATIENCE = 60.0
"""Seconds in which something must happen somewhere. Only what is broken uses them up."""

GLANCE = 0.01
"""Seconds between two looks at who waits for a lock. Whoever comes to the place or ends is noticed at once."""

ONE_WRITER = connection.vendor == "sqlite"
"""SQLite lets one writer in at a time, so that a missing lock does no harm there: the negative controls say so too."""


def at_once(*calls: Callable[[], Any], after: str = "", before: str = "", alone: bool = True) -> list[Any]:
    """What each call returned, or the exception it raised, having begun together.

    With `after` or `before` they meet: each is held just after its first statement that contains the one, or just
    before its first that contains the other. When all are there, the first goes on alone to its end, then the second,
    and so on: all have read, and none has seen what another wrote. Somebody who is kept away by a lock, or ends
    without passing there, is not waited for; from the moment the first goes on, nobody is held any more.

    A negative control passes `alone=False`: nothing may keep anybody away. Fails, naming the statement and where each
    is, when somebody did not come there, and always when nobody did.
    """
    race = Race([Runner(call) for call in calls], after, before, alone)
    race.run()
    return [runner.result for runner in race.runners]


class At(Enum):
    THE_WAY = "under way"
    THE_PLACE = "at the place"
    THE_END = "at its end"


class Runner:
    """One of the calls, where it is, and what it asks of the database."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self.call, self.at, self.result = call, At.THE_WAY, None
        self.said: list[str] = []
        self.is_asking = self.in_transaction = False
        self.process = 0  # PostgreSQL's, for this thread's connection

    def __str__(self) -> str:
        if self.at is At.THE_END:
            return f"ended with {self.result!r}"
        return f"{self.at.value}, {'in' if self.is_asking else 'after'} {self.said[-1:]}"


class Race:
    """The runners and their meeting place. This thread leads them; each runs in one of its own."""

    def __init__(self, runners: list[Runner], after: str, before: str, alone: bool) -> None:
        self.runners, self.after, self.before, self.alone = runners, after, before, alone
        self.start = threading.Barrier(len(runners))
        self.moved = threading.Condition()
        self.is_over = not (after or before)  # nobody is held any more
        self.seen: list[Any] = []

    def run(self) -> None:
        threads = [threading.Thread(target=self.follow, args=(one,), daemon=True) for one in self.runners]
        for thread in threads:
            thread.start()
        try:
            self.lead()
        finally:
            self.free(*self.runners)
            for thread in threads:
                thread.join(PATIENCE)

    # --- In the thread of a runner ---

    def follow(self, runner: Runner) -> None:
        try:
            with suppress(OperationalError):  # who finds no line free tries again in its call, and keeps nobody waiting
                connection.ensure_connection()
                if ONE_WRITER:  # fifty take turns, which is their trouble and not the product's
                    connection.connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
            self.start.wait(PATIENCE)
            with connection.execute_wrapper(lambda *asked: self.watch(runner, *asked)):
                runner.result = runner.call()
        except BaseException as failure:
            runner.result = failure
        finally:
            connection.close()
            self.arrive(runner, At.THE_END)

    def watch(self, runner: Runner, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if self.before and self.before in sql:
            self.hold(runner)
        if connection.vendor == "postgresql":
            runner.process = connection.connection.info.backend_pid
        runner.said.append(sql)
        runner.is_asking = True
        try:
            result = execute(sql, *more)
        finally:
            runner.is_asking = False
        if self.after and self.after in sql:
            self.hold(runner)
        return result

    def hold(self, runner: Runner) -> None:
        with self.moved:
            if self.is_over:
                return
            runner.in_transaction = connection.in_atomic_block
            self.arrive(runner, At.THE_PLACE)
            self.moved.wait_for(lambda: runner.at is not At.THE_PLACE)

    def arrive(self, runner: Runner, at: At) -> None:
        with self.moved:
            runner.at = at
            self.moved.notify_all()

    # --- In the thread of the test ---

    def lead(self) -> None:
        """Let the first who is held go on, each time nobody else can, until all have ended."""
        self.quiet_since = time.monotonic()
        while left := [one for one in self.runners if one.at is not At.THE_END]:
            if not self.stand_still():
                assert time.monotonic() - self.quiet_since < PATIENCE, self.report("Nothing happens any more.")
                with self.moved:
                    self.moved.wait(GLANCE)
                continue
            if not self.is_over:
                self.is_over = True
                assert self.alone or self.held == self.runners, self.report("Not all came to the place.")
            self.free(next(one for one in left if one.at is At.THE_PLACE))
        assert self.is_over, self.report("Nobody came to the place.")

    @property
    def held(self) -> list[Runner]:
        return [one for one in self.runners if one.at is At.THE_PLACE]

    def free(self, *runners: Runner) -> None:
        with self.moved:
            self.is_over = True
            for one in runners:
                if one.at is At.THE_PLACE:
                    one.at = At.THE_WAY
            self.moved.notify_all()

    def stand_still(self) -> bool:
        """Whether somebody is held, and everybody else has ended or waits for a lock."""
        before, self.seen = self.seen, [(one.at, len(one.said), one.is_asking) for one in self.runners]
        if before != self.seen:
            self.quiet_since = time.monotonic()
        under_way = [one for one in self.runners if one.at is At.THE_WAY]
        if not self.held or not under_way:
            return bool(self.held)
        if before != self.seen or not (self.wait_for_writer(under_way) if ONE_WRITER else wait_for_locks(under_way)):
            return False
        return self.seen == [(one.at, len(one.said), one.is_asking) for one in self.runners]

    def wait_for_writer(self, runners: list[Runner]) -> bool:
        """SQLite: whether all of them want to write while one who is held has a transaction open."""
        waiting = all(one.is_asking and not one.said[-1].startswith(("SELECT", "WITH")) for one in runners)
        return waiting and any(one.in_transaction for one in self.held)

    def report(self, what: str) -> str:
        where = f"just after {self.after!r}" if self.after else f"just before {self.before!r}"
        lines = [f"{number}. {runner}" for number, runner in enumerate(self.runners, 1)]
        said = dict.fromkeys(sql for runner in self.runners for sql in runner.said)
        return "\n".join([f"{what} It is {where}.", *lines, "The statements there were:", *said])


def wait_for_locks(runners: list[Runner]) -> bool:
    """PostgreSQL: whether the connections of all of them wait for what another has locked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(cardinality(pg_blocking_pids(process)) > 0) FROM unnest(%s::int[]) AS process",
            [[one.process for one in runners]],
        )
        (waiting,) = cursor.fetchone()
    return bool(waiting)
