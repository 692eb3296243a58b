"""What people see of seats: before they start, on the company's pages; and what an administrator does there."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.html import escape

from cms.published import bump
from courses.models import Enrolment, Seat, SeatAgreement
from courses.seats import selectors
from courses.seats.actions import give
from courses.seats.shown import company_section
from courses.team.selectors import team_of
from lms.accounts.models import Membership, User
from tests.courses.seats.conftest import House
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import make_course
from tests.factories.seats import SeatAgreementFactory, SeatFactory

pytestmark = pytest.mark.django_db
PAGE = "/company/seats/"
NAMED = "“Next”"
"""What every sentence about a seat of the house names."""


def of(membership: Membership) -> Client:
    client = Client()
    client.force_login(membership.user)
    return client


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def fill(house: House) -> None:
    for _n in range(selectors.seats_of(house.company)[0].remaining):
        give(house.agreement, house.colleague(), by=house.admin.user)


def address(house: House, what: str, *more: object) -> str:
    return "/".join([f"{PAGE}{house.agreement.pk}/{what}", *map(str, more), ""])


# --- Before a course is started --------------------------------------------------------------------------------------


@pytest.fixture(params=["course", "lesson", "sample"])
def place(request: pytest.FixtureRequest, house: House) -> str:
    """Where a course is started: its page, a lesson that is not open yet, the lesson that is open to everybody."""
    lessons = house.course.lessons
    return {"course": house.course.url, "lesson": lessons[1].url, "sample": lessons[0].url}[request.param]


def test_what_it_costs_stands_before_the_button(house: House, place: str):
    shown = text(of(house.colleague()), place)
    assert "Takes one of 2 seats left in “Next”." in shown
    assert shown.index("Takes one of") < shown.index("Start the course</button>")


def test_of_the_last_one_it_says_so(house: House, place: str):
    give(house.agreement, house.colleague(), by=house.admin.user)
    assert "Takes the last seat of “Next”." in text(of(house.colleague()), place)


def test_with_none_left_the_sentence_takes_the_button_s_place(house: House, place: str):
    fill(house)
    shown = text(of(house.colleague()), place)
    assert "All 2 seats of “Next” are taken. Ask Ola Demo to give you one" in shown
    assert "Start the course</button>" not in shown


def test_who_has_a_seat_is_told_so(house: House, place: str):
    colleague = house.colleague()
    give(house.agreement, colleague, by=house.admin.user)
    fill(house)
    shown = text(of(colleague), place)
    assert "Your seat in “Next” opens this course." in shown
    assert "Start the course</button>" in shown


def test_nothing_personal_where_anonymous_visitors_share_the_page(house: House, place: str):
    assert NAMED not in text(Client(), place)


def test_nothing_is_said_where_nothing_is_limited(house: House, place: str):
    stranger = of(MembershipFactory())
    assert NAMED not in text(stranger, place)
    house.agreement.delete()
    assert NAMED not in text(of(house.colleague()), place)
    nobody = Client()
    nobody.force_login(UserFactory())
    assert NAMED not in text(nobody, place)


def test_who_has_started_is_told_nothing_any_more(house: House):
    client = of(house.colleague())
    client.post(f"/learn/courses/{house.course.id}/start/")
    assert NAMED not in text(client, house.course.url)


def test_starting_when_the_last_seat_has_just_gone_says_so_and_starts_nothing(house: House):
    client = of(house.colleague())
    assert "Start the course</button>" in text(client, house.course.url)
    fill(house)
    answer = client.post(f"/learn/courses/{house.course.id}/start/", {"next": house.course.lessons[1].url}, follow=True)
    assert answer.redirect_chain == [(house.course.url, 302)]
    assert "All 2 seats of “Next” are taken" in next(str(message) for message in answer.context["messages"])
    assert not Enrolment.objects.exists()


def test_of_two_companies_the_seat_of_the_one_acted_for_is_shown_and_taken(house: House):
    person = house.colleague()
    other = SeatAgreementFactory(courses=[house.page], name="Elsewhere")
    MembershipFactory(user=person.user, company=other.company)
    client = of(person)
    client.post(f"/company/choose/{other.company.pk}/")
    chosen = client.session["company"]
    assert chosen == other.company.pk
    assert "Takes the last seat of “Elsewhere”." in text(client, house.course.url)
    client.post(f"/learn/courses/{house.course.id}/start/")
    assert Seat.objects.get().agreement == other


@pytest.mark.parametrize("agreements", [0, 1])
def test_the_course_s_page_costs_two_statements_more(house: House, agreements: int, django_assert_max_num_queries: Any):
    """Session, person, what they have done; then the company they act for, and its seats."""
    if not agreements:
        house.agreement.delete()
    client, url = of(house.colleague()), house.course.url
    client.get(url)
    with django_assert_max_num_queries(6):
        client.get(url)


# --- The company's pages ---------------------------------------------------------------------------------------------


def test_everybody_of_the_company_sees_who_has_a_seat_since_when(house: House):
    kept = house.colleague()
    give(house.agreement, kept, by=house.admin.user)
    shown = text(of(house.colleague()), PAGE)
    for words in ("1 of 2 seats taken, 1 left", str(kept.user), "given by Ola Demo", "Not begun yet", "Getting paid"):
        assert words in shown


def test_only_an_administrator_has_buttons(house: House):
    give(house.agreement, house.colleague(), by=house.admin.user)
    forms = ("Take back", "Give to somebody else", "Give a seat")
    seen_by_admin, seen_by_colleague = text(of(house.admin), PAGE), text(of(house.colleague()), PAGE)
    assert all(words in seen_by_admin for words in forms)
    assert not any(words in seen_by_colleague for words in forms)


def test_an_administrator_of_another_company_is_none_here(house: House):
    """In two companies, administrator of the other one, acting for this one."""
    person = house.colleague()
    MembershipFactory(user=person.user, admin=True)
    client = of(person)
    client.post(f"/company/choose/{house.company.pk}/")
    assert "Give a seat" not in text(client, PAGE)
    assert client.post(address(house, "give"), {"membership": person.pk}).status_code == 404


def test_giving_taking_back_and_moving(house: House):
    client, first, second = of(house.admin), house.colleague(), house.colleague()
    client.post(address(house, "give"), {"membership": first.pk})
    assert house.holders == {first.user}
    assert str(second.user) in text(client, address(house, "move", first.user_id))
    client.post(address(house, "move", first.user_id), {"membership": second.pk})
    assert house.holders == {second.user}
    answer = client.post(address(house, "take-back", second.user_id), follow=True)
    assert house.holders == set()
    assert f"The seat of {second.user} is free again." in answer.content.decode()


@pytest.mark.database
def test_every_button_pressed_twice_does_it_once(house: House):
    client, first, second = of(house.admin), house.colleague(), house.colleague()
    for url, data in (
        (address(house, "give"), {"membership": first.pk}),
        (address(house, "move", first.user_id), {"membership": second.pk}),
        (address(house, "take-back", second.user_id), {}),
    ):
        answers = [client.post(url, data, follow=True) for _n in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
    assert house.holders == set()


@pytest.mark.database
def test_a_colleague_nobody_is_comes_back_at_the_field(house: House):
    client = of(house.admin)
    for sent in ("", "nobody", "999999999", "-1", "1; DROP TABLE", "\x00", "9" * 40):
        answer = client.post(address(house, "give"), {"membership": sent})
        assert answer.status_code == 200, sent
        assert b'aria-invalid="true"' in answer.content, sent
    assert house.holders == set()


def test_a_person_not_in_the_company_is_refused_at_the_field(house: House):
    stranger = MembershipFactory()
    give(house.agreement, house.colleague(), by=house.admin.user)
    [seat] = Seat.objects.all()
    for url in (address(house, "give"), address(house, "move", seat.user_id)):
        answer = of(house.admin).post(url, {"membership": stranger.pk})
        assert "This person is not in the company now." in answer.content.decode()
    assert house.holders == {seat.user}


def test_another_company_s_agreement_is_not_there(house: House):
    other = SeatAgreementFactory(courses=[house.page])
    held = SeatFactory(agreement=other)
    client = of(house.admin)
    for url in (f"{other.pk}/give/", f"{other.pk}/take-back/{held.user_id}/", f"{other.pk}/move/{held.user_id}/"):
        assert client.post(PAGE + url, {"membership": house.admin.pk}).status_code == 404
    assert client.get(f"{PAGE}{other.pk}/move/{held.user_id}/").status_code == 404
    for wanted in (other.pk, "nothing", "-1", "\x00"):
        assert client.get(PAGE, {"agreement": wanted}).status_code == 404
    assert Seat.objects.get() == held


def test_with_none_left_there_is_a_sentence_instead_of_the_form(house: House):
    fill(house)
    shown = text(of(house.admin), PAGE)
    assert "All seats are taken. Take one back" in shown
    assert "Give a seat</button>" not in shown


def test_an_agreement_that_has_ended_is_shown_and_stays(house: House):
    give(house.agreement, house.colleague(), by=house.admin.user)
    house.agreement.ends = selectors.today() - timedelta(days=1)
    house.agreement.save()
    shown = text(of(house.admin), PAGE)
    assert "ended on" in shown
    assert "Take back" not in shown


@pytest.mark.database
def test_what_counts_now_stands_first_and_each_can_be_opened(house: House):
    today = selectors.today()
    old = SeatAgreementFactory(company=house.company, name="Old", ends=today - timedelta(days=1))
    coming = SeatAgreementFactory(company=house.company, name="Coming", starts=today + timedelta(days=1))
    client = of(house.admin)
    assert client.get(PAGE).context["chosen"]["own"] == house.agreement
    for one in (old, coming):
        assert client.get(PAGE, {"agreement": one.pk}).context["chosen"]["own"] == one


def test_a_course_that_is_not_published_is_named_without_a_link(house: House):
    draft = make_course(title="Not ready")
    house.agreement.courses.add(draft)
    draft.unpublish()
    bump()
    shown = text(of(house.admin), PAGE)
    assert "Not ready" in shown
    assert "not open now" in shown
    assert f'href="{house.course.url}"' in shown


def test_a_company_without_an_agreement_is_told_that_nothing_is_limited(db: None):
    assert "Everybody in your company may start any course" in text(of(MembershipFactory()), PAGE)


def test_who_is_in_no_company_finds_nothing(client: Client, db: None):
    client.force_login(UserFactory())
    assert client.get(PAGE).status_code == 404


def test_hostile_names_are_shown_as_typed(house: House, inputs: Path):
    """All of them are colleagues and agreements of the company; a few its administrator and the seat to be taken."""
    texts = json.loads((inputs / "hostile/blns.json").read_text())
    names = list(dict.fromkeys(name[:150] for name in texts if name.strip() and "\x00" not in name))
    people = User.objects.bulk_create(User(email=f"p{n}@x.example", full_name=name) for n, name in enumerate(names))
    Membership.objects.bulk_create(Membership(user=one, company=house.company) for one in people)
    SeatAgreement.objects.bulk_create(SeatAgreement(company=house.company, name=name, agreed=1) for name in names)
    client = of(house.admin)
    shown = text(client, f"{PAGE}?agreement={house.agreement.pk}")
    assert [name for name in names if shown.count(escape(name)) < 2] == []
    SeatAgreement.objects.exclude(pk=house.agreement.pk).delete()
    for name in names[::100]:
        SeatAgreement.objects.filter(pk=house.agreement.pk).update(name=name)
        User.objects.filter(pk=house.admin.user_id).update(full_name=name)
        assert escape(name) in text(client, house.course.url)


# --- The section for the company's page -------------------------------------------------------------------------------


def section(membership: Membership) -> str:
    return company_section(RequestFactory().get("/company/"), team_of(membership, timezone.now()))


def test_the_section_says_what_is_left_and_leads_on(house: House, django_assert_num_queries: Any):
    give(house.agreement, house.colleague(), by=house.admin.user)
    shown = section(house.admin)
    assert "1 left" in shown
    assert "1 of 2 seats taken" in shown
    assert f'href="{PAGE}?agreement={house.agreement.pk}"' in shown
    team = team_of(house.admin, timezone.now())
    with django_assert_num_queries(1):
        company_section(RequestFactory().get("/company/"), team)


def test_it_is_nothing_without_an_agreement(house: House):
    assert section(MembershipFactory()) == ""


def test_one_that_has_ended_stands_there_only_alone(house: House):
    ended = SeatAgreementFactory(company=house.company, name="Old", ends=selectors.today() - timedelta(days=1))
    assert "Old" not in section(house.admin)
    house.agreement.delete()
    assert ended.name in section(house.admin)


@pytest.mark.database
@pytest.mark.parametrize("number", [3, 300])
def test_the_page_costs_the_same_with_many_seats(house: House, number: int, django_assert_max_num_queries: Any):
    people = User.objects.bulk_create(User(email=f"p{n}@example.org", full_name=f"P {n}") for n in range(number))
    Membership.objects.bulk_create(Membership(user=one, company=house.company) for one in people)
    SeatAgreement.objects.filter(pk=house.agreement.pk).update(agreed=number + 1)
    Seat.objects.bulk_create(Seat(agreement=house.agreement, user=one, given_by=house.admin.user) for one in people)
    for n in range(3):
        SeatAgreementFactory(company=house.company, courses=[house.page], name=f"More {n}")
    client = of(house.admin)
    client.get(PAGE)
    with django_assert_max_num_queries(10):
        answer = client.get(PAGE, {"agreement": house.agreement.pk})
    assert len(answer.context["holders"].object_list) == min(number, 50)
    last = text(client, f"{PAGE}?agreement={house.agreement.pk}&page=999")
    assert last.count("Take back</button>") == min(number, 50)
