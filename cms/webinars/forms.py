"""The editor's page of a webinar: as of a recording, which may come later."""

from typing import Any

from cms.masterclasses.forms import RecordingForm
from cms.presenting.forms import offer_events
from lms.events.rules import EventKind


class WebinarForm(RecordingForm):
    """What is refused is what a masterclass's form refuses, once there is a recording."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_events(self, EventKind.WEBINAR)

    def own_facts(self) -> dict[str, Any]:
        return {"comes_later": True}
