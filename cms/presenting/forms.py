"""Choosing the event that a page presents."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.events.models import Event


class EventChoice(forms.ModelChoiceField):
    """Events by title and day: two of one title are told apart."""

    def label_from_instance(self, obj: Any) -> str:
        if obj.starts_at is None:
            return _("%(title)s (no date yet)") % {"title": obj.title}
        return f"{obj.title} ({date_format(obj.starts_at.astimezone(obj.zone), 'DATE_FORMAT')})"


def offer_events(form: forms.ModelForm, kind: str) -> None:
    """Let the field `event` offer the events of a kind that no other page in this page's language presents."""
    field = form.fields.get("event")
    if field is None:
        return
    page: Any = form.instance
    others = type(page)._default_manager.filter(locale=page.locale_id).exclude(pk=page.pk)
    events = Event.objects.filter(kind=kind).exclude(pk__in=others.values("event"))
    form.fields["event"] = EventChoice(
        events.order_by("-starts_at", "pk"), label=field.label, help_text=field.help_text, required=field.required
    )
