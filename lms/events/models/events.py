"""An event and what belongs to it: sessions, fees, questions, those who are invited."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts.rules import CompanyKind, zone
from lms.events.rules import EventKind, EventStatus, FeeFor, QuestionKind, Visibility


class Event(models.Model):
    """Something at a time with people in it. Written only by `lms.events.actions`.

    `starts_at` and `ends_at` are those of the first and the last session, kept by `actions.arranging`; an event without
    sessions has none. `sequence` is iCalendar's: it rises with every change of when, where and whether.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=EventKind)
    title = models.CharField(_("title"), max_length=150)
    summary = models.CharField(
        _("summary"), max_length=250, blank=True, help_text=_("One or two sentences, for lists.")
    )
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown. Headings from ## down."))
    description_html = models.TextField(editable=False, blank=True)
    language = models.CharField(
        _("held in"), max_length=10, default="en", choices=[("en", _("English")), ("nb", _("Norwegian"))]
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="events_owned", verbose_name=_("owner")
    )
    organisers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="events_organised", verbose_name=_("organisers")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Oslo")
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(
        _("link to the meeting"), max_length=500, blank=True, help_text=_("Shown to nobody: people join by their own.")
    )
    status = models.CharField(_("status"), max_length=10, choices=EventStatus, default=EventStatus.CONFIRMED)
    cancelled_why = models.CharField(_("why it is cancelled"), max_length=250, blank=True)
    visibility = models.CharField(_("who sees it"), max_length=10, choices=Visibility, default=Visibility.MEMBERS)
    clusters = models.ManyToManyField("accounts.Cluster", blank=True, related_name="+", verbose_name=_("clusters"))
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit."))
    per_company = models.PositiveSmallIntegerField(
        _("people of one company"),
        null=True,
        blank=True,
        help_text=_("Counted over all its registrations. Empty: no limit."),
    )
    approval = models.BooleanField(_("an organiser answers each request"), default=False)
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    change_until = models.DateTimeField(
        _("changed by oneself until"), null=True, blank=True, help_text=_("Empty: until it begins.")
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to take a place that came free"), default=24, help_text=_("For the first of the waiting list.")
    )
    covered = models.TextField(_("covered by the fee"), blank=True, help_text=_("One thing a line."))
    not_covered = models.TextField(_("paid by oneself"), blank=True, help_text=_("One thing a line."))
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    check_in_code = models.CharField(max_length=8, blank=True, editable=False)
    starts_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        permissions: ClassVar = [("organise_every_event", _("Can organise every event"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="event_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="event_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(offer_hours__gte=1), name="event_offer_lasts"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.pk])

    @property
    def zone(self) -> ZoneInfo:
        return zone(self.time_zone)

    @property
    def is_cancelled(self) -> bool:
        return self.status == EventStatus.CANCELLED

    @property
    def is_tentative(self) -> bool:
        return self.status == EventStatus.TENTATIVE


class Session(models.Model):
    """A part of an event at one time in one place.

    `track` is empty for what the whole event attends; sessions of different tracks may run side by side. Without
    `time_known` only the day is certain: `starts_at` is then midnight of that day in the event's zone.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=150)
    description = models.TextField(_("what happens"), blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    time_known = models.BooleanField(_("the time is known"), default=True)
    tentative = models.BooleanField(_("to be confirmed"), default=False)
    track = models.CharField(_("track"), max_length=80, blank=True, help_text=_("Empty: for everybody."))
    place = models.CharField(_("place"), max_length=200, blank=True)
    speakers = models.CharField(_("speakers"), max_length=250, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "track", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def until(self) -> datetime:
        """When it is certainly over: its end, or the end of its day, or an hour after it began."""
        if self.ends_at:
            return self.ends_at
        return self.starts_at + (timedelta(hours=1) if self.time_known else timedelta(days=1))


class Material(models.Model):
    """Something to read or watch for a session: a title and where it is."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=150)
    url = models.CharField(_("address"), max_length=500, help_text=_("Of this site (/library/…) or of another."))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Fee(models.Model):
    """What companies of one kind pay, in øre; of an empty kind: all others. Without a row it is free."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="fees")
    company_kind = models.CharField(_("kind of company"), max_length=20, choices=CompanyKind, blank=True)
    amount = models.PositiveIntegerField(_("fee"), help_text=_("In øre."))
    each = models.CharField(_("counted"), max_length=10, choices=FeeFor, default=FeeFor.COMPANY)

    class Meta:
        ordering = ["company_kind"]
        constraints = [models.UniqueConstraint(fields=["event", "company_kind"], name="one_fee_per_kind_of_company")]

    def __str__(self) -> str:
        return f"{self.amount} øre {self.each} {self.company_kind}"


class Question(models.Model):
    """Something registrants are asked, each person for themselves."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=250)
    help = models.CharField(_("help"), max_length=250, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    choices = models.TextField(_("choices"), blank=True, help_text=_("One a line."))
    required = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Invited(models.Model):
    """A company or a person who may see an event that is only for those who are invited."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invited")
    company = models.ForeignKey("accounts.Company", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(company=None, user__isnull=False) | Q(company__isnull=False, user=None),
                name="invited_is_a_company_or_a_person",
            ),
            models.UniqueConstraint(fields=["event", "company"], name="company_invited_once"),
            models.UniqueConstraint(fields=["event", "user"], name="person_invited_once"),
        ]

    def __str__(self) -> str:
        return f"{self.company_id or self.user_id} to {self.event_id}"
