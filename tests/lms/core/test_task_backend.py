"""Django's Tasks interface on our one queue: a task becomes a row, and the row becomes work."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from django_tasks import task
from django_tasks.base import TaskResultStatus
from wagtail.models import Page
from wagtail.tasks import delete_file_from_storage_task, update_reference_index_task

from lms.core import task_backend

pytestmark = pytest.mark.django_db
DONE: list[Any] = []


@task()
def note(text: str, *, times: int = 1) -> None:
    DONE.extend([text] * times)


def queued() -> list[dict[str, Any]]:
    return [SignedPackage.loads(row.payload) for row in OrmQ.objects.order_by("pk")]


def run_all() -> None:
    """As the cluster does: each row's function with its arguments."""
    for job in queued():
        assert job["func"] == "lms.core.task_backend.run"
        task_backend.run(*job["args"], **job["kwargs"])


def test_a_task_waits_as_a_row_and_is_then_called() -> None:
    DONE.clear()
    OrmQ.objects.all().delete()
    result = note.enqueue("hello", times=2)
    assert result.status == TaskResultStatus.READY
    assert DONE == []
    assert [job["id"] for job in queued()] == [result.id]
    run_all()
    assert DONE == ["hello", "hello"]


def test_a_change_rolled_back_queues_nothing() -> None:
    before = OrmQ.objects.count()
    with transaction.atomic():
        note.enqueue("never")
        assert OrmQ.objects.count() == before + 1
        transaction.set_rollback(True)
    assert OrmQ.objects.count() == before


def test_arguments_that_are_not_plain_are_refused_at_once() -> None:
    with pytest.raises((TypeError, ValueError)):
        note.enqueue(object())


def test_a_task_that_fails_is_seen_to_fail() -> None:
    with pytest.raises(TypeError):
        task_backend.run(note.module_path, [], {"nobody": "knows"})


def test_wagtails_own_work_goes_through_the_queue() -> None:
    page = Page.objects.filter(depth=2).first()
    assert page is not None
    OrmQ.objects.all().delete()
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.title = "Renamed"
        page.save()
    assert update_reference_index_task.module_path in [job["args"][0] for job in queued()]
    run_all()


def test_wagtail_deletes_a_file_through_the_queue(tmp_path: Path) -> None:
    place = tmp_path / "old.pdf"
    place.write_bytes(b"x")
    OrmQ.objects.all().delete()
    storage = ("django.core.files.storage.FileSystemStorage", [], {"location": str(tmp_path)})
    delete_file_from_storage_task.enqueue(storage, "old.pdf")
    assert place.exists()
    run_all()
    assert not place.exists()
