"""Times as organisers type them: local to the event, where an hour may be missing or come twice."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.events.rules import AmbiguousTime, NoSuchTime, in_utc

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
WHICH = [("first", gettext_lazy("The first one")), ("second", gettext_lazy("The second one, an hour later"))]
"""Of a local time that comes twice."""


def _reasonable(limit: date) -> dict[str, Any]:
    return {"limit_value": limit, "message": gettext_lazy("Type a day from 2000 to 2099.")}


class DayField(forms.DateField):
    """A day, in the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)
        self.validators += [MinValueValidator(**_reasonable(FIRST)), MaxValueValidator(**_reasonable(LAST))]


class ClockField(forms.TimeField):
    """A time of day, to the minute."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **options)


class LocalField(forms.Field):
    """Day and time without a zone: a naive datetime, or None."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            read = parse_datetime(str(value).strip())
        except ValueError:
            read = None
        if read is None or read.tzinfo or not FIRST <= read.date() <= LAST:
            raise ValidationError(_("Type a day and a time, such as 2026-05-31 09:00."))
        return read


def which_field(label: Any) -> forms.ChoiceField:
    """Which of two, for a local time that comes twice; shown only where it does."""
    return forms.ChoiceField(label=label, choices=WHICH, required=False, widget=forms.RadioSelect)


class LocalTimes(forms.Form):
    """A form with local times; beside each field `<name>` stands `<name>_which`.

    `asks` are the names of those that come twice, where the page shows which one is meant.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = (name for name in self.fields if name.endswith("_which") and self.initial.get(name))
        self.asks = {name.removesuffix("_which") for name in asked}

    def moment(self, name: str, local: datetime, zone: ZoneInfo) -> datetime | None:
        """The moment of a local time; None with an error at the field where it is none, or one of two."""
        words = {"time": date_format(local, "TIME_FORMAT"), "day": date_format(local, "DATE_FORMAT")}
        try:
            return in_utc(local, zone)
        except NoSuchTime:
            sentence = _("There is no %(time)s on %(day)s: the clock is put forward over it. Choose another time.")
        except AmbiguousTime:
            self.asks.add(name)
            if which := self.cleaned_data.get(f"{name}_which"):
                return in_utc(local, zone, later=which == "second")
            sentence = _("%(time)s comes twice on %(day)s: the clock is put back. Choose which one you mean.")
        self.add_error(name, sentence % words)
        return None


def local_parts(moment: datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """The naive local time of a moment, and which one it is where that time comes twice."""
    local = moment.astimezone(zone)
    naive = local.replace(tzinfo=None, fold=0)
    try:
        in_utc(naive, zone)
    except AmbiguousTime:
        return naive, "second" if local.fold else "first"
    return naive, ""
