"""Template tags every template has: icons, level marks, progress lines."""

from django import template

register = template.Library()
