"""Pages that present an event: what they say is an editor's, when and where and for whom is the event's."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.base import BasePage
from cms.rules import Access
from lms.events.rules import Visibility


class PresentsEvent(BasePage):
    """What such a page has. Of one event there is one page in each language; it is shown to whom the event is."""

    KIND: ClassVar[str]
    """The kind of event it presents: an `EventKind`."""

    event = models.ForeignKey(
        "events.Event",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("event"),
        help_text=_(
            "When, where, for whom, places and registration come from it. One without a page in this language."
        ),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.event_id is None:
            return
        if self.event.kind != self.KIND:
            raise ValidationError({"event": _("This event is of another kind. Choose one from the list.")})
        if self._others().exists():
            sentence = _("This event has a page in this language already: change that one, or choose another event.")
            raise ValidationError({"event": sentence})

    def _others(self) -> models.QuerySet[Any]:
        same: models.QuerySet[Any] = type(self)._default_manager.filter(event=self.event_id, locale=self.locale_id)
        return same.exclude(pk=self.pk)

    def access(self) -> Access:
        """Whom the event is shown to, as it is now. Up to two queries."""
        event = self.event
        clusters = [c.pk for c in event.clusters.all()] if event.visibility == Visibility.CLUSTERS else []
        return Access(event.visibility, frozenset(clusters), event=event.pk)
