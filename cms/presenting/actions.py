"""Keeping lists, search and previews in step with the events that pages present."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from cms.models import ContentVersion
from cms.presenting import selectors
from cms.published import bump

IN_A_TRANSACTION = timedelta(seconds=60)
"""The longest a change may take from its moment to its commit."""


def event_changed(event_id: int) -> None:
    """Raise the content version where a published page presents the event. At most two queries."""
    if selectors.presented_events().filter(pk=event_id).exists():
        bump()


def keep_up(*, now: datetime | None = None) -> None:
    """Raise the content version if a presented event ended, or changed, since it was raised. Two queries.

    A change whose transaction was still open at the last raise is found for a minute longer, at the price of raising it
    once or twice more than needed.
    """
    now = now or timezone.now()
    raised = ContentVersion.objects.values_list("changed", flat=True).first() or 0
    since = datetime.fromtimestamp(raised, UTC)
    if selectors.have_moved_on(since=since, now=now, margin=since - IN_A_TRANSACTION):
        bump()
