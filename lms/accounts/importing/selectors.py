"""What is here already of what a list names, and which invitations wait for their mail."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lms.accounts.importing.rules import addresses, comparing
from lms.accounts.importing.rules.clusters import Clusters
from lms.accounts.importing.rules.companies import Number, Wanted, wanted
from lms.accounts.importing.rules.table import Row, Table, plain
from lms.accounts.models import Cluster, ClusterMembership, Company, Invitation, Membership
from lms.accounts.rules import INVITATIONS_A_DAY, MAIL_ATTEMPTS, MembershipState

FACTS = ("name", "kind", "organisation_number", "foreign_id", "country", "product_class", "stage", "website")

# --- Companies -------------------------------------------------------------------------------------------------------


def clusters() -> Clusters:
    """The clusters a list may name."""
    rows = list(Cluster.objects.values_list("pk", "name", "slug"))
    keys = {plain(slug): pk for pk, _name, slug in rows} | {plain(name): pk for pk, name, _slug in rows}
    return Clusters({pk: name for pk, name, _slug in rows}, keys)


def companies_plan(
    table: Table, *, lock: bool = False, track: Callable[[Sequence[Row]], Iterable[Row]] = iter
) -> comparing.Plan:
    """What the list would do as things are now: five queries, however long it is.

    `lock`: the companies it names are kept from others until the transaction ends. `track` hands the rows on and may
    show how far it is.
    """
    there = clusters()
    asked, problems = wanted(track(table.rows), there)
    problems = sorted([*table.problems, *problems], key=lambda problem: problem.row)
    if problems:
        return comparing.Plan(problems=tuple(problems))
    known = _known(asked, lock=lock)
    return comparing.plan(asked, known, names=there.names, today=timezone.localdate())


def _known(asked: Sequence[Wanted], *, lock: bool) -> dict[Number, comparing.Known]:
    """The companies that are here under the numbers of a list."""
    norwegian = [one.number.number for one in asked if one.number.country == "NO"]
    foreign = [one.number.number for one in asked if one.number.country != "NO"]
    companies = Company.objects.filter(
        Q(organisation_number__in=norwegian) | Q(foreign_id__in=foreign, foreign_id__gt="")
    ).order_by("pk")
    here = list(companies.select_for_update() if lock else companies)
    memberships, emails = _memberships(here), _addresses({one.admin_email for one in asked if one.admin_email})
    found = {}
    for one in here:
        facts = {name: getattr(one, name) for name in FACTS}
        known = comparing.Known(one.pk, facts, tuple(memberships[one.pk]), frozenset(emails[one.pk]))
        if one.organisation_number:
            found[Number("NO", one.organisation_number)] = known
        if one.foreign_id:
            found[Number(one.country, one.foreign_id)] = known
    return found


def _memberships(companies: Sequence[Company]) -> dict[int, list[comparing.Membership]]:
    found = defaultdict(list)
    rows = ClusterMembership.objects.filter(company__in=companies).order_by("since")
    for company, cluster, since, until in rows.values_list("company", "cluster", "since", "until"):
        found[company].append(comparing.Membership(cluster, since, until))
    return found


def _addresses(asked: set[str]) -> dict[int, set[str]]:
    """Which of these addresses are each company's: of a person there, whatever their state, or openly invited.

    Looked for in every company: a list of companies beside the list of addresses would have SQLite try each pair.
    """
    people = Membership.objects.filter(user__email__in=asked)
    invited = open_invitations(timezone.now()).filter(email__in=asked)
    found = defaultdict(set)
    for company, email in [*people.values_list("company", "user__email"), *invited.values_list("company", "email")]:
        found[company].add(email)
    return found


# --- Invitations -----------------------------------------------------------------------------------------------------


def unanswered_invitations() -> QuerySet[Invitation]:
    """Neither used nor withdrawn; one that has expired is among them."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)


def open_invitations(now: datetime) -> QuerySet[Invitation]:
    """Those that can be used. One whose mail was given up cannot: nobody has its link."""
    given_up = Q(sent_at=None, mail_attempts__gte=MAIL_ATTEMPTS, mail_next_try__lte=now)
    return unanswered_invitations().filter(expires_at__gt=now).exclude(given_up)


def invitations_to_mail(now: datetime) -> QuerySet[Invitation]:
    """Those whose mail is owed and that no sender has now."""
    return unanswered_invitations().filter(
        expires_at__gt=now, sent_at=None, mail_attempts__lt=MAIL_ATTEMPTS, mail_next_try__lte=now
    )


def ids_to_mail(now: datetime) -> list[UUID]:
    """The invitations to mail now, the longest owed first."""
    return list(invitations_to_mail(now).order_by("mail_next_try", "pk").values_list("pk", flat=True))


def invitations_left(company: Company, now: datetime) -> int:
    """How many more the company may send today."""
    today = Invitation.objects.filter(company=company, created_at__gt=now - timedelta(days=1)).count()
    return max(0, INVITATIONS_A_DAY - today)


def invite_plan(company: Company, typed: Sequence[addresses.Typed], now: datetime) -> addresses.InvitePlan:
    """What the list would do as things are now: three queries, however long it is."""
    asked = {one.email for one in typed if one.email}
    people = Membership.objects.filter(company=company, state=MembershipState.ACTIVE, user__email__in=asked)
    invited = open_invitations(now).filter(company=company, email__in=asked)
    return addresses.invite_plan(
        typed,
        present=frozenset(people.values_list("user__email", flat=True)),
        invited=frozenset(invited.values_list("email", flat=True)),
        left=invitations_left(company, now),
    )
