"""The pages of evidence: what a learner and an advisor see and send, and what nobody else gets."""

from typing import Any

import pytest
from django.test import Client

from courses.evidence import actions
from courses.models import Enrolment, Evidence, EvidenceEntry
from courses.rules import EvidenceState
from lms.accounts.models import Membership, User
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import make_course
from tests.factories.evidence import TEXT, advisor_of, later, owner, sent, upload

pytestmark = pytest.mark.django_db


def as_person(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def member() -> Membership:
    made: Membership = MembershipFactory(user__full_name="Kari Eksempel")
    return made


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


# --- The way in ------------------------------------------------------------------------------------------------------


def test_who_may_not_begin_reads_what_is_missing_and_two_ways_on(member: Membership):
    first = make_course(1, 1, title="Foundations")
    page = later(first, title="The next one")
    client = as_person(member.user)
    html = page_of(client, f"/courses/{page.slug}/")
    assert f'action="/learn/courses/{page.pk}/start/"' not in html
    assert f'href="/courses/{first.slug}/">Go to the course that comes first' in html
    assert f'href="/learn/courses/{page.pk}/evidence/"' in html
    for lesson in (1, 2):  # the sample and one that is closed
        html = page_of(client, f"/courses/{page.slug}/module-1/lesson-{lesson}/")
        assert f'action="/learn/courses/{page.pk}/start/"' not in html
        assert "Show what you know already" in html
    assert "cleared" in page_of(client, f"/courses/{page.slug}/module-1/lesson-1/")


def test_a_start_that_was_sent_all_the_same_is_refused_in_words(member: Membership):
    page = later()
    response = as_person(member.user).post(f"/learn/courses/{page.pk}/start/", follow=True)
    assert response.redirect_chain == [(f"/courses/{page.slug}/", 302)]
    assert "is not open to you yet" in response.content.decode()
    assert not Enrolment.objects.exists()


def test_the_catalogue_says_what_comes_before_to_everybody_alike(member: Membership, client: Client):
    later(make_course(1, 1, title="Foundations"))
    for visitor in (client, as_person(member.user)):
        assert "Before this: Foundations" in page_of(visitor, "/courses/")


def test_signed_out_one_is_asked_to_sign_up_and_never_told_of_a_state(client: Client):
    page = later()
    html = page_of(client, f"/courses/{page.slug}/")
    assert "Another course comes first" in html
    assert "Sign up and start" not in html
    assert f"/accounts/signup/?next={page.url}" in html
    assert "evidence" not in html


def test_where_the_evidence_stands_is_on_the_courses_page(member: Membership):
    page, advisor, client = later(), advisor_of(member.company), as_person(member.user)
    evidence = sent(member, page)
    url = f"/courses/{page.slug}/"
    assert "With an advisor since" in page_of(client, url)
    actions.ask(evidence, by=advisor, version=1, question="Which predicate?")
    assert "An advisor has a question" in page_of(client, url)
    actions.accept(evidence, by=advisor, version=2)
    html = page_of(client, url)
    assert "Open to you: your evidence was accepted on" in html
    assert "Start the course" in html
    assert client.post(f"/learn/courses/{page.pk}/start/").status_code == 302
    assert Enrolment.objects.filter(user=member.user, course=page).exists()


# --- Sending ---------------------------------------------------------------------------------------------------------


def test_a_learner_sends_a_text_and_a_file(member: Membership):
    page, client = later(), as_person(member.user)
    url = f"/learn/courses/{page.pk}/evidence/"
    assert "multipart/form-data" in page_of(client, url)
    response = client.post(url, {"text": TEXT, "file": upload(), "version": "0"})
    evidence = Evidence.objects.get()
    assert response["Location"] == f"/evidence/{evidence.pk}/"
    assert evidence.company == member.company
    html = page_of(client, f"/evidence/{evidence.pk}/")
    assert TEXT in html
    assert "proof.txt" in html
    assert client.get(url)["Location"] == f"/evidence/{evidence.pk}/"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": ""}, "Write a few words"),
        ({"text": TEXT, "file": ("proof.exe", b"MZ")}, "PDF, Word"),
        ({"text": TEXT, "file": ("proof.pdf", b"")}, "0 bytes"),
        ({"text": TEXT, "file": ("proof.pdf", b"GIF89a")}, "something else"),
        ({"text": "x" * 5_001}, "at most 5000"),
        ({"text": "short", "version": "-1"}, ""),
        ({"text": "short", "version": "many"}, ""),
    ],
)
def test_what_cannot_be_sent_comes_back_with_its_text(member: Membership, given: dict[str, Any], told: str):
    page = later()
    data = {**given, "file": upload(*given["file"])} if "file" in given else given
    response = as_person(member.user).post(f"/learn/courses/{page.pk}/evidence/", data)
    assert response.status_code == 200
    html = response.content.decode()
    assert told in html
    assert given["text"] in html
    assert 'role="alert"' in html or "error" in html
    assert not Evidence.objects.exists()


def test_markup_is_shown_as_typed(member: Membership):
    evidence = sent(member, text="<script>alert(1)</script> and {{ 7|add:7 }} https://example.org/x")
    html = page_of(as_person(member.user), f"/evidence/{evidence.pk}/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; and {{ 7|add:7 }}" in html
    assert 'href="https://example.org/x"' in html


def test_a_course_that_is_open_needs_no_evidence(member: Membership):
    page = make_course(1, 1)
    url = f"/learn/courses/{page.pk}/evidence/"
    client = as_person(member.user)
    assert client.get(url)["Location"] == f"/courses/{page.slug}/"
    assert client.post(url, {"text": TEXT})["Location"] == f"/courses/{page.slug}/"
    assert not Evidence.objects.exists()


def test_somebody_in_no_company_may_send_and_a_programme_owner_answers():
    person, keeps = UserFactory(), owner()
    page = later()
    as_person(person).post(f"/learn/courses/{page.pk}/evidence/", {"text": TEXT})
    evidence = Evidence.objects.get()
    assert evidence.company is None
    assert as_person(keeps).get(f"/evidence/{evidence.pk}/").status_code == 200
    assert as_person(advisor_of(MembershipFactory().company)).get(f"/evidence/{evidence.pk}/").status_code == 404


@pytest.mark.database
def test_in_two_windows_the_second_shows_what_the_first_sent(member: Membership):
    page, client = later(), as_person(member.user)
    url = f"/learn/courses/{page.pk}/evidence/"
    client.post(url, {"text": TEXT, "version": "0"})
    response = client.post(url, {"text": "Another text altogether, typed later", "version": "0"}, follow=True)
    html = response.content.decode()
    assert TEXT in html
    assert EvidenceEntry.objects.count() == 1


# --- The thread ------------------------------------------------------------------------------------------------------


@pytest.mark.database
def test_a_question_is_answered_where_it_was_asked(member: Membership):
    evidence, advisor = sent(member), advisor_of(member.company)
    theirs, mine = as_person(advisor), as_person(member.user)
    decide = f"/evidence/{evidence.pk}/decide/"
    told = theirs.post(decide, {"decision": "ask", "words": "Which predicate?", "version": "1"}, follow=True)
    assert "Asked. Kari Eksempel gets a mail" in told.content.decode()
    assert "Which predicate?" in page_of(mine, f"/evidence/{evidence.pk}/")
    mine.post(f"/evidence/{evidence.pk}/answer/", {"text": "One of our own, K190000.", "version": "2"})
    html = page_of(theirs, f"/evidence/{evidence.pk}/")
    assert "K190000" in html
    assert "Waits for your answer" in html


def test_what_was_added_meanwhile_is_shown_before_it_is_answered_and_nothing_typed_is_lost(member: Membership):
    evidence, theirs = sent(member), as_person(advisor_of(member.company))
    as_person(member.user).post(f"/evidence/{evidence.pk}/answer/", {"text": "I forgot Boston, 2018.", "version": "1"})
    decide = f"/evidence/{evidence.pk}/decide/"
    response = theirs.post(decide, {"decision": "accept", "words": "Well done.", "version": "1"})
    html = response.content.decode()
    assert "I forgot Boston, 2018." in html
    assert "Well done." in html
    assert "Something was added while you wrote" in html
    assert 'name="version" value="2"' in html
    assert Evidence.objects.get().state == EvidenceState.SENT
    theirs.post(decide, {"decision": "accept", "words": "Well done.", "version": "2"})
    assert Evidence.objects.get().state == EvidenceState.ACCEPTED


def test_an_answer_to_what_was_accepted_meanwhile_is_kept_on_the_page(member: Membership):
    evidence = sent(member)
    actions.accept(evidence, by=UserFactory(), version=1)
    response = as_person(member.user).post(
        f"/evidence/{evidence.pk}/answer/", {"text": "One thing more, K190000.", "version": "1"}
    )
    html = response.content.decode()
    assert "This was not sent:" in html
    assert "K190000" in html


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"decision": "ask", "words": "", "version": "1"}, "Write what you want to know"),
        ({"words": "Which one?", "version": "1"}, "Press one of the two buttons"),
        ({"decision": "shred", "words": "Which one?", "version": "1"}, "shred"),
        ({"decision": "ask", "words": "y" * 5_001, "version": "1"}, "5000"),
    ],
)
def test_an_answer_that_cannot_be_given_comes_back_filled(member: Membership, given: dict[str, str], told: str):
    evidence = sent(member)
    response = as_person(advisor_of(member.company)).post(f"/evidence/{evidence.pk}/decide/", given)
    assert response.status_code == 200
    assert told in response.content.decode()
    assert given["words"] in response.content.decode()
    assert Evidence.objects.get().state == EvidenceState.SENT


def test_it_is_withdrawn_and_sent_again(member: Membership):
    evidence, client = sent(member), as_person(member.user)
    client.post(f"/evidence/{evidence.pk}/withdraw/")
    assert f'href="/learn/courses/{evidence.course_id}/evidence/"' in page_of(client, f"/evidence/{evidence.pk}/")
    form = page_of(client, f"/learn/courses/{evidence.course_id}/evidence/")
    assert 'name="version" value="2"' in form
    client.post(f"/learn/courses/{evidence.course_id}/evidence/", {"text": TEXT, "version": "2"})
    assert Evidence.objects.get().state == EvidenceState.SENT


def test_an_unpublished_course_leaves_the_thread_readable(member: Membership):
    evidence = sent(member)
    evidence.course.unpublish()
    assert TEXT in page_of(as_person(member.user), f"/evidence/{evidence.pk}/")
    assert TEXT in page_of(as_person(advisor_of(member.company)), f"/evidence/{evidence.pk}/")
    assert as_person(member.user).post(f"/evidence/{evidence.pk}/answer/", {"text": TEXT}).status_code == 404


# --- Files -----------------------------------------------------------------------------------------------------------


def test_a_file_is_a_download_for_its_sender_and_for_who_may_answer(member: Membership):
    evidence = sent(member, file=upload("Bevis på æøå.txt", b"<script>alert(1)</script>"))
    url = f"/evidence/{evidence.pk}/files/{EvidenceEntry.objects.get().pk}/"
    for person in (member.user, advisor_of(member.company), owner(), UserFactory(is_superuser=True)):
        response = as_person(person).get(url)
        assert b"".join(response) == b"<script>alert(1)</script>"
        assert response["Content-Disposition"].startswith("attachment")
        assert "Bevis%20p%C3%A5%20%C3%A6%C3%B8%C3%A5.txt" in response["Content-Disposition"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]
        assert response["Content-Type"] == "text/plain"


def test_nobody_else_gets_the_file_or_the_thread(member: Membership, client: Client):
    evidence = sent(member, file=upload())
    entry = EvidenceEntry.objects.get()
    colleague, administrator = (
        MembershipFactory(company=member.company),
        MembershipFactory(company=member.company, admin=True),
    )
    stranger = MembershipFactory()
    other_advisor = advisor_of(stranger.company)
    own = sent(stranger, file=upload())
    for person in (colleague.user, administrator.user, stranger.user, other_advisor):
        asking = as_person(person)
        assert asking.get(f"/evidence/{evidence.pk}/").status_code == 404
        assert asking.get(f"/evidence/{evidence.pk}/files/{entry.pk}/").status_code == 404
        assert asking.get(f"/evidence/{own.pk}/files/{entry.pk}/").status_code == 404  # by way of one's own
        for what in ("answer", "withdraw", "decide"):
            sends = {"decision": "accept", "version": "1", "words": "", "text": TEXT}
            assert asking.post(f"/evidence/{evidence.pk}/{what}/", sends).status_code == 404
    assert "/accounts/login/" in client.get(f"/evidence/{evidence.pk}/files/{entry.pk}/")["Location"]
    assert Evidence.objects.get(pk=evidence.pk).state == EvidenceState.SENT


def test_a_file_that_is_gone_and_an_entry_without_one_are_404(member: Membership):
    evidence = sent(member)
    url = f"/evidence/{evidence.pk}/files/{EvidenceEntry.objects.get().pk}/"
    assert as_person(member.user).get(url).status_code == 404
    EvidenceEntry.objects.update(file="evidence/gone", file_name="gone.pdf")
    assert as_person(member.user).get(url).status_code == 404


def test_media_never_serves_them(member: Membership, settings: Any):
    sent(member, file=upload())
    path = EvidenceEntry.objects.get().file
    for url in (f"/media/{path}", f"/media/../private/{path}", f"/media/%2e%2e/private/{path}", f"/private/{path}"):
        assert as_person(member.user).get(url).status_code in (301, 404), url


# --- The desk --------------------------------------------------------------------------------------------------------


def test_an_advisor_answers_nothing_of_their_own():
    membership = MembershipFactory()
    advisor = advisor_of(membership.company)
    own = sent(MembershipFactory(user=advisor, company=membership.company))
    assert as_person(advisor).get(f"/evidence/{own.pk}/").status_code == 200
    decide = {"decision": "accept", "version": "1", "words": ""}
    assert as_person(advisor).post(f"/evidence/{own.pk}/decide/", decide).status_code == 404


@pytest.mark.database
def test_the_desk_shows_what_waits_first_and_the_advisors_page_leads_there(member: Membership):
    advisor = advisor_of(member.company)
    client = as_person(advisor)
    assert "Nobody has sent anything" in page_of(client, "/evidence/")
    assert "wait for your answer" not in page_of(client, "/advisor/")
    done = sent(MembershipFactory(company=member.company, user__full_name="Already Answered"))
    actions.accept(done, by=advisor, version=1)
    sent(member)
    gone = sent(MembershipFactory(company=member.company, user__full_name="Taken Back"))
    actions.withdraw(gone, by=gone.user)
    sent(MembershipFactory(user__full_name="Another Company"))
    html = page_of(client, "/evidence/")
    assert html.index("Kari Eksempel") < html.index("Already Answered")
    assert "Taken Back" not in html
    assert "Another Company" not in html
    assert "1 person waits for your answer" in page_of(client, "/advisor/")


def test_nobody_but_who_answers_has_a_desk(member: Membership, client: Client):
    assert as_person(member.user).get("/evidence/").status_code == 404
    assert as_person(UserFactory(is_staff=True)).get("/evidence/").status_code == 404
    assert "/accounts/login/" in client.get("/evidence/")["Location"]
