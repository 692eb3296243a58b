"""Seats change hands: taken by starting a course, given, taken back, moved on by an administrator.

Whoever decides on a seat holds the lock on its agreement, and counts after that: the last seat is given once. A seat is
known by its agreement and its holder: one that has gone to somebody else meanwhile is not the one that was meant.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.models import Seat, SeatAgreement
from courses.seats import selectors, sentences
from courses.seats.rules import Terms, Verdict, fits, has_ended, may_be_taken_back, ruling
from courses.selectors import Course
from lms.accounts.models import Company, Membership, User
from lms.accounts.selectors import administrators_of
from lms.notifications.actions import owe

GIVEN = "seats.given"
"""The kind of message for somebody a seat is kept for."""


SETTLES = timedelta(minutes=10)
"""A seat given to the wrong colleague is soon taken back: nobody needs to hear of it."""


class Refused(Exception):
    """What was asked for cannot be done; `sentence` tells the person why and what to do. Nothing was changed."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NoSeat(Refused):
    """All seats that could open the course are taken."""


def take(user: User, course: Course, company: Company | None, now: datetime | None = None) -> Seat | None:
    """Take a seat for who starts a course. The seat taken now; None where they hold one or the course is not limited.

    Called inside the transaction of the start. Raises NoSeat. At most three statements, one where nothing is limited.
    """
    if company is None:
        return None
    moment = now or timezone.now()
    covering = selectors.covering(company.pk, course.id, selectors.today(moment))
    locked = list(covering.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if not locked:
        return None
    current = selectors.terms_of_locked(locked, user.pk)
    found = ruling(current)
    if found.verdict is Verdict.FULL:
        raise NoSeat(why_not(user, company, current))
    if found.verdict is not Verdict.TAKES or found.terms is None:
        return None
    return Seat.objects.create(agreement_id=found.terms.id, user=user, taken_at=moment)


def why_not(user: User, company: Company, current: list[Terms]) -> str:
    """The sentence for somebody who finds no seat left. One statement."""
    people = [membership.user for membership in administrators_of(company)]
    return sentences.all_taken(current, [str(one) for one in people], administers=user in people)


@transaction.atomic
def give(agreement: SeatAgreement, membership: Membership, *, by: User, now: datetime | None = None) -> Seat:
    """Keep a seat for a colleague, before they start. Who holds one keeps it, and nothing changes."""
    moment = now or timezone.now()
    agreement = _locked(agreement.pk, moment)
    person = _colleague(agreement, membership)
    if held := Seat.objects.filter(agreement=agreement, user=person).first():
        return held
    used = Seat.objects.filter(agreement=agreement).count()
    if not fits(agreement.agreed, agreement.extra, used + 1):
        sentence = _(
            "All seats of “%(agreement)s” are taken. Take one back or move one, or write to the programme for more."
        )
        raise NoSeat(sentence % {"agreement": agreement.name})
    seat = Seat.objects.create(agreement=agreement, user=person, given_by=by, taken_at=moment)
    log(agreement, "seats.give", user=by, data={"person": str(person)})
    _tell(seat, by, moment)
    return seat


@transaction.atomic
def take_back(seat: Seat, *, by: User, now: datetime | None = None) -> bool:
    """Free a seat whose holder has done nothing with it or is in the company no more. Gone already: nothing changes.

    Courses they have only opened are not started any more, so that a seat given back is not a way around the limit.
    """
    agreement = _locked(seat.agreement_id, now or timezone.now())
    held = Seat.objects.filter(agreement=agreement, user=seat.user_id).first()
    if held is None:
        return False
    person = _freed(held, agreement)
    held.delete()
    log(agreement, "seats.take_back", user=by, data={"person": str(person)})
    return True


@transaction.atomic
def move(seat: Seat, to_membership: Membership, *, by: User, now: datetime | None = None) -> Seat:
    """Give a seat that could be taken back to a colleague. Moving it again to the same one changes nothing."""
    moment = now or timezone.now()
    agreement = _locked(seat.agreement_id, moment)
    person = _colleague(agreement, to_membership)
    found = {one.user_id: one for one in Seat.objects.filter(agreement=agreement, user__in=[seat.user_id, person.pk])}
    held, theirs = found.get(seat.user_id), found.get(person.pk)
    if theirs and held in (None, theirs):
        return theirs
    if theirs:
        raise Refused(_("%(name)s has a seat already. Nothing was changed.") % {"name": person})
    if held is None:
        raise Refused(_("Somebody else has taken this seat back. Give a free one instead."))
    before = _freed(held, agreement)
    held.user, held.given_by, held.taken_at = person, by, moment
    held.save(update_fields=["user", "given_by", "taken_at"])
    log(agreement, "seats.move", user=by, data={"person": str(person), "before": str(before)})
    _tell(held, by, moment)
    return held


def hand_on(giver: Membership, taker: Membership, by: User) -> int:
    """Give a colleague every seat of the giver's that can be moved. How many it was."""
    moved = 0
    held = Seat.objects.filter(user=giver.user_id, agreement__company=giver.company_id)
    for seat in held.order_by("agreement_id"):
        with suppress(Refused):  # it is used, or the colleague has one: it stays where it is
            move(seat, taker, by=by)
            moved += 1
    return moved


def _tell(seat: Seat, by: User, moment: datetime) -> None:
    """Let the new holder know, who has not asked for it."""
    if seat.user != by:
        owe(GIVEN, recipient=seat.user, subject=f"seat:{seat.pk}", due=moment + SETTLES)


def _locked(pk: int, moment: datetime) -> SeatAgreement:
    """The agreement, locked until the transaction ends. One that has ended stays as it was."""
    agreement = SeatAgreement.objects.select_for_update(no_key=True).get(pk=pk)
    if agreement.ends and has_ended(agreement.ends, selectors.today(moment)):
        sentence = _("“%(agreement)s” ended on %(day)s, so its seats stay as they were.")
        raise Refused(sentence % {"agreement": agreement.name, "day": date_format(agreement.ends)})
    return agreement


def _colleague(agreement: SeatAgreement, membership: Membership) -> User:
    """Whom the membership is about, if they can hold a seat of this agreement now."""
    found = selectors.colleagues(agreement).filter(pk=membership.pk).first()
    if found is None:
        raise Refused(_("This person is not in the company now. Nothing was changed."))
    return found.user


def _freed(seat: Seat, agreement: SeatAgreement) -> User:
    """Whom the seat is taken from, with what they only opened not started any more. Raises Refused."""
    seat.agreement = agreement
    list(selectors.started_with(seat).select_for_update(of=("self",)))  # no lesson is done while we look
    held = selectors.holders(Seat.objects.filter(pk=seat.pk)).get()
    person: User = held.user
    if not may_be_taken_back(at_work=held.at_work, in_company=held.in_company):  # type: ignore[attr-defined]
        sentence = _("%(name)s has done lessons with this seat, so it stays with them.")
        raise Refused(sentence % {"name": person})
    selectors.started_with(seat).exclude(pk__in=selectors.work_with(seat).values("pk")).delete()
    return person
