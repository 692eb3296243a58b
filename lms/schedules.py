"""Every recurring job of the product, in one place.

A job is a task's path and how often it runs. `sync` brings the database in step; the cluster reads it from there.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule

EVERY_MINUTE = {"schedule_type": Schedule.MINUTES, "minutes": 1}
EVERY_TEN_MINUTES = {"schedule_type": Schedule.MINUTES, "minutes": 10}

JOBS: dict[str, dict[str, Any]] = {
    "send what is due": {"func": "lms.notifications.tasks.send_due", **EVERY_MINUTE},
    "mail invitations": {"func": "lms.accounts.tasks.send_invitations", **EVERY_MINUTE},
    "issue certificates": {"func": "certificates.tasks.issue_owed_certificates", **EVERY_MINUTE},
    "publish what is scheduled": {"func": "lms.core.tasks.publish_scheduled", **EVERY_MINUTE},
    "move up in waiting lines": {"func": "lms.events.tasks.move_up", **EVERY_MINUTE},
    "finish events": {"func": "lms.events.tasks.finish", **EVERY_TEN_MINUTES},
    "ask how events were": {"func": "lms.events.tasks.ask_for_feedback", **EVERY_TEN_MINUTES},
    "keep up with events": {"func": "cms.presenting.tasks.keep_up", **EVERY_MINUTE},
    "draw previews": {"func": "cms.library.tasks.make_previews", **EVERY_MINUTE},
    "forget unconfirmed": {"func": "lms.accounts.tasks.forget_unconfirmed", "schedule_type": Schedule.DAILY},
    "check links": {"func": "cms.editorial.tasks.check_links", "schedule_type": Schedule.CRON, "cron": "41 2 * * *"},
    "prune": {"func": "lms.core.tasks.prune", "schedule_type": Schedule.CRON, "cron": "17 3 * * *"},
}
"""Name → what differs from `PLAIN`. Nobody else makes a Schedule row."""

PLAIN: dict[str, Any] = {
    "hook": None,
    "args": None,
    "kwargs": None,
    "minutes": None,
    "cron": None,
    "repeats": -1,
    "cluster": None,
    "intended_date_kwarg": None,
}


def sync(jobs: dict[str, dict[str, Any]] = JOBS) -> str:
    """Make the schedules be exactly these jobs, and say what changed.

    A job that is there keeps its clock. A row that is not declared, or stands there twice, goes: one malformed row
    would stop all schedules. A declaration that could not run is refused before anything is written.
    """
    for name, job in jobs.items():
        import_string(job["func"])
        Schedule(name=name, **PLAIN | job).full_clean()
    made = changed = 0
    with transaction.atomic():
        rows: dict[str | None, Schedule] = {}
        for row in Schedule.objects.select_for_update().order_by("-pk"):
            rows[row.name] = row  # the oldest of several stays
        keep = [row.pk for name, row in rows.items() if name in jobs]
        gone = Schedule.objects.exclude(pk__in=keep).delete()[0]
        for name, job in jobs.items():
            if name not in rows:
                Schedule.objects.create(name=name, **PLAIN | job)
                made += 1
            else:
                changed += _correct(rows[name], PLAIN | job)
    return f"{len(jobs)} schedules: {made} new, {changed} changed, {gone} removed."


def _correct(row: Schedule, job: dict[str, Any]) -> bool:
    wrong = [field for field, value in job.items() if getattr(row, field) != value]
    for field in wrong:
        setattr(row, field, job[field])
    if row.next_run is None:  # such a row would never run
        row.next_run = timezone.now()
        wrong.append("next_run")
    row.save(update_fields=wrong) if wrong else None
    return bool(wrong)
