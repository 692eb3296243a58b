"""What the head of an event's plain page says to programs."""

from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lms.core.json_ld import as_script
from lms.events.json_ld import event_json_ld
from lms.events.models import Event
from lms.events.rules import Visibility

register = template.Library()


@register.simple_tag
def event_data(event: Event) -> SafeString:
    """The event for search engines, as a script element nothing runs; nothing where it is not everybody's."""
    if event.visibility != Visibility.EVERYONE:
        return SafeString()
    url = urljoin(f"{settings.SITE_URL}/", event.get_absolute_url())
    data = event_json_ld(event, list(event.sessions.all()), url, fees=event.fees.all())
    return format_html('<script type="application/ld+json">{}</script>', as_script([data])) if data else SafeString()
