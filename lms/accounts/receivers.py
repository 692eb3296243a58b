"""What is done when allauth or Django says that something happened. Our own apps send each other no signals."""

from typing import Any

from allauth.account.models import EmailAddress

from lms.accounts import actions, roles


def finish_registration(email_address: EmailAddress, **_rest: Any) -> None:
    """The person has shown that the address is theirs: now the company part of the sign-up counts."""
    actions.finish_registration(email_address.user)


def ensure_roles(**_rest: Any) -> None:
    """After migrations: the groups exist with their permissions."""
    roles.ensure_roles()
