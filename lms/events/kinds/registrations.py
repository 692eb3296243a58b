"""Mail about events and registrations. Everything is read when it is sent: what no longer applies is not sent."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.core.letters import Mail
from lms.events.actions.moving import MAIL
from lms.events.models import Registration
from lms.events.rules import RegistrationState as S
from lms.notifications.models import Message


class AboutRegistration:
    """To whoever comes, or who registered them: where their registration stands. Only about its latest turn."""

    name = MAIL

    def compose(self, message: Message) -> Mail | None:
        pk, turn = (int(part) for part in message.subject.removeprefix("registration:").split(":"))
        found = Registration.objects.select_related("event", "order").filter(pk=pk, turn=turn).first()
        if found is None:
            return None
        words = {"name": found.name, "event": found.event.title}
        sentences = {
            S.REQUESTED: _("We have your request for a place at “%(event)s” for %(name)s."),
            S.CONFIRMED: _("%(name)s has a place at “%(event)s”."),
            S.WAITING: _("%(name)s is on the waiting list of “%(event)s”."),
            S.OFFERED: _("A place at “%(event)s” is free for %(name)s."),
            S.DECLINED: _("%(name)s has no place at “%(event)s”."),
            S.CANCELLED: _("The place of %(name)s at “%(event)s” is given up."),
        }
        sentence = sentences.get(S(found.state))
        if sentence is None:
            return None
        address = reverse("events:event", args=[found.event_id])
        return Mail(subject=sentence % words, paragraphs=[sentence % words], button=(_("Open the event"), address))
