"""Notes of events and what was agreed there; for organisers only."""

from django.db.models import F, Q, QuerySet

from lms.accounts.models import Company, User
from lms.events.models import ActionItem, Event, Note, Registration
from lms.events.rules import ACTIVE
from lms.events.selectors.events import events_organised_by


def notes_of(event: Event) -> QuerySet[Note]:
    """All of them, in the order of the sessions; those of the whole event first."""
    notes = Note.objects.filter(event=event).select_related("session", "company", "written_by")
    return notes.order_by(F("session__starts_at").asc(nulls_first=True), "session", "written_at", "pk")


def companies_at(event: Event) -> QuerySet[Company]:
    """The companies somebody comes from, and those notes or agreements are about already."""
    noted = Note.objects.filter(event=event).order_by().values_list("company", flat=True)
    agreed = ActionItem.objects.filter(event=event).order_by().values_list("company", flat=True)
    coming = Registration.objects.filter(event=event, state__in=sorted(ACTIVE)).order_by()
    those = Q(pk__in=noted) | Q(pk__in=agreed) | Q(pk__in=coming.values_list("company", flat=True))
    return Company.objects.filter(those)


def action_items_of(event: Event) -> QuerySet[ActionItem]:
    """What was agreed at an event: first what is due first, without a day last."""
    return _by_day(ActionItem.objects.filter(event=event).select_related("company"))


def open_action_items_for(user: User) -> QuerySet[ActionItem]:
    """What was agreed at the events somebody organises and is not done."""
    events = events_organised_by(user).order_by().values("pk")
    items = ActionItem.objects.filter(event__in=events, done_at=None)
    return _by_day(items.select_related("company", "event"))


def _by_day(items: QuerySet[ActionItem]) -> QuerySet[ActionItem]:
    return items.order_by(F("due").asc(nulls_last=True), "pk")
