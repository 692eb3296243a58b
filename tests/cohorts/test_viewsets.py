"""Cohorts in the editors' part: companies are added, never exchanged, and what happened to them is never removed."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cohorts.actions import move_to
from cohorts.models import Cohort, Participation
from cohorts.rules import Stage
from cohorts.viewsets import CohortViewSet
from lms.accounts.models import User
from lms.accounts.roles import ADVISORS
from tests.factories.accounts import CompanyFactory, UserFactory
from tests.factories.cohorts import CohortFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def sent(rows: list[dict[str, Any]], *, initial: int, **changed: Any) -> dict[str, Any]:
    """What the form of a cohort posts, with its companies."""
    data = {"name": "Autumn", "slug": "autumn", "programme": "USA Next", "starts": "2026-09-01", "ends": "2027-06-30"}
    data |= {
        "participations-TOTAL_FORMS": len(rows),
        "participations-INITIAL_FORMS": initial,
        "participations-MIN_NUM_FORMS": 0,
        "participations-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        data |= {f"participations-{number}-{name}": value for name, value in row.items()}
    return data | changed


def advisor_of_the_house() -> User:
    advisor = UserFactory()
    advisor.groups.add(Group.objects.get(name=ADVISORS))
    return advisor


def test_only_advisors_and_whoever_advises_it_now_are_offered():
    advisor, before, _somebody = advisor_of_the_house(), UserFactory(), UserFactory()
    form = CohortViewSet().get_edit_handler().get_form_class()(instance=CohortFactory(advisors=[before]))
    assert set(form.fields["advisors"].queryset) == {advisor, before}


def edit(client: Client, cohort: Cohort, rows: list[dict[str, Any]], **changed: Any) -> Any:
    data = sent(rows, initial=sum("id" in row for row in rows), **changed)
    return client.post(reverse("cohort:edit", args=[cohort.pk]), data)


def test_a_new_cohort_with_a_company_that_starts_at_requested(staff):
    company, advisor = CompanyFactory(), advisor_of_the_house()
    rows = [{"company": company.pk, "stage": "completed", "id": ""}]
    response = staff.post(reverse("cohort:add"), sent(rows, initial=0, advisors=[advisor.pk]))
    assert response.status_code == 302
    participation = Participation.objects.get()
    assert (participation.company, participation.stage) == (company, Stage.REQUESTED)
    assert list(Cohort.objects.get().advisors.all()) == [advisor]


def test_the_form_shows_the_stage_and_does_not_take_one(staff):
    participation = ParticipationFactory(stage=Stage.TRAINING)
    form = staff.get(reverse("cohort:edit", args=[participation.cohort_id])).content.decode()
    assert "Training" in form
    assert 'name="participations-0-stage"' not in form
    edit(
        staff, participation.cohort, [{"id": participation.pk, "company": participation.company_id, "stage": "review"}]
    )
    participation.refresh_from_db()
    assert participation.stage == Stage.TRAINING


def test_a_company_cannot_take_the_place_and_the_history_of_another(staff):
    participation, other = ParticipationFactory(), CompanyFactory()
    edit(staff, participation.cohort, [{"id": participation.pk, "company": other.pk}])
    participation.refresh_from_db()
    assert participation.company != other


def test_the_same_company_twice_is_refused_in_a_sentence(staff):
    participation = ParticipationFactory()
    rows = [
        {"id": participation.pk, "company": participation.company_id},
        {"company": participation.company_id},
    ]
    assert edit(staff, participation.cohort, rows).status_code == 200
    assert Participation.objects.count() == 1


def test_a_company_that_was_moved_stays(staff):
    participation = ParticipationFactory()
    move_to(participation, Stage.ADMITTED, by=None)
    row = {"id": participation.pk, "company": participation.company_id, "DELETE": "on"}
    response = edit(staff, participation.cohort, [row])
    assert response.status_code == 200
    assert "its history stays" in response.content.decode()
    assert Participation.objects.exists()


def test_a_company_that_only_asked_can_be_taken_out(staff):
    participation = ParticipationFactory()
    row = {"id": participation.pk, "company": participation.company_id, "DELETE": "on"}
    assert edit(staff, participation.cohort, [row]).status_code == 302
    assert not Participation.objects.exists()


def test_a_cohort_that_ends_before_it_starts_is_refused(staff):
    assert edit(staff, CohortFactory(), [], starts="2027-01-01", ends="2026-01-01").status_code == 200


def test_a_cohort_with_companies_is_not_deleted_and_an_empty_one_is(staff):
    participation, empty = ParticipationFactory(), CohortFactory()
    response = staff.post(reverse("cohort:delete", args=[participation.cohort_id]), follow=True)
    assert "Nothing was deleted" in response.content.decode()
    staff.post(reverse("cohort:delete", args=[empty.pk]))
    assert list(Cohort.objects.all()) == [participation.cohort]


def test_the_list_names_every_cohort(staff):
    cohort = CohortFactory()
    assert cohort.name in staff.get(reverse("cohort:index")).content.decode()


def test_a_move_reads_right_in_the_site_s_own_log(staff):
    move_to(ParticipationFactory(), Stage.ADMITTED, by=None, reason="Agreed.")
    entry = ModelLogEntry.objects.get(action="cohorts.move")
    assert (entry.message, entry.comment) == ("Moved from “Requested” to “Admitted”", "Agreed.")
