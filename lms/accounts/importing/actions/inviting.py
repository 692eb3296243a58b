"""Inviting many at once: all of them or nobody. Their mails are sent by the sweep (see ../sending.py)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.accounts.actions import Refused
from lms.accounts.importing import selectors
from lms.accounts.importing.actions.logging import log_companies
from lms.accounts.importing.rules.addresses import Typed
from lms.accounts.models import Company, Invitation, User
from lms.accounts.rules import INVITATION_LASTS, INVITATIONS_A_DAY, MembershipRole
from lms.accounts.tokens import invitation_token
from lms.core.tokens import digest


@transaction.atomic
def invite_many(company: Company, typed: Sequence[Typed], *, seen: str, by: User) -> list[Invitation]:
    """Invite those of the list who are not in the company and not invited yet.

    `seen` is the fingerprint of the plan the person has looked at. Where something has happened since that makes it
    another one, and where it is more than the company may send today, everything is refused.
    """
    now = timezone.now()
    Company.objects.select_for_update().get(pk=company.pk)
    plan = selectors.invite_plan(company, typed, now)
    if plan.fingerprint != seen:
        raise Refused(
            _("Since you looked, somebody on the list has joined or was invited. Nobody was invited now: look again.")
        )
    if plan.too_many:
        words = _("Your company may send %(most)d invitations in 24 hours, and %(left)d are left. Nobody was invited.")
        raise Refused(words % {"most": INVITATIONS_A_DAY, "left": plan.left})
    return invitations([(company, one.email, one.role) for one in plan.invited], by=by, now=now)


def invitations(
    wanted: Sequence[tuple[Company, str, MembershipRole]], *, by: User | None, now: datetime
) -> list[Invitation]:
    """Make these invitations, to be mailed by the sweep. Stands in the caller's transaction, the companies locked.

    What is left of earlier ones to the same addresses, expired or never sent, is withdrawn.
    """
    asked = {(company.pk, email) for company, email, _role in wanted}
    earlier = selectors.unanswered_invitations().filter(email__in={email for _company, email in asked})
    left = [pk for pk, company, email in earlier.values_list("pk", "company", "email") if (company, email) in asked]
    Invitation.objects.filter(pk__in=left).update(withdrawn_at=now)
    made = []
    for company, email, role in wanted:
        pk = uuid4()
        made.append(
            Invitation(
                pk=pk,
                company=company,
                email=email,
                role=role,
                token_digest=digest(invitation_token(pk)),
                invited_by=by,
                created_at=now,
                expires_at=now + INVITATION_LASTS,
                mail_next_try=now,
            )
        )
    Invitation.objects.bulk_create(made)
    log_companies("accounts.invite", ((one.company, {"email": one.email, "role": one.role}) for one in made), by=by)
    return made
