"""The one place that moves a registration from state to state, and owes the mail about it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from lms.accounts.models import User
from lms.events.actions.fees import pass_fees_on
from lms.events.models import Event, Order, Registration
from lms.events.rules import DONE, Cause, RegistrationState, may_become
from lms.notifications.actions import owe_many

MAIL = "events.registration"
"""The kind of message about one registration; its subject is `registration:<id>:<turn>`."""

ORDER_MAIL = "events.order"
"""The kind of message to who placed an order without being in it; its subject is `order:<id>`."""


class Refused(Exception):
    """It cannot be done. `sentence` says why and what to do, `field` where: the name of a form's field, or nothing."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


def locked(event_id: int) -> Event:
    """The event, until the transaction ends nobody else's: places are given out by one at a time."""
    return Event.objects.select_for_update().get(pk=event_id)


def move(
    registrations: Iterable[Registration],
    to: RegistrationState,
    *,
    now: datetime,
    cause: Cause = Cause.NONE,
    reason: str = "",
    offered_until: datetime | None = None,
    tell: bool = True,
) -> list[Registration]:
    """Move each that is not there yet, and owe the mail. The caller holds the lock on the event.

    Raises Refused for a move that the life of a registration does not have; then none is moved.
    """
    moving = [one for one in registrations if one.state != to]
    for one in moving:
        if not may_become(one.state, to):
            sentence = _("%(name)s: “%(state)s” by now, so this cannot be done any more. Nothing was changed.")
            raise Refused(sentence % {"name": one.name, "state": one.get_state_display()})
    for one in moving:
        one.state, one.state_since, one.cause, one.turn = to, now, cause, one.turn + 1
        one.offered_until, one.reason = offered_until, reason
    Registration.objects.bulk_update(moving, ["state", "state_since", "cause", "reason", "turn", "offered_until"])
    if to in DONE:
        pass_fees_on(moving)
    if tell:
        owe_mail(moving, now=now)
    return moving


def owe_mail(registrations: Iterable[Registration], *, now: datetime) -> None:
    """Owe the mail about where each stands: to the person, or to who placed the order for one without an account."""
    owed: list[tuple[User, str]] = []
    for one in registrations:
        owed.append((one.user or one.order.placed_by, f"registration:{one.pk}:{one.turn}"))
    owe_many(MAIL, owed, due=now)


def owe_first_mail(order: Order, registrations: list[Registration], *, now: datetime) -> None:
    """Owe what is said of a new order: each person their mail; who placed it for others, one about all of it.

    That one mail also speaks for colleagues without an account, who get none themselves.
    """
    if any(one.user == order.placed_by for one in registrations):
        owe_mail(registrations, now=now)
        return
    owe_mail([one for one in registrations if one.user], now=now)
    owe_many(ORDER_MAIL, [(order.placed_by, f"order:{order.pk}")], due=now)
