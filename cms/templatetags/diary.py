"""How events look in the calendar's lists."""

from typing import Any

from django import template

from cms.topics.rules import Found, address

register = template.Library()


@register.simple_tag
def list_url(found: Found[Any]) -> str:
    """The address of a list as it is filtered, its first page."""
    return address(found.path, [*found.kept, *((chip.name, chip.value) for chip in found.chips)])
