"""The form for oneself and colleagues: every limit said beforehand, every refusal in words, nothing typed lost."""

import json
import re
import uuid

import html5lib
import pytest
from django.http import QueryDict
from django.urls import reverse

from lms.events.actions import Person, register
from lms.events.models import Fee, Order, Registration
from lms.events.selectors import desk_for
from lms.events.views.people_form import ROWS, PeopleForm
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.events import EventFactory, at, person, registered
from tests.lms.events.forms import errors, send, with_tracks, words

pytestmark = pytest.mark.django_db


def test_the_visitor_is_ticked_and_the_limits_stand_beside_the_field(client, mine):
    event = EventFactory(per_company=2, capacity=9)
    html = words(client.get(reverse("events:register", args=[event.pk])))
    assert f"2 of 2 places of {mine.company.name} left" in html
    assert "9 places left" in html
    assert re.search(rf'value="{mine.user.pk}" checked', html)
    assert not re.search(rf'value="{mine.colleague.pk}" (checked|disabled)', html)
    assert html.count('name="email_') == 2


def test_oneself_and_colleagues_are_registered_in_one_go(client, mine):
    event = EventFactory()
    answer = send(client, event, mine.user, mine.colleague, name_1="Per", email_1="Per@Example.org", follow=True)
    assert "Registered: Kari Eksempel, Ola Demo and Per." in words(answer)
    assert Order.objects.get().company == mine.company
    assert list(Registration.objects.order_by("pk").values_list("email", "user")) == [
        (mine.user.email, mine.user.pk),
        (mine.colleague.email, mine.colleague.pk),
        ("per@example.org", None),
    ]


def test_who_is_registered_is_shown_so_and_cannot_be_ticked(client, mine):
    event = EventFactory()
    registered(event, person(mine.colleague), by=mine.colleague, company=mine.company)
    html = words(client.get(reverse("events:register", args=[event.pk])))
    assert re.search(rf'value="{mine.colleague.pk}" disabled> Ola Demo <span class="count">Has a place', html)


def test_the_same_form_twice_is_one_order_and_another_choice_is_another(client, mine):
    event, token = EventFactory(), str(uuid.uuid4())
    for _one in range(2):
        assert send(client, event, mine.user, token=token).status_code == 302
    assert Registration.objects.count() == 1
    send(client, event, mine.colleague, token=token)
    assert Registration.objects.count() == 2


def test_one_token_at_two_events_is_two_orders(client, mine):
    token = str(uuid.uuid4())
    for event in (EventFactory(), EventFactory()):
        assert send(client, event, mine.user, token=token).status_code == 302
    assert Order.objects.count() == 2


@pytest.mark.parametrize("token", ["", "x", "8" * 400])
def test_a_broken_token_registers_all_the_same(client, mine, token):
    assert send(client, EventFactory(), mine.user, token=token).status_code == 302


def test_a_third_of_the_company_is_refused_whoever_asked_before(client, mine):
    event = EventFactory(per_company=2)
    registered(event, person(), person(), by=MembershipFactory(company=mine.company).user, company=mine.company)
    answer = send(client, event, mine.user, invoice_reference="x")
    assert answer.status_code == 200
    assert "A company may send 2 people, counted over all its registrations." in errors(answer)[0]
    assert re.search(rf'value="{mine.user.pk}" checked', words(answer))
    assert Registration.objects.count() == 2


def test_a_person_twice_is_told_at_their_row_though_typed_in_capitals(client, mine):
    event = EventFactory()
    registered(event, person(name="Per", email="per@example.org"), by=mine.user, company=mine.company)
    answer = send(client, event, mine.user, name_1="Per", email_1="PER@EXAMPLE.ORG")
    assert "Per is registered already" in errors(answer)[0]
    assert 'value="PER@EXAMPLE.ORG"' in words(answer)
    answer = send(client, event, mine.user, name_1="Me", email_1=mine.user.email.upper())
    assert "Me is here twice." in errors(answer)[0]
    assert Registration.objects.count() == 1


def test_a_colleague_with_an_account_who_is_typed_is_registered_as_themselves(client, mine):
    send(client, EventFactory(), name_3="Ola", email_3=mine.colleague.email.upper())
    assert Registration.objects.get().user == mine.colleague


def test_the_account_of_a_stranger_is_not_tied_to_what_somebody_types(client, mine):
    stranger = UserFactory()
    send(client, EventFactory(), name_1="Stranger", email_1=stranger.email)
    assert Registration.objects.get().user is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "cancelled"}, "This event is cancelled. Nobody was registered."),
        ({"opens_at": at(2099, 1, 1)}, "Registration has not opened yet."),
        ({"closes_at": at(2020, 1, 1)}, "Registration is closed."),
        ({"sessions": [{"starts_at": at(2020, 1, 1)}]}, "This event is over."),
    ],
)
def test_what_is_not_open_says_so_before_and_after(client, mine, fields, said):
    event = EventFactory(**fields)
    before = words(client.get(reverse("events:register", args=[event.pk])))
    assert '<form class="form"' not in before
    answer = send(client, event, mine.user, name_1="Per", email_1="per@example.org")
    assert said in errors(answer)[0]
    assert 'value="per@example.org"' in words(answer)
    assert not Registration.objects.exists()


@pytest.mark.parametrize("person_ids", [[], ["999999999"], ["x", "-1", "²", "9" * 30]])
def test_nobody_chosen_and_people_who_are_not_there_are_the_same(client, mine, person_ids):
    answer = send(client, EventFactory(), person=person_ids)
    assert errors(answer) == ["Choose at least one person."]


def test_people_of_another_company_are_not_there(client, mine):
    stranger = MembershipFactory().user
    assert errors(send(client, EventFactory(), stranger)) == ["Choose at least one person."]
    assert send(client, EventFactory(), mine.user, stranger).status_code == 302
    assert Registration.objects.get().user == mine.user


@pytest.mark.parametrize("state", ["left", "asked", "declined"])
def test_who_is_not_in_the_company_now_cannot_be_registered(client, mine, state):
    gone = MembershipFactory(company=mine.company, state=state).user
    assert errors(send(client, EventFactory(), gone)) == ["Choose at least one person."]


WRONG_ROWS = [
    ({"name_1": "Per"}, "Type the e-mail too"),
    ({"email_1": "per@example.org"}, "Type the name too"),
    ({"name_1": "Per", "email_1": "per@"}, "Enter a valid email address."),
    ({"name_1": "Per\nBcc: x@example.org", "email_1": "p@example.org"}, "cannot be shown"),
    ({"name_1": "\u200b\u200b", "email_1": "p@example.org"}, "Nothing of this can be seen"),
    ({"name_1": "x" * 151, "email_1": "p@example.org"}, "at most 150 characters"),
    ({"name_1": "a\0b", "email_1": "p@example.org"}, "cannot be shown"),
]


def test_what_is_wrong_with_a_row_stands_at_the_row(client, mine):
    event = EventFactory()
    for fields, said in WRONG_ROWS:
        answer = send(client, event, mine.user, **fields)
        assert [said in error for error in errors(answer)] == [True], fields
        assert "<details" in words(answer)
        assert "open>" in words(answer)
    assert not Registration.objects.exists()


HOSTILE = ['=HYPERLINK("x")', "<script>alert(1)</script>", "Æøå 漢字 👩‍🔬", "' onfocus=alert(2) x='", "{{ x }} %s"]


def test_hostile_names_come_back_as_they_were_typed(client, mine):
    """Where one person is refused, of all; else they are kept."""
    event = EventFactory()
    typed = {f"{what}_{row}": value for row, name in enumerate(HOSTILE, 1)
             for what, value in (("name", name), ("email", f"{row}@example.org"))}  # fmt: skip
    answer = send(client, event, **{**typed, "email_5": "p@"})
    assert errors(answer) == ["Enter a valid email address."]
    assert "<script>alert" not in answer.text
    form = html5lib.parse(answer.text, namespaceHTMLElements=False)
    come_back = {one.get("name"): one.get("value") for one in form.iter("input")}
    assert {name: come_back[name] for name in typed} == {**typed, "email_5": "p@"}
    assert send(client, event, **typed).status_code == 302
    assert set(event.registrations.values_list("name", flat=True)) == set(HOSTILE)


def test_every_hostile_name_is_kept_as_it_is_or_refused_at_its_row(client, mine, inputs):
    hostile = json.loads((inputs / "hostile" / "blns.json").read_text())
    tried = [one for one in hostile if one.strip() and len(one) <= 150]
    desk = desk_for(EventFactory(), mine.user, mine.company)
    taken, refused = [], []
    for first in range(0, len(tried), ROWS):
        names = dict(enumerate(tried[first : first + ROWS], 1))
        sent = QueryDict(mutable=True)
        for row, name in names.items():
            sent.update({f"name_{row}": name, f"email_{row}": f"{first + row}@example.org"})
        form = PeopleForm(desk, user=mine.user, data=sent)
        form.is_valid()
        wrong = [row for row in names if form.errors.get(f"name_{row}")]
        assert len(form.errors) == len(wrong), names
        assert [one.name for one in form.chosen] == [name.strip() for row, name in names.items() if row not in wrong]
        taken += form.chosen
        refused += [names[row] for row in wrong]
    order = register(desk.event, [Person(one.name, one.email) for one in taken], by=mine.user, company=mine.company,
                     token=uuid.uuid4())  # fmt: skip
    kept = dict(order.registrations.values_list("email", "name"))
    assert kept == {one.email: one.name for one in taken}
    for first in range(0, len(refused), ROWS):
        names = dict(enumerate(refused[first : first + ROWS], 1))
        answer = send(client, desk.event, **{f"name_{row}": name for row, name in names.items()},
                      **{f"email_{row}": f"{row}@example.com" for row in names})  # fmt: skip
        assert len(errors(answer)) == len(names), names
    assert desk.event.registrations.count() == len(taken)


def test_who_is_in_no_company_registers_themselves_alone(client):
    user = UserFactory()
    client.force_login(user)
    event = EventFactory(visibility="everyone")
    html = words(client.get(reverse("events:register", args=[event.pk])))
    assert 'name="email_1"' not in html
    send(client, event, user, name_1="Per", email_1="per@example.org")
    assert Registration.objects.get().user == user


def test_who_is_in_no_company_is_told_so_where_one_is_needed(client):
    user = UserFactory()
    client.force_login(user)
    event = EventFactory(visibility="everyone", per_company=2)
    assert "Ask a colleague" in words(client.get(reverse("events:register", args=[event.pk])))
    assert "Join or register your company first" in errors(send(client, event, user))[0]


def test_a_person_of_two_companies_registers_for_the_one_the_form_names(client, mine):
    other = MembershipFactory(user=mine.user, company=CompanyFactory(name="Second AS"))
    event = EventFactory()
    assert "Register for Second AS instead" in words(client.get(reverse("events:register", args=[event.pk])))
    send(client, event, mine.user, company=other.company.pk)
    assert Order.objects.get().company == other.company


def test_the_form_of_a_company_one_is_not_in_is_for_ones_own(client, mine):
    send(client, EventFactory(), mine.user, company=CompanyFactory().pk)
    assert Order.objects.get().company == mine.company


def test_an_event_one_may_not_see_is_not_there(client, mine):
    event = EventFactory(visibility="invited")
    assert client.get(reverse("events:register", args=[event.pk])).status_code == 404
    assert send(client, event, mine.user).status_code == 404


def test_who_is_not_signed_in_comes_back_to_the_form(client):
    address = reverse("events:register", args=[EventFactory().pk])
    assert client.get(address)["Location"].endswith(f"?next={address}")


def test_the_sum_to_be_invoiced_is_said_before_and_counted_once_for_a_company(client, mine):
    event = EventFactory()
    Fee.objects.create(event=event, amount=500_000)
    address = reverse("events:register", args=[event.pk])
    assert "NOK 5,000</output>" in words(client.get(address))
    send(client, event, mine.user, mine.colleague, invoice_reference="PO 17")
    assert Order.objects.get().invoice_reference == "PO 17"
    assert sorted(Registration.objects.values_list("fee", flat=True)) == [0, 500_000]
    assert "Nothing more is invoiced" in words(client.get(address))


def test_a_fee_for_each_person_is_summed_before_the_last_press(client, mine):
    event = EventFactory()
    Fee.objects.create(event=event, amount=50_000, each="person")
    answer = send(client, event, mine.user, mine.colleague)
    assert "NOK 1,000</output>" in words(answer)
    assert not Registration.objects.exists()
    send(client, event, mine.user, mine.colleague, step="details")
    assert list(Registration.objects.values_list("fee", flat=True)) == [50_000, 50_000]


def test_all_together_or_not_at_all(client, mine):
    event = EventFactory(capacity=2)
    registered(event)
    assert 'name="together"' in words(client.get(reverse("events:register", args=[event.pk])))
    answer = send(client, event, mine.user, mine.colleague, together="on", follow=True)
    assert "On the waiting list: Kari Eksempel and Ola Demo." in words(answer)
    assert 'name="together"' not in words(client.get(reverse("events:register", args=[EventFactory().pk])))


@pytest.mark.parametrize("number", [3, 300])
def test_the_form_takes_the_same_statements_at_3_and_300(client, mine, number, django_assert_max_num_queries):
    event = with_tracks(capacity=1)
    MembershipFactory.create_batch(number, company=mine.company)
    registered(event, *(person() for _one in range(number)), by=mine.user, company=mine.company)
    with django_assert_max_num_queries(15):
        client.get(reverse("events:register", args=[event.pk]))
    with django_assert_max_num_queries(15):
        send(client, event, mine.user)
