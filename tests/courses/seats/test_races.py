"""Many at once: the last seat, one colleague, a seat taken back under somebody's hands. With the lock and without."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from courses import actions as learning
from courses.models import Enrolment, LessonProgress, Seat
from courses.seats.actions import NoSeat, Refused, give, move, take_back
from courses.selectors import Place
from lms.accounts.models import Membership, User
from tests.courses.seats.conftest import House, make_house
from tests.races import ONE_WRITER, at_once

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

MANY = 50
COUNTED = 'FROM "courses_seat"'
"""The statement that counts the seats taken, once the agreement is locked."""


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The agreement is read, and not locked."""
    if ONE_WRITER:
        pytest.skip("SQLite lets one transaction in at a time, lock or no lock")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda queryset, *args, **kwargs: queryset)


def meeting(*calls: Callable[[], Any], after: str = COUNTED, alone: bool = True) -> list[Any]:
    """All at once, meeting where each has counted and none has taken."""
    return at_once(*calls, after=after, alone=alone)


def rush(house: House, *, many: int = MANY, alone: bool = True) -> list[Any]:
    """Many colleagues, each starting the course for themselves."""
    people = [User(email=f"many{number}@example.org", full_name=f"One of many {number}") for number in range(many)]
    made = User.objects.bulk_create(people)
    Membership.objects.bulk_create(Membership(user=one, company=house.company) for one in made)
    course = house.course
    starts = [lambda one=one: learning.enrol(one, course, company=house.company) for one in made]
    return meeting(*starts, alone=alone)


def test_of_many_who_want_the_last_seat_one_has_it_and_the_others_start_nothing(transactional_db: None):
    house = make_house(agreed=1)
    results = rush(house)
    assert sorted({type(one).__name__ for one in results}) == ["Enrolment", "NoSeat"]
    assert sum(isinstance(one, NoSeat) for one in results) == MANY - 1
    assert Seat.objects.count() == Enrolment.objects.count() == 1
    assert Seat.objects.get().user == Enrolment.objects.get().user


def test_without_the_lock_many_have_the_last_seat(transactional_db: None, unlocked: None):
    rush(make_house(agreed=1), many=5, alone=False)
    assert Seat.objects.count() == 5


def given_and_taken(*, alone: bool = True) -> list[Any]:
    """The administrator keeps the last seat for one colleague while another takes it."""
    house = make_house(agreed=1)
    kept, quick, course = house.colleague(), house.colleague(), house.course
    return meeting(
        lambda: give(house.agreement, kept, by=house.admin.user),
        lambda: learning.enrol(quick.user, course, company=house.company),
        alone=alone,
    )


def test_the_last_seat_is_given_or_taken_and_never_both(transactional_db: None):
    results = given_and_taken()
    assert sum(isinstance(one, NoSeat) for one in results) == 1
    assert Seat.objects.count() == 1


def test_without_the_lock_it_is_both(transactional_db: None, unlocked: None):
    given_and_taken(alone=False)
    assert Seat.objects.count() == 2


def test_giving_the_same_colleague_a_seat_twice_at_once_is_one_seat(transactional_db: None):
    house = make_house()
    colleague = house.colleague()
    first, second = meeting(*[lambda: give(house.agreement, colleague, by=house.admin.user)] * 2)
    assert first == second
    assert Seat.objects.count() == 1


def test_a_seat_is_moved_or_taken_back_and_never_taken_from_who_just_got_it(transactional_db: None):
    house = make_house(agreed=1)
    seat, other = give(house.agreement, house.colleague(), by=house.admin.user), house.colleague()
    stale = [Seat.objects.get(pk=seat.pk) for _n in range(2)]
    moved, back = meeting(
        lambda: move(stale[0], other, by=house.admin.user), lambda: take_back(stale[1], by=house.admin.user)
    )
    if isinstance(moved, Refused):
        assert back is True
        assert house.holders == set()
    else:
        assert back is False
        assert house.holders == {other.user}


def taken_back_under_work(*, alone: bool = True) -> list[Any]:
    """A colleague marks a lesson as done while the administrator takes the seat back."""
    house = make_house(agreed=1)
    colleague = house.colleague()
    learning.enrol(colleague.user, house.course, company=house.company)
    place, seat = Place(house.course, house.course.lessons[0]), Seat.objects.get()
    return meeting(
        lambda: take_back(seat, by=house.admin.user),
        lambda: learning.complete_lesson(colleague.user.pk, place),
        after="courses_lessonprogress",  # where one of them looks for work, and the other writes it
        alone=alone,
    )


def test_a_seat_is_taken_back_or_its_holder_has_worked_and_never_both(transactional_db: None):
    back, done = taken_back_under_work()
    if back is True:
        assert isinstance(done, learning.NotEnrolled)
        assert not LessonProgress.objects.exists()
    else:
        assert isinstance(back, Refused)
        assert LessonProgress.objects.get().completed_at
        assert Seat.objects.exists()


def test_without_the_lock_the_seat_goes_from_under_the_work(transactional_db: None, unlocked: None):
    back, done = taken_back_under_work(alone=False)
    assert isinstance(done, learning.Step)
    assert not isinstance(back, Refused), "it was decided that nothing had been done"


def opened_while_taken_back() -> tuple[Any, Any]:
    """A colleague opens a lesson just before the administrator, who has taken the seat back, is done."""
    house = make_house(agreed=1)
    colleague = house.colleague()
    learning.enrol(colleague.user, house.course, company=house.company)
    place, seat = Place(house.course, house.course.lessons[0]), Seat.objects.get()
    seen, back = at_once(
        lambda: learning.see_lesson(colleague.user.pk, place),
        lambda: take_back(seat, by=house.admin.user),
        before=f"INSERT INTO {LessonProgress._meta.db_table}",
        after=f'DELETE FROM "{Enrolment._meta.db_table}"',
    )
    return seen, back


def test_a_lesson_opened_while_the_seat_is_taken_back_has_not_been_started(transactional_db: None):
    assert opened_while_taken_back() == (None, True)
    assert not LessonProgress.objects.exists()


def test_without_waiting_whoever_opens_it_gets_an_error(transactional_db: None, monkeypatch: pytest.MonkeyPatch):
    if ONE_WRITER:
        pytest.skip("SQLite lets one transaction in at a time, lock or no lock")
    monkeypatch.setattr("courses.actions.learning.HOLD", "")
    seen, back = opened_while_taken_back()
    assert isinstance(seen, IntegrityError)
    assert back is True
