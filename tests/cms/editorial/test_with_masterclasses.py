"""Wagtail's own ways of working, with masterclasses as we have them: dates, locks, comparing, autosave."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.models import MasterclassPage
from lms.core.tasks import publish_scheduled
from tests.cms.editorial.test_rights import decide, edit, form_of, is_public
from tests.factories.cms import TopicFactory, masterclass

pytestmark = pytest.mark.django_db


def moment(days: int) -> str:
    return timezone.localtime(timezone.now() + timedelta(days=days)).strftime("%Y-%m-%d %H:%M")


def test_what_was_approved_with_a_date_goes_out_on_it(editor, moderator, as_):
    page = masterclass(publish=False)
    edit(as_(editor), page, go_live_at=moment(1), **{"action-submit": "1"})
    decide(as_(moderator), page, "approve")
    publish_scheduled()
    assert not is_public(page)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        publish_scheduled()
        publish_scheduled()
    assert is_public(page)


def test_what_expires_is_gone_from_its_page_and_from_what_is_kept_in_memory(moderator, as_):
    from cms.published import current_version

    page = masterclass(topics=[TopicFactory.create()])
    edit(as_(moderator), page, expire_at=moment(1), **{"action-publish": "1"})
    assert is_public(page)
    before = current_version()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        publish_scheduled()
        assert not is_public(page)
        assert MasterclassPage.objects.get(pk=page.pk).expired
        assert current_version() > before, "readers' lists are built anew"
        assert Client().get(page.get_url()).status_code == 404


def test_a_page_locked_by_somebody_else_is_not_written_over(editor, moderator, as_):
    page = masterclass(publish=False)
    as_(moderator).post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    assert MasterclassPage.objects.get(pk=page.pk).locked_by == moderator
    client = as_(editor)
    answer = edit(client, page, summary="Over it.")
    assert "locked" in answer.content.decode()
    assert MasterclassPage.objects.get(pk=page.pk).get_latest_revision_as_object().summary == "In short."
    edit(as_(moderator), page, summary="By the one who locked it.")
    now = MasterclassPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert now.summary == "By the one who locked it."


def test_two_versions_are_compared_word_by_word(editor, as_):
    page = masterclass(summary="Who pays for this?", revised=True)
    first = page.latest_revision_id
    client = as_(editor)
    edit(client, page, summary="Who pays for that?")
    latest = MasterclassPage.objects.get(pk=page.pk).latest_revision_id
    html = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first, latest])).content.decode()
    assert '<span class="deletion">this?</span><span class="addition">that?</span>' in html


def autosave(client: Client, page: Any, **changes: Any) -> Any:
    latest = MasterclassPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form_of(latest, **changes),
        headers={"accept": "application/json"},
    )


def test_what_is_typed_is_kept_by_itself_also_when_it_is_not_ready(editor, as_):
    page = masterclass(publish=False)
    client = as_(editor)
    assert "w-autosave" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    answer = autosave(client, page, summary="", captions="", topics=[], title="Half a thought")
    assert answer.status_code == 200, answer.content
    kept = MasterclassPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (kept.title, kept.summary) == ("Half a thought", "")
    assert not is_public(page)


def test_keeping_by_itself_never_writes_over_what_somebody_else_wrote_meanwhile(editor, moderator, as_):
    page = masterclass(publish=False)
    seen = str(page.latest_revision_id)
    edit(as_(moderator), page, summary="Theirs.")
    answer = autosave(as_(editor), page, summary="Mine.", loaded_revision_id=seen)
    assert answer.status_code == 400
    assert MasterclassPage.objects.get(pk=page.pk).get_latest_revision_as_object().summary == "Theirs."


def test_the_editor_previews_and_checks_what_it_shows(editor, as_):
    page = masterclass(publish=False)
    html = as_(editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for side in ("preview", "checks", "comments", "status"):
        assert f'data-side-panel="{side}"' in html
