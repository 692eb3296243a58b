"""The mail to whoever is given a seat: what it says, and when it is not sent."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from courses.models import Seat
from courses.seats.actions import SETTLES, give, move, take_back
from lms.accounts import actions
from lms.notifications.models import Message
from lms.notifications.tasks import send_due
from tests.courses.seats.conftest import House
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db


def sent() -> list[tuple[str, str, str]]:
    """Address, subject and text of what went out once the giver had time to think again."""
    with time_machine.travel(timezone.now() + SETTLES + timedelta(minutes=1)):
        send_due()
    return [(letter.to[0], letter.subject, str(letter.body)) for letter in mail.outbox]


def test_it_names_giver_company_course_and_the_last_day(house: House) -> None:
    house.agreement.ends = date(2099, 12, 31)
    house.agreement.save()
    kari = house.colleague()
    give(house.agreement, kari, by=house.admin.user)
    [(to, subject, text)] = sent()
    assert to == kari.user.email
    assert subject == "Ola Demo has given you a seat on “Next”"
    for words in (house.company.name, "“Getting paid”", "31 December 2099", house.course.url, "Look at the course"):
        assert words in text


def test_of_several_courses_each_is_named_and_drafts_are_not(house: House) -> None:
    other, draft = make_course(title="After that"), make_course(title="Not yet", live=False)
    house.agreement.courses.add(other, draft)
    give(house.agreement, house.colleague(), by=house.admin.user)
    [(_to, _subject, text)] = sent()
    assert "“Getting paid”" in text
    assert "“After that”" in text
    assert "Not yet" not in text


def test_giving_it_again_is_one_mail(house: House) -> None:
    kari = house.colleague()
    for _time in range(2):
        give(house.agreement, kari, by=house.admin.user)
    assert len(sent()) == 1


def test_whoever_gives_themselves_a_seat_gets_no_mail(house: House) -> None:
    give(house.agreement, house.admin, by=house.admin.user)
    assert not Message.objects.exists()


def test_nobody_hears_of_a_seat_that_was_taken_back_at_once(house: House) -> None:
    take_back(give(house.agreement, house.colleague(), by=house.admin.user), by=house.admin.user)
    assert sent() == []


def test_a_seat_that_was_moved_is_told_to_who_has_it_now(house: House) -> None:
    kari, nils = house.colleague(), house.colleague()
    move(give(house.agreement, kari, by=house.admin.user), nils, by=house.admin.user)
    assert [to for to, _subject, _text in sent()] == [nils.user.email]


def test_who_has_left_hears_nothing(house: House) -> None:
    kari = house.colleague()
    give(house.agreement, kari, by=house.admin.user)
    actions.leave(kari)
    assert Seat.objects.exists()
    assert sent() == []


def test_nobody_is_asked_to_an_agreement_that_has_ended(house: House) -> None:
    give(house.agreement, house.colleague(), by=house.admin.user)
    house.agreement.ends = date(2020, 1, 1)
    house.agreement.save()
    assert sent() == []
