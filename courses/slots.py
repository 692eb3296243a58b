"""Places on the learner's home that apps above courses fill.

They register from their AppConfig.ready(); courses only know the shapes.

A provider is a function of the request that returns what it has to show, at a fixed and small number of queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.http import HttpRequest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate the person holds. `course_id` is the course it was given for, if any."""

    title: str
    url: str
    issued_at: datetime
    course_id: int | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something worth doing next: why, and the one way to it. `due` is words for a deadline, or empty."""

    title: str
    reason: str
    url: str
    label: str
    due: str = ""


@dataclass(frozen=True, slots=True)
class Waypoint:
    """One stage of a way. `state` is `done`, `now` or `ahead`."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where the person's company is on its way through a programme, and the page that says more."""

    title: str
    url: str
    steps: tuple[Waypoint, ...]


class Slot(Generic[T]):
    """What the registered providers give, one after the other."""

    def __init__(self) -> None:
        self._providers: list[Callable[[HttpRequest], Iterable[T]]] = []

    def register(self, provider: Callable[[HttpRequest], Iterable[T]]) -> None:
        """Registering the same provider again changes nothing."""
        if provider not in self._providers:
            self._providers.append(provider)

    def collect(self, request: HttpRequest) -> list[T]:
        return [item for provider in self._providers for item in provider(request)]


certificates: Slot[HeldCertificate] = Slot()
next_steps: Slot[NextStep] = Slot()
ways: Slot[Way] = Slot()
