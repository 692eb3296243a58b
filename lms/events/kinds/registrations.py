"""To those who come, and those who registered them: where a registration stands."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.core.letters import Mail
from lms.events.actions.moving import MAIL, ORDER_MAIL
from lms.events.kinds.words import moment_words, one_line, when_and_where
from lms.events.models import Event, Order, Registration
from lms.events.rules import DONE, Cause, nok
from lms.events.rules import RegistrationState as S
from lms.events.selectors import events_visible_to
from lms.notifications.models import Message


class AboutRegistration:
    """To whoever comes, or who registered them: where their registration stands. Only about its latest turn.

    Whoever may not see the event any more is still told that they have no place; nothing else.
    """

    name = MAIL

    def compose(self, message: Message) -> Mail | None:
        pk, turn = (int(part) for part in message.subject.removeprefix("registration:").split(":"))
        found = Registration.objects.select_related("event", "order", "user").filter(pk=pk, turn=turn).first()
        if found is None or found.event.is_cancelled:
            return None
        sees = events_visible_to(message.recipient).filter(pk=found.event_id).exists()
        if not sees and found.state not in DONE:
            return None
        told = _told(found, theirs=found.user_id == message.recipient.pk)
        if told is None:
            return None
        subject, paragraphs, label = told
        address = reverse("events:event", args=[found.event_id])
        return Mail(subject=subject, paragraphs=paragraphs, button=(label, address) if sees else None)


class AboutOrder:
    """To who registered others without coming along: how each of them stands, once."""

    name = ORDER_MAIL

    def compose(self, message: Message) -> Mail | None:
        order = Order.objects.select_related("event").filter(pk=int(message.subject.removeprefix("order:"))).first()
        if order is None or order.event.is_cancelled:
            return None
        people = list(order.registrations.order_by("pk"))
        if all(one.state in DONE for one in people):
            return None
        if not events_visible_to(message.recipient).filter(pk=order.event_id).exists():
            return None
        title = one_line(order.event.title)
        lines = [f"{one_line(one.name)}: {one.get_state_display()}" for one in people]
        together = _("They come together or not at all: a place for all of them, or they wait together.")
        total = sum(one.fee for one in people if one.state not in DONE)
        return Mail(
            subject=_("You registered colleagues for “%(event)s”") % {"event": title},
            paragraphs=[
                _("This is how they stand. Those with an account here are told themselves."),
                *lines,
                *([together] if order.together else []),
                *when_and_where(order.event),
                *([_fee_words(total)] if total else []),
                *_until_words(order.event),
            ],
            button=(_("Open the event"), reverse("events:event", args=[order.event_id])),
        )


def _fee_words(amount: int) -> str:
    return _("Fee: %(fee)s, to be invoiced to the company.") % {"fee": nok(amount)}


def _until_words(event: Event) -> list[str]:
    """Until when people change things themselves."""
    until = event.change_until or event.starts_at
    if until is None:
        return []
    return [_("You can change or give this up yourself until %(moment)s.") % {"moment": moment_words(event, until)}]


def _told(one: Registration, *, theirs: bool) -> tuple[str, list[str], str] | None:
    """Subject, paragraphs and the button's words for where a registration stands; None where there is nothing to say.

    `theirs`: it goes to the person who comes; else to who registered them, and so it names them.
    """
    event = one.event
    words = {"event": one_line(event.title), "name": one_line(one.name)}
    if one.state in DONE:
        return _ended(one, words, theirs=theirs)
    until = _until_words(event)
    fee = [_fee_words(one.fee)] if one.fee else []
    see = _("Open the event")
    if one.state == S.CONFIRMED:
        subject = _("You have a place: %(event)s") if theirs else _("%(name)s has a place: %(event)s")
        first = _("You have a place at “%(event)s”.") if theirs else _("%(name)s has a place at “%(event)s”.")
        return subject % words, [first % words, *when_and_where(event), *fee, *until], see
    if one.state == S.REQUESTED:
        subject = _("We have your request: %(event)s") if theirs else _("We have the request for %(name)s: %(event)s")
        first = (
            _("You asked for a place at “%(event)s”. An organiser answers each request; we write to you when yours is.")
            if theirs
            else _("You asked for a place at “%(event)s” for %(name)s. We write to you when an organiser has answered.")
        )
        return subject % words, [first % words, *when_and_where(event), *fee, *until], see
    if one.state == S.WAITING:
        return _waiting(one, words, theirs=theirs)
    if one.state == S.OFFERED and one.offered_until:
        subject = _("A place is free for you: %(event)s") if theirs else _("A place is free for %(name)s: %(event)s")
        words["moment"] = moment_words(event, one.offered_until)
        first = (
            _("A place at “%(event)s” came free and is kept for you until %(moment)s.")
            if theirs
            else _("A place at “%(event)s” came free and is kept for %(name)s until %(moment)s.")
        )
        next_ = _("Take it or leave it on the event’s page. After that it goes to the next in line.")
        group = [_("It is for all of you who asked to come together: all, or none.")] if one.order.together else []
        return subject % words, [first % words, next_, *group, *when_and_where(event), *fee], _("Take the place")
    return None


def _waiting(one: Registration, words: dict[str, str], *, theirs: bool) -> tuple[str, list[str], str]:
    subject = _("You are on the waiting list: %(event)s") if theirs else _("%(name)s waits for a place: %(event)s")
    first = (
        _("“%(event)s” is full just now. You are on the waiting list.")
        if theirs
        else _("“%(event)s” is full just now. %(name)s is on the waiting list.")
    )
    next_ = _("Nobody overtakes you. When a place comes free we write to you, and it is kept for a time.")
    group = [_("You wait together: a place for all of you, or none.")] if one.order.together else []
    leave = _("If plans change, leave the list on the event’s page, so that the next moves up.")
    return subject % words, [first % words, next_, *group, *when_and_where(one.event), leave], _("Open the event")


def _ended(one: Registration, words: dict[str, str], *, theirs: bool) -> tuple[str, list[str], str]:
    """What is said of a registration that came to an end, and what can be done."""
    why = [_("The organiser writes: “%(reason)s”") % {"reason": one_line(one.reason)}] if one.reason else []
    label = _("Open the event")
    if one.cause == Cause.OFFER_RAN_OUT:
        subject = _("The place was not taken in time: %(event)s")
        first = (
            _("The place at “%(event)s” that was kept for you has gone to the next in line.")
            if theirs
            else _("The place at “%(event)s” that was kept for %(name)s has gone to the next in line.")
        )
        again = _("If it still suits, register anew: that is a turn at the end of the line.")
        return subject % words, [first % words, again], label
    if one.state == S.DECLINED:
        subject = _("No place this time: %(event)s") if theirs else _("No place for %(name)s: %(event)s")
        first = (
            _("An organiser has answered: you have no place at “%(event)s” this time.")
            if theirs
            else _("An organiser has answered: %(name)s has no place at “%(event)s” this time.")
        )
        return subject % words, [first % words, *why], label
    subject = _("Given up: your place at “%(event)s”") if theirs else _("Given up: %(name)s at “%(event)s”")
    if one.cause == Cause.BY_ORGANISER:
        first = (
            _("An organiser has taken you off the list of “%(event)s”.")
            if theirs
            else _("An organiser has taken %(name)s off the list of “%(event)s”.")
        )
        return subject % words, [first % words, *why], label
    first = (
        _("You do not come to “%(event)s”. Somebody else can have the place now.")
        if theirs
        else _("%(name)s does not come to “%(event)s”. Somebody else can have the place now.")
    )
    again = _("If that was a mistake, register anew on the event’s page; your old place may be gone.")
    return subject % words, [first % words, again], label
