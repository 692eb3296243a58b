"""Who comes: orders, the registrations in them, the sessions they chose, and whether they were there."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.events.models.events import Event, Session
from lms.events.rules import ACTIVE, Cause, HowSeen, RegistrationState


class Order(models.Model):
    """What somebody asked for in one go: places for themselves, colleagues or both.

    `together`: all of them or none. `token` comes from the form, so that sending it twice orders once.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="orders")
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="event_orders")
    company = models.ForeignKey(
        "accounts.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="event_orders"
    )
    together = models.BooleanField(_("all together or not at all"), default=False)
    invoice_reference = models.CharField(_("invoice reference"), max_length=100, blank=True)
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    placed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["placed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["placed_by", "token"], name="one_order_per_form")]

    def __str__(self) -> str:
        return f"order {self.pk} of {self.placed_by_id} for {self.event_id}"


class Registration(models.Model):
    """One person at one event. Moved only by `lms.events.actions`; `turn` counts its moves.

    `user` is empty for a colleague without an account: whoever placed the order gets their mail. `queued_at` is their
    place in the waiting line, kept when an organiser approves them into it. `fee` is in øre, as it was when they
    registered; of a fee for the whole company it stands with one of its people, and passes on when they do not come.
    `answers` is by question id. `reason` goes with the last move.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="registrations")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    company = models.ForeignKey(
        "accounts.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="event_registrations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="event_registrations"
    )
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    state = models.CharField(_("state"), max_length=10, choices=RegistrationState)
    state_since = models.DateTimeField(default=timezone.now)
    cause = models.CharField(max_length=20, choices=Cause, blank=True, default="")
    reason = models.CharField(_("what an organiser wrote to them"), max_length=250, blank=True, default="")
    turn = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    offered_until = models.DateTimeField(null=True, blank=True)
    fee = models.PositiveIntegerField(_("fee"), default=0)
    answers = models.JSONField(default=dict, blank=True)
    join_key = models.CharField(max_length=64, unique=True, editable=False)
    """The secret of the personal link to the meeting. It opens nothing but this person's way in."""

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["queued_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=Q(state__in=sorted(ACTIVE)),
                name="one_registration_per_person_and_event",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.OFFERED) | Q(offered_until__isnull=False),
                name="an_offer_has_an_end",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["event", "state"], name="registration_event_state"),
            models.Index(fields=["offered_until"], name="registration_offers", condition=Q(state="offered")),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.event_id}: {self.state}"


class SessionChoice(models.Model):
    """A session of one of several parallel tracks that a person chose."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="choices")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="choices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "session"], name="a_session_is_chosen_once")]

    def __str__(self) -> str:
        return f"{self.registration_id} in {self.session_id}"


class Attendance(models.Model):
    """A person was seen in a session. The first time they were seen counts."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="attendances")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    seen_at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=10, choices=HowSeen)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "session"], name="seen_once_a_session")]

    def __str__(self) -> str:
        return f"{self.registration_id} in {self.session_id}"
