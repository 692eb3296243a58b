"""How events look in the calendar's lists."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.topics.rules import Found, address
from lms.core.templatetags.landfall import icon
from lms.events.models import Event
from lms.events.rules import EventKind

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


@register.simple_tag
def list_url(found: Found[Any]) -> str:
    """The address of a list as it is filtered, its first page."""
    return address(found.path, [*found.kept, *((chip.name, chip.value) for chip in found.chips)])
