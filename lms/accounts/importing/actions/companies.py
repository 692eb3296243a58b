"""A list of companies written: all of it or nothing."""

from collections.abc import Sequence
from itertools import chain

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.accounts.actions import Refused
from lms.accounts.importing import selectors
from lms.accounts.importing.actions.inviting import invitations
from lms.accounts.importing.actions.logging import log_companies
from lms.accounts.importing.rules.comparing import Plan, Step, Verdict
from lms.accounts.importing.rules.table import Table
from lms.accounts.models import ClusterMembership, Company, User
from lms.accounts.rules import MembershipRole


def import_companies(table: Table, *, by: User | None, seen: str = "") -> Plan:
    """Do what the list asks for, and say what that was; with any problem in it, nothing is done.

    Doing it again changes nothing. `seen` is the fingerprint of the plan somebody has looked at: when the companies
    have changed since so that it is another one, everything is refused. Without it, a list that meets another writer
    is compared once more with what that one wrote.
    """
    try:
        return _import(table, by=by, seen=seen)
    except IntegrityError:  # another writer had the same number or cluster first, and is through by now
        try:
            return _import(table, by=by, seen=seen)
        except IntegrityError:
            raise Refused(_changed()) from None


def _changed() -> str:
    return _(
        "The companies have changed since you looked: somebody else wrote to one of them. Nothing was written. Send"
        " the file again and look at what it would change now."
    )


@transaction.atomic
def _import(table: Table, *, by: User | None, seen: str) -> Plan:
    plan = selectors.companies_plan(table, lock=True)
    if plan.problems:
        return plan
    if seen and plan.fingerprint != seen:
        raise Refused(_changed())
    steps = [step for step in plan.steps if step.verdict != Verdict.UNCHANGED]
    companies = _written(steps)
    _write_clusters(steps, companies)
    invited = [
        (companies[step.wanted.row], step.wanted.admin_email, MembershipRole.ADMIN) for step in steps if step.invites
    ]
    log_companies(
        "accounts.import",
        ((companies[step.wanted.row], {"changed": [change.column for change in step.changes]}) for step in steps),
        by=by,
    )
    invitations(invited, by=by, now=timezone.now())
    return plan


def _written(steps: Sequence[Step]) -> dict[int, Company]:
    """Each row's company, written. New ones in the order of their numbers, so that two lists never wait in a circle."""
    new = sorted((step for step in steps if step.pk is None), key=lambda step: repr(step.wanted.number))
    made = Company.objects.bulk_create(Company(**step.facts) for step in new)
    companies = {step.wanted.row: company for step, company in zip(new, made, strict=True)}
    here = Company.objects.in_bulk([step.pk for step in steps if step.pk])
    for step in steps:
        if step.pk:
            companies[step.wanted.row] = here[step.pk]
            if step.facts:
                Company.objects.filter(pk=step.pk).update(**step.facts)
    return companies


def _write_clusters(steps: Sequence[Step], companies: dict[int, Company]) -> None:
    ClusterMembership.objects.bulk_create(
        ClusterMembership(company=companies[step.wanted.row], cluster_id=cluster, since=since)
        for step in steps
        for cluster, since in step.joins
    )
    for pk, (cluster, before, since) in chain.from_iterable([(step.pk, move) for move in step.moves] for step in steps):
        ClusterMembership.objects.filter(company=pk, cluster=cluster, since=before).update(since=since)
