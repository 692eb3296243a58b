"""`{% kept %}`: an `{% include %}` of what is the same for everybody until something is published."""

import re
import secrets
from collections.abc import Hashable
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.published import published

register = template.Library()
OWN = "own_"
_mark = secrets.token_hex(8)
"""Stands in the kept HTML around the name of what is filled in. Drawn anew by each process: no text can contain it."""


@register.simple_tag(takes_context=True)
def kept(context: Context, name: str, /, **given: Any) -> SafeString:
    """The template of that name, rendered with what is given once per process, content version and language.

    It sees nothing else: no request, no person. What is given is also what it is kept under, so nothing that matters
    can be forgotten: plain values, and what lives as long as a content version, such as a lesson of the outline.

    What belongs to one visitor is given as `own_…`. The template prints it under the name without `own_`, and can do
    nothing else with it: it is filled in, escaped, each time.
    """
    own = {key.removeprefix(OWN): given.pop(key) for key in [*given] if key.startswith(OWN)}
    kept_under: Hashable = (name, get_language(), *given.items())
    pieces = published(context["request"], kept_under, lambda: _pieces(name, given, [*own]))
    if len(pieces) == 1:
        return pieces[0]
    filled = [conditional_escape(own[piece]) if at % 2 else piece for at, piece in enumerate(pieces)]
    return mark_safe("".join(filled))  # noqa: S308 - our template's output, and what was escaped


def _pieces(name: str, given: dict[str, Any], own: list[str]) -> tuple[SafeString, ...]:
    """The rendered template, cut where something is to be filled in: HTML, name, HTML, name, HTML."""
    html = render_to_string(name, {**given, **{key: f"{_mark}{key}{_mark}" for key in own}})
    return tuple(mark_safe(piece) for piece in re.split(rf"{_mark}(\w+?){_mark}", html))  # noqa: S308 - a template's output
