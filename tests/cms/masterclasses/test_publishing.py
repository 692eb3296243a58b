"""No way past: whichever way a masterclass is published, what is missing refuses it, and nothing is half published."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, PageLogEntry, Workflow, WorkflowTask

from cms.masterclasses.publishing import NotReady
from cms.models import Guest, MasterclassPage
from lms.core.tasks import publish_scheduled
from tests.factories.accounts import UserFactory
from tests.factories.cms import StandardPageFactory, masterclass

pytestmark = pytest.mark.django_db


def unready(**fields: Any) -> MasterclassPage:
    """A draft with a guest who has not agreed."""
    page = masterclass(publish=False, **fields)
    page.guests.add(Guest(name="Demo Founder", role="Founder"))
    page.save_revision()
    page.refresh_from_db()
    return page


def is_untouched(page: MasterclassPage) -> bool:
    page.refresh_from_db()
    waiting = page.revisions.filter(approved_go_live_at__isnull=False)
    return not page.live and page.live_revision is None and page.last_published_at is None and not waiting.exists()


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def told(client: Client, response: Any) -> str:
    """What the editor reads on the page to which they are led."""
    answer: str = client.get(response["location"]).content.decode()
    return answer


def test_publishing_in_code_is_refused():
    page = unready()
    with pytest.raises(NotReady, match="Write when Demo Founder agreed to publishing"):
        page.get_latest_revision().publish()
    assert is_untouched(page)


def test_scheduling_is_refused():
    page = unready(go_live_at=timezone.now() + timedelta(days=1))
    with pytest.raises(NotReady):
        page.get_latest_revision().publish()
    assert is_untouched(page)


def test_publishing_several_is_refused_as_a_whole(moderator: Client):
    page, other = unready(), StandardPageFactory(live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = moderator.post(f"{address}?id={other.pk}&id={page.pk}&next=/admin/")
    assert response.status_code == 302
    words = told(moderator, response)
    assert "was not published, and nothing was changed." in words
    assert "Write when Demo Founder agreed to publishing" in words
    other.refresh_from_db()
    assert is_untouched(page)
    assert not other.live


def in_moderation(page: MasterclassPage) -> Any:
    workflow, task = Workflow.objects.create(name="All"), GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow.start(page, UserFactory()).current_task_state


@pytest.mark.parametrize("background", [False, True])
def test_approving_is_refused_and_the_page_still_waits(moderator: Client, background: bool):
    page = unready()
    state = in_moderation(page)
    headers = {"x-requested-with": "XMLHttpRequest"} if background else {}
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    response = moderator.post(address, {"comment": "Fine"}, headers=headers)
    if background:
        response = {"location": response.json()["redirect"]}
    assert "Write when Demo Founder agreed to publishing" in told(moderator, response)
    state.refresh_from_db()
    assert state.status == "in_progress"
    assert is_untouched(page)


def test_what_was_ready_when_it_was_scheduled_and_no_longer_is_comes_off_the_schedule():
    soon = timezone.now() + timedelta(hours=1)
    page, other = masterclass(publish=False, go_live_at=soon), masterclass(publish=False, go_live_at=soon)
    for one in (page, other):
        one.get_latest_revision().publish()
    page.audio.media_type = ""
    page.audio.save()
    with time_machine.travel(soon + timedelta(minutes=1)):
        publish_scheduled()
        publish_scheduled()
    other.refresh_from_db()
    assert other.live
    assert is_untouched(page)
    entry = PageLogEntry.objects.get(page=page, action="landfall.schedule_refused")
    assert "This file is not sound" in entry.message


def test_what_is_live_stays_as_it_is_when_its_next_version_is_refused():
    page = masterclass()
    page.title = "New title"
    page.guests.add(Guest(name="Demo Founder", role="Founder"))
    revision = page.save_revision()
    with pytest.raises(NotReady):
        revision.publish()
    kept = MasterclassPage.objects.get(pk=page.pk)
    assert (kept.live, kept.title == "New title", kept.guests.count()) == (True, False, 0)
