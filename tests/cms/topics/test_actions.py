"""A topic in use is not deleted, whoever asks and however; one that is not in use is, and that is logged."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import ModelLogEntry

from cms.models import MasterclassPage, Topic
from cms.topics import actions, selectors
from tests.factories.accounts import UserFactory
from tests.factories.cms import DocumentFactory, TopicFactory, masterclass
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db


def refusal(topic: Topic) -> str:
    with pytest.raises(actions.TopicInUse) as caught:
        actions.delete(topic, by=UserFactory())
    assert Topic.objects.filter(pk=topic.pk).exists()
    return caught.value.sentence


def test_an_unused_topic_goes_and_leaves_a_line_in_the_log():
    topic, person = TopicFactory.create(title="Idle"), UserFactory()
    actions.delete(topic, by=person)
    assert not Topic.objects.exists()
    [entry] = ModelLogEntry.objects.filter(action="wagtail.delete")
    assert (entry.label, entry.user_id) == ("Idle", person.pk)


def test_the_refusal_names_everything_of_every_sort_and_what_to_do():
    topic = TopicFactory.create(title="Rules")
    masterclass(title="Who pays", topics=[topic])
    DocumentFactory.create(title="A report", topics=[topic])
    course = make_course(title="First steps")
    course.topics = [topic]
    course.save_revision().publish()
    sentence = refusal(topic)
    assert sentence.startswith("“Rules” was not deleted: ")
    for words in ("1 masterclass (“Who pays”)", "1 document (“A report”)", "1 course (“First steps”)"):
        assert words in sentence
    assert sentence.endswith("Take them out of this topic first, or give this one another title and keep it.")


def test_of_many_three_are_named():
    topic = TopicFactory.create()
    for n in range(5):
        DocumentFactory.create(title=f"D{n}", topics=[topic])
    assert "5 documents (“D0”, “D1”, “D2” and 2 more)" in refusal(topic)


def test_an_unpublished_page_counts():
    topic = TopicFactory.create()
    masterclass(title="Only a draft", topics=[topic], publish=False)
    assert "Only a draft" in refusal(topic)


@pytest.mark.database
def test_a_topic_that_only_the_newest_draft_names_counts():
    before, topic = TopicFactory.create(), TopicFactory.create()
    page: MasterclassPage = masterclass(title="Changed", topics=[before], revised=True)
    page.topics = [topic]
    page.save_revision()
    assert topic not in page.live_revision.as_object().topics.all()
    assert "Changed" in refusal(topic)
    assert "Changed" in refusal(before)  # readers still find it there


@pytest.mark.parametrize("remove", [lambda t: t.delete(), lambda t: Topic.objects.filter(pk=t.pk).delete()])
@pytest.mark.database
def test_the_orm_itself_refuses(remove):
    """Also where nobody asked first: a shell, a bulk action, a colleague's code."""
    topic = TopicFactory.create()
    document = DocumentFactory.create(topics=[topic])
    with pytest.raises(ProtectedError), transaction.atomic():
        remove(topic)
    assert list(document.topics.all()) == [topic]


def test_what_stands_under_it_may_go_and_then_it_may_go():
    topic = TopicFactory.create()
    DocumentFactory.create(topics=[topic]).delete()
    actions.delete(topic, by=UserFactory())
    assert not Topic.objects.exists()


def test_looking_costs_the_same_for_one_and_for_many(django_assert_num_queries):
    topic = TopicFactory.create()
    counts = []
    for _round in range(2):
        for _n in range(4):
            DocumentFactory.create(topics=[topic])
        with django_assert_num_queries(counts[0] if counts else 10) as counted:
            selectors.uses_of(topic)
        counts.append(len(counted))


@pytest.mark.database
def test_places_are_numbered_in_the_order_they_have():
    for title in "CAB":
        TopicFactory.create(title=title, place=0)
    actions.number_places()
    assert [topic.title for topic in Topic.objects.all()] == ["A", "B", "C"]
    assert [topic.place for topic in Topic.objects.all()] == [1, 2, 3]
