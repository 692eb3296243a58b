"""What an event's page offers to those who come: the way in, and afterwards what they thought of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.utils import timezone

from lms.events.models import Event, Registration
from lms.events.rules.being_there import COMING_IN, Door, door
from lms.events.rules.feedback import may_answer
from lms.events.selectors.attendance import spans

register = template.Library()


@dataclass(frozen=True, slots=True)
class Offered:
    """What one person can do now. `named` where the page is about several people."""

    registration: Registration
    named: bool
    join: bool
    check_in: bool
    feedback: bool


@register.simple_tag
def offered_to(event: Event, own: Iterable[Registration] | None) -> list[Offered]:
    """For each registration of `own` that can do something now. One query at most, and none long before the event."""
    people = [one for one in own or [] if one.state in COMING_IN]
    if not people or event.is_cancelled:
        return []
    now = timezone.now()
    over = event.ends_at is not None and now >= event.ends_at
    is_open = not over and door(spans(event.sessions.all()), now)[0] == Door.OPEN
    offered = [
        Offered(
            one,
            named=len(people) > 1,
            join=is_open and bool(event.link),
            check_in=is_open and event.starts_at is not None and one.user_id is not None,
            feedback=over and may_answer(one.state, seen=False, over=over),
        )
        for one in people
    ]
    return [one for one in offered if one.join or one.check_in or one.feedback]
