"""How the kinds of content look in a list."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.rules import Kind
from lms.core.templatetags.landfall import icon

register = template.Library()

ICONS = {
    Kind.MASTERCLASS: "podcast",
    Kind.WEBINAR: "calendar",
    Kind.RECORDING: "video",
    Kind.COURSE: "course",
    Kind.LESSON: "course",
    Kind.DELEGATION: "calendar",
    Kind.DOCUMENT: "document",
    Kind.REPORT: "document",
    Kind.GUIDELINE: "document",
    Kind.STANDARD: "document",
    Kind.LAW: "document",
    Kind.OFFER: "offer",
    Kind.PAGE: "document",
}


@register.simple_tag
def kind_tag(kind: str) -> SafeString:
    """The icon and the name of a kind of content."""
    known = Kind(kind)
    return format_html('<span class="kind">{}{}</span>', icon(ICONS[known]), known.label)
