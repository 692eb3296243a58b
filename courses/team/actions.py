"""What an administrator does for colleagues: reminds them, and gives what one was to take to another."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.models import LearningPath
from courses.selectors import outline_now
from courses.team import selectors
from courses.team.selectors import KIND, subject_of
from lms.accounts.models import Company, Membership, User
from lms.accounts.rules import MembershipState
from lms.notifications.actions import owe, owe_many


class Refused(Exception):
    """It cannot be done; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def nudge(membership: Membership, *, by: User, now: datetime | None = None) -> bool:
    """Owe the person a mail that `by` asks them to go on; False when they were reminded today, by whomever.

    Refused for who has left or cannot sign in, for oneself, and where nothing waits for the person.
    """
    now = now or timezone.now()
    Company.objects.select_for_update().get(pk=membership.company_id)
    membership = Membership.objects.select_related("user", "company").get(pk=membership.pk)
    if membership.state != MembershipState.ACTIVE or not membership.user.is_active:
        raise Refused(_("This person is not in the company any more. No mail was sent."))
    if membership.user_id == by.pk:
        raise Refused(_("This is you. No mail was sent."))
    if selectors.reminded_today(membership, now):
        return False
    if not selectors.tasks_of(membership, outline_now()).anything:
        raise Refused(_("Nothing waits for %(name)s just now. No mail was sent.") % {"name": membership.user})
    owe(KIND, recipient=membership.user, subject=subject_of(membership.pk, by.pk), due=now)
    log(membership.company, "team.nudge", user=by, data={"people": [str(membership.user)]})
    return True


@transaction.atomic
def nudge_idle(membership: Membership, *, by: User, now: datetime | None = None) -> int:
    """Remind everybody in the company who has begun nothing or has been away; how many were not reminded today yet.

    `membership` is that of `by`. Who turns out to have nothing to do gets no mail: that is looked at when it is sent.
    """
    now = now or timezone.now()
    company = Company.objects.select_for_update().get(pk=membership.company_id)
    idle = [one for one in selectors.roster(company) if not one.asks and one.can_sign_in and one.is_idle(now)]
    fresh = {one.user_id: one for one in idle if one.user_id != by.pk and not one.was_reminded(now)}
    if not fresh:
        return 0
    people = User.objects.in_bulk(fresh)
    owe_many(
        KIND,
        [(people[user_id], subject_of(person.membership_id, by.pk)) for user_id, person in fresh.items()],
        due=now,
    )
    log(company, "team.nudge", user=by, data={"people": [person.name for person in fresh.values()]})
    return len(fresh)


@transaction.atomic
def reassign(giver: Membership, taker: Membership, *, by: User) -> int:
    """Give a colleague what the company asks one person to take, without what they have begun. How much it was.

    Both are active in the same company, or it is refused. Doing it again changes nothing. What is handed on is in
    MOVES: each takes the two memberships and says how many things it moved.
    """
    Company.objects.select_for_update().get(pk=giver.company_id)
    active = Membership.objects.filter(company=giver.company_id, state=MembershipState.ACTIVE, user__is_active=True)
    found = active.select_related("company", "user").in_bulk([giver.pk, taker.pk])
    if giver.pk == taker.pk or len(found) < 2:
        raise Refused(_("Choose a colleague who is in the company. Nothing was changed."))
    giver, taker = found[giver.pk], found[taker.pk]
    moved = sum(move(giver, taker, by) for move in MOVES)
    if moved:
        people = {"from": str(giver.user), "to": str(taker.user), "number": moved}
        log(giver.company, "team.reassign", user=by, data=people)
    return moved


def move_steps(giver: Membership, taker: Membership, by: User) -> int:
    """The steps of the company's path that name the giver, who has not begun them. The path's version rises."""
    path = LearningPath.objects.select_for_update().filter(company=giver.company_id).first()
    if path is None:
        return 0
    steps = list(selectors.steps_naming(giver))
    for step in steps:
        step.people.remove(giver.user_id)
        step.people.add(taker.user_id)
    if steps:
        path.version += 1
        path.adjusted_by, path.adjusted_at = by, timezone.now()
        path.save(update_fields=["version", "adjusted_by", "adjusted_at"])
    return len(steps)


Move = Callable[[Membership, Membership, User], int]
MOVES: list[Move] = [move_steps]


def register_move(move: Move) -> None:
    """Hand on something more of what a company asks of a person. Registering it again changes nothing."""
    if move not in MOVES:
        MOVES.append(move)
