"""Editions, answers and reports: what was given to an edition stays with it, and nobody overwrites unseen."""

import pytest

from courses.readiness import selectors
from courses.readiness.actions import Conflict, Refused, Said, answer, finish, publish, start
from courses.readiness.models import Answer, Assessment, Edition, Option, Question, Report
from tests.factories.accounts import CompanyFactory, MembershipFactory
from tests.factories.readiness import answered, edition, make_question

pytestmark = pytest.mark.django_db


def test_publishing_twice_without_a_change_is_one_edition():
    first = edition()
    assert publish(by=None) == first
    Question.objects.filter(key="market-0").update(wording="Another?")
    assert publish(by=None).number == 2


def test_a_question_without_five_answers_is_not_published():
    question = make_question("MKT-1")
    Option.objects.filter(question=question, worth=3).delete()
    with pytest.raises(Refused, match="MKT-1"):
        publish(by=None)
    assert not Edition.objects.exists()


def test_who_is_answering_keeps_the_edition_they_began():
    first = edition()
    assessment = answered()
    Question.objects.filter(key="market-0").update(wording="Another?")
    publish(by=None)
    assert start(assessment.company, by=assessment.started_by).edition == first
    assert selectors.content_of(first).by_key["market-0"].text == "How is market-0?"


def test_the_same_answer_twice_changes_nothing_and_an_older_version_is_a_conflict():
    edition()
    assessment = answered(**{"market-0": 2})
    colleague = MembershipFactory(company=assessment.company).user
    answer(assessment, "market-0", Said(worth=2), by=colleague)
    assert Answer.objects.get().version == 1
    answer(assessment, "market-0", Said(worth=4, version=1), by=colleague)
    with pytest.raises(Conflict) as conflict:
        answer(assessment, "market-0", Said(worth=1, version=1), by=assessment.started_by)
    assert conflict.value.theirs.worth == 4
    assert Answer.objects.get().answered_by == colleague


def test_an_answer_is_at_most_six_statements(django_assert_max_num_queries):
    edition()
    assessment = answered()
    with django_assert_max_num_queries(6):
        answer(assessment, "market-0", Said(worth=2), by=assessment.started_by)


def test_not_relevant_needs_a_reason():
    edition()
    assessment = answered()
    with pytest.raises(Refused) as refusal:
        answer(assessment, "market-0", Said(not_relevant=True), by=assessment.started_by)
    assert refusal.value.field == "reason"


def test_a_report_is_made_once_and_does_not_change():
    edition()
    assessment = answered(**{"market-0": 2, "market-1": 3, "payer-0": 5})
    report = finish(assessment, by=assessment.started_by)
    assert finish(assessment, by=assessment.started_by) == report
    assert report.values == {"market": 2.5, "payer": 5.0}
    with pytest.raises(Refused):
        answer(assessment, "market-0", Said(worth=5, version=1), by=assessment.started_by)
    assert Report.objects.get().values["market"] == 2.5


def test_without_an_answer_there_is_no_report():
    edition()
    assessment = answered()
    with pytest.raises(Refused):
        finish(assessment, by=assessment.started_by)
    assert Assessment.objects.get().finished_at is None


def report_of(worth: int, **facts):
    membership = MembershipFactory(company=CompanyFactory(product_class="ivd", stage="idea", **facts))
    assessment = answered(membership, **{"market-0": worth})
    return finish(assessment, by=membership.user)


def test_peers_are_hidden_below_five_other_companies():
    edition()
    mine = report_of(1)
    for worth in (2, 3, 4, 5):
        report_of(worth)
    assert selectors.peers(mine) is None
    report_of(5)
    found = selectors.peers(mine)
    assert found is not None
    assert (found.companies, float(found.medians["market"])) == (5, 4.0)
