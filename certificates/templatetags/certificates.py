"""How a certificate's stored moments are shown."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def moment(stored: str) -> SafeString:
    """The day of an ISO 8601 time, in the site's time zone."""
    local = timezone.localtime(datetime.fromisoformat(stored))
    return format_html('<time datetime="{}">{}</time>', local.date().isoformat(), date_format(local, "j F Y"))
