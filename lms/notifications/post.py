"""From a message to a mail that the mail server has taken."""

import logging
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.accounts.rules import zone
from lms.core.letters import letter
from lms.notifications import actions, kinds
from lms.notifications.models import Message
from lms.notifications.rules import MessageState

logger = logging.getLogger(__name__)


class NotTaken(Exception):
    """The mail back end said that it sent nothing."""


REFUSALS = (SMTPSenderRefused, SMTPRecipientsRefused, SMTPDataError, SMTPHeloError, SMTPNotSupportedError, NotTaken)
"""Answers by which the mail server says that it has not taken the mail. After any other error nobody knows."""


class Post:
    """One connection to the mail server, kept for a whole sweep."""

    def __init__(self) -> None:
        self.connection = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()

    def ready(self) -> None:
        """Have a connection that is alive. Raises where the mail server cannot be reached."""
        server = getattr(self.connection, "connection", None)
        if server is not None and hasattr(server, "noop"):
            try:
                alive = server.noop()[0] == 250
            except (OSError, SMTPException):
                alive = False
            if not alive:
                self.hang_up()
        self.connection.open()

    def hang_up(self) -> None:
        try:
            self.connection.close()
        except (OSError, SMTPException):
            logger.info("the connection to the mail server was gone already")

    def deliver(self, message: Message) -> MessageState:
        """Send a message this sender has claimed and record what became of it; then raise what went wrong."""
        try:
            mail = written(message)
        except Exception as error:
            actions.record_refused(message, described(error))
            raise
        if mail is None:
            actions.record_cancelled(message, "")
            return MessageState.CANCELLED
        if not actions.begin_hand_over(message):
            logger.warning("message %s was lost to another sender before it was handed over", message.pk)
            return MessageState.OWED
        try:
            self.hand_over(mail)
        except REFUSALS as error:
            actions.record_refused(message, described(error))
            self.hang_up()
            raise
        except Exception as error:
            actions.record_unknown(message, described(error))
            self.hang_up()
            raise
        actions.record_sent(message)
        return MessageState.SENT

    def hand_over(self, mail: EmailMultiAlternatives) -> None:
        """Give the mail to the server; returns when it has taken it."""
        if not self.connection.send_messages([mail]):
            raise NotTaken(_("the mail back end sent nothing"))


def written(message: Message) -> EmailMultiAlternatives | None:
    """The mail, in the recipient's language and with times in their zone; None when it no longer applies."""
    person = message.recipient
    if not person.is_active:
        return None
    with translation.override(person.language), timezone.override(zone(person.time_zone)):
        mail = kinds.kind_named(message.kind).compose(message)
        if mail is None:
            return None
        headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
        why = _("You get this because you have an account at Landfall. Times are in the zone %(zone)s.")
        zone_name = person.time_zone.replace("_", " ")
        sent = letter(
            mail, to=person.email, name=person.get_short_name(), why=why % {"zone": zone_name}, headers=headers
        )
        sent.message()  # what cannot be put into a mail shows here, before it is handed over
        return sent


def described(error: Exception) -> str:
    """What staff read: the kind of error and its words, cut short."""
    return f"{type(error).__name__}: {error}"[:1000]
