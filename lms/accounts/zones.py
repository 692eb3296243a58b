"""Choosing a time zone: by typing a city, out of a list the browser searches."""

from difflib import get_close_matches
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.accounts.rules import is_one_line


@cache
def time_zones() -> list[tuple[str, str]]:
    """The zones of the world by their places, as choices."""
    places = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [(zone, zone.replace("_", " ")) for zone in sorted(places)]


def _plain(typed: str) -> str:
    return " ".join(typed.replace("_", " ").split()).casefold()


@cache
def _by_what_is_typed() -> dict[str, str]:
    """Zones by their whole name and by their city, in plain letters; a city that is there twice is the first."""
    known: dict[str, str] = {}
    for zone, _words in time_zones():
        known.setdefault(_plain(zone.rpartition("/")[2]), zone)
    return known | {_plain(zone): zone for zone, _words in time_zones()}


class ZoneInput(forms.TextInput):
    """A field with the list of all zones, and the browser's own zone offered beside it where there is a script."""

    template_name = "accounts/_zone.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {"list": f"{name}-all", "autocomplete": "off", "spellcheck": "false"}
        return context | {"zones": [words for _zone, words in time_zones()], "list": f"{name}-all"}

    def format_value(self, value: Any) -> str:
        """As it is read, without underscores; what was typed wrongly stays as typed."""
        text = str(value or "")
        return text.replace("_", " ") if text in dict(time_zones()) else text


class ZoneField(forms.CharField):
    """The name of a time zone. Takes a city or the whole name, in any case."""

    widget = ZoneInput

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if zone := _by_what_is_typed().get(_plain(text)):
            return zone
        close = get_close_matches(_plain(text), _by_what_is_typed(), 1, 0.7) if is_one_line(text) else []
        if close:
            zone = _by_what_is_typed()[close[0]].replace("_", " ")
            raise ValidationError(_("We know no zone of that name. Do you mean %(zone)s?") % {"zone": zone})
        raise ValidationError(
            _("We know no zone of that name. Type a large city near you, such as Oslo or New York, and take one.")
        )
