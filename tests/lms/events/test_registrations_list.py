"""The organiser's list: who is in it, one answer for several, files for a spreadsheet, messages; and its price."""

import csv
import io
import uuid
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from lms.accounts.models import Company, User
from lms.events.models import Announcement, Event, Fee, Order, Question, Registration, Session, SessionChoice
from lms.notifications.models import Message
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.events import EventFactory, person, registered, registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return EventFactory(title="How hospitals buy", capacity=2, approval=True)


@pytest.fixture
def organiser(event, client) -> User:
    client.force_login(event.owner)
    return event.owner


def address(event: Event, view: str = "registrations", **query: Any) -> str:
    return reverse(f"events:{view}", args=[event.pk], query=query)


def states(event: Event) -> list[str]:
    return list(Registration.objects.filter(event=event).order_by("pk").values_list("state", flat=True))


def names(response: Any) -> list[str]:
    return [row.one.name for row in response.context["rows"]]


def send(client: Any, event: Event, answer: str, *people: Registration, **fields: str) -> Any:
    return client.post(address(event), {"answer": answer, "registration": [one.pk for one in people], **fields})


# --- What is shown ---------------------------------------------------------------------------------------------------


def test_each_row_says_who_where_they_stand_what_they_answered_and_what_is_invoiced(client, event, organiser):
    question = Question.objects.create(event=event, text="What do you eat?")
    Fee.objects.create(event=event, amount=500_000)
    session = Session.objects.create(event=event, title="Payers", track="A", starts_at=event.starts_at)
    member = MembershipFactory(user__full_name="Anna Berg", company__name="Sensors AS")
    someone = person(member.user, answers={str(question.pk): "Fish"}, sessions=(session.pk,))
    registered(event, someone, by=member.user, company=member.company, invoice_reference="PO 7")
    page = client.get(address(event)).content.decode()
    for words in ("Anna Berg", "Sensors AS", "Asked for", "Fish", "A: Payers", "NOK 5,000", "invoice PO 7"):
        assert words in page


def test_it_is_filtered_by_state_company_and_words(client, event, organiser):
    anna, ola = MembershipFactory(user__full_name="Anna Berg"), MembershipFactory(user__full_name="Ola Ås")
    for one in (anna, ola):
        registered(event, person(one.user), by=one.user, company=one.company)
    first = Registration.objects.get(user=anna.user)
    send(client, event, "approve", first)
    assert names(client.get(address(event))) == ["Anna Berg", "Ola Ås"]
    assert names(client.get(address(event, state="confirmed"))) == ["Anna Berg"]
    assert names(client.get(address(event, company=ola.company.pk))) == ["Ola Ås"]
    assert names(client.get(address(event, q="berg anna"))) == ["Anna Berg"]
    assert names(client.get(address(event, q=ola.user.email.upper()))) == ["Ola Ås"]
    assert "Nobody matches" in client.get(address(event, q="nobody")).content.decode()


@pytest.mark.parametrize(
    "query", [{"state": "x"}, {"company": "x"}, {"company": "9" * 40}, {"page": "x"}, {"q": "\0%_'\""}]
)
def test_an_address_that_was_typed_wrong_is_no_error(client, event, organiser, query):
    registration(event)
    assert client.get(address(event, **query)).status_code == 200


def test_an_empty_list_says_what_will_be_here(client, event, organiser):
    assert "Nobody has asked for a place yet" in client.get(address(event)).content.decode()


def test_htmx_gets_the_list_alone(client, event, organiser):
    registration(event)
    part = client.get(address(event), headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="registrations"')
    assert "HX-Request" in part["Vary"]
    assert "<html" in client.get(address(event)).content.decode()


def test_it_is_not_there_for_others(client, event):
    member = registration(event)
    for user in (member.user, UserFactory()):
        client.force_login(user)
        assert client.get(address(event)).status_code == 404
        assert client.get(address(event, "registrations_csv")).status_code == 404
        assert send(client, event, "approve", member).status_code == 404
    assert states(event) == ["requested"]


# --- One answer for several ------------------------------------------------------------------------------------------


def test_several_are_approved_at_once_and_what_was_not_possible_is_told(client, event, organiser):
    first, second = registration(event), registration(event)
    send(client, event, "approve", first)
    response = client.post(
        address(event), {"answer": "approve", "registration": [first.pk, second.pk], "state": "requested"}, follow=True
    )
    assert response.redirect_chain[0][0] == address(event, state="requested")
    assert states(event) == ["confirmed", "confirmed"]
    page = response.content.decode()
    assert "Done for 1 person." in page
    assert f"{first.name}: “Has a place” by now" in page


def test_a_no_needs_no_reason_and_out_of_turn_does(client, event, organiser):
    first, second, third = (registration(event) for _ in range(3))
    send(client, event, "decline", first, reason="Too late.")
    assert Registration.objects.get(pk=first.pk).reason == "Too late."
    send(client, event, "approve", second, third)
    Event.objects.filter(pk=event.pk).update(capacity=3)
    Registration.objects.filter(pk=third.pk).update(state="waiting")
    refused = send(client, event, "offer", third)
    assert refused.status_code == 200
    assert "Say why" in refused.content.decode()
    assert f'value="{third.pk}" checked' in refused.content.decode()
    send(client, event, "offer", third, reason="Speaks.")
    send(client, event, "cancel", second)
    assert states(event) == ["declined", "cancelled", "offered"]


@pytest.mark.parametrize("fields", [{"answer": ""}, {"answer": "attend"}, {"answer": "approve", "none": "x"}])
def test_an_answer_nobody_chose_or_to_nobody_changes_nothing(client, event, organiser, fields):
    one = registration(event)
    chosen = [] if "none" in fields else [one.pk]
    response = client.post(address(event), {**fields, "registration": chosen})
    assert response.status_code == 200
    assert 'class="error"' in response.content.decode()
    assert states(event) == ["requested"]


def test_registrations_of_another_event_are_not_answered(client, event, organiser):
    registration(event)
    theirs = registration(EventFactory(approval=True))
    assert "Choose at least one" in send(client, event, "approve", theirs).content.decode()
    theirs.refresh_from_db()
    assert theirs.state == "requested"
    client.post(address(event), {"answer": "approve", "registration": ["x", "9" * 50]})


def test_a_kept_place_is_explained_and_the_group_can_be_split(client, event, organiser):
    Event.objects.filter(pk=event.pk).update(approval=False)
    registration(event)
    order = registered(event, person(), person(), by=MembershipFactory().user, together=True)
    assert "1 place is kept" in client.get(address(event)).content.decode()
    elsewhere = registered(EventFactory(), person(), person(), by=UserFactory(), together=True)
    assert client.post(reverse("events:split_order", args=[event.pk, elsewhere.pk])).status_code == 404
    client.post(reverse("events:split_order", args=[event.pk, order.pk]))
    assert states(event) == ["confirmed", "offered", "waiting"]
    assert "is kept" not in client.get(address(event)).content.decode()


# --- Files -----------------------------------------------------------------------------------------------------------

HOSTILE = '=HYPERLINK("http://x","y")\nBerg, “A”; \x07'


def table(client: Any, event: Event, kind: str, **query: Any) -> list[list[Any]]:
    response = client.get(address(event, f"registrations_{kind}", **query))
    assert "attachment" in response["Content-Disposition"]
    if kind == "csv":
        return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_what_is_invoiced_and_answered_and_no_formula(client, event, organiser, kind):
    question = Question.objects.create(event=event, text="=1+1?")
    Fee.objects.create(event=event, amount=512_345)
    member = MembershipFactory()
    someone = person(member.user, name=HOSTILE, answers={str(question.pk): "@SUM(A1)"})
    registered(event, someone, by=member.user, company=member.company, invoice_reference="+47 1")
    registration(event)
    header, first, second = table(client, event, kind)
    row = dict(zip(header, first, strict=True))
    assert len(first) == len(second) == len(header)
    assert str(row["Fee in NOK"]) == "5123.45"
    quoted = "'" if kind == "csv" else ""
    assert row["Invoice reference"] == f"{quoted}+47 1"
    assert first[-1] == f"{quoted}@SUM(A1)"
    assert header[-1] == f"{quoted}=1+1?"
    assert row["Name"].replace("\x07", "") == quoted + HOSTILE.replace("\x07", "")
    assert row["State"] == "Asked for"


def test_a_file_holds_what_the_list_showed(client, event, organiser):
    anna = registration(event)
    registration(event)
    assert len(table(client, event, "csv", q=anna.email)) == 2


# --- Messages --------------------------------------------------------------------------------------------------------


def words(client: Any, event: Event, **query: Any) -> dict[str, str]:
    """The message form as the page gives it, filled."""
    form = client.get(address(event, "message", **query)).context["form"]
    filled = {"token": str(form["token"].value()), "people": str(form["people"].value())}
    return {**filled, "subject": "Badges", "text": "Bring them.", **query}


def test_a_message_goes_to_those_who_were_shown_once(client, event, organiser):
    anna, _ola = registration(event), registration(event)
    page = client.get(address(event, "message", q=anna.email))
    assert "A message to 1 person" in page.content.decode()
    filled = words(client, event, q=anna.email)
    for _ in range(2):
        assert client.post(address(event, "message"), filled).status_code == 302
    assert Announcement.objects.get().to_states == ["requested"]
    assert Message.objects.get(kind="events.message").recipient == anna.user


def test_whoever_came_after_the_page_was_shown_is_not_written_to_unseen(client, event, organiser):
    registration(event)
    filled = words(client, event)
    registration(event)
    refused = client.post(address(event, "message"), filled)
    assert "2 people now, not 1" in refused.content.decode()
    assert "Bring them." in refused.content.decode()
    again = refused.context["form"]
    assert client.post(address(event, "message"), {**filled, "people": again["people"].value()}).status_code == 302
    assert Message.objects.filter(kind="events.message").count() == 2


def test_a_message_without_words_or_people_is_not_sent(client, event, organiser):
    assert "Nobody to write to" in client.get(address(event, "message")).content.decode()
    registration(event)
    for wrong in ({"subject": ""}, {"text": " "}, {"token": "x"}, {"q": "nobody", "people": "0"}):
        assert client.post(address(event, "message"), {**words(client, event), **wrong}).status_code == 200
    assert not Announcement.objects.exists()


# --- What it costs ---------------------------------------------------------------------------------------------------


def many(event: Event, number: int) -> None:
    """So many registrations, with companies, orders, answers and chosen sessions."""
    question = Question.objects.create(event=event, text="Food?")
    session = event.sessions.get()
    companies = Company.objects.bulk_create(Company(name=f"Many {n} AS") for n in range(number))
    users = User.objects.bulk_create(User(email=f"m{n}@example.org", full_name=f"M {n}") for n in range(number))
    orders = Order.objects.bulk_create(
        Order(event=event, placed_by=user, company=company) for user, company in zip(users, companies, strict=True)
    )
    made = Registration.objects.bulk_create(
        Registration(
            order=order,
            event=event,
            company=order.company,
            user=order.placed_by,
            name=order.placed_by.full_name,
            email=order.placed_by.email,
            state="waiting" if n % 3 else "confirmed",
            answers={str(question.pk): "Fish"},
            join_key=uuid.uuid4().hex,
        )
        for n, order in enumerate(orders)
    )
    SessionChoice.objects.bulk_create(SessionChoice(registration=one, session=session) for one in made)


@pytest.mark.parametrize("number", [3, 500])
def test_the_list_costs_twelve_queries_however_long_it_is(
    client, event, organiser, number, django_assert_max_num_queries
):
    many(event, number)
    client.get(address(event))
    with django_assert_max_num_queries(12):
        response = client.get(address(event))
    assert len(response.context["rows"]) == min(50, number)
    with django_assert_max_num_queries(12):
        assert len(table(client, event, "csv")) == number + 1
