"""`{% kept %}`: an `{% include %}` of what is the same for everybody until something is published."""

from collections.abc import Hashable

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.published import published

register = template.Library()


@register.simple_tag(takes_context=True)
def kept(context: Context, name: str, /, **given: Hashable) -> SafeString:
    """The template of that name, rendered with what is given once per process, content version and language.

    It sees nothing else: no request, no person. What is given is also what it is kept under, so nothing that matters
    can be forgotten: plain values, and what lives as long as a content version, such as a lesson of the outline.
    """
    key = (name, get_language(), *given.items())
    return published(context["request"], key, lambda: render_to_string(name, given))
