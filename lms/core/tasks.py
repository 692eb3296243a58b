"""Housekeeping by the clock (lms/schedules.py). Each may run twice, late, or at the same time as itself."""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_q.models import Failure, Success
from wagtail.log_actions import log
from wagtail.models import Revision

logger = logging.getLogger(__name__)
KEEP_SUCCESSES = timedelta(days=2)
KEEP_FAILURES = timedelta(days=60)


def publish_scheduled() -> None:
    """Publish and unpublish the pages whose time has come.

    One that is refused is taken off the schedule, with the reason in its history; the rest go on.
    """
    for revision in Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except ValidationError as refusal:
            _take_off_the_schedule(revision, " ".join(refusal.messages))
    call_command("publish_scheduled", verbosity=0)


def _take_off_the_schedule(revision: Revision, reason: str) -> None:
    logger.warning("not published as scheduled: revision=%s: %s", revision.pk, reason)
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(revision.content_object, "landfall.schedule_refused", data={"reason": reason}, revision=revision)


def prune() -> None:
    """Forget finished tasks nobody will look at, and sessions that ended."""
    now = timezone.now()
    Success.objects.filter(stopped__lt=now - KEEP_SUCCESSES).delete()
    Failure.objects.filter(stopped__lt=now - KEEP_FAILURES).delete()
    call_command("clearsessions")
