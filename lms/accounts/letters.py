"""The mails of this app that do not wait in the outbox."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.accounts.models import Invitation
from lms.core.letters import Mail, letter


def invitation_letter(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    """The mail with the link. The token in it is kept nowhere, so this mail does not go through the outbox."""
    if invitation.invited_by is None:
        return _from_the_programme(invitation, token)
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


def _from_the_programme(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    """The same of an invitation that no person is named for: the company came from a list of the programme's."""
    names = {"company": invitation.company.name}
    until = date_format(invitation.expires_at, "DATE_FORMAT")
    mail = Mail(
        subject=_("%(company)s is on Landfall: your invitation") % names,
        paragraphs=[
            _("The programme has registered %(company)s on Landfall and invites you to learn there with it.") % names,
            _("The invitation is for this address, works once and until %(date)s.") % {"date": until},
        ],
        button=(_("Look at the invitation"), reverse("accounts:invitation", args=[token])),
        preheader=_("Open the link, sign in or register, and you are in."),
    )
    why = _("You get this because the programme was given your address for %(company)s. If it is not you, do nothing.")
    return letter(mail, to=invitation.email, why=why % names)
