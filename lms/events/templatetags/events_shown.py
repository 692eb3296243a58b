"""What pages of events write in words: hours, amounts."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lms.core.templatetags.landfall import icon
from lms.events import shown
from lms.events.models import Event
from lms.events.rules import EventKind
from lms.events.rules import nok as written

register = template.Library()

ICONS = {
    EventKind.WEBINAR: "video",
    EventKind.WORKSHOP: "course",
    EventKind.DELEGATION: "people",
    EventKind.MEETING: "calendar",
}


@register.simple_tag
def event_kind(event: Event) -> SafeString:
    """The icon and the name of an event's kind."""
    kind = EventKind(event.kind)
    return format_html('<span class="kind">{}{}</span>', icon(ICONS[kind]), kind.label)


@register.filter
def hours(timed: Any) -> str:
    """When something with `begins` and `ends` is, in the zone that those are in."""
    return shown.hours_said(timed.begins, timed.ends)


@register.filter
def zone_of_event(event: Event) -> str:
    """`Oslo time (CET)`: the zone an event is in, as it is when the event begins."""
    return shown.zone_said(event.starts_at or timezone.now(), event.zone)


@register.filter
def nok(amount: int) -> str:
    """`NOK 5,000`, from øre."""
    return written(amount)


@register.filter
def is_address(typed: str) -> bool:
    """Whether somebody may be sent there: a page of this site or of the web."""
    return typed.startswith(("https://", "http://")) or (typed.startswith("/") and not typed.startswith("//"))
