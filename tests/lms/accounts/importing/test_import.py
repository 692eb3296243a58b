"""A list of companies written: all of it or nothing, once, and by one writer at a time."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from wagtail.models import ModelLogEntry

from lms.accounts.actions import Refused
from lms.accounts.importing import selectors
from lms.accounts.importing.actions import companies as importing
from lms.accounts.importing.actions.companies import import_companies
from lms.accounts.importing.rules.comparing import Plan, Verdict
from lms.accounts.importing.rules.table import Table
from lms.accounts.models import ClusterMembership, Company, Invitation
from lms.accounts.rules import MembershipState
from tests.factories.accounts import (
    ClusterFactory,
    ClusterMembershipFactory,
    CompanyFactory,
    MembershipFactory,
    UserFactory,
)
from tests.lms.accounts.importing.numbers import ONE, TWO, numbers
from tests.races import ONE_WRITER, at_once

pytestmark = pytest.mark.django_db
Tables = Callable[..., Table]


def everything() -> list[Any]:
    rows = [Company, ClusterMembership, Invitation, ModelLogEntry]
    return [list(model.objects.order_by("pk").values()) for model in rows]


def test_a_list_registers_and_corrects_and_a_second_run_changes_nothing(companies: Tables) -> None:
    cluster, owner = ClusterFactory(name="Norway Health Tech"), UserFactory()
    here = CompanyFactory(name="Old name", organisation_number=ONE, stage="idea", website="https://old.example")
    table = companies(
        {"name": "New name", "clusters": "Norway Health Tech (2021-01-01)"},
        {"name": "Ærlig & Ørn", "foreign_id": "55 66", "country": "SE", "kind": "hospital", "admin_email": "A@x.no"},
    )
    plan = import_companies(table, by=owner)
    here.refresh_from_db()
    assert (here.name, here.stage, here.website) == ("New name", "idea", "https://old.example")
    assert ClusterMembership.objects.values_list("company", "cluster", "since").get() == (
        here.pk,
        cluster.pk,
        date(2021, 1, 1),
    )
    new = Company.objects.get(foreign_id="5566", country="SE")
    assert (new.name, new.kind) == ("Ærlig & Ørn", "hospital")
    invitation = Invitation.objects.get()
    assert (invitation.company, invitation.email, invitation.role) == (new, "a@x.no", "admin")
    assert (invitation.sent_at, invitation.invited_by) == (None, owner)
    assert [plan.count(verdict) for verdict in Verdict] == [1, 1, 0]
    logged = ModelLogEntry.objects.filter(action="accounts.import", user=owner)
    assert {entry.object_id: entry.data for entry in logged} == {
        str(here.pk): {"changed": ["name", "clusters"]},
        str(new.pk): {"changed": ["name", "kind", "country", "foreign_id", "admin_email"]},
    }
    before = everything()
    assert not import_companies(table, by=owner).changes_something
    assert everything() == before


def test_with_one_error_nothing_is_written(companies: Tables) -> None:
    before = everything()
    table = companies({"admin_email": "a@x.no"}, {"organisation_number": TWO, "kind": "club"})
    plan = import_companies(table, by=None)
    assert len(plan.problems) == 1
    assert everything() == before


def test_a_day_that_is_corrected_moves_the_membership(companies: Tables) -> None:
    its = ClusterMembershipFactory(company__organisation_number=ONE, since=date(2024, 1, 1))
    import_companies(companies({"clusters": f"{its.cluster.slug} (2023-05-05)"}), by=None)
    assert ClusterMembership.objects.get().since == date(2023, 5, 5)


@pytest.mark.parametrize("state", MembershipState)
def test_who_is_or_was_in_the_company_is_not_invited_by_a_list(companies: Tables, state: str) -> None:
    MembershipFactory(company__organisation_number=ONE, company__name="Sensors AS", state=state, user__email="a@x.no")
    import_companies(companies({"admin_email": "A@x.no"}), by=None)
    assert not Invitation.objects.exists()


def test_what_was_shown_is_done_or_refused(companies: Tables) -> None:
    table = companies({"stage": "clinical"})
    here = CompanyFactory(name="Sensors AS", organisation_number=ONE, stage="idea")
    seen = selectors.companies_plan(table).fingerprint
    Company.objects.filter(pk=here.pk).update(stage="scaling")
    with pytest.raises(Refused, match=r"Nothing was written\. Send the file again"):
        import_companies(table, by=None, seen=seen)
    here.refresh_from_db()
    assert here.stage == "scaling"
    import_companies(table, by=None, seen=selectors.companies_plan(table).fingerprint)
    here.refresh_from_db()
    assert here.stage == "clinical"


@pytest.mark.parametrize("count", [3, 300])
def test_looking_costs_the_same_for_three_rows_and_three_hundred(
    companies: Tables, count: int, django_assert_num_queries: Any
) -> None:
    rows = [{"organisation_number": one, "admin_email": f"{one}@x.no"} for one in numbers(count)]
    for row in rows[: count // 2]:
        CompanyFactory(organisation_number=row["organisation_number"])
    with django_assert_num_queries(5):
        plan = selectors.companies_plan(companies(*rows))
    assert plan.count(Verdict.NEW) == count - count // 2


def test_writing_new_ones_costs_the_same_for_three_rows_and_three_hundred(
    companies: Tables, django_assert_max_num_queries: Any
) -> None:
    ClusterFactory(slug="nht")
    rows = [{"organisation_number": one, "admin_email": f"{one}@x.no", "clusters": "nht"} for one in numbers(300)]
    with django_assert_max_num_queries(25):
        import_companies(companies(*rows), by=None)
    assert (Company.objects.count(), Invitation.objects.count(), ClusterMembership.objects.count()) == (300, 300, 300)


# --- Two at once -----------------------------------------------------------------------------------------------------


def import_at_once(tables: list[Table], seen: list[str], *, alone: bool = True) -> list[Any]:
    """Two imports that have both looked at the companies before either writes one."""

    def run(table: Table, fingerprint: str) -> Plan:
        return import_companies(table, by=None, seen=fingerprint)

    running = [lambda one=one: run(*one) for one in zip(tables, seen, strict=True)]
    return at_once(*running, before='INSERT INTO "accounts_company"', alone=alone)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_the_same_list_twice_at_once_registers_each_company_once(companies: Tables) -> None:
    rows = [{"organisation_number": one, "admin_email": "a@x.no"} for one in (ONE, TWO)]
    tables = [companies(*rows), companies(*reversed(rows))]
    results = import_at_once(tables, ["", ""])
    assert sorted(plan.count(Verdict.NEW) for plan in results) == [0, 2]
    assert Company.objects.count() == 2
    assert Invitation.objects.count() == 2


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_people_who_confirm_the_same_list_at_once_import_it_once(companies: Tables) -> None:
    table = companies({"admin_email": "a@x.no"})
    seen = selectors.companies_plan(table).fingerprint
    results = import_at_once([table, table], [seen, seen])
    assert sorted(type(result) for result in results if isinstance(result, Refused)) == [Refused]
    assert (Company.objects.count(), Invitation.objects.count()) == (1, 1)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_lists_that_change_the_same_companies_do_not_mix(companies: Tables) -> None:
    for number in (ONE, TWO):
        CompanyFactory(organisation_number=number)
    lists = [
        companies(*({"organisation_number": number, "name": name, "stage": stage} for number in order))
        for name, stage, order in (("A", "idea", (ONE, TWO)), ("B", "scaling", (TWO, ONE)))
    ]
    results = at_once(*(lambda table=table: import_companies(table, by=None) for table in lists))
    assert all(isinstance(plan, Plan) for plan in results)
    assert len(set(Company.objects.values_list("name", "stage"))) == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(ONE_WRITER, reason="this database lets one writer in at a time")
def test_without_the_second_look_the_later_list_fails(companies: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: both have looked, so it is the unique number that keeps the second away."""
    monkeypatch.setattr(importing, "import_companies", importing._import)
    monkeypatch.setitem(globals(), "import_companies", importing._import)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    results = import_at_once([companies({})] * 2, ["", ""], alone=False)
    assert sorted(type(result).__name__ for result in results) == ["IntegrityError", "Plan"]
    assert connection.vendor == "postgresql"
