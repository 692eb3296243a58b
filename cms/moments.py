"""Moments of a recording: kept in seconds, typed and shown as 4:05 or 1:02:03."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.masterclasses.captions import clock

_CLOCK = re.compile(r"(?:(\d{1,2}):([0-5]?\d)|(\d{1,3})):([0-5]\d)")


class ClockField(forms.Field):
    """Seconds, as people read them off a player."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"placeholder": "0:00", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return clock(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = _CLOCK.fullmatch(text)
        if found is None:
            raise ValidationError(_("Write minutes and seconds, such as 4:05, or hours too: 1:02:03."))
        hours, minutes, only_minutes, second = (int(part or 0) for part in found.groups())
        return (hours * 60 + minutes + only_minutes) * 60 + second

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class MomentField(models.PositiveIntegerField):
    """A moment in whole seconds; for the database a plain number."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        label, needed = self.verbose_name, not self.blank
        given = {"label": str(label).capitalize(), "required": needed, "help_text": self.help_text}
        kwargs.pop("widget", None)
        return ClockField(**given | kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveIntegerField", args, kwargs
