"""Housekeeping by the clock (lms/schedules.py). Each may run twice, late, or at the same time as itself."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_q.models import Failure, Success

KEEP_SUCCESSES = timedelta(days=2)
KEEP_FAILURES = timedelta(days=60)


def publish_scheduled() -> None:
    """Publish and unpublish the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)


def prune() -> None:
    """Forget finished tasks nobody will look at, and sessions that ended."""
    now = timezone.now()
    Success.objects.filter(stopped__lt=now - KEEP_SUCCESSES).delete()
    Failure.objects.filter(stopped__lt=now - KEEP_FAILURES).delete()
    call_command("clearsessions")
