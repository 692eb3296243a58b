"""Inviting an address to a company, and joining by the link."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.accounts.actions.refusal import Refused
from lms.accounts.models import Company, Invitation, Membership, User
from lms.accounts.rules import (
    INVITATION_LASTS,
    INVITATION_PAUSE,
    INVITATIONS_A_DAY,
    MAIL_LEASE,
    InvitationState,
    MembershipRole,
    MembershipState,
)
from lms.accounts.tokens import invitation_token
from lms.core.tokens import digest


@transaction.atomic
def invite(company: Company, *, email: str, role: str, by: User) -> tuple[Invitation, str]:
    """Invite an address: the invitation and the token for its link, which is kept nowhere. The caller mails it at once.

    An earlier invitation of the same address no longer works then. Refused for someone who is in the company, right
    after another invitation of the address, and when the company has sent very many today.
    """
    email = email.lower()
    now = timezone.now()
    Company.objects.select_for_update().get(pk=company.pk)
    if Membership.objects.filter(company=company, user__email=email, state=MembershipState.ACTIVE).exists():
        raise Refused(_("%(email)s is in the company already.") % {"email": email})
    today = Invitation.objects.filter(company=company, created_at__gt=now - timedelta(days=1))
    if today.filter(email=email, withdrawn_at=None, created_at__gt=now - INVITATION_PAUSE).exists():
        raise Refused(_("%(email)s was invited a moment ago. The mail is on its way.") % {"email": email})
    if today.count() >= INVITATIONS_A_DAY:
        raise Refused(
            _("Your company has sent %(number)d invitations today. Go on tomorrow.") % {"number": INVITATIONS_A_DAY}
        )
    Invitation.objects.filter(company=company, email=email, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=now
    )
    pk = uuid4()
    token = invitation_token(pk)
    invitation = Invitation.objects.create(
        pk=pk,
        company=company,
        email=email,
        role=MembershipRole(role),
        token_digest=digest(token),
        invited_by=by,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
        mail_attempts=1,  # the caller's, who mails it at once; the sweep finishes only what the caller leaves behind
        mail_next_try=now + MAIL_LEASE,
    )
    log(company, "accounts.invite", user=by, data={"email": email, "role": role})
    return invitation, token


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Membership:
    """Join the company. The same person accepting again changes nothing; anything else is refused with a sentence."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("company").get(pk=invitation.pk)
    if invitation.state == InvitationState.ACCEPTED and invitation.accepted_by_id == by.pk:
        return Membership.objects.get(user=by, company=invitation.company)
    refuse_unusable(invitation, email=by.email)
    membership, _created = Membership.objects.select_for_update().get_or_create(
        user=by, company=invitation.company, defaults={"role": invitation.role}
    )
    if membership.state != MembershipState.ACTIVE:
        membership.state, membership.since = MembershipState.ACTIVE, timezone.now()
    if invitation.role == MembershipRole.ADMIN:
        membership.role = MembershipRole.ADMIN
    membership.save(update_fields=["state", "role", "since"])
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    log(invitation.company, "accounts.accept", user=by, data={"email": invitation.email})
    return membership


def refuse_unusable(invitation: Invitation, *, email: str) -> None:
    """Raise Refused, with the sentence to show, unless the owner of `email` may use the invitation now."""
    sentences = {
        InvitationState.ACCEPTED: _("This invitation has been used. If that was you, sign in."),
        InvitationState.WITHDRAWN: _(
            "This invitation was withdrawn or replaced. Look for a newer mail, or ask your colleague."
        ),
        InvitationState.EXPIRED: _("This invitation is more than 14 days old. Ask your colleague for a new one."),
    }
    if invitation.state != InvitationState.OPEN:
        raise Refused(sentences[invitation.state])
    if invitation.email != email.lower():
        raise Refused(_("This invitation was sent to another address than the one you are signed in with."))


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User | None) -> Invitation:
    """Make the link useless. Doing it again changes nothing; one that was used is refused."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("company").get(pk=invitation.pk)
    if invitation.withdrawn_at:
        return invitation
    if invitation.accepted_at:
        raise Refused(_("%(email)s has joined already.") % {"email": invitation.email})
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    log(invitation.company, "accounts.withdraw", user=by, data={"email": invitation.email})
    return invitation
