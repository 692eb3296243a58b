"""Housekeeping: what is published by the clock, and what is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import Task
from wagtail.models import Page

from lms.accounts.models import BrowserSession as Session
from lms.core.tasks import prune, publish_scheduled

pytestmark = pytest.mark.django_db


def finished(days: int, *, success: bool) -> str:
    at = timezone.now() - timedelta(days=days)
    name = f"{days}-{success}"
    Task.objects.create(id=name, name=name, func="a.b", started=at, stopped=at, success=success)
    return name


def test_old_rows_are_pruned_and_failures_are_kept_longer() -> None:
    kept = {finished(1, success=True), finished(3, success=False), finished(59, success=False)}
    finished(3, success=True)
    finished(61, success=False)
    prune()
    prune()
    assert set(Task.objects.values_list("name", flat=True)) == kept


def test_ended_sessions_are_forgotten() -> None:
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    prune()
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_a_page_is_published_when_its_time_has_come() -> None:
    root = Page.get_first_root_node()
    assert root is not None
    due, later = (
        root.add_child(
            instance=Page(title=title, slug=title, live=False, go_live_at=timezone.now() + timedelta(minutes=wait))
        )
        for title, wait in (("due", -1), ("later", 10))
    )
    for page in (due, later):
        page.save_revision(approved_go_live_at=page.go_live_at)
    publish_scheduled()
    publish_scheduled()
    for page in (due, later):
        page.refresh_from_db()
    assert (due.live, later.live) == (True, False)
