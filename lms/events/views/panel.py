"""What stands beside every event, on its plain page and on pages that present it: when, where, places, registering."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from lms.events import ics
from lms.events.models import Event


def panel(request: HttpRequest, event: Event) -> dict[str, Any]:
    """The context of `events/_panel.html`."""
    return {"event": event, "calendar": ics.links_to(event, now=timezone.now())}
