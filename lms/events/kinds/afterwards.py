"""Mail after an event."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.core.letters import Mail
from lms.events.actions.feedback import INVITATION
from lms.events.models import Registration
from lms.events.rules.feedback import may_answer
from lms.events.selectors.feedback import for_feedback
from lms.notifications.models import Message


class AskForFeedback:
    """To whoever was there, or who registered them: what they thought of it. Nothing once they have answered."""

    name = INVITATION

    def compose(self, message: Message) -> Mail | None:
        pk = message.subject.removeprefix("feedback:")
        found = for_feedback(Registration.objects.filter(pk=pk)).first()
        if found is None or found.answered or found.event.is_cancelled:
            return None
        ends = found.event.ends_at
        if ends is None or timezone.now() < ends or not (found.seen or found.state == "attended"):
            return None
        if not may_answer(found.state, seen=found.seen, over=True):
            return None
        event = " ".join(found.event.title.split())  # one line: it goes into the subject
        if found.user_id == message.recipient_id:
            told = _("You were at “%(event)s”. A few questions, two minutes: your answers decide what we do better.")
        else:
            told = _(
                "%(name)s was at “%(event)s” and has no account here. Send them the link below: "
                "it is theirs alone, and the questions take two minutes."
            )
        return Mail(
            subject=_("How was “%(event)s”?") % {"event": event},
            preheader=_("Two minutes, and organisers see the answers without your name."),
            paragraphs=[
                told % {"event": event, "name": found.name},
                _("Organisers see the answers without names. They can be changed for 14 days."),
            ],
            button=(_("Tell us how it was"), reverse("events:feedback_by_key", args=[found.join_key])),
        )
