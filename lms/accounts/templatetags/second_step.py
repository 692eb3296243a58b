"""Secrets as people read and keep them."""

from collections.abc import Iterable
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def in_fours(secret: str) -> str:
    """The secret in groups of four, as one types it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@register.filter
def as_file(codes: Iterable[str]) -> SafeString:
    """The codes as an address that holds them, one a line: they are shown once, so there is nowhere to fetch them."""
    return mark_safe("data:text/plain;charset=utf-8," + quote("".join(f"{code}\n" for code in codes)))  # noqa: S308
