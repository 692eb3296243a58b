"""What apps above courses show on the pages of learners: the shapes, and the one place that has providers of its own.

They register from their AppConfig.ready(): for the home a fragment of its one statement (`courses.agenda`), for a
course's page a function of the request that returns what it has to show, at a fixed and small number of queries.
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
class Waiting:
    """Something with a time, or that waits for somebody. `at` is what it is sorted by; without one it comes last.

    `when` is that time in words, `iso` for programs. `act` is a word that stands before it where the person must do
    something, `note` a few words more, and `link` the label of the one way on, to `link_url`. `language` is that of the
    title.
    """

    title: str
    at: datetime | None = None
    when: str = ""
    iso: str = ""
    url: str = ""
    act: str = ""
    note: str = ""
    link: str = ""
    link_url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said to the person. `about` is what it is on; `asks`: the person is to answer."""

    by: str
    about: str
    text: str
    at: datetime
    when: str
    url: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class PathCourse:
    """A course of the company's path that is for this person, and why. In the path's order."""

    course_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Waypoint:
    """One stage of a way. `state` is `done`, `now` or `ahead`."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where the person's company is on its way through a programme, and the page that says more.

    `sentence` says the same in one sentence.
    """

    title: str
    url: str
    steps: tuple[Waypoint, ...]
    sentence: str = ""


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
