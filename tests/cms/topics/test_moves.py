"""A topic's old address leads on to its new one."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from cms.models import Topic
from tests.cms.topics.test_viewsets import at_work
from tests.factories.cms import HomePageFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic() -> Topic:
    HomePageFactory.create()
    return TopicFactory.create(title="Rules", slug="rules")


def renamed(topic: Topic, slug: str) -> Topic:
    topic.slug = slug
    topic.save()
    return topic


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/topics/rules/", "/topics/law/"),
        ("/nb/topics/rules/", "/nb/topics/law/"),
        ("/topics/rules/?kind=course", "/topics/law/"),
        ("/topics/rules/feed.xml", "/topics/law/feed.xml"),
        ("/nb/topics/rules/feed.xml", "/nb/topics/law/feed.xml"),
    ],
)
def test_the_old_address_leads_to_the_new_one(client: Client, topic: Topic, old: str, new: str) -> None:
    assert client.get(old).status_code == 200
    renamed(topic, "law")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_the_editors_form_does_it(client: Client, topic: Topic) -> None:
    form = {"title": "Rules", "slug": "law", "summary": "What binds.", "introduction": ""}
    assert at_work().post(reverse("topic:edit", args=[topic.pk]), form).status_code == 302
    assert client.get("/topics/rules/")["Location"] == "/topics/law/"


def test_after_several_moves_each_old_address_leads_to_the_last(client: Client, topic: Topic) -> None:
    renamed(renamed(topic, "law"), "statutes")
    assert client.get("/topics/rules/")["Location"] == "/topics/statutes/"
    assert client.get("/topics/law/")["Location"] == "/topics/statutes/"


def test_moving_back_leads_in_no_circle(client: Client, topic: Topic) -> None:
    renamed(renamed(topic, "law"), "rules")
    assert client.get("/topics/rules/").status_code == 200
    assert client.get("/topics/law/")["Location"] == "/topics/rules/"
    topic.delete()
    assert client.get("/topics/rules/").status_code == 404


def test_saving_without_a_move_and_saving_twice_add_nothing(topic: Topic) -> None:
    topic.save()
    assert Redirect.objects.count() == 0
    renamed(topic, "law").save()
    assert Redirect.objects.count() == 4


def test_an_address_that_another_topic_takes_over_is_that_ones(client: Client, topic: Topic) -> None:
    renamed(topic, "law")
    TopicFactory.create(title="Other rules", slug="rules")
    assert "Other rules" in client.get("/topics/rules/").content.decode()


def test_what_an_editor_set_up_by_hand_stays(client: Client, topic: Topic) -> None:
    Redirect.objects.create(old_path="/topics/rules", redirect_link="/library/")
    renamed(topic, "law")
    assert client.get("/topics/rules/")["Location"] == "/library/"
