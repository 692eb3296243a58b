"""What stands beside an event, in words, for everybody who may see it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from lms.events.actions import cancel
from lms.events.models import Fee, Registration
from lms.events.rules import Price, nok, prices_said
from lms.events.selectors import numbers_in_line
from lms.events.shown import apart_said, moment_said, zone_said
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.events import EventFactory, at, person, registered, registration

pytestmark = pytest.mark.django_db


def page(client, event, user=None) -> str:
    if user is not None:
        client.force_login(user)
    answer = client.get(event.get_absolute_url())
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def everyone(**fields):
    return EventFactory(visibility="everyone", **fields)


def test_places_left_and_how_many_wait(client):
    event, reader = everyone(capacity=2), UserFactory()
    assert "2 places left" in page(client, event, reader)
    registration(event)
    assert "1 place left" in page(client, event, reader)
    registration(event)
    assert "<dd>Full</dd>" in page(client, event, reader)
    for _one in range(3):
        registration(event)
    assert "Full: 3 people wait" in page(client, event, reader)


def test_nothing_is_said_of_limits_that_are_not_there(client):
    html = page(client, everyone())
    assert "left" not in html.split('id="registration"')[1].split("</aside>")[0]
    assert "From one company" not in html


def test_the_fee_by_kind_of_company(client):
    event = everyone()
    Fee.objects.create(event=event, company_kind="company", amount=500_000)
    html = page(client, event)
    assert "<dt>Companies</dt><dd>NOK 5,000 per company</dd>" in html
    assert "<dt>Public institutions</dt><dd>Free of charge</dd>" in html


@pytest.mark.parametrize(
    ("fees", "said"),
    [
        ({}, [("", 0)]),
        ({"": Price(100)}, [("", 100)]),
        ({"company": Price(0), "": Price(0, "person")}, [("", 0)]),
        ({"company": Price(5), "hospital": Price(7)}, [
            ("Companies", 5), ("Municipalities", 0), ("Hospitals", 7), ("Universities", 0), ("Investors and others", 0),
        ]),
        ({"investor": Price(5), "": Price(7)}, [
            ("Companies", 7), ("Public institutions", 7), ("Investors", 5), ("Others", 7),
        ]),
    ],
)  # fmt: skip
def test_who_pays_what_in_as_few_lines_as_there_are_differences(fees, said):
    assert [(str(who), price.amount) for who, price in prices_said(fees)] == said


def test_an_amount_is_written_in_crowns():
    assert [nok(one) for one in (0, 500_000, 123_456_789, 5)] == [
        "NOK 0",
        "NOK 5,000",
        "NOK 1,234,567.89",
        "NOK 0.05",
    ]


def test_times_name_the_zone_and_the_readers_own_where_it_differs(client):
    sessions = [{"starts_at": at(2027, 5, 31, 14), "ends_at": at(2027, 5, 31, 16)}]
    event = everyone(time_zone="America/Chicago", sessions=sessions)
    html = page(client, event, UserFactory())
    assert "Monday 31 May 2027, 09:00–11:00" in html
    assert "Chicago time (CDT)" in html
    assert "Begins 31 May 2027, 16:00, Oslo time (CEST)" in html
    assert "Begins" not in page(client, event, UserFactory(time_zone="America/Chicago"))


@pytest.mark.parametrize(
    ("zone", "moment", "words"),
    [
        ("America/Chicago", at(2027, 6, 1), "7 hours behind Oslo"),
        ("America/Chicago", at(2027, 3, 20), "6 hours behind Oslo"),
        ("Europe/London", at(2027, 6, 1), "1 hour behind Oslo"),
        ("Asia/Kolkata", at(2027, 1, 5), "4.5 hours ahead of Oslo"),
    ],
)
def test_how_far_the_clocks_are_apart_is_said(zone, moment, words):
    assert apart_said(moment.astimezone(ZoneInfo(zone)), ZoneInfo("Europe/Oslo")) == words


def test_a_zone_without_letters_is_its_city_alone():
    assert zone_said(at(2027, 1, 1), ZoneInfo("America/Sao_Paulo")) == "Sao Paulo time"
    assert moment_said(at(2026, 10, 25, 0, 30), ZoneInfo("Europe/Oslo")) == "25 October 2026, 02:30, Oslo time (CEST)"
    assert moment_said(at(2026, 10, 25, 1, 30), ZoneInfo("Europe/Oslo")) == "25 October 2026, 02:30, Oslo time (CET)"


def test_a_visitor_is_shown_both_ways_in_and_comes_back_to_the_form(client):
    event = everyone()
    html = page(client, event)
    for way in ("login", "signup"):
        assert f"/accounts/{way}/?next=%2Fevents%2F{event.pk}%2Fregister%2F" in html


def test_what_is_so_is_said(client):
    reader = MembershipFactory().user
    for fields, words in [
        ({"status": "cancelled", "cancelled_why": "The speaker is ill."}, "The speaker is ill."),
        ({"status": "tentative"}, "Tentative, all to be confirmed"),
        ({"opens_at": at(2099, 1, 1)}, "Registration opens 1 January 2099, 01:00, Oslo time (CET)."),
        ({"closes_at": at(2020, 1, 1)}, "Registration is closed."),
        ({"sessions": [{"starts_at": at(2020, 1, 1)}]}, "This event is over"),
        ({"approval": True}, "An organiser answers each request."),
        ({"capacity": 0}, "Join the waiting list"),
    ]:
        assert words in page(client, everyone(**fields), reader), fields


def test_where_somebody_stands_is_said_to_them(client):
    event = everyone(capacity=1)
    first, second, third = (MembershipFactory() for _one in range(3))
    made = [registered(event, person(one.user), by=one.user, company=one.company) for one in (first, second, third)]
    assert "You have a place." in page(client, event, first.user)
    assert "You are number 2 in line." in page(client, event, third.user)
    cancel(made[0].registrations.get())
    html = page(client, event, second.user)
    assert "A place is free for you until" in html
    assert "Take the place" in html
    assert "You are number 1 in line." in page(client, event, third.user)
    assert "You have given up your place." in page(client, event, first.user)


def test_an_offer_that_ran_out_offers_no_button(client):
    event = everyone(capacity=1)
    one = registration(event)
    mine = MembershipFactory()
    registered(event, person(mine.user), by=mine.user, company=mine.company)
    cancel(one)
    Registration.objects.filter(user=mine.user).update(offered_until=timezone.now() - timedelta(minutes=1))
    html = page(client, event, mine.user)
    assert "The time to take this place is over." in html
    assert "Take the place" not in html


def test_those_who_come_together_have_one_number_and_count_for_all_behind_them():
    event = EventFactory(capacity=2)
    registration(event)
    group = registered(event, person(), person(), by=MembershipFactory().user, together=True)
    last = registration(event)
    numbers = numbers_in_line({event.pk})
    assert [numbers[one.pk] for one in group.registrations.all()] == [1, 1]
    assert numbers[last.pk] == 3


def test_colleagues_one_registered_stand_there_and_an_offer_to_all_is_answered_once(client):
    event = everyone(capacity=2)
    full = registered(event, person(), person(), by=MembershipFactory().user)
    mine = MembershipFactory()
    registered(event, person(name="Per"), person(name="Pia"), by=mine.user, company=mine.company, together=True)
    for one in full.registrations.all():
        cancel(one)
    html = page(client, event, mine.user)
    assert html.index("Per") < html.index("Pia") or html.index("Pia") < html.index("Per")
    assert html.count("A place is free until") == 2
    assert html.count("Take the place") == 1


def test_what_is_left_for_the_company_counts_every_registration(client):
    event, mine = everyone(per_company=2), MembershipFactory()
    registered(event, person(), by=mine.user, company=mine.company)
    assert f"1 of 2 places of {mine.company.name} left" in page(client, event, mine.user)
    registered(event, person(), by=mine.user, company=mine.company)
    assert "Everybody whom your company may send is registered." in page(client, event, mine.user)


def test_who_is_in_no_company_is_told_where_one_is_needed(client):
    assert "you are in none yet" in page(client, everyone(per_company=2), UserFactory())
    assert "you are in none yet" not in page(client, everyone(), UserFactory())


def test_what_is_paid_and_what_not_stands_line_by_line(client):
    html = page(client, everyone(covered="Food\n\n<b>Bus</b>", not_covered="Hotel"))
    assert "Food<br>&lt;b&gt;Bus&lt;/b&gt;" in html
    assert "<dt>Paid by oneself</dt><dd>Hotel</dd>" in html


@pytest.mark.parametrize("number", [3, 300])
def test_the_page_takes_the_same_statements_at_3_and_300(client, number, django_assert_max_num_queries):
    event, mine = everyone(capacity=1), MembershipFactory()
    registered(event, person(mine.user), *(person() for _one in range(number)), by=mine.user, company=mine.company)
    registered(event, person(), by=mine.user, company=CompanyFactory())
    client.force_login(mine.user)
    with django_assert_max_num_queries(17):
        assert b"You have a place." in client.get(event.get_absolute_url()).content


def test_what_was_typed_is_dropped_once_somebody_is_registered(client, mine):
    event = everyone()
    draft = f'data-draft-done="register-{event.pk}-{mine.company.pk}-{mine.user.pk}"'
    assert draft not in page(client, event, mine.user)
    registered(event, person(mine.user), by=mine.user, company=mine.company)
    assert draft in page(client, event, mine.user)


class TestOver:
    """Of what is over nothing is said that asks somebody to come."""

    GONE = ("Register", "get a link of their own", "Place to come", "To register, sign in", "Add to calendar")

    def past(self, **fields):
        return everyone(sessions=[{"starts_at": at(2020, 1, 1), "ends_at": at(2020, 1, 1, 2)}], **fields)

    def box(self, html: str) -> str:
        return html.split('id="registration"')[1].split("</aside>")[0]

    @pytest.mark.parametrize("fields", [{"link": "https://example.org/call"}, {}, {"capacity": 3, "approval": True}])
    @pytest.mark.parametrize("signed_in", [True, False])
    def test_nobody_is_asked_to_register(self, client, fields, signed_in):
        html = page(client, self.past(**fields), MembershipFactory().user if signed_in else None)
        assert "This event is over</h2>" in html
        assert 'href="/events/"' in self.box(html)
        assert [words for words in self.GONE if words in self.box(html)] == []
        assert "About registering" not in html

    def test_where_it_was_stands(self, client):
        assert "<dd>Oslo</dd>" in page(client, self.past(place="Oslo"))
        assert "<dd>Online</dd>" in page(client, self.past(link="https://example.org/call"))

    def test_who_was_there_reads_their_own(self, client):
        event, user = self.past(), UserFactory()
        registered(event, person(user), now=at(2019, 12, 1))
        html = self.box(page(client, event, user))
        assert "Your place</h2>" in html
        assert "You had a place." in html
        assert "This event is over." in html
        assert "Register" not in html

    def test_a_list_that_is_kept_open_still_takes_people(self, client):
        html = page(client, self.past(closes_at=at(2099, 1, 1)), MembershipFactory().user)
        assert "Register</h2>" in html
        assert "This event is over" not in html

    def test_what_is_cancelled_is_not_over(self, client):
        html = page(client, self.past(status="cancelled"))
        assert "This event is cancelled." in html
        assert "Register</h2>" not in html
