"""Sending, answering and withdrawing evidence: each once, each kept, nothing answered unread."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses import actions as learning
from courses.evidence import actions, files, kinds, selectors
from courses.evidence.actions import Conflict, Refused
from courses.models import Enrolment, Evidence, EvidenceEntry
from courses.rules import EvidenceState
from courses.selectors import learner_state, outline_now
from lms.notifications.kinds import kind_named
from lms.notifications.models import Message
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import EnrolmentFactory, make_course
from tests.factories.evidence import TEXT, advisor_of, later, owner, sent, upload

pytestmark = pytest.mark.django_db


def course_of(evidence: Evidence) -> Any:
    return outline_now().by_id[evidence.course_id]


def again(evidence: Evidence, **given: Any) -> Evidence:
    return actions.send(
        evidence.user, course_of(evidence), company=evidence.company, **{"text": TEXT, "version": 1, **given}
    )


def kept_files(settings: Any) -> list[Path]:
    return [place for place in Path(settings.PRIVATE_ROOT).rglob("*") if place.is_file()]


def mails(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("pk"))


# --- Sending ---------------------------------------------------------------------------------------------------------


def test_sent_it_waits_with_its_text_and_file():
    evidence = sent(file=upload("../Bevis.txt", b"Boston"))
    assert (evidence.state, evidence.version) == (EvidenceState.SENT, 1)
    entry = EvidenceEntry.objects.get()
    assert (entry.text, entry.file_name, entry.by) == (TEXT, "Bevis.txt", evidence.user)
    place = files.place_of(entry.file)
    assert place is not None
    assert place.read_bytes() == b"Boston"


@pytest.mark.database
def test_a_double_click_sends_once_and_keeps_one_file(settings: Any):
    evidence = sent(file=upload())
    again(evidence, file=upload(), version=0)
    assert EvidenceEntry.objects.count() == 1
    assert len(kept_files(settings)) == 1


def test_the_same_words_with_another_file_are_sent(settings: Any):
    evidence = sent(file=upload())
    again(evidence, file=upload(content=b"The right one"))
    assert EvidenceEntry.objects.count() == len(kept_files(settings)) == 2


def test_a_file_alone_is_enough_and_a_few_letters_are_not():
    sent(text="", file=upload())
    with pytest.raises(Refused) as refused:
        sent(text="I know it.")
    assert refused.value.field == "text"
    assert Evidence.objects.count() == 1


@pytest.mark.database
def test_hostile_texts_come_back_as_typed(inputs: Path):
    """All of them, forty in a text."""
    member, course = MembershipFactory(), later()
    strings = [text for text in json.loads((inputs / "hostile" / "blns.json").read_text("utf-8")) if "\0" not in text]
    typed = ["\n".join([TEXT, *strings[start : start + 40]]) for start in range(0, len(strings), 40)]
    evidence = sent(member, course)
    for text in typed:
        evidence = again(evidence, text=text, version=evidence.version)
    said = [entry.text for entry in selectors.entries_of(evidence)][1:]
    assert said == typed


@pytest.mark.database
def test_sent_over_something_unread_is_a_conflict_and_leaves_no_file(settings: Any):
    evidence = sent()
    advisor = UserFactory()
    actions.ask(evidence, by=advisor, version=1, question="Which predicate?")
    with pytest.raises(Conflict) as conflict:
        again(evidence, text="Something quite different", file=upload())
    assert conflict.value.evidence.state == EvidenceState.ASKED
    assert kept_files(settings) == []


def test_after_acceptance_nothing_more_is_sent():
    evidence = sent()
    actions.accept(evidence, by=UserFactory(), version=1)
    with pytest.raises(Refused):
        again(evidence, text="And one more thing, please", version=2)


# --- Answering -------------------------------------------------------------------------------------------------------


def test_asked_answered_accepted():
    evidence, advisor = sent(), UserFactory()
    actions.ask(evidence, by=advisor, version=1, question="Which predicate?")
    again(evidence, text="A monitor of our own, K190000.", version=2)
    evidence.refresh_from_db()
    assert evidence.state == EvidenceState.SENT
    accepted = actions.accept(evidence, by=advisor, version=3, words="Good.")
    assert (accepted.state, accepted.decided_by) == (EvidenceState.ACCEPTED, advisor)
    assert [entry.state for entry in selectors.entries_of(evidence)] == ["sent", "asked", "sent", "accepted"]
    assert list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "evidence.ask",
        "evidence.accept",
    ]


def test_accepting_twice_is_harmless():
    evidence = sent()
    actions.accept(evidence, by=UserFactory(), version=1)
    actions.accept(evidence, by=UserFactory(), version=1, words="A colleague was faster")
    assert EvidenceEntry.objects.filter(state="accepted").count() == 1
    assert len(mails(kinds.ANSWERED)) == 1


def test_the_same_question_twice_is_asked_once():
    evidence, advisor = sent(), UserFactory()
    actions.ask(evidence, by=advisor, version=1, question="Which predicate?")
    actions.ask(evidence, by=advisor, version=1, question="Which predicate?")
    assert EvidenceEntry.objects.filter(state="asked").count() == 1


@pytest.mark.database
def test_nobody_answers_what_they_have_not_read():
    evidence = sent()
    again(evidence, text="I forgot: also three years in Boston.")
    with pytest.raises(Conflict):
        actions.accept(evidence, by=UserFactory(), version=1)
    with pytest.raises(Conflict):
        actions.ask(evidence, by=UserFactory(), version=1, question="Where?")
    evidence.refresh_from_db()
    assert evidence.state == EvidenceState.SENT


def test_a_question_needs_words():
    with pytest.raises(Refused) as refused:
        actions.ask(sent(), by=UserFactory(), version=1, question=" \n ")
    assert refused.value.field == "words"


def test_what_is_accepted_is_neither_asked_about_nor_withdrawn():
    evidence = sent()
    actions.accept(evidence, by=UserFactory(), version=1)
    with pytest.raises(Refused):
        actions.ask(evidence, by=UserFactory(), version=2, question="Really?")
    with pytest.raises(Refused):
        actions.withdraw(evidence, by=evidence.user)
    evidence.refresh_from_db()
    assert evidence.state == EvidenceState.ACCEPTED


@pytest.mark.database
def test_withdrawn_once_it_is_answered_no_more_and_can_be_sent_again():
    evidence = sent()
    actions.withdraw(evidence, by=evidence.user)
    actions.withdraw(evidence, by=evidence.user)
    assert EvidenceEntry.objects.filter(state="withdrawn").count() == 1
    with pytest.raises(Refused):
        actions.accept(evidence, by=UserFactory(), version=2)
    assert again(evidence, version=2).state == EvidenceState.SENT


# --- What it opens ---------------------------------------------------------------------------------------------------


def test_a_course_that_comes_after_another_starts_only_once_it_is_open():
    page, member = later(), MembershipFactory()
    course = outline_now().by_id[page.pk]
    with pytest.raises(learning.NotOpen) as refused:
        learning.enrol(member.user, course, company=member.company)
    assert page.title in refused.value.sentence
    evidence = sent(member, page)
    with pytest.raises(learning.NotOpen):
        learning.enrol(member.user, course, company=member.company)
    actions.accept(evidence, by=UserFactory(), version=1)
    assert learning.enrol(member.user, course, company=member.company).company == member.company


def test_completing_what_comes_first_opens_it_and_beginning_alone_does_not():
    first = make_course(1, 1)
    page, user = later(first), UserFactory()
    course = outline_now().by_id[page.pk]
    enrolment = EnrolmentFactory(user=user, course=first)
    with pytest.raises(learning.NotOpen):
        learning.enrol(user, course, company=None)
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=timezone.now())
    learning.enrol(user, course, company=None)


def test_evidence_for_one_course_opens_no_other():
    first = make_course(1, 1)
    page, other, member = later(first), later(first), MembershipFactory()
    actions.accept(sent(member, page), by=UserFactory(), version=1)
    assert not selectors.is_open(member.user_id, outline_now().by_id[other.pk], learner_state(member.user_id))
    colleague = MembershipFactory(company=member.company)
    assert not selectors.is_open(colleague.user_id, outline_now().by_id[page.pk], learner_state(colleague.user_id))


def test_a_requirement_added_while_somebody_learns_throws_nobody_out(client: Any):
    page, user = make_course(1, 2), UserFactory()
    learning.enrol(user, outline_now().by_id[page.pk], company=None)
    page.requires.add(make_course(1, 1))
    page.save_revision().publish()
    course = outline_now().by_id[page.pk]
    assert course.requires
    learning.enrol(user, course, company=None)
    client.force_login(user)
    assert b"page-head" not in client.get(course.lessons[1].url).content
    assert client.get(course.lessons[1].url).status_code == 200
    assert client.post(f"/learn/lessons/{course.lessons[1].page_id}/done/").status_code == 302
    newcomer = UserFactory()
    with pytest.raises(learning.NotOpen):
        learning.enrol(newcomer, course, company=None)


# --- Mail and files --------------------------------------------------------------------------------------------------


def told(message: Message) -> Any:
    return kind_named(message.kind).compose(message)


@pytest.mark.database
def test_the_companys_advisors_are_told_once_a_day_and_only_while_it_waits():
    member = MembershipFactory()
    advisor, _stranger = advisor_of(member.company), advisor_of(MembershipFactory().company)
    evidence = sent(member)
    again(evidence, text="I forgot: also three years in Boston.")
    [message] = mails(kinds.SENT)
    assert message.recipient == advisor
    assert str(member.user) in told(message).subject
    assert told(message).button[1] == f"/evidence/{evidence.pk}/"
    actions.accept(evidence, by=advisor, version=2)
    assert told(message) is None


def test_of_a_company_nobody_advises_the_programme_owners_are_told():
    keeps = owner()
    sent(MembershipFactory())
    sent(UserFactory())
    assert [message.recipient for message in mails(kinds.SENT)] == [keeps, keeps]
    assert all(told(message) for message in mails(kinds.SENT))


def test_the_person_is_told_of_a_question_until_it_is_answered_and_of_the_acceptance():
    evidence, advisor = sent(), UserFactory()
    actions.ask(evidence, by=advisor, version=1, question="Which predicate?")
    [question] = mails(kinds.ANSWERED)
    assert question.recipient == evidence.user
    assert "Which predicate?" in told(question).paragraphs
    again(evidence, text="A monitor of our own, K190000.", version=2)
    assert told(question) is None
    actions.accept(evidence, by=advisor, version=3, words="Well done.")
    acceptance = mails(kinds.ANSWERED)[1]
    assert evidence.course.title in told(acceptance).subject
    assert "Well done." in told(acceptance).paragraphs


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_who_is_deleted_takes_their_files_along_and_an_advisor_leaves_them(settings: Any):
    evidence, advisor = sent(file=upload()), UserFactory()
    actions.accept(evidence, by=advisor, version=1)
    advisor.delete()
    assert len(kept_files(settings)) == 1
    evidence.user.delete()
    assert not Evidence.objects.exists()
    assert kept_files(settings) == []
