"""Registering a company, and what it says of itself."""

from typing import Any

from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from lms.accounts import selectors
from lms.accounts.actions.people import ask_to_join
from lms.accounts.models import Company, Membership, Registration, User
from lms.accounts.rules import MembershipRole, MembershipState


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
def register_later(user: User, facts: dict[str, Any]) -> Membership:
    """The same for somebody who is in no company any more, or never was. Pressed twice, it is one company."""
    User.objects.select_for_update().get(pk=user.pk)
    own = Membership.objects.filter(user=user, state=MembershipState.ACTIVE).order_by("since", "pk").first()
    return own or register_company(user, facts)


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
