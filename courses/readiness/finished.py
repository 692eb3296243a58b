"""What follows from a finished report in other rooms. They register it from their AppConfig.ready()."""

from collections.abc import Callable

from courses.readiness.models import Report

_following: list[Callable[[Report], object]] = []


def register(follow: Callable[[Report], object]) -> None:
    """Call `follow` with each report, in the transaction that makes it. Registering it again changes nothing."""
    if follow not in _following:
        _following.append(follow)


def tell(report: Report) -> None:
    for follow in _following:
        follow(report)
