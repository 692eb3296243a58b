"""What each role can do with a masterclass in each state, by the addresses they would really use."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.models import MasterclassPage, Topic
from lms.accounts import roles
from lms.accounts.models import User
from tests.cms.editorial.conftest import staff
from tests.cms.editorial.test_moderation import submit
from tests.factories.cms import TopicFactory, masterclass

pytestmark = pytest.mark.django_db

As = Callable[[User], Client]


@pytest.fixture
def people(editor: User, moderator: User, other: User) -> dict[str, User]:
    return {
        "editor": editor,
        "moderator": moderator,
        "other": other,
        "owner": staff(roles.PROGRAMME_OWNERS),
        "advisor": staff(roles.ADVISORS),
    }


@pytest.fixture
def topic(moderator: User, other: User) -> Topic:
    topic = TopicFactory.create()
    topic.moderators.add(moderator)
    TopicFactory.create().moderators.add(other)
    return topic


def form_of(page: MasterclassPage, **changes: Any) -> dict[str, Any]:
    """What the editor's form sends, as it stands, with changes."""
    empty = inline_formset([])
    form: dict[str, Any] = nested_form_data(
        {
            "title": page.title, "slug": page.slug, "summary": page.summary, "level": page.level,
            "audio": page.audio_id or "", "captions": page.captions, "audience": "everyone", "transcript": "",
            "notes": "", "in_podcast": "on", "guests": empty, "chapters": empty, "related": empty, "comments": empty,
        }
    )  # fmt: skip
    form["topics"] = [str(topic.pk) for topic in page.topics.all()] if page.pk else []
    return form | changes


def edit(client: Client, page: Page, **changes: Any) -> Any:
    page = MasterclassPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page, **changes))


# --- The table -------------------------------------------------------------------------------------------------------

MAY = """
#             editor                 moderator                       other                   owner  advisor
draft         edit submit            edit submit publish             edit submit             -      -
waiting       -                      edit publish decide             -                       -      -
sent back     edit submit            edit submit publish             edit submit             -      -
live          edit submit            edit submit publish unpublish   edit submit             -      -
"""


ROLES = ("editor", "moderator", "other", "owner", "advisor")


def table() -> list[tuple[str, dict[str, set[str]]]]:
    """Each state with what every role may do in it."""
    rows = []
    for line in MAY.strip().splitlines()[1:]:
        state, *cells = [cell for cell in line.split("  ") if cell.strip()]
        may = {role: set(cell.split()) - {"-"} for role, cell in zip(ROLES, cells, strict=True)}
        rows.append((state.strip(), may))
    return rows


def in_state(state: str, topic: Topic, people: dict[str, User]) -> MasterclassPage:
    page = masterclass(topics=[topic], publish=state == "live")
    if state in {"waiting", "sent back"}:
        task_state = submit(page, people["editor"])
        if state == "sent back":
            task_state.reject(user=people["moderator"], comment="Not yet.")
    return MasterclassPage.objects.get(pk=page.pk)


def tried(client: Client, page: MasterclassPage) -> set[str]:
    """What somebody can do: each thing is done for real, and undone after."""
    from django.db import transaction

    ways = {
        "edit": lambda: edit(client, page, summary="Changed."),
        "submit": lambda: edit(client, page, **{"action-submit": "1"}),
        "publish": lambda: edit(client, page, summary="Changed.", **{"action-publish": "1"}),
        "decide": lambda: decide(client, page, "approve"),
        "unpublish": lambda: client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])),
    }
    before = snapshot(page)
    did = set()
    for name, way in ways.items():
        with transaction.atomic():
            way()
            after = snapshot(page)
            transaction.set_rollback(True)
        changed = {key for key, value in after.items() if before[key] != value}
        if {
            "edit": "draft" in changed and "live" not in changed,
            "submit": "task" in changed and after["task"] == "in_progress",
            "publish": after["live"] == "Changed.",
            "decide": "live" in changed and bool(after["live"]),
            "unpublish": after["live"] is None and "live" in changed,
        }[name]:
            did.add(name)
    return did


def snapshot(page: MasterclassPage) -> dict[str, Any]:
    now = MasterclassPage.objects.get(pk=page.pk)
    task = TaskState.objects.for_instance(now).order_by("-pk").first()
    return {
        "live": now.summary if now.live else None,
        "draft": now.get_latest_revision_as_object().summary,
        "task": task and task.status,
        "tasks": TaskState.objects.for_instance(now).count(),
    }


def decide(client: Client, page: Page, action: str, comment: str = "") -> Any:
    task_state = TaskState.objects.for_instance(page).order_by("-pk").first()
    if task_state is None:
        return None
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task_state.pk])
    return client.post(address, {"comment": comment})


@pytest.mark.parametrize(("state", "may"), table())
def test_everybody_can_do_what_the_table_says_and_nothing_else(state, may, topic, people, as_: As):
    page = in_state(state, topic, people)
    assert {role: tried(as_(people[role]), page) for role in ROLES} == may


# --- Every way an editor might publish past a moderator --------------------------------------------------------------


def is_public(page: Page) -> bool:
    return Page.objects.filter(pk=page.pk, live=True).exists()


@pytest.fixture
def draft(topic: Topic, editor: User) -> MasterclassPage:
    page = masterclass(topics=[topic], publish=False)
    page.owner = editor  # their own: Wagtail gives owners more
    page.save()
    return page


def test_an_editor_cannot_publish_a_new_page(draft, editor, as_: As):
    parent = draft.get_parent()
    new = MasterclassPage(title="New", slug="new", summary="S", level=1, audio=draft.audio, captions=draft.captions)
    form = form_of(new, topics=[str(topic.pk) for topic in draft.topics.all()])
    address = reverse("wagtailadmin_pages:add", args=["cms", "masterclasspage", parent.pk])
    as_(editor).post(address, {**form, "action-publish": "1"})
    page = MasterclassPage.objects.get(slug="new")
    assert not page.live
    assert page.title == "New", "what was typed is kept"


def test_an_editors_date_waits_for_the_moderator(draft, editor, moderator, as_: As):
    soon = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    edit(as_(editor), draft, go_live_at=soon, **{"action-publish": "1"})
    assert MasterclassPage.objects.get(pk=draft.pk).scheduled_revision is None
    edit(as_(editor), draft, go_live_at=soon, **{"action-submit": "1"})
    assert MasterclassPage.objects.get(pk=draft.pk).scheduled_revision is None
    decide(as_(moderator), draft, "approve")
    assert MasterclassPage.objects.get(pk=draft.pk).scheduled_revision is not None


@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_not_many_at_once(action, draft, topic, editor, as_: As):
    live = masterclass(topics=[topic])
    page = draft if action == "publish" else live
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}"
    as_(editor).post(address)
    assert is_public(page) == (action == "unpublish")


def test_not_by_its_parent_with_all_below(draft, editor, as_: As):
    parent = draft.get_parent()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={parent.pk}"
    as_(editor).post(address, {"include_descendants": "on"})
    assert not is_public(draft)


@pytest.mark.parametrize("how", ["publish_copies", "alias"])
def test_not_by_a_copy_or_an_alias(how, topic, editor, as_: As):
    live = masterclass(topics=[topic])
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": live.get_parent().pk, how: "on"}
    as_(editor).post(reverse("wagtailadmin_pages:copy", args=[live.pk]), form)
    assert not Page.objects.filter(slug="copy", live=True).exists()


def test_not_by_taking_back_moving_or_reverting_what_is_live(topic, editor, as_: As):
    live = masterclass(topics=[topic], revised=True)
    client = as_(editor)
    old = live.get_latest_revision()
    edit(client, live, summary="Mine.")
    client.post(reverse("wagtailadmin_pages:unpublish", args=[live.pk]))
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[live.pk, live.get_parent().get_parent().pk]))
    client.post(reverse("wagtailadmin_pages:delete", args=[live.pk]))
    client.post(
        reverse("wagtailadmin_pages:edit", args=[live.pk]), form_of(live, revision=old.pk, **{"action-publish": "1"})
    )
    now = MasterclassPage.objects.get(pk=live.pk)
    assert now.live
    assert now.summary == "In short."
    assert now.get_parent().pk == live.get_parent().pk


def test_not_by_approving_ones_own_page(draft, editor, as_: As):
    client = as_(editor)
    edit(client, draft, **{"action-submit": "1"})
    assert decide(client, draft, "approve").status_code == 302  # back to the front page: not allowed
    edit(client, draft, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert not is_public(draft)
    assert TaskState.objects.for_instance(draft).get().status == "in_progress"


# --- A moderator of another topic ------------------------------------------------------------------------------------


def test_nobody_acts_on_pages_by_the_address_of_an_api(topic, editor, other, as_: As):
    page = masterclass(topics=[topic])
    sent = json.dumps({"slug": "copy", "update_slug": "copy", "keep_live": True})
    for client in (as_(editor), as_(other)):
        for action in ("copy", "create_alias", "publish", "unpublish", "move", "delete"):
            address = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
            assert client.post(address, sent, content_type="application/json").status_code == 404, action
    assert is_public(page)
    assert not Page.objects.filter(slug="copy").exists()


def test_a_moderator_of_another_topic_is_told_so_and_the_draft_is_kept(draft, other, as_: As):
    """The button stands there while the page is under one's own topic; what counts is the topic in the form."""
    draft.topics = [TopicFactory.create()]
    draft.save_revision()
    topic = Topic.objects.exclude(moderators=None).exclude(moderators=other).get()
    client = as_(other)
    answer = edit(client, draft, summary="Theirs.", topics=[str(topic.pk)], **{"action-publish": "1"})
    assert answer.status_code == 302
    assert not is_public(draft)
    assert MasterclassPage.objects.get(pk=draft.pk).get_latest_revision_as_object().summary == "Theirs."
    assert "other people moderate" in client.get(answer.url).content.decode()


def test_nor_with_a_new_page_which_is_never_public_meanwhile(draft, topic, other, as_: As):
    new = MasterclassPage(title="New", slug="new", summary="S", level=1, audio=draft.audio, captions=draft.captions)
    address = reverse("wagtailadmin_pages:add", args=["cms", "masterclasspage", draft.get_parent().pk])
    as_(other).post(address, {**form_of(new, topics=[str(topic.pk)]), "action-publish": "1"})
    page = MasterclassPage.objects.get(slug="new")
    assert not page.live
    assert page.status_string == "draft"


@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_nor_many_at_once(action, draft, topic, other, as_: As):
    page = draft if action == "publish" else masterclass(topics=[topic])
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}"
    as_(other).post(address)
    assert is_public(page) == (action == "unpublish")


@pytest.mark.parametrize("how", ["publish_copies", "alias"])
def test_nor_by_a_copy(how, topic, other, as_: As):
    live = masterclass(topics=[topic])
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": live.get_parent().pk, how: "on"}
    as_(other).post(reverse("wagtailadmin_pages:copy", args=[live.pk]), form)
    assert not Page.objects.filter(slug="copy", live=True).exists()


def test_a_page_without_topics_is_any_moderators(other, as_: As):
    page = masterclass(topics=[TopicFactory.create()], publish=False)
    edit(as_(other), page, **{"action-publish": "1"})
    assert is_public(page)
