"""What this app keeps of a person."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.accounts.models import User
from lms.accounts.privacy.own_data import Part, leave_out, only, register
from lms.events.models import Attendance, CalendarAddress, Event, Invited, Order, Registration


def _registrations(user: User) -> QuerySet[Registration]:
    seen = Prefetch("attendances", Attendance.objects.select_related("session").order_by("pk"))
    its = ("event__questions", "event__feedback_questions", "choices__session", seen)
    rows = Registration.objects.filter(user=user).select_related("event", "company", "feedback")
    return rows.prefetch_related(*its).order_by("pk")


def _registration_told(one: Registration) -> dict[str, Any]:
    kept = only("event__title", "company__name", "name", "email", "state", "state_since", "reason", "queued_at", "fee")
    feedback = getattr(one, "feedback", None)
    return kept(one) | {
        "answers": _by_question(one.answers, one.event.questions.all()),
        "sessions_chosen": [choice.session.title for choice in one.choices.all()],
        "seen": [
            {"session": row.session.title, "when": row.seen_at, "how": row.get_how_display()}
            for row in one.attendances.all()
        ],
        "feedback": _by_question(feedback.answers, one.event.feedback_questions.all()) if feedback else None,
    }


def _by_question(answers: dict[str, Any], questions: Any) -> dict[str, Any]:
    """Answers under the words of their questions; one whose question is gone under its number."""
    words = {str(question.pk): question.text for question in questions}
    return {words.get(key, key): answer for key, answer in answers.items()}


def _orders(user: User) -> QuerySet[Order]:
    return Order.objects.filter(placed_by=user).select_related("event", "company").order_by("pk")


def register_parts() -> None:
    registered = _("The company keeps who went where in its name, and organisers their lists.")
    register(
        Part(
            "events",
            _("Events you registered for, where you were seen, and feedback you gave"),
            _registrations,
            _registration_told,
            ("events.Registration.user",),
            stays=registered,
        ),
        Part(
            "event-orders",
            _("Places you asked for, for yourself or colleagues"),
            _orders,
            only("event__title", "company__name", "placed_at", "together", "invoice_reference"),
            ("events.Order.placed_by",),
            stays=registered,
        ),
        Part(
            "event-invitations",
            _("Events you were invited to by name"),
            lambda user: Invited.objects.filter(user=user).select_related("event").order_by("pk"),
            only("event__title"),
            ("events.Invited.user",),
        ),
        Part(
            "calendar-address",
            _("Addresses of your calendar: when made and used, not the address"),
            lambda user: CalendarAddress.objects.filter(user=user).order_by("pk"),
            only("made_at", "revoked_at", "last_used_on"),
            ("events.CalendarAddress.user",),
        ),
        Part(
            "events-arranged",
            _("Events you arrange"),
            lambda user: Event.objects.filter(Q(owner=user) | Q(organisers=user)).distinct().order_by("pk"),
            only("title", "kind"),
            ("events.Event.owner", "events.Event.organisers"),
            stays=_("The programme keeps its events."),
        ),
    )
    leave_out(
        "written at work for the programme, about others: organisers see it on the event's own pages",
        "events.Note.written_by",
        "events.ActionItem.written_by",
        "events.Announcement.written_by",
        "events.Change.by",
        "events.Attendance.by",
    )
