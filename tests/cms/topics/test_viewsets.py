"""Topics in the editors' part: who may do what, the form, the order, and the refusal where it is read."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks

from cms.models import Topic
from cms.topics import selectors
from lms.accounts import roles
from tests.factories.accounts import UserFactory
from tests.factories.cms import DocumentFactory, TopicFactory, masterclass

pytestmark = pytest.mark.django_db


def at_work(group: str = "") -> Client:
    person = UserFactory(is_staff=True, is_superuser=not group)
    if group:
        person.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(person)
    return client


def words(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_moderator_adds_a_topic_and_it_goes_to_the_end():
    TopicFactory.create(place=1)
    moderators = at_work(roles.MODERATORS)
    assert 'data-controller="w-slug"' in words(moderators, reverse("topic:add"))
    form = {"title": "Rules", "slug": "rules", "summary": "What binds.", "introduction": ""}
    assert moderators.post(reverse("topic:add"), form).status_code == 302
    assert [topic.slug for topic in Topic.objects.all()][-1] == "rules"


def test_an_address_that_is_taken_is_refused_at_the_field_and_what_was_typed_is_kept():
    TopicFactory.create(slug="rules")
    form = {"title": "Rules again", "slug": "rules", "summary": "What binds.", "introduction": ""}
    answer = at_work(roles.MODERATORS).post(reverse("topic:add"), form)
    assert answer.status_code == 200
    assert "Rules again" in answer.content.decode()
    assert "already exists" in answer.content.decode()


def test_the_address_follows_the_title_of_a_new_topic_only():
    topic = TopicFactory.create(title="Rules", slug="rules")
    moderators = at_work(roles.MODERATORS)
    assert "w-sync#apply" in words(moderators, reverse("topic:add"))
    assert "w-sync#apply" not in words(moderators, reverse("topic:edit", args=[topic.pk]))


def test_an_editor_reads_topics_and_changes_none():
    topic = TopicFactory.create(title="Rules")
    editor = at_work(roles.EDITORS)
    assert "Rules" in words(editor, reverse("topic:index"))
    assert "Rules" in words(editor, reverse("topic:inspect", args=[topic.pk]))
    assert editor.get(reverse("topic:edit", args=[topic.pk])).status_code == 302
    assert editor.get(reverse("topic:add")).status_code == 302


def test_a_moderator_deletes_none():
    topic = TopicFactory.create()
    at_work(roles.MODERATORS).post(reverse("topic:delete", args=[topic.pk]))
    assert Topic.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_deleting_a_topic_in_use_says_what_uses_it_and_leads_back(method: str):
    topic = TopicFactory.create(title="Rules")
    DocumentFactory.create(title="A report", topics=[topic])
    answer = getattr(at_work(), method)(reverse("topic:delete", args=[topic.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("topic:edit", args=[topic.pk])
    assert "“Rules” was not deleted: 1 document (“A report”)" in answer.content.decode()
    assert Topic.objects.exists()


def test_an_unused_topic_is_deleted():
    topic = TopicFactory.create()
    superuser = at_work()
    assert superuser.get(reverse("topic:delete", args=[topic.pk])).status_code == 200
    superuser.post(reverse("topic:delete", args=[topic.pk]))
    assert not Topic.objects.exists()


@pytest.mark.database
def test_the_list_says_how_much_stands_under_each():
    used, _idle = TopicFactory.create(place=1), TopicFactory.create(place=2)
    DocumentFactory.create(topics=[used])
    masterclass(topics=[used])
    assert [topic.uses for topic in selectors.topics_with_uses()] == [2, 0]
    client, address = at_work(), reverse("topic:index")
    client.get(address)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200
        counts.append(len(counted))
        for _n in range(5):
            DocumentFactory.create(topics=[TopicFactory.create()])
    assert counts[0] == counts[1]


def test_usage_lists_what_stands_under_it():
    topic = TopicFactory.create()
    document = DocumentFactory.create(title="A report", topics=[topic])
    page = words(at_work(), reverse("topic:usage", args=[topic.pk]))
    assert "A report" in page
    assert f"/admin/documents/edit/{document.pk}/" in page


def test_topics_are_put_in_order_although_all_had_the_same_place():
    _first, _second, third = (TopicFactory.create(title=title, place=0) for title in "ABC")
    at_work(roles.MODERATORS).post(reverse("topic:reorder", args=[third.pk]) + "?position=0")
    assert [topic.title for topic in Topic.objects.all()] == ["C", "A", "B"]


@pytest.mark.parametrize(
    ("action", "used", "stopped"), [("delete", True, True), ("delete", False, False), ("move", True, False)]
)
def test_a_bulk_deletion_stops_at_a_topic_in_use(action: str, used: bool, stopped: bool):
    topics = [TopicFactory.create(), TopicFactory.create()]
    if used:
        DocumentFactory.create(topics=[topics[1]])
    request: Any = RequestFactory().post("/admin/")
    request.session = {}
    request._messages = FallbackStorage(request)
    answers = [hook(request, action, topics, None) for hook in hooks.get_hooks("before_bulk_action")]
    assert any(answers) == stopped
    assert Topic.objects.count() == 2
