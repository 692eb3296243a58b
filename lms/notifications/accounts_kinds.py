"""Messages about people and companies: the layer below, which knows no mail."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.accounts.models import Membership
from lms.accounts.rules import MembershipState
from lms.accounts.selectors import administrators_of
from lms.core.letters import Mail
from lms.notifications.models import Message


class AskedToJoin:
    """To an administrator: someone wants to join the company. Until it is answered."""

    name = "accounts.asked_to_join"

    def compose(self, message: Message) -> Mail | None:
        asked = Membership.objects.select_related("user", "company").filter(
            pk=int(message.subject.removeprefix("membership:"))
        )
        ask = asked.filter(state=MembershipState.ASKED).first()
        if ask is None or not administrators_of(ask.company).filter(user=message.recipient).exists():
            return None
        words = {"name": ask.user.full_name, "email": ask.user.email, "company": ask.company.name}
        return Mail(
            subject=_("%(name)s wants to join %(company)s") % words,
            paragraphs=[
                _("%(name)s (%(email)s) asks to join %(company)s on Landfall.") % words,
                _("Let in only whom you know: colleagues see each other’s names and write texts together."),
            ],
            button=(_("Answer"), reverse("team:company")),
            preheader=_("Let them in, or not: it takes one click."),
        )
