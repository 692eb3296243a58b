"""The sweep that mails invitations. The token of a link is in no table, so they do not go through the outbox."""

import logging
from contextlib import suppress
from smtplib import SMTPException
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation

from lms.accounts.importing import selectors
from lms.accounts.importing.actions import mailing
from lms.accounts.letters import invitation_letter
from lms.accounts.models import Invitation
from lms.accounts.rules import SWEEP_LASTS, zone

logger = logging.getLogger(__name__)


class NotTaken(Exception):
    """The mail back end said that it sent nothing."""


def sweep() -> list[UUID]:
    """Mail whatever is owed, and say which could not be. A late, repeated or killed run only finishes the work.

    A mail that fails waits for its next attempt and the rest go on. A mail server that cannot be reached ends the
    sweep before anything is counted: it is no invitation's fault. Who is killed between handing a mail over and
    writing that down sends it once more, with the same link.
    """
    failed: list[UUID] = []
    ends = timezone.now() + SWEEP_LASTS
    due = selectors.ids_to_mail(timezone.now())
    if not due:
        return failed
    connection = get_connection()
    try:
        for pk in due:
            if timezone.now() > ends:
                break
            connection.open()
            claimed = mailing.claim(pk)
            if claimed and not _deliver(connection, *claimed):
                failed.append(pk)
                _hang_up(connection)  # what is left of it may be half a conversation
    finally:
        _hang_up(connection)
    return failed


def _hang_up(connection: BaseEmailBackend) -> None:
    with suppress(OSError, SMTPException):
        connection.close()


def _deliver(connection: BaseEmailBackend, invitation: Invitation, token: str) -> bool:
    """Hand one claimed invitation over and record what became of it; whether the mail server has taken it."""
    try:
        with translation.override(_language(invitation)), timezone.override(_zone(invitation)):
            mail = invitation_letter(invitation, token)
        if not connection.send_messages([mail]):
            raise NotTaken
    except Exception:
        logger.exception("invitation not sent: %s", invitation.pk)
        mailing.record_not_sent(invitation)
        return False
    mailing.record_sent(invitation)
    return True


def _language(invitation: Invitation) -> str:
    """Of who invited: the invited person has not told theirs yet."""
    return invitation.invited_by.language if invitation.invited_by else settings.LANGUAGE_CODE


def _zone(invitation: Invitation) -> ZoneInfo:
    return zone(invitation.invited_by.time_zone if invitation.invited_by else settings.TIME_ZONE)
