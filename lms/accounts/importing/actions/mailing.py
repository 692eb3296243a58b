"""The mail of an invitation: one sender at a time, and every change says which state it comes from."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lms.accounts.importing import selectors
from lms.accounts.models import Invitation
from lms.accounts.rules import MAIL_ATTEMPTS, MAIL_LEASE, mail_pause
from lms.accounts.tokens import invitation_token
from lms.core.tokens import digest


def claim(pk: UUID) -> tuple[Invitation, str] | None:
    """Take an invitation whose mail is owed, for as long as MAIL_LEASE, with its token; None when it is not to be had.

    The attempt is counted and committed before any work is done. The digest is written anew: where SECRET_KEY has
    changed since the invitation was made, the link that is mailed now is the one that works.
    """
    now, token = timezone.now(), invitation_token(pk)
    with transaction.atomic(durable=True):
        won = (
            selectors.invitations_to_mail(now)
            .filter(pk=pk)
            .update(mail_attempts=F("mail_attempts") + 1, mail_next_try=now + MAIL_LEASE, token_digest=digest(token))
        )
    if not won:
        return None
    return Invitation.objects.select_related("company", "invited_by").get(pk=pk), token


def record_sent(invitation: Invitation) -> None:
    """The mail server has taken it. Recording it again changes nothing."""
    Invitation.objects.filter(pk=invitation.pk, sent_at=None).update(sent_at=timezone.now())


def record_not_sent(invitation: Invitation) -> None:
    """This attempt failed: the next waits a while. Changes nothing where another sender has it by now."""
    mine = Invitation.objects.filter(pk=invitation.pk, sent_at=None, mail_attempts=invitation.mail_attempts)
    given_up = invitation.mail_attempts >= MAIL_ATTEMPTS
    mine.update(mail_next_try=timezone.now() + (timedelta(0) if given_up else mail_pause(invitation.mail_attempts)))
