"""A company's page and the pages of its people: who sees what, what waits, what the buttons do."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from courses.models import LearningPath, PathStep
from courses.team.views import SEEN_AT_ONCE
from lms.accounts import actions
from lms.accounts.models import Membership
from lms.notifications.models import Message
from tests.courses.conftest import outline_of
from tests.factories.accounts import ClusterMembershipFactory, MembershipFactory, UserFactory
from tests.factories.courses import EnrolmentFactory, QuizAttemptFactory, make_course, quiz
from tests.factories.readiness import answered, edition, finished
from tests.lms.accounts.signing_in import signed_in

pytestmark = pytest.mark.django_db
COMPANY = "/company/"


@pytest.fixture
def admin() -> Membership:
    return MembershipFactory(admin=True, company__name="Sensors AS", user__full_name="Astri Admin")


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(COMPANY).url == "/accounts/login/?next=/company/"


@pytest.mark.parametrize("state", ["left", None])
def test_whoever_is_in_no_company_reads_how_to_get_in(client: Client, state: str | None) -> None:
    person = MembershipFactory(state=state, company__name="Secret AS").user if state else UserFactory()
    client.force_login(person)
    page = client.get(COMPANY)
    assert "You are in no company here." in page.text
    assert "Secret AS" not in page.text


@pytest.mark.parametrize(("state", "says"), [("asked", "You asked on"), ("declined", "did not let you in")])
def test_who_asked_reads_what_became_of_it_and_nothing_of_the_company(state: str, says: str) -> None:
    ask = MembershipFactory(state=state, company__name="Secret AS", company__organisation_number="974760673")
    page = signed_in(ask).get(COMPANY)
    assert says in page.text
    assert "Secret" not in page.text


def test_a_colleague_reads_and_finds_no_buttons(admin: Membership) -> None:
    colleague = MembershipFactory(company=admin.company)
    MembershipFactory(company=admin.company, state="asked", user__full_name="Ask Askesen")
    actions.invite(admin.company, email="kari@example.org", role="member", by=admin.user)
    page = signed_in(colleague).get(COMPANY).text
    assert admin.user.full_name in page
    for kept in (
        admin.user.email,
        "Ask Askesen",
        "kari@example.org",
        "/company/invite/",
        "/take-out/",
        "/company/facts/",
    ):
        assert kept not in page


def test_an_administrator_sees_people_requests_and_invitations(admin: Membership) -> None:
    MembershipFactory(company=admin.company, state="asked", user__full_name="Ask Askesen")
    MembershipFactory(company=admin.company, state="left", user__full_name="Gone Gonesen")
    actions.invite(admin.company, email="kari@example.org", role="member", by=admin.user)
    page = signed_in(admin).get(COMPANY).text
    for seen in ("Sensors AS", "Ask Askesen", "kari@example.org", admin.user.email):
        assert seen in page
    assert "Gone Gonesen" not in page


def colleague_of(admin: Membership, name: str = "Kari Nordmann", **about: Any) -> Membership:
    return MembershipFactory(company=admin.company, user__full_name=name, **about)


def test_members_see_the_same_but_for_addresses_and_buttons(admin: Membership) -> None:
    colleague = colleague_of(admin)
    ClusterMembershipFactory(
        company=admin.company, cluster__name="Coast", since=date(2023, 5, 1), until=date(2024, 5, 1)
    )
    ClusterMembershipFactory(company=admin.company, cluster__name="Fjord", since=date(2024, 5, 1))
    for reader in (admin, colleague):
        page = signed_in(reader).get(COMPANY).text
        for seen in ("Kari Nordmann", "Astri Admin", "from 1 May 2023 until 1 May 2024", "since 1 May 2024"):
            assert seen in page
        assert (colleague.user.email in page) is (reader is admin)
        assert ("/company/nudge/" in page) is (reader is admin)


# --- What waits ------------------------------------------------------------------------------------------------------


def test_what_waits_names_for_whom(admin: Membership) -> None:
    colleague_of(admin, state="asked")
    actions.invite(admin.company, email="ola@example.org", role="member", by=admin.user)
    edition(market=3)
    answered(admin, **{"market-0": 2})
    page = signed_in(admin).get(COMPANY).text
    for seen in (
        "1 person asks to join",
        "1 invitation is not answered",
        "The readiness assessment has 2 questions left",
        "You have not begun a course",
    ):
        assert seen in page
    page = signed_in(colleague_of(admin, "Brage Berg")).get(COMPANY).text
    assert "1 person asks to join" in page
    assert "2 people have not begun" in page
    assert "#asks" not in page


def test_two_weeks_away_from_something_begun_is_said_and_what_is_done_is_not(admin: Membership) -> None:
    now = timezone.now()
    EnrolmentFactory(user=admin.user, company=admin.company, started_at=now - timedelta(days=14))
    done = EnrolmentFactory(user=colleague_of(admin).user, company=admin.company, started_at=now - timedelta(days=99))
    fresh = EnrolmentFactory(user=colleague_of(admin).user, company=admin.company, started_at=now - timedelta(days=13))
    done.completed_at = now - timedelta(days=90)
    done.save()
    page = signed_in(admin).get(COMPANY).text
    assert "1 person has been away for two weeks" in page
    assert "not begun" not in page
    with time_machine.travel(fresh.started_at + timedelta(days=14)):
        assert "2 people have been away for two weeks" in signed_in(admin).get(COMPANY).text


def test_questions_nobody_has_begun_to_answer_wait_for_everybody(admin: Membership) -> None:
    EnrolmentFactory(user=admin.user, company=admin.company)
    edition(market=1)
    assert "The readiness assessment is not begun" in signed_in(admin).get(COMPANY).text
    finished(admin, **{"market-0": 2})
    assert "The readiness assessment is not begun" not in signed_in(admin).get(COMPANY).text


def test_a_report_without_a_headline_has_a_name_to_open_it_by(admin: Membership) -> None:
    edition(market=1)
    report = finished(admin, **{"market-0": 2})
    assert f'<a href="/readiness/reports/{report.pk}/">Readiness report</a>' in signed_in(admin).get(COMPANY).text


def test_a_handful_of_people_needs_no_box_to_find_one(admin: Membership) -> None:
    client = signed_in(admin)
    assert 'type="search"' not in main(client.get(COMPANY).text)
    for _ in range(SEEN_AT_ONCE):
        colleague_of(admin)
    assert 'type="search"' in main(client.get(COMPANY).text)


def main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def test_with_nothing_waiting_the_page_says_so(admin: Membership) -> None:
    EnrolmentFactory(user=admin.user, company=admin.company)
    assert "Nothing waits." in signed_in(admin).get(COMPANY).text


def test_readiness_shows_the_way_to_begin_then_the_newest_report(admin: Membership) -> None:
    assert "See how ready you are" in signed_in(admin).get(COMPANY).text
    edition(market=1)
    report = finished(admin, **{"market-0": 2})
    page = signed_in(admin).get(COMPANY).text
    assert f"/readiness/reports/{report.pk}/" in page
    assert "Your report of" in page


# --- People ----------------------------------------------------------------------------------------------------------


def test_each_person_is_where_they_are_in_the_companys_courses_only(admin: Membership) -> None:
    kari = colleague_of(admin)
    EnrolmentFactory(user=kari.user, company=admin.company, course=make_course(1, 2, title="Who pays"))
    secret = MembershipFactory(user=kari.user, company__name="Elsewhere AS")
    EnrolmentFactory(user=kari.user, company=secret.company, course=make_course(1, 1, title="Taken elsewhere"))
    client = signed_in(admin)
    for address in (COMPANY, f"/company/people/{kari.pk}/"):
        page = client.get(address).text
        assert "Who pays" in page
        assert "Taken elsewhere" not in page
        assert "Elsewhere AS" not in page


def test_a_name_is_found_in_any_case_and_an_unknown_one_has_its_sentence(admin: Membership) -> None:
    colleague_of(admin, "Åse Ødegård")
    client = signed_in(admin)
    page = client.get(COMPANY, {"name": " åse  øde"}).text
    assert "Åse Ødegård" in page
    assert page.count("<tr>") == 2, "the head and one person"
    for typed in ("zzz", "<script>alert(1)</script>", "\x00", "%", "'" * 400):
        page = client.get(COMPANY, {"name": typed, "page": "nonsense", "show": typed})
        assert page.status_code == 200
        assert "Nobody here has" in page.text
        assert "<script>alert" not in page.text


def test_a_colleagues_page_is_for_the_same_company_only(admin: Membership) -> None:
    kari, gone = colleague_of(admin), colleague_of(admin, state="left")
    other = MembershipFactory(admin=True)
    assert signed_in(kari).get(f"/company/people/{admin.pk}/").status_code == 200
    for reader, whom in [(other, kari), (kari, other), (admin, gone), (gone, kari)]:
        assert signed_in(reader).get(f"/company/people/{whom.pk}/").status_code == 404


def test_a_colleague_reads_progress_and_never_a_score(admin: Membership) -> None:
    kari, reader = colleague_of(admin), colleague_of(admin, "Brage Berg")
    page = make_course(1, 1, body=[quiz()], title="Who pays")
    taken = EnrolmentFactory(user=kari.user, company=admin.company, course=page)
    attempt = QuizAttemptFactory(enrolment=taken, score=81)
    for address in (COMPANY, f"/company/people/{kari.pk}/"):
        seen = []
        for score in (81, 97):
            attempt.score = score
            attempt.save()
            seen.append(without_tokens(signed_in(reader).get(address).text))
        assert seen[0] == seen[1], "whatever the score, the page is the same"
        assert "Who pays" in seen[0]
        assert "never the scores of quizzes" in seen[0]
        for kept in (kari.user.email, "/nudge/", "/reassign/", "/take-out/", "hand-over"):
            assert kept not in seen[0], kept


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_an_administrator_has_the_buttons_of_each_colleague(admin: Membership) -> None:
    kari = colleague_of(admin)
    page = signed_in(admin).get(f"/company/people/{kari.pk}/").text
    for button in ("nudge", "admin", "hand-over", "take-out"):
        assert f"/company/people/{kari.pk}/{button}/" in page
    own = signed_in(admin).get(f"/company/people/{admin.pk}/").text
    assert "/take-out/" not in own
    assert "/company/leave/" in own


# --- Reminding and giving on -----------------------------------------------------------------------------------------


def test_reminding_twice_is_one_mail_and_the_page_says_so(admin: Membership) -> None:
    kari = colleague_of(admin)
    client, address = signed_in(admin), f"/company/people/{kari.pk}/nudge/"
    assert client.get(address).status_code == 405
    assert "gets a mail from you" in client.post(address, follow=True).text
    page = client.post(address, follow=True)
    assert "was reminded today already" in page.text
    assert "Reminded today" in client.get(f"/company/people/{kari.pk}/").text
    assert "Reminded today" in client.get(COMPANY).text
    assert Message.objects.count() == 1


def test_all_idle_ones_are_reminded_once(admin: Membership) -> None:
    colleagues = [colleague_of(admin) for _ in range(3)]
    busy = colleague_of(admin)
    EnrolmentFactory(user=busy.user, company=admin.company)
    client = signed_in(admin)
    assert "Remind the 3 who have not begun" in client.get(COMPANY).text
    assert "3 people get a mail" in client.post("/company/nudge/", follow=True).text
    assert "Everybody was reminded today already." in client.post("/company/nudge/", follow=True).text
    assert set(Message.objects.values_list("recipient", flat=True)) == {one.user_id for one in colleagues}
    assert "/company/nudge/" not in client.get(COMPANY).text


def test_only_administrators_remind_and_give_on(admin: Membership) -> None:
    kari, other = colleague_of(admin), MembershipFactory(admin=True)
    for whose in (kari, other):
        for button in ("nudge", "reassign"):
            answer = signed_in(whose).post(f"/company/people/{kari.pk}/{button}/", {"to": admin.pk})
            assert answer.status_code == 404
    assert signed_in(kari).post("/company/nudge/").status_code == 404
    assert signed_in(other).post("/company/nudge/").status_code == 302, "their own company's, in which nobody is idle"
    assert not Message.objects.exists()


def test_what_somebody_is_asked_to_take_goes_to_a_colleague(admin: Membership) -> None:
    kari, brage, stranger = colleague_of(admin), colleague_of(admin, "Brage Berg"), MembershipFactory()
    page = make_course(1, 1, title="Who pays")
    outline_of(page)
    step = PathStep.objects.create(path=LearningPath.objects.create(company=admin.company), course=page)
    step.people.add(kari.user)
    client, address = signed_in(admin), f"/company/people/{kari.pk}/reassign/"
    assert address in client.get(f"/company/people/{kari.pk}/").text
    for wrong in (stranger.pk, kari.pk, "", "x", 10**30):
        refused = client.post(address, {"to": wrong})
        assert refused.status_code == 200
        assert 'class="error"' in refused.text
    assert "Brage Berg takes 1 thing instead." in client.post(address, {"to": brage.pk}, follow=True).text
    assert list(step.people.all()) == [brage.user]
    assert "Who pays" in client.get(f"/company/people/{brage.pk}/").text
