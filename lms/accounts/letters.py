"""The mails of this app that do not wait in the outbox."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.accounts.models import Invitation
from lms.core.letters import Mail, letter


def invitation_letter(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    """The mail with the link. It is sent at once, since the token in it is kept nowhere."""
    names = {"person": str(invitation.invited_by), "company": invitation.company.name}
    until = date_format(invitation.expires_at, "DATE_FORMAT")
    mail = Mail(
        subject=_("%(person)s invites you to %(company)s on Landfall") % names,
        paragraphs=[
            _("%(person)s has invited you to learn with %(company)s on Landfall.") % names,
            _("The invitation is for this address, works once and until %(date)s.") % {"date": until},
        ],
        button=(_("Look at the invitation"), reverse("accounts:invitation", args=[token])),
        preheader=_("Open the link, sign in or register, and you are in."),
    )
    why = _("You get this because %(person)s typed your address. If you do not know them, do nothing.") % names
    return letter(mail, to=invitation.email, why=why)
