"""The mails of this app that do not wait in the outbox."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.accounts.models import Invitation, User
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


def second_step_removed_letter(user: User) -> EmailMultiAlternatives:
    """To who has lost their second step, or to who must know that somebody said so in their name."""
    mail = Mail(
        subject=_("Your second step at Landfall was removed"),
        paragraphs=[
            _("The people who run the programme have removed your authenticator app, passkeys and recovery codes."),
            _("You are signed out everywhere, and your password alone lets you in. Set up a new second step soon."),
            _("If you did not ask for this, choose a new password now and write to them."),
        ],
        button=(_("Sign in and set up a new one"), reverse("mfa_index")),
        preheader=_("Your password alone lets you in."),
    )
    return letter(mail, to=user.email, name=user.get_short_name(), why=_("You get this because the account is yours."))
