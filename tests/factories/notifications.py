"""Messages for tests, and a kind of message that says what the test tells it to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from lms.core.letters import Mail
from lms.notifications import kinds
from lms.notifications.models import Message
from tests.factories.accounts import UserFactory

KIND = "tests.hello"


def hello(message: Message) -> Mail | None:
    return Mail(subject=f"Hello {message.subject}", paragraphs=["A line."])


class Told:
    """A kind whose text a test gives."""

    name = KIND

    def __init__(self, compose: Callable[[Message], Mail | None] = hello) -> None:
        self.compose = compose


@contextmanager
def registered(compose: Callable[[Message], Mail | None] = hello) -> Iterator[None]:
    """The kind `tests.hello` for the time of a test."""
    kinds.register(Told(compose))
    try:
        yield
    finally:
        kinds._kinds.pop(KIND, None)


class MessageFactory(DjangoModelFactory[Message]):
    """A message that is due."""

    class Meta:
        model = Message

    kind = KIND
    recipient = factory.SubFactory(UserFactory)
    subject = factory.Sequence(lambda n: f"thing:{n}")
    due = datetime(2026, 1, 5, 9, tzinfo=UTC)
    due_date = factory.LazyAttribute(lambda message: message.due.date())
    next_try = factory.SelfAttribute("due")
