"""The advisor's pages: what each shows to whom, the move with and without htmx, and how many statements they take."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import move_to
from cohorts.models import Participation
from cohorts.rules import Stage
from lms.accounts.models import Membership, User
from lms.accounts.roles import ADVISORS, PROGRAMME_OWNERS
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.cohorts import CohortFactory, ParticipationFactory, fill

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def advisor() -> User:
    person = UserFactory(full_name="Demo Advisor", is_staff=True)
    person.groups.add(Group.objects.get(name=ADVISORS))
    return person


@pytest.fixture
def participation(advisor: User) -> Participation:
    return ParticipationFactory(cohort=CohortFactory(advisors=[advisor]), stage=Stage.REQUESTED)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, address: str, **data: Any) -> str:
    response = client.get(address, data)
    assert response.status_code == 200
    return response.content.decode()


# --- The desk --------------------------------------------------------------------------------------------------------


def test_the_desk_names_whom_to_call_and_why(advisor):
    cohort = CohortFactory(advisors=[advisor])
    late = ParticipationFactory(
        cohort=cohort, stage=Stage.REVIEW, stage_since=timezone.now() - timedelta(days=40), company__name="Late AS"
    )
    ParticipationFactory(cohort=cohort, company__name="Fine AS")
    shown = text(signed_in(advisor), reverse("cohorts:advisor"))
    assert "1 company needs you" in shown
    assert "40 days in “Review”" in shown
    assert late.get_absolute_url() in shown
    assert shown.index("Late AS") < shown.index("Fine AS")


def test_a_desk_without_trouble_says_so(advisor, participation):
    assert "Nobody needs you today" in text(signed_in(advisor), reverse("cohorts:advisor"))


def test_an_advisor_without_a_cohort_is_told_how_one_comes():
    newcomer = UserFactory(is_staff=True)
    newcomer.groups.add(Group.objects.get(name=ADVISORS))
    assert "You advise no cohort yet" in text(signed_in(newcomer), reverse("cohorts:advisor"))


def test_the_desk_of_other_people_does_not_exist():
    assert signed_in(MembershipFactory().user).get(reverse("cohorts:advisor")).status_code == 404


# --- The cohort ------------------------------------------------------------------------------------------------------


def test_the_cohort_shows_every_company_to_its_advisor(advisor, participation):
    other = ParticipationFactory(cohort=participation.cohort)
    shown = text(signed_in(advisor), participation.cohort.get_absolute_url())
    assert participation.company.name in shown
    assert other.company.name in shown


def test_a_company_sees_its_own_line_and_nothing_of_the_others(participation):
    member = MembershipFactory(company=participation.company)
    other = ParticipationFactory(cohort=participation.cohort, company__name="Secret Rival AS", stage=Stage.REVIEW)
    shown = text(signed_in(member.user), participation.cohort.get_absolute_url())
    assert participation.company.name in shown
    assert other.company.name not in shown
    assert "Review" not in shown
    assert "Why call" not in shown


def test_the_cohort_can_be_narrowed_to_a_stage_and_ignores_one_that_is_none(advisor, participation):
    drafting = ParticipationFactory(cohort=participation.cohort, stage=Stage.DRAFTING)
    client, address = signed_in(advisor), participation.cohort.get_absolute_url()
    narrowed = text(client, address, stage="drafting")
    assert drafting.company.name in narrowed
    assert participation.company.name not in narrowed
    assert participation.company.name in text(client, address, stage="<script>")


def test_an_empty_cohort_says_where_companies_are_added(advisor):
    shown = text(signed_in(advisor), CohortFactory(advisors=[advisor]).get_absolute_url())
    assert "No company yet" in shown


def test_fifty_companies_a_page(advisor):
    cohort = CohortFactory(advisors=[advisor])
    fill(cohort, 53)
    client = signed_in(advisor)
    assert text(client, cohort.get_absolute_url()).count("<tr>") == 51
    assert text(client, cohort.get_absolute_url(), page=2).count("<tr>") == 4
    assert text(client, cohort.get_absolute_url(), page="last").count("<tr>") == 51


# --- The company -----------------------------------------------------------------------------------------------------


def test_the_company_shows_people_history_and_the_moves_there_are(advisor, participation):
    MembershipFactory(company=participation.company, user__full_name="Kari Eksempel", admin=True)
    move_to(participation, Stage.ADMITTED, by=advisor)
    shown = text(signed_in(advisor), participation.get_absolute_url())
    assert "Kari Eksempel" in shown
    assert "Moved from “Requested” to “Admitted”" in shown
    assert "By Demo Advisor" in shown
    assert 'value="mapping"' in shown
    assert 'value="training"' not in shown


def test_the_page_says_before_the_move_what_is_missing(advisor, participation):
    Participation.objects.update(stage=Stage.MAPPING)
    shown = text(signed_in(advisor), participation.get_absolute_url())
    assert "The cohort has no course yet." in shown
    assert "Nobody from the company has an account yet." in shown


def test_going_back_misses_nothing(advisor, participation):
    Participation.objects.update(stage=Stage.REVIEW)
    shown = text(signed_in(advisor), participation.get_absolute_url())
    assert 'value="drafting"' in shown
    assert "has completed a course" not in shown


def test_a_company_reads_its_history_without_the_reasons(advisor, participation):
    Participation.objects.update(stage=Stage.TRAINING)
    move_to(participation, Stage.DRAFTING, by=advisor, reason="The founder is ill; keep it between us.")
    member, admin = MembershipFactory(company=participation.company), MembershipFactory(company=participation.company)
    Membership.objects.filter(pk=admin.pk).update(role="admin")
    shown = text(signed_in(member.user), participation.get_absolute_url())
    assert "Moved from “Training” to “Drafting”" in shown
    assert "between us" not in shown
    assert "Was missing" not in shown
    assert 'name="stage"' not in shown
    assert 'id="people"' not in shown
    for_admin = text(signed_in(admin.user), participation.get_absolute_url())
    assert 'id="people"' in for_admin
    assert "between us" not in for_admin
    assert "between us" in text(signed_in(advisor), participation.get_absolute_url())


def test_an_owner_reads_and_does_not_move(participation):
    owner = UserFactory(is_staff=True)
    owner.groups.add(Group.objects.get(name=PROGRAMME_OWNERS))
    client = signed_in(owner)
    assert 'name="stage"' not in text(client, participation.get_absolute_url())
    assert client.post(participation.get_absolute_url(), {"stage": "admitted"}).status_code == 404


# --- The move --------------------------------------------------------------------------------------------------------


def test_a_move_without_script_redirects_and_says_what_happened(advisor, participation):
    response = signed_in(advisor).post(participation.get_absolute_url(), {"stage": "admitted"}, follow=True)
    assert response.redirect_chain == [(participation.get_absolute_url(), 302)]
    assert f"{participation.company.name} is now at “Admitted”." in response.content.decode()
    participation.refresh_from_db()
    assert participation.stage == Stage.ADMITTED


def test_a_move_with_htmx_answers_the_fragment_alone(advisor, participation):
    response = signed_in(advisor).post(participation.get_absolute_url(), {"stage": "admitted"}, headers=HTMX)
    shown = response.content.decode()
    assert response.status_code == 200
    assert shown.lstrip().startswith('<div id="participation">')
    assert "<html" not in shown
    assert "is now at “Admitted”." in shown
    assert "HX-Request" in response["Vary"]


def test_the_fragment_is_part_of_the_page(advisor, participation):
    client, address = signed_in(advisor), participation.get_absolute_url()
    fragment = client.get(address, headers=HTMX).content.decode()
    page = text(client, address)
    stable = fragment[fragment.index("<header") : fragment.index("csrfmiddlewaretoken")]
    assert stable in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_refused_move_comes_back_filled_with_a_sentence(advisor, participation, headers):
    Participation.objects.update(stage=Stage.TRAINING)
    response = signed_in(advisor).post(
        participation.get_absolute_url(), {"stage": "drafting", "reason": ""}, headers=headers
    )
    shown = response.content.decode()
    assert response.status_code == 200
    assert "If you move them on all the same, write a reason." in shown
    chosen = re.search(r'<input[^>]*value="drafting"[^>]*>', shown)
    assert chosen is not None
    assert "checked" in chosen.group()
    participation.refresh_from_db()
    assert participation.stage == Stage.TRAINING


def test_a_reason_moves_on_all_the_same(advisor, participation):
    Participation.objects.update(stage=Stage.TRAINING)
    data = {"stage": "drafting", "reason": "They bring a strategy of their own."}
    response = signed_in(advisor).post(participation.get_absolute_url(), data, follow=True)
    shown = response.content.decode()
    assert "Reason: They bring a strategy of their own." in shown
    assert "Was missing: Nobody from the company has completed a course of this cohort yet." in shown


def test_a_second_press_of_the_button_is_no_error(advisor, participation):
    client = signed_in(advisor)
    for _press in range(2):
        assert client.post(participation.get_absolute_url(), {"stage": "admitted"}).status_code == 302


@pytest.mark.parametrize("stage", ["", "nowhere", "<script>alert(1)</script>"])
def test_a_stage_that_is_none_is_refused_in_words(advisor, participation, stage):
    response = signed_in(advisor).post(participation.get_absolute_url(), {"stage": stage})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    participation.refresh_from_db()
    assert participation.stage == Stage.REQUESTED


def test_hostile_names_are_text(advisor):
    cohort = CohortFactory(advisors=[advisor], name="<b>Cohort</b>")
    payload = '"><script>alert(1)</script>'
    participation = ParticipationFactory(cohort=cohort, company__name=payload)
    MembershipFactory(company=participation.company, user__full_name=payload)
    client = signed_in(advisor)
    move_to(participation, Stage.ADMITTED, by=advisor, reason=payload)
    for address in (reverse("cohorts:advisor"), cohort.get_absolute_url(), participation.get_absolute_url()):
        shown = text(client, address)
        assert "<script>alert" not in shown
        assert "&lt;script&gt;" in shown


def test_a_company_of_another_cohort_cannot_be_moved(advisor):
    stranger = ParticipationFactory(company=CompanyFactory())
    response = signed_in(advisor).post(stranger.get_absolute_url(), {"stage": "admitted"})
    assert response.status_code == 404
    stranger.refresh_from_db()
    assert stranger.stage == Stage.REQUESTED
