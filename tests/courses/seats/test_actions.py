"""Seats taken by starting, given, taken back and moved on: each twice, late, full, and not the company's own."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from courses import actions as learning
from courses.models import Enrolment, LessonProgress, Seat
from courses.seats import selectors
from courses.seats.actions import NoSeat, Refused, give, move, take, take_back
from courses.selectors import Place
from lms.accounts.models import Membership
from tests.courses.conftest import outline_of
from tests.courses.seats.conftest import House
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.courses import (
    EnrolmentFactory,
    QuizAttemptFactory,
    WorksheetAnswerFactory,
    lessons_of,
    make_course,
)
from tests.factories.seats import SeatAgreementFactory, SeatFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def start(house: House, who: Membership, **fields: Any) -> Enrolment:
    return learning.enrol(who.user, house.course, company=house.company, **fields)


def logged(house: House) -> list[str]:
    entries = ModelLogEntry.objects.filter(action__startswith="seats.", object_id=str(house.agreement.pk))
    return [entry.message for entry in entries.order_by("pk")]


@pytest.mark.database
class TestTake:
    def test_starting_takes_a_seat_at_the_moment_of_the_start(self, house: House):
        enrolment = start(house, house.colleague(), now=NOON)
        seat = Seat.objects.get()
        assert (seat.user, seat.taken_at, seat.given_by) == (enrolment.user, NOON, None)
        assert enrolment.started_at == NOON

    def test_starting_again_takes_no_other(self, house: House):
        colleague = house.colleague()
        assert start(house, colleague) == start(house, colleague)
        assert Seat.objects.count() == 1

    def test_one_seat_opens_every_course_of_the_agreement(self, house: House):
        other = make_course()
        house.agreement.courses.add(other)
        colleague = house.colleague()
        for page in (house.page, other):
            learning.enrol(colleague.user, outline_of(page), company=house.company)
        assert Seat.objects.count() == 1
        assert Enrolment.objects.count() == 2

    def test_with_none_left_nothing_is_started_and_the_sentence_says_whom_to_ask(self, house: House):
        for _n in range(2):
            start(house, house.colleague())
        late = house.colleague()
        with pytest.raises(NoSeat) as refused:
            start(house, late)
        assert refused.value.sentence == (
            "All 2 seats of “Next” are taken. Ask Ola Demo to give you one, or write to the programme."
        )
        assert not Enrolment.objects.filter(user=late.user).exists()

    def test_an_administrator_is_not_told_to_ask_themselves(self, house: House):
        for _n in range(2):
            start(house, house.colleague())
        with pytest.raises(NoSeat, match="Free one on your company’s page of seats"):
            start(house, house.admin)

    def test_a_seat_added_later_can_be_taken(self, house: House):
        house.agreement.extra = 1
        house.agreement.save()
        for _n in range(3):
            start(house, house.colleague())
        assert Seat.objects.count() == 3

    def test_an_agreement_without_seats_says_so(self, house: House):
        house.agreement.agreed = 0
        house.agreement.save()
        with pytest.raises(NoSeat, match="There is no seat in “Next”"):
            start(house, house.colleague())

    def test_a_course_on_no_agreement_is_not_limited(self, house: House):
        learning.enrol(house.colleague().user, outline_of(make_course()), company=house.company)
        assert not Seat.objects.exists()

    def test_another_company_is_not_limited_and_nobody_without_one(self, house: House):
        assert take(UserFactory(), house.course, CompanyFactory()) is None
        assert take(UserFactory(), house.course, None) is None

    def test_who_is_in_two_companies_takes_the_seat_of_the_one_they_act_for(self, house: House):
        other = SeatAgreementFactory(courses=[house.page])
        person = house.colleague().user
        MembershipFactory(user=person, company=other.company)
        learning.enrol(person, house.course, company=other.company)
        assert Seat.objects.get().agreement == other

    def test_a_given_seat_opens_the_course_when_all_are_taken(self, house: House):
        kept = house.colleague()
        give(house.agreement, kept, by=house.admin.user)
        start(house, house.colleague())
        assert start(house, kept).pk
        assert Seat.objects.count() == 2

    def test_who_has_started_goes_on_when_the_agreement_has_ended_or_is_full(self, house: House):
        colleague = house.colleague()
        first = start(house, colleague)
        Seat.objects.all().delete()
        house.agreement.agreed = 0
        house.agreement.save()
        assert start(house, colleague) == first

    @pytest.mark.parametrize(
        ("starts", "ends", "limited"),
        [
            (None, date(2026, 11, 25), False),
            (None, date(2026, 11, 26), True),
            (date(2026, 11, 26), None, True),
            (date(2026, 11, 27), None, False),
        ],
    )
    def test_it_limits_from_its_first_to_its_last_day(
        self, house: House, starts: date | None, ends: date | None, limited: bool
    ):
        house.agreement.starts, house.agreement.ends = starts, ends
        house.agreement.save()
        start(house, house.colleague(), now=NOON)
        assert Seat.objects.exists() is limited

    def test_the_day_is_that_of_the_product_s_home(self, house: House):
        house.agreement.starts = date(2026, 11, 27)
        house.agreement.save()
        start(house, house.colleague(), now=datetime(2026, 11, 26, 23, 30, tzinfo=UTC))  # half past midnight in Oslo
        assert Seat.objects.exists()

    def test_of_several_agreements_the_one_that_ends_first_gives(self, house: House):
        soon = SeatAgreementFactory(company=house.company, courses=[house.page], ends=date(2027, 1, 1))
        house.agreement.ends = date(2027, 6, 1)
        house.agreement.save()
        for _n in range(2):
            start(house, house.colleague(), now=NOON)
        assert list(Seat.objects.values_list("agreement", flat=True)) == [soon.pk, house.agreement.pk]

    def test_when_several_are_full_all_are_named(self, house: House):
        SeatAgreementFactory(company=house.company, courses=[house.page], agreed=1, name="More")
        for _n in range(3):
            start(house, house.colleague())
        with pytest.raises(NoSeat, match="All 3 seats of “Next” and “More” are taken"):
            start(house, house.colleague())

    @pytest.mark.parametrize("agreements", [0, 1])
    def test_it_costs_one_statement_and_three_with_an_agreement(
        self, house: House, agreements: int, django_assert_num_queries: Any
    ):
        if not agreements:
            house.agreement.delete()
        course = house.course
        with django_assert_num_queries(3 if agreements else 1):
            take(house.admin.user, course, house.company)


class TestGive:
    def test_a_colleague_has_a_seat_before_they_start(self, house: House):
        colleague = house.colleague()
        seat = give(house.agreement, colleague, by=house.admin.user, now=NOON)
        assert (seat.user, seat.given_by, seat.taken_at) == (colleague.user, house.admin.user, NOON)
        assert logged(house) == [f"Gave a seat to {colleague.user}"]

    def test_giving_twice_gives_once_also_when_it_was_the_last_one(self, house: House):
        give(house.agreement, house.colleague(), by=house.admin.user)
        colleague = house.colleague()
        first = give(house.agreement, colleague, by=house.admin.user)
        assert give(house.agreement, colleague, by=house.admin.user) == first
        assert len(logged(house)) == 2

    def test_not_more_than_there_are(self, house: House):
        for _n in range(2):
            give(house.agreement, house.colleague(), by=house.admin.user)
        with pytest.raises(NoSeat, match="All seats of “Next” are taken"):
            give(house.agreement, house.colleague(), by=house.admin.user)

    def test_only_to_people_of_the_company(self, house: House):
        strangers = [
            MembershipFactory(),
            house.colleague(state="left"),
            house.colleague(state="asked"),
            house.colleague(user=UserFactory(is_active=False)),
        ]
        for stranger in strangers:
            with pytest.raises(Refused, match="not in the company"):
                give(house.agreement, stranger, by=house.admin.user)
        assert not Seat.objects.exists()

    def test_one_that_has_ended_stays_as_it_was(self, house: House):
        house.agreement.ends = date(2026, 11, 25)
        house.agreement.save()
        seat = SeatFactory(agreement=house.agreement)
        for change in (
            lambda: give(house.agreement, house.colleague(), by=house.admin.user, now=NOON),
            lambda: take_back(seat, by=house.admin.user, now=NOON),
            lambda: move(seat, house.colleague(), by=house.admin.user, now=NOON),
        ):
            with pytest.raises(Refused, match="ended on 25 November 2026, so its seats stay"):
                change()
        assert house.holders == {seat.user}

    def test_one_to_come_can_be_given_before_it_begins(self, house: House):
        house.agreement.starts = date(2026, 12, 1)
        house.agreement.save()
        assert give(house.agreement, house.colleague(), by=house.admin.user, now=NOON).pk


@pytest.mark.database
class TestTakeBack:
    def test_a_seat_nobody_began_with_is_free_again(self, house: House):
        colleague = house.colleague()
        seat = give(house.agreement, colleague, by=house.admin.user)
        assert take_back(seat, by=house.admin.user)
        assert not Seat.objects.exists()
        assert logged(house)[-1] == f"Took back the seat of {colleague.user}"

    def test_taking_it_back_twice_changes_nothing(self, house: House):
        seat = give(house.agreement, house.colleague(), by=house.admin.user)
        stale = Seat.objects.get(pk=seat.pk)
        take_back(seat, by=house.admin.user)
        assert not take_back(stale, by=house.admin.user)
        assert len(logged(house)) == 2

    def test_a_course_only_opened_is_not_started_any_more(self, house: House):
        """Else a seat taken back would leave the course open, and the next one could start too."""
        colleague = house.colleague()
        start(house, colleague)
        learning.see_lesson(colleague.user.pk, Place(house.course, house.course.lessons[0]))
        take_back(Seat.objects.get(), by=house.admin.user)
        assert not Enrolment.objects.exists()
        assert not LessonProgress.objects.exists()

    def test_what_was_started_before_the_seat_stays(self, house: House):
        colleague = house.colleague()
        before = EnrolmentFactory(user=colleague.user, course=house.page, company=house.company)
        take_back(give(house.agreement, colleague, by=house.admin.user), by=house.admin.user)
        assert Enrolment.objects.get() == before

    def test_what_was_started_for_another_company_stays(self, house: House):
        colleague = house.colleague()
        seat = give(house.agreement, colleague, by=house.admin.user)
        elsewhere = MembershipFactory(user=colleague.user).company
        learning.enrol(colleague.user, house.course, company=elsewhere)
        take_back(seat, by=house.admin.user)
        assert Enrolment.objects.get().company == elsewhere

    def lesson(self, house: House, enrolment: Enrolment) -> None:
        learning.complete_lesson(enrolment.user_id, Place(house.course, house.course.lessons[0]))

    def quiz(self, house: House, enrolment: Enrolment) -> None:
        QuizAttemptFactory(enrolment=enrolment, passed=False, score=0)

    def words(self, house: House, enrolment: Enrolment) -> None:
        learning.see_lesson(enrolment.user_id, Place(house.course, house.course.lessons[0]))
        lesson = lessons_of(house.page)[0]
        WorksheetAnswerFactory(company=house.company, lesson=lesson, updated_by=enrolment.user)

    @pytest.mark.parametrize("work", ["lesson", "quiz", "words"])
    def test_it_stays_with_who_has_done_something(self, house: House, work: str):
        colleague = house.colleague()
        getattr(self, work)(house, start(house, colleague))
        with pytest.raises(Refused, match=f"{colleague.user} has done lessons with this seat"):
            take_back(Seat.objects.get(), by=house.admin.user)
        assert house.holders == {colleague.user}
        assert Enrolment.objects.exists()

    def test_from_who_has_left_it_comes_back_and_their_work_stays(self, house: House):
        colleague = house.colleague()
        self.lesson(house, start(house, colleague))
        colleague.state = "left"
        colleague.save()
        assert take_back(Seat.objects.get(), by=house.admin.user)
        assert LessonProgress.objects.get().completed_at

    def test_a_colleague_s_words_on_the_same_worksheet_are_not_theirs(self, house: House):
        colleague = house.colleague()
        enrolment = start(house, colleague)
        learning.see_lesson(enrolment.user_id, Place(house.course, house.course.lessons[0]))
        WorksheetAnswerFactory(company=house.company, lesson=lessons_of(house.page)[0], updated_by=house.admin.user)
        assert take_back(Seat.objects.get(), by=house.admin.user)


class TestMove:
    def test_a_seat_goes_to_a_colleague(self, house: House):
        before, after = house.colleague(), house.colleague()
        seat = give(house.agreement, before, by=house.admin.user, now=NOON - timedelta(days=9))
        moved = move(seat, after, by=house.admin.user, now=NOON)
        assert (moved.pk, moved.user, moved.taken_at) == (seat.pk, after.user, NOON)
        assert logged(house)[-1] == f"Gave the seat of {before.user} to {after.user}"

    def test_moving_it_twice_changes_nothing(self, house: House):
        seat, after = give(house.agreement, house.colleague(), by=house.admin.user), house.colleague()
        move(Seat.objects.get(), after, by=house.admin.user)
        assert move(seat, after, by=house.admin.user).user == after.user
        assert len(logged(house)) == 2

    def test_one_that_went_to_somebody_else_is_not_taken_from_them(self, house: House):
        seat, after = give(house.agreement, house.colleague(), by=house.admin.user), house.colleague()
        move(Seat.objects.get(), after, by=house.admin.user)
        assert not take_back(seat, by=house.admin.user)
        assert house.holders == {after.user}

    def test_not_to_who_has_one(self, house: House):
        seat, other = give(house.agreement, house.colleague(), by=house.admin.user), house.colleague()
        give(house.agreement, other, by=house.admin.user)
        with pytest.raises(Refused, match="has a seat already"):
            move(seat, other, by=house.admin.user)

    def test_not_from_who_learns_with_it(self, house: House):
        colleague = house.colleague()
        start(house, colleague)
        learning.complete_lesson(colleague.user.pk, Place(house.course, house.course.lessons[0]))
        with pytest.raises(Refused, match="stays with them"):
            move(Seat.objects.get(), house.colleague(), by=house.admin.user)
        assert house.holders == {colleague.user}

    def test_not_out_of_the_company(self, house: House):
        seat = give(house.agreement, house.colleague(), by=house.admin.user)
        with pytest.raises(Refused, match="not in the company"):
            move(seat, MembershipFactory(), by=house.admin.user)

    def test_one_that_was_taken_back_meanwhile_is_not_moved(self, house: House):
        seat = give(house.agreement, house.colleague(), by=house.admin.user)
        stale = Seat.objects.get(pk=seat.pk)
        take_back(seat, by=house.admin.user)
        with pytest.raises(Refused, match="taken this seat back"):
            move(stale, house.colleague(), by=house.admin.user)

    def test_the_new_holder_starts_and_the_old_one_cannot(self, house: House):
        house.agreement.agreed = 1
        house.agreement.save()
        before, after = house.colleague(), house.colleague()
        start(house, before)
        move(Seat.objects.get(), after, by=house.admin.user)
        with pytest.raises(NoSeat):
            start(house, before)
        assert start(house, after).pk


# --- Whatever happens in whatever order ------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(st.sampled_from(["start", "give", "take_back", "move", "learn", "leave"]), *[st.integers(0, 4)] * 2),
    max_size=14,
)


@settings(max_examples=20)
@given(steps=STEPS, agreed=st.integers(0, 3))
def test_never_more_than_agreed_and_one_row_a_person_whatever_the_order(
    house: House, steps: list[tuple[str, int, int]], agreed: int
) -> None:
    with transaction.atomic():
        house.agreement.agreed = agreed
        house.agreement.save()
        people = [house.colleague() for _n in range(5)]
        for step in steps:
            try:
                with transaction.atomic():
                    act(house, people, *step)
            except (Refused, learning.NotEnrolled):
                pass
            [terms] = selectors.seats_of(house.company)
            assert 0 <= terms.remaining <= agreed
            rows = Seat.objects.values_list("user", flat=True)
            assert len(set(rows)) == len(rows)
            started = set(Enrolment.objects.filter(company=house.company).values_list("user", flat=True))
            gone = {one.user_id for one in people if one.state == "left"}
            assert started - gone <= set(rows), "somebody in the company learns without a seat"
        transaction.set_rollback(True)


def act(house: House, people: list[Membership], what: str, one: int, other: int) -> None:
    who, by = people[one], house.admin.user
    seat = Seat.objects.filter(user=who.user).first()
    if what == "start" and who.state == "active":
        start(house, who)
    elif what == "give":
        give(house.agreement, who, by=by)
    elif what == "learn":
        learning.complete_lesson(who.user_id, Place(house.course, house.course.lessons[0]))
    elif what == "leave":
        who.state = "left"
        who.save()
    elif seat and what == "take_back":
        take_back(seat, by=by)
    elif seat and what == "move":
        move(seat, people[other], by=by)
