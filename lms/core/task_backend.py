"""Django's Tasks interface on django-q2, so that Wagtail's background work and ours wait in one queue."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.tasks import async_task
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json


class DjangoQBackend(BaseTaskBackend):
    """Hands a task to django-q2's ORM broker.

    The row stands in the caller's transaction, so a rolled-back change queues nothing.
    """

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        arguments = normalize_json({"args": list(args), "kwargs": dict(kwargs)})
        queued = async_task("lms.core.task_backend.run", task.module_path, arguments["args"], arguments["kwargs"])
        result: TaskResult = TaskResult(
            task=task,
            id=queued,
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=arguments["args"],
            kwargs=arguments["kwargs"],
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        task_enqueued.send(type(self), task_result=result)
        return result


def run(module_path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """In the cluster: find the task by its path and call it. Its result is not kept.

    In one transaction, which on SQLite lets one write at a time: Wagtail queues a page twice when it is made and
    published, and both workers would find it missing from the search index and add it.
    """
    with transaction.atomic():
        import_string(module_path).call(*args, **kwargs)
