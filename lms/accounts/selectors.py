"""Who is in which company, and what of it a person may see."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest

from lms.accounts.models import ClusterMembership, Company, Invitation, MailDomain, Membership, User
from lms.accounts.rules import MembershipRole, MembershipState, domain_of, is_public_mail
from lms.core.rows import columns, instances
from lms.core.tokens import digest

COMPANY_IN_SESSION = "company"
BELONGING = f"""
SELECT {columns(Membership, "m")}, {columns(Company, "c")}
  FROM {Membership._meta.db_table} m JOIN {Company._meta.db_table} c ON c.id = m.company_id
 WHERE m.user_id = %s AND m.state = %s
"""  # noqa: S608 - names of our own tables and columns


@dataclass(frozen=True, slots=True)
class Belonging:
    """The companies a person is active in, the chosen one first."""

    memberships: tuple[Membership, ...]

    @property
    def current(self) -> Membership | None:
        return self.memberships[0] if self.memberships else None


def belonging(request: HttpRequest) -> Belonging:
    """The visitor's active memberships with their companies: one query a request, none for a signed-out visitor."""
    known = getattr(request, "_belonging", None)
    if known is None:
        known = Belonging(())
        if request.user.is_authenticated:
            chosen = request.session.get(COMPANY_IN_SESSION)
            memberships = _active(request.user.pk)
            known = Belonging(tuple(sorted(memberships, key=lambda one: (one.company_id != chosen, one.since, one.pk))))
        request._belonging = known  # type: ignore[attr-defined]
    return known


def _active(user_id: int) -> list[Membership]:
    """A person's active memberships, each with its company."""
    found = []
    for membership, company in instances(BELONGING, [user_id, MembershipState.ACTIVE.value], Membership, Company):
        membership.company = company
        found.append(membership)
    return found


def current_membership(request: HttpRequest) -> Membership | None:
    """The company the visitor acts for now, with `.company` at hand; None when they are in none."""
    return belonging(request).current


def choose_company(request: HttpRequest, company_id: int) -> bool:
    """Remember which of several companies the visitor acts for; False when it is not one of theirs."""
    if not any(one.company_id == company_id for one in belonging(request).memberships):
        return False
    request.session[COMPANY_IN_SESSION] = company_id
    del request._belonging  # type: ignore[attr-defined]
    return True


def memberships_administered_by(user: User) -> QuerySet[Membership]:
    """Memberships, in any state, of the companies that `user` administers."""
    return Membership.objects.filter(company__in=_administered(user)).select_related("user", "company")


def invitations_administered_by(user: User) -> QuerySet[Invitation]:
    """Invitations of the companies that `user` administers."""
    return Invitation.objects.filter(company__in=_administered(user)).select_related("company")


def _administered(user: User) -> QuerySet[Company]:
    return Company.objects.filter(
        memberships__user=user, memberships__state=MembershipState.ACTIVE, memberships__role=MembershipRole.ADMIN
    )


def people_of(company: Company) -> QuerySet[Membership]:
    """Who is in the company now, administrators first."""
    first = Case(When(role=MembershipRole.ADMIN, then=Value(0)), default=Value(1), output_field=IntegerField())
    active = Membership.objects.filter(company=company, state=MembershipState.ACTIVE)
    return active.select_related("user").order_by(first, "user__full_name", "pk")


def administrators_of(company: Company) -> QuerySet[Membership]:
    """The company's active administrators who can still sign in."""
    return people_of(company).filter(role=MembershipRole.ADMIN, user__is_active=True)


def may_leave(membership: Membership) -> bool:
    """Whether the company keeps an administrator without this person."""
    others = administrators_of(membership.company).exclude(pk=membership.pk)
    return membership.role != MembershipRole.ADMIN or others.exists()


def asks_of(user: User) -> QuerySet[Membership]:
    """What a person has asked for and what became of it. For their own eyes; names no company they are not in."""
    unanswered = [MembershipState.ASKED, MembershipState.DECLINED]
    return Membership.objects.filter(user=user, state__in=unanswered).select_related("company").order_by("since")


def invitations_of(company: Company) -> QuerySet[Invitation]:
    """Invitations nobody has used or withdrawn; an expired one is shown as expired."""
    return Invitation.objects.filter(company=company, accepted_at=None, withdrawn_at=None).select_related("invited_by")


def invitation_for(token: str) -> Invitation | None:
    """The invitation a link leads to, used or not."""
    return Invitation.objects.filter(token_digest=digest(token)).select_related("company", "invited_by").first()


def cluster_memberships_of(company: Company) -> QuerySet[ClusterMembership]:
    """Every cluster the company is, was or will be in, with its dates; the newest first."""
    return ClusterMembership.objects.filter(company=company).select_related("cluster").order_by("-since", "pk")


def company_with_number(*, organisation_number: str, country: str, foreign_id: str) -> Company | None:
    """The company that is here under this number; None without a number."""
    if organisation_number:
        return Company.objects.filter(organisation_number=organisation_number).first()
    if foreign_id:
        return Company.objects.filter(country=country, foreign_id=foreign_id).first()
    return None


# --- Mail domains ----------------------------------------------------------------------------------------------------


def verified_domains(user: User) -> list[str]:
    """The mail domains of a person's confirmed addresses, without those where anybody gets an address."""
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({domain for email in verified if not is_public_mail(domain := domain_of(email))})


def mail_domains_of(company: Company) -> QuerySet[MailDomain]:
    """The domains whose people may ask to join the company."""
    return MailDomain.objects.filter(company=company).select_related("added_by")


def mail_domains_administered_by(user: User) -> QuerySet[MailDomain]:
    """Mail domains of the companies that `user` administers."""
    return MailDomain.objects.filter(company__in=_administered(user)).select_related("company")


REACH = f"""
SELECT DISTINCT {columns(MailDomain, "d")}, {columns(Company, "c")}, {columns(Membership, "m")}
  FROM {EmailAddress._meta.db_table} a
  JOIN {MailDomain._meta.db_table} d ON LOWER(a.email) LIKE '%%@' || d.domain
  JOIN {Company._meta.db_table} c ON c.id = d.company_id
  LEFT JOIN {Membership._meta.db_table} m ON m.company_id = c.id AND m.user_id = a.user_id
 WHERE a.user_id = %s AND a.verified ORDER BY c.name, d.domain
"""  # noqa: S608 - names of our own tables and columns


@dataclass(frozen=True, slots=True)
class Reach:
    """A company somebody may ask to join by a confirmed address; `membership` is what they are there already."""

    domain: MailDomain
    membership: Membership | None

    @property
    def is_open(self) -> bool:
        return self.membership is None


def reach_of(user: User) -> list[Reach]:
    """The companies whose mail domains a person has a confirmed address at. One query; to nobody else are they told."""
    found = []
    for domain, company, membership in instances(REACH, [user.pk], MailDomain, Company, Membership):
        domain.company = company
        found.append(Reach(domain, membership))
    return found
