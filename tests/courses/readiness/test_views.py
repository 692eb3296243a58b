"""Answering with colleagues, in any order; and the report, for nobody else's eyes."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.readiness import actions
from courses.readiness.models import Answer, Assessment, Report
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.readiness import answered, edition, make_question

pytestmark = pytest.mark.django_db
TOPIC = "/readiness/topics/market/"


@pytest.fixture
def membership():
    edition(market=2, payer=2)
    return MembershipFactory()


@pytest.fixture
def client(membership) -> Client:
    client = Client()
    client.force_login(membership.user)
    return client


def sent(**fields: object) -> dict[str, object]:
    """Fields of the topic “market”, as `one_worth` for the first question's."""
    names = {"one": "market-0", "two": "market-1"}
    return {f"{names[name.split('_', 1)[0]]}-{name.split('_', 1)[1]}": value for name, value in fields.items()}


def test_from_the_first_answer_to_the_report(client, membership):
    assert client.post("/readiness/start/").url == TOPIC
    assert client.post(TOPIC, sent(one_worth=2, two_worth=4)).url == "/readiness/topics/payer/"
    page = client.get("/readiness/").content.decode()
    assert "2 of 4 questions answered" in page
    answer = client.post("/readiness/finish/")
    report = Report.objects.get()
    assert answer.url == reverse("readiness:report", args=[report.pk])
    page = client.get(answer.url).content.decode()
    assert "3.0" in page
    assert "market-0 is 2" in page
    assert client.post("/readiness/finish/").url == answer.url


def test_one_question_is_saved_alone_and_says_so(client, membership):
    client.post("/readiness/start/")
    answer = client.post(TOPIC, {**sent(one_worth=3), "only": "market-0"}, headers={"HX-Request": "true"})
    assert "You saved this" in answer.content.decode()
    assert "<form" not in answer.content.decode()
    assert Answer.objects.get().worth == 3


def test_a_colleagues_answer_is_shown_beside_mine_and_either_can_stay(client, membership):
    client.post("/readiness/start/")
    assessment, colleague = Assessment.objects.get(), MembershipFactory(company=membership.company).user
    actions.answer(assessment, "market-0", actions.Said(worth=5, note="Signed in May."), by=colleague)
    page = client.post(TOPIC, sent(one_worth=1, one_version=0)).content.decode()
    assert "Signed in May." in page
    assert "market-0 is 5" in page
    assert Answer.objects.get().worth == 5
    client.post(TOPIC, sent(one_worth=1, one_version=0, one_seen=1, one_keep="mine"))
    assert Answer.objects.get().worth == 1
    client.post(TOPIC, sent(one_worth=4, one_version=1, one_seen=2, one_keep="theirs"))
    assert Answer.objects.get().worth == 1


def test_what_was_not_kept_is_not_written_over_a_colleagues_answer_by_sending_it_again(client, membership):
    client.post("/readiness/start/")
    assessment, colleague = Assessment.objects.get(), MembershipFactory(company=membership.company).user
    actions.answer(assessment, "market-0", actions.Said(worth=5), by=colleague)
    for problem in ({"one_evidence": "no address"}, {}, {}):
        page = client.post(TOPIC, sent(one_worth=1, one_version=0, **problem)).content.decode()
        assert '<input type="hidden" name="market-0-version" value="0">' in page
    assert Answer.objects.get().worth == 5


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"one_not_relevant": "on"}, "Say in a few words"),
        ({"one_worth": 3, "one_evidence": "javascript:alert(1)"}, "is not a web address"),
        ({"one_worth": 9}, "9"),
    ],
)
def test_what_cannot_be_kept_is_named_and_stays_as_typed(client, membership, fields, says):
    client.post("/readiness/start/")
    page = client.post(TOPIC, sent(**fields, one_note="<b>Half & half</b>")).content.decode()
    assert says in page
    assert "&lt;b&gt;Half &amp; half&lt;/b&gt;" in page
    assert not Answer.objects.exists()


def test_another_companys_report_is_not_there(client, membership):
    assessment = answered(**{"market-0": 2})
    report = actions.finish(assessment, by=assessment.started_by)
    assert client.get(reverse("readiness:report", args=[report.pk])).status_code == 404


def test_without_a_company_the_way_to_one(membership):
    client = Client()
    client.force_login(UserFactory())
    assert "A company answers, not a person" in client.get("/readiness/").content.decode()
    assert client.post("/readiness/start/").status_code == 404


def test_a_report_costs_eight_statements_at_most(client, membership, django_assert_max_num_queries):
    for at in range(2, 10):
        make_question(f"market-{at}", place=at)
    actions.publish(by=None)
    membership.company.product_class, membership.company.stage = "ivd", "idea"
    membership.company.save()
    for _ in range(2):
        assessment = answered(membership, **{f"market-{at}": 2 for at in range(10)})
        report = actions.finish(assessment, by=membership.user)
    client.get(reverse("readiness:report", args=[report.pk]))
    with django_assert_max_num_queries(8):
        page = client.get(reverse("readiness:report", args=[report.pk]))
    assert page.status_code == 200


def test_a_report_states_what_it_stated_on_its_day(client, membership):
    assessment = answered(membership, **{"market-0": 2})
    report = actions.finish(assessment, by=membership.user)
    stated = {**report.content, "scores": [{**one, "value": "4.4", "level": 3} for one in report.content["scores"]]}
    Report.objects.filter(pk=report.pk).update(content=stated)  # as if scores had been computed otherwise then
    page = client.get(reverse("readiness:report", args=[report.pk])).content.decode()
    assert "4.4" in page
    assert "market-0 is 2" in page
