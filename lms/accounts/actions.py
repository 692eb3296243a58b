"""What is done with companies and the people in them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.accounts import selectors
from lms.accounts.models import Company, Invitation, Membership, Registration, User
from lms.accounts.rules import (
    INVITATION_LASTS,
    INVITATION_PAUSE,
    INVITATIONS_A_DAY,
    MAIL_LEASE,
    UNCONFIRMED_LASTS,
    InvitationState,
    MembershipRole,
    MembershipState,
)
from lms.accounts.tokens import invitation_token
from lms.core.tokens import digest


class Refused(Exception):
    """What was asked for cannot be done; `sentence` tells the person why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


# --- Signing up ------------------------------------------------------------------------------------------------------


@transaction.atomic
def finish_registration(user: User) -> Membership | None:
    """Turn the company part of a sign-up into a company, or into a request to join it where its number is already here.

    Called when the address is confirmed. Doing it again changes nothing.
    """
    registration = Registration.objects.select_for_update().filter(user=user).first()
    if registration is None:
        return None
    facts = {
        name: getattr(registration, name) for name in ("name", "kind", "organisation_number", "foreign_id", "country")
    }
    registration.delete()
    return register_company(user, facts)


@transaction.atomic
def register_company(user: User, facts: dict[str, Any]) -> Membership:
    """Create a company with `user` as its administrator, or ask to join the one that has this number."""
    company = selectors.company_with_number(
        organisation_number=facts["organisation_number"], country=facts["country"], foreign_id=facts["foreign_id"]
    )
    if company is None:
        try:
            with transaction.atomic():
                company = Company.objects.create(**facts)
        except IntegrityError:  # someone registered the same number this moment
            return register_company(user, facts)
        membership = Membership.objects.create(user=user, company=company, role=MembershipRole.ADMIN)
        log(company, "accounts.register", user=user)
        return membership
    return ask_to_join(user, company)


@transaction.atomic
def ask_to_join(user: User, company: Company) -> Membership:
    """Ask the company's administrators. Asking again changes nothing, whatever the answer was."""
    membership, created = Membership.objects.get_or_create(
        user=user, company=company, defaults={"state": MembershipState.ASKED}
    )
    if created:
        log(company, "accounts.ask", user=user)
    return membership


def forget_unconfirmed() -> int:
    """Delete accounts nobody ever confirmed or used, so that an address is not kept from its owner. How many it was."""
    old = User.objects.filter(
        date_joined__lt=timezone.now() - UNCONFIRMED_LASTS, last_login=None, registration__isnull=False
    ).exclude(emailaddress__verified=True)
    people = list(old)
    for person in people:
        person.delete()
    return len(people)


# --- Answering who asks ----------------------------------------------------------------------------------------------


@transaction.atomic
def answer(membership: Membership, *, let_in: bool, by: User) -> Membership:
    """Let someone who asked into the company, or not. The same answer again changes nothing, another is refused."""
    membership = Membership.objects.select_for_update().select_related("company", "user").get(pk=membership.pk)
    state = MembershipState.ACTIVE if let_in else MembershipState.DECLINED
    if membership.state == state:
        return membership
    if membership.state != MembershipState.ASKED:
        raise Refused(_("Someone else has answered already. Nothing was changed."))
    membership.state, membership.since = state, timezone.now()
    membership.save(update_fields=["state", "since"])
    log(membership.company, "accounts.answer", user=by, data={"person": str(membership.user), "let_in": let_in})
    return membership


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: User) -> Membership:
    """Make a colleague an administrator or the other way round. A company always keeps an administrator."""
    membership = _locked_with_company(membership)
    if membership.state != MembershipState.ACTIVE:
        raise Refused(_("This person is not in the company any more. Nothing was changed."))
    if membership.role == role:
        return membership
    if role != MembershipRole.ADMIN:
        _keep_an_administrator(membership)
    membership.role = MembershipRole(role)
    membership.save(update_fields=["role"])
    log(membership.company, "accounts.role", user=by, data={"person": str(membership.user), "role": str(role)})
    return membership


@transaction.atomic
def take_out(membership: Membership, *, by: User) -> Membership:
    """Take a person out of the company; what they wrote for it stays. A company always keeps an administrator."""
    membership = _locked_with_company(membership)
    if membership.state != MembershipState.ACTIVE:
        return membership
    _keep_an_administrator(membership)
    membership.state, membership.role, membership.since = MembershipState.LEFT, MembershipRole.MEMBER, timezone.now()
    membership.save(update_fields=["state", "role", "since"])
    log(membership.company, "accounts.take_out", user=by, data={"person": str(membership.user)})
    return membership


def _locked_with_company(membership: Membership) -> Membership:
    """The membership as it is now. The company is locked first: two administrators cannot remove each other."""
    Company.objects.select_for_update().get(pk=membership.company_id)
    return Membership.objects.select_for_update(of=("self",)).select_related("company", "user").get(pk=membership.pk)


def _keep_an_administrator(membership: Membership) -> None:
    others = selectors.administrators_of(membership.company).exclude(pk=membership.pk)
    if membership.role == MembershipRole.ADMIN and not others.exists():
        raise Refused(_("A company needs an administrator. Make a colleague administrator first."))


@transaction.atomic
def change_facts(company: Company, facts: dict[str, Any], *, by: User) -> Company:
    """Write the given facts; what did not change is not logged."""
    company = Company.objects.select_for_update().get(pk=company.pk)
    changed = [name for name, value in facts.items() if getattr(company, name) != value]
    for name in changed:
        setattr(company, name, facts[name])
    if changed:
        company.save(update_fields=changed)
        log(company, "accounts.facts", user=by, data={"changed": changed})
    return company


# --- Inviting --------------------------------------------------------------------------------------------------------


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
