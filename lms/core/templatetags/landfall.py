"""Template tags every template has: icons, level marks, progress lines."""

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.core.icons import ICONS

register = template.Library()

LEVEL_NAMES = {1: _("Foundation"), 2: _("Intermediate"), 3: _("Advanced")}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """The icon of that name in the colour of the text; hidden from screen readers, so a word stands beside it."""
    shapes = mark_safe(ICONS[name])  # noqa: S308 - our own drawings
    return format_html('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', shapes)


@register.simple_tag
def level_tag(level: int) -> SafeString:
    """The mark and the name of a competence level, 1 to 3, on its depth of water."""
    return _level_tag(level, get_language())


@cache
def _level_tag(level: int, _language: str | None) -> SafeString:
    return format_html(
        '<span class="level level-{level}">{mark}{name}</span>',
        level=level,
        mark=icon(f"level-{level}"),
        name=LEVEL_NAMES[level],
    )


@register.simple_tag
def progress_line(done: int, total: int, label: str) -> SafeString:
    """How much is done of how much: the words, the percentage rounded down, the line."""
    percent = 100 * done // total if total else 0
    return format_html(
        '<div class="progress"><p><span>{label}</span><output>{percent} %</output></p>'
        '<progress max="{total}" value="{done}" aria-label="{label}">{percent} %</progress></div>',
        label=label,
        percent=percent,
        total=total or 1,
        done=done,
    )


@register.simple_tag
def spoken(language: str) -> SafeString:
    """The `lang` attribute of a text that is in another language than the page around it, else nothing."""
    return format_html(' lang="{}"', language) if language and language != get_language() else mark_safe("")
