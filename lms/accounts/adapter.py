"""How allauth behaves here: what it keeps of a sign-up, its mails in our letter, its sentences in our words."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from lms.accounts.models import User
from lms.accounts.selectors import current_membership
from lms.core.letters import Mail, letter

logger = logging.getLogger(__name__)

HAVE_A_DESK = ("cohorts.change_participation", "cohorts.view_every_cohort")
"""Whoever works here and may either finds the advisor’s desk open: by name, since cohorts stand above accounts."""


class AccountAdapter(DefaultAccountAdapter):
    """Our account adapter."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _(
            "The address and the password do not go together. Try again, or choose a new password."
        ),
        "email_taken": _("This address cannot be used."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This is not the code we sent. Look at the newest mail and try again."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "same_as_current": _("This is your address already."),
        "rate_limited": _("That was quick. Wait half a minute before you ask for another code."),
        "unverified_primary_email": _("Confirm the address first."),
    }

    buttons = {
        "account/email/account_already_exists": ("account_reset_password", _("Choose a new password")),
        "account/email/unknown_account": ("account_signup", _("Register your company")),
        "account/email/email_changed": ("account_reset_password", _("Choose a new password")),
        "account/email/password_changed": ("account_reset_password", _("Choose a new password")),
        "account/email/password_reset": ("account_reset_password", _("Choose a new password")),
        "account/email/password_set": ("account_reset_password", _("Choose a new password")),
    }
    """Where the button of a mail leads; the other mails have none."""

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        user.full_name = form.cleaned_data["full_name"]
        user.language = get_language() if get_language() in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a sign-in leads that nothing else sent for, in the person's own language.

        Who advises and is in no company has a desk, not a home.
        """
        user = request.user
        language = getattr(user, "language", settings.LANGUAGE_CODE)
        advises = isinstance(user, User) and user.is_staff and any(user.has_perm(one) for one in HAVE_A_DESK)
        with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            if advises and current_membership(request) is None:
                return reverse("cohorts:advisor")
            return str(super().get_login_redirect_url(request))

    def is_safe_url(self, url: str) -> bool:
        """As allauth's; an address that cannot even be taken apart is not safe."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's mails at once: people wait for the code in it."""
        context = {"email": email, **context}
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        body = render_to_string(f"{template_prefix}_message.txt", context)
        button = None
        if template_prefix in self.buttons:
            name, label = self.buttons[template_prefix]
            button = (str(label), reverse(name))
        paragraphs = [paragraph.strip() for paragraph in body.split("\n\n") if paragraph.strip()]
        mail = Mail(subject=subject, paragraphs=paragraphs, button=button, code=context.get("code", ""))
        why = str(
            _("You get this because someone typed this address at Landfall. If it was not you, you need do nothing.")
        )
        try:
            letter(mail, to=email, why=why, headers={"Auto-Submitted": "auto-generated"}).send()
        except (OSError, SMTPException):
            logger.exception("mail not sent: %s", template_prefix)
            messages.error(
                self.request, _("The mail could not be sent just now. Wait a minute, then ask for another one.")
            )
