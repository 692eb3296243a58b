"""The people of a company: asking to join, roles, leaving."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.accounts import selectors
from lms.accounts.actions.refusal import Refused
from lms.accounts.models import Company, Membership, User
from lms.accounts.rules import UNCONFIRMED_LASTS, MembershipRole, MembershipState


@transaction.atomic
def ask_to_join(user: User, company: Company) -> Membership:
    """Ask the company's administrators. Asking again changes nothing, whatever the answer was."""
    membership, created = Membership.objects.get_or_create(
        user=user, company=company, defaults={"state": MembershipState.ASKED}
    )
    if created:
        log(company, "accounts.ask", user=user)
    return membership


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


@transaction.atomic
def hand_over(successor: Membership, *, by: User) -> Membership:
    """Make a colleague administrator in place of `by`, who becomes a colleague. Doing it again changes nothing."""
    successor = _locked_with_company(successor)
    if successor.state != MembershipState.ACTIVE:
        raise Refused(_("This person is not in the company any more. Nothing was changed."))
    if not successor.user.is_active:
        raise Refused(_("This person’s account is closed. Choose a colleague who can sign in."))
    giver = Membership.objects.select_for_update().filter(
        user=by, company=successor.company_id, state=MembershipState.ACTIVE
    )
    own = giver.first()
    if own is None or own.pk == successor.pk:
        raise Refused(_("Hand over to a colleague of the same company. Nothing was changed."))
    if own.role != MembershipRole.ADMIN:
        if successor.role == MembershipRole.ADMIN:
            return successor
        raise Refused(_("You do not administer the company any more. Nothing was changed."))
    successor.role, own.role = MembershipRole.ADMIN, MembershipRole.MEMBER
    for membership in (successor, own):
        membership.save(update_fields=["role"])
    log(successor.company, "accounts.hand_over", user=by, data={"person": str(successor.user)})
    return successor


@transaction.atomic
def leave(membership: Membership) -> Membership:
    """The person leaves by themselves; what they wrote for the company stays with it. Leaving again changes nothing.

    The last administrator is refused: they hand over first. Somebody who is alone writes to us.
    """
    membership = _locked_with_company(membership)
    if membership.state != MembershipState.ACTIVE:
        return membership
    if not selectors.may_leave(membership):
        if selectors.people_of(membership.company).exclude(pk=membership.pk).exists():
            raise Refused(_("You are the only administrator. Hand over to a colleague first, then leave."))
        raise Refused(_("You are alone in the company, so nobody would have its texts. Write to us to close it."))
    membership.state, membership.role, membership.since = MembershipState.LEFT, MembershipRole.MEMBER, timezone.now()
    membership.save(update_fields=["state", "role", "since"])
    log(membership.company, "accounts.leave", user=membership.user)
    return membership


def _locked_with_company(membership: Membership) -> Membership:
    """The membership as it is now. The company is locked first: two administrators cannot remove each other."""
    Company.objects.select_for_update().get(pk=membership.company_id)
    return Membership.objects.select_for_update(of=("self",)).select_related("company", "user").get(pk=membership.pk)


def _keep_an_administrator(membership: Membership) -> None:
    if not selectors.may_leave(membership):
        raise Refused(_("A company needs an administrator. Make a colleague administrator first."))


def forget_unconfirmed() -> int:
    """Delete accounts nobody ever confirmed or used, so that an address is not kept from its owner. How many it was."""
    old = User.objects.filter(
        date_joined__lt=timezone.now() - UNCONFIRMED_LASTS, last_login=None, registration__isnull=False
    ).exclude(emailaddress__verified=True)
    people = list(old)
    for person in people:
        person.delete()
    return len(people)
