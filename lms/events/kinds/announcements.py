"""What an organiser writes to those who come."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.core.letters import Mail
from lms.events.actions.announcing import ANNOUNCED
from lms.events.kinds.words import one_line, when_and_where
from lms.events.models import Announcement, Registration
from lms.events.rules import DONE
from lms.events.selectors import events_visible_to
from lms.notifications.models import Message


class FromOrganiser:
    """An organiser's own words. Who has left since gets nothing, unless it was written to those who have no place."""

    name = ANNOUNCED

    def compose(self, message: Message) -> Mail | None:
        pk = int(message.subject.removeprefix("announcement:"))
        found = Announcement.objects.select_related("event", "written_by").filter(pk=pk).first()
        if found is None:
            return None
        theirs = Registration.objects.filter(event=found.event_id)
        own = theirs.filter(user=message.recipient) | theirs.filter(user=None, order__placed_by=message.recipient)
        states = set(own.values_list("state", flat=True))
        if states <= DONE and not set(found.to_states) & DONE:
            return None
        sees = events_visible_to(message.recipient).filter(pk=found.event_id).exists()
        address = reverse("events:event", args=[found.event_id])
        words = {"event": one_line(found.event.title), "name": one_line(str(found.written_by))}
        return Mail(
            subject=f"{one_line(found.subject)} ({words['event']})",
            paragraphs=[
                _("%(name)s, an organiser of “%(event)s”, writes:") % words,
                *[line.strip() for line in found.text.splitlines() if line.strip()],
                *(when_and_where(found.event) if not found.event.is_cancelled else []),
            ],
            button=(_("Open the event"), address) if sees else None,
        )
