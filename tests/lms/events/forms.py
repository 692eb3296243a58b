"""The form for registering, sent and read as a browser does."""

import re
import uuid
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from lms.events.models import Event
from tests.factories.events import EventFactory


def send(client, event, *people, follow=False, **fields):
    """The form as a browser sends it, with these people ticked."""
    sent = {"token": str(uuid.uuid4()), "step": "people", "person": [str(one.pk) for one in people], **fields}
    return client.post(reverse("events:register", args=[event.pk]), sent, follow=follow)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def errors(answer) -> list[str]:
    return re.findall(r'<p class="error">.*?<span>(.*?)</span>', words(answer))


def with_tracks(**fields) -> Event:
    begins = timezone.now() + timedelta(days=5)
    both = [
        {"title": "Payers", "track": "A", "starts_at": begins},
        {"title": "Hospitals", "track": "B", "starts_at": begins, "capacity": 1},
    ]
    return EventFactory(sessions=both, **fields)
