"""The recurring jobs: exactly those declared, clocks left alone."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

from lms.schedules import EVERY_MINUTE, JOBS, sync

pytestmark = pytest.mark.django_db
JOB: dict[str, dict[str, Any]] = {"prune": {"func": "lms.core.tasks.prune", **EVERY_MINUTE}}


@pytest.mark.parametrize("name", JOBS)
def test_every_job_names_a_task_without_arguments(name: str) -> None:
    assert import_string(JOBS[name]["func"]).__code__.co_argcount == 0


def test_the_command_makes_them_all_once() -> None:
    first, second = StringIO(), StringIO()
    call_command("sync_schedules", stdout=first)
    call_command("sync_schedules", stdout=second)
    assert set(Schedule.objects.values_list("name", flat=True)) == set(JOBS)
    assert first.getvalue() == f"{len(JOBS)} schedules: {len(JOBS)} new, 0 changed, 0 removed.\n"
    assert second.getvalue() == f"{len(JOBS)} schedules: 0 new, 0 changed, 0 removed.\n"


def test_a_change_moves_no_clock() -> None:
    sync(JOB)
    at = timezone.now() + timedelta(hours=5)
    Schedule.objects.update(next_run=at)
    changed = {"prune": {"func": "lms.core.tasks.prune", "schedule_type": Schedule.CRON, "cron": "0 4 * * *"}}
    assert sync(changed) == "1 schedules: 0 new, 1 changed, 0 removed."
    row = Schedule.objects.get()
    assert (row.schedule_type, row.cron, row.minutes, row.next_run) == ("C", "0 4 * * *", None, at)


def test_rows_nobody_declared_and_doubles_go() -> None:
    sync(JOB)
    kept = Schedule.objects.get()
    Schedule.objects.create(name="prune", func="other.task", args="((broken")
    Schedule.objects.create(name=None, func="nameless.task")
    assert sync(JOB) == "1 schedules: 0 new, 0 changed, 2 removed."
    assert Schedule.objects.get().pk == kept.pk


@pytest.mark.django_db(transaction=True)  # django-q closes the connection first
def test_a_malformed_row_stops_all_schedules_until_the_next_sync() -> None:
    """The negative control is django-q itself: one row whose arguments it cannot read, and nothing is queued."""
    sync(JOB)
    Schedule.objects.create(name="broken", func="a.b", args="((broken", next_run=timezone.now() - timedelta(days=1))
    Schedule.objects.filter(name="prune").update(next_run=timezone.now() - timedelta(minutes=1))
    OrmQ.objects.all().delete()
    scheduler()
    assert OrmQ.objects.count() == 0
    sync(JOB)
    scheduler()
    assert OrmQ.objects.count() == 1


@pytest.mark.parametrize(
    "damage",
    [
        {"args": "((broken"},
        {"kwargs": "{'hook': 1}"},
        {"repeats": 0},
        {"cluster": "other"},
        {"next_run": None},
        {"minutes": 9},
    ],
)
def test_a_damaged_row_is_mended(damage: dict[str, Any]) -> None:
    sync(JOB)
    Schedule.objects.update(**damage)
    assert sync(JOB) == "1 schedules: 0 new, 1 changed, 0 removed."
    assert sync(JOB) == "1 schedules: 0 new, 0 changed, 0 removed."
    row = Schedule.objects.get()
    assert (row.args, row.kwargs, row.repeats, row.cluster, row.minutes) == (None, None, -1, None, 1)
    assert row.next_run is not None


@pytest.mark.parametrize(
    ("job", "refusal"),
    [
        ({"func": "lms.core.tasks.nothing", **EVERY_MINUTE}, ImportError),
        ({"func": "lms.core.tasks.prune", "schedule_type": Schedule.CRON, "cron": "61 * * * *"}, ValidationError),
        ({"func": "lms.core.tasks.prune", "schedule_type": "?"}, ValidationError),
    ],
)
def test_a_declaration_that_could_not_run_is_refused_before_anything_is_written(
    job: dict[str, Any], refusal: type[Exception]
) -> None:
    sync(JOB)
    with pytest.raises(refusal):
        sync({"new": job})
    assert Schedule.objects.get().name == "prune"
