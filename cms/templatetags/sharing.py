"""What the head of a public page says to other sites and programs."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cms.sharing import selectors
from cms.sharing.rules import Share

register = template.Library()


@register.simple_tag(takes_context=True)
def share_page(context: dict[str, Any]) -> SafeString:
    """Previews and structured data of the page being shown."""
    return shared(selectors.page_share(context["request"], context["page"]))


@register.simple_tag(takes_context=True)
def share_podcast(context: dict[str, Any]) -> SafeString:
    return shared(selectors.podcast_share(context["request"]))


@register.simple_tag(takes_context=True)
def podcast_name(context: dict[str, Any]) -> str:
    """The public podcast's title, or nothing."""
    return selectors.podcast_name(context["request"]) if "request" in context else ""


@register.simple_tag
def shared(share: Share | None) -> SafeString:
    """The elements for the head; nothing where nothing is to be said."""
    return SafeString(render_to_string("cms/_share.html", {"share": share})) if share else SafeString()
