"""What is done when allauth or Django says that something happened. Our own apps send each other no signals."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lms.accounts import actions, roles, selectors
from lms.accounts.models import User
from lms.accounts.privacy.actions import end_other_sessions
from lms.accounts.privacy.actions import remember_device as remember
from lms.accounts.rules import MembershipState


def finish_registration(request: HttpRequest, email_address: EmailAddress, **_rest: Any) -> None:
    """The person has shown that the address is theirs: now the company part of the sign-up counts."""
    membership = actions.finish_registration(email_address.user)
    if membership is None:
        said = _("%(email)s is confirmed.") % {"email": email_address.email}
    elif membership.state == MembershipState.ACTIVE:
        said = _("%(company)s is registered, and you are its administrator.") % {"company": membership.company}
    else:
        said = _("Your company is here already. Its administrators get a mail and let you in.")
    messages.success(request, said)
    for one in selectors.reach_of(email_address.user):
        if one.is_open:
            words = {"domain": one.domain.domain, "company": one.domain.company.name}
            messages.info(
                request, _("People at %(domain)s can ask to join %(company)s: look under your company.") % words
            )


def ensure_roles(**_rest: Any) -> None:
    """After migrations: the groups exist with their permissions."""
    roles.ensure_roles()


def remember_device(request: HttpRequest, **_rest: Any) -> None:
    """Somebody has signed in."""
    remember(request)


def end_others(request: HttpRequest, user: User, **_rest: Any) -> None:
    """A password was changed: whoever used the old one is out."""
    end_other_sessions(user, keep=request.session.session_key)
