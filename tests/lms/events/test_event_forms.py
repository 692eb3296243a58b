"""The form of an event: what is typed comes back, what is wrong is said at its field, nothing is lost."""

import json
import re
import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.forms import BoundField, CheckboxInput, Select
from django.forms.widgets import ChoiceWidget
from django.http import QueryDict
from django.urls import reverse

from lms.accounts import roles
from lms.accounts.models import Company, User
from lms.events.actions import EventData, Row, arranging
from lms.events.forms import Arranged
from lms.events.forms.event import KronerField
from lms.events.forms.local import local_parts
from lms.events.forms.rows import SessionForm
from lms.events.models import Event, Invited, Session, SessionChoice
from tests.factories.accounts import ClusterFactory, CompanyFactory, UserFactory
from tests.factories.events import EventFactory, at
from tests.lms.events.forms_of import sent_by
from tests.lms.events.test_arranging import coming, dated

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def advisor(client):
    person = UserFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=roles.ADVISORS))
    client.force_login(person)
    return person


def edit(event: Event) -> str:
    return reverse("events:edit", args=[event.pk])


def errors(response, name: str) -> str:
    """The errors of a field of the event, or of a row as `sessions-0-starts`."""
    arranged = response.context["arranged"]
    prefix, _dash, rest = name.partition("-")
    form = arranged.form if not rest else getattr(arranged, prefix).forms[int(rest.split("-")[0])]
    return " ".join(form.errors.get(name.split("-")[-1], []))


def every_form(response):
    arranged = response.context["arranged"]
    return [arranged.form, *arranged.sessions.forms, *arranged.questions.forms]


def as_it_stands(event: Event | None, by: User) -> dict[str, Any]:
    """What the form of an event sends before anything is typed, without the page around it."""
    made = Arranged.of(event) if event else Arranged.new(by=by, uid=str(uuid.uuid4()))
    forms = [made.form, *(one for rows in (made.sessions, made.questions) for one in (rows.management_form, *rows))]
    return {"seen": made.seen} | {field.html_name: sent for one in forms for field in one if (sent := as_sent(field))}


def as_sent(field: BoundField) -> list[str]:
    """What a browser sends of a field: of boxes and buttons those that are ticked."""
    value, widget = field.value(), field.field.widget
    if isinstance(widget, CheckboxInput):
        return ["on"] if value else []
    text = widget.format_value(value)
    if isinstance(widget, ChoiceWidget):
        offered = [str(one) for one, _label in widget.choices]
        return [one for one in offered if one in text] or (offered[:1] if isinstance(widget, Select) else [])
    return [text or ""]


def typed(client, event: Event | None, by: User, **values):
    """The form as it stands, with these values instead, sent."""
    changed = {name.replace("__", "-"): value for name, value in values.items()}
    address = edit(event) if event else reverse("events:new")
    return client.post(address, {**as_it_stands(event, by), **changed})


SESSION = {
    "sessions__0__title": "Who pays",
    "sessions__0__date": "2026-03-10",
    "sessions__0__starts": "09:00",
    "sessions__0__ends": "11:00",
}


# --- Making ----------------------------------------------------------------------------------------------------------


def test_everything_typed_makes_an_event(client, advisor):
    cluster, company, guest = ClusterFactory(), CompanyFactory(name="Ørn AS"), UserFactory()
    answer = typed(
        client,
        None,
        advisor,
        **SESSION,
        title="Visiting Minneapolis",
        kind="delegation",
        time_zone="America/Chicago",
        place="Minneapolis",
        link="meet.example/1",
        visibility="clusters",
        clusters=[cluster.pk],
        companies="ørn as\n",
        people=f" {guest.email.upper()} ",
        capacity="20",
        per_company="2",
        opens_at="2026-03-01T08:00",
        closes_at="2026-03-09T12:00",
        fee_company="NOK 5,000",
        fee_others="0",
        sessions__0__materials="Slides https://example.org/s\n/library/1/",
        sessions__0__track="A",
        questions__TOTAL_FORMS="1",
        questions__0__text="What do you eat?",
        questions__0__kind="choice",
        questions__0__choices="Fish\nMeat\n\nFish",
    )
    assert answer.status_code == 302, [form.errors for form in every_form(answer)]
    event = Event.objects.get()
    assert answer["Location"] == edit(event)
    session = event.sessions.get()
    assert (session.starts_at, session.ends_at) == (at(2026, 3, 10, 14), at(2026, 3, 10, 16))
    assert (event.opens_at, event.closes_at) == (at(2026, 3, 1, 14), at(2026, 3, 9, 17))
    assert (event.link, event.owner, event.capacity) == ("https://meet.example/1", advisor, 20)
    assert {(fee.company_kind, fee.amount) for fee in event.fees.all()} == {("company", 500_000), ("", 0)}
    assert list(event.clusters.all()) == [cluster]
    assert set(Invited.objects.values_list("company", "user")) == {(company.pk, None), (None, guest.pk)}
    assert event.questions.get().choices == "Fish\nMeat"
    assert list(session.materials.values_list("title", "url")) == [
        ("Slides", "https://example.org/s"),
        ("/library/1/", "/library/1/"),
    ]


def test_a_form_sent_twice_makes_one_event(client, advisor):
    sent = sent_by(client.get(reverse("events:new")))
    sent |= {name.replace("__", "-"): value for name, value in SESSION.items()} | {"title": "Once"}
    for _turn in range(2):
        assert client.post(reverse("events:new"), sent)["Location"] == edit(Event.objects.get())
    assert Session.objects.count() == 1


def test_the_form_as_it_came_changes_nothing(client, advisor):
    """Also for times in the hour that comes twice, a session past midnight and one of which only the day is known."""
    again = {"title": "Twice", "starts_at": at(2026, 10, 25, 1, 30), "ends_at": at(2026, 10, 25, 2)}
    night = {"title": "Night", "starts_at": at(2026, 5, 1, 20), "ends_at": at(2026, 5, 1, 23, 30)}
    unknown = {"title": "Day", "starts_at": at(2026, 6, 1, 22), "time_known": False}
    event = EventFactory(
        owner=advisor, sessions=[again, night, unknown], closes_at=at(2026, 10, 25, 0, 30), link="http://x.example/"
    )
    question = EventData(
        questions=[Row({"text": "Why?", "kind": "text"})],
        fees={"": (123_450, "person")},
        companies=[CompanyFactory().pk],
    )
    arranging.change(event, question, by=advisor)
    event.refresh_from_db()
    before = (event.changed_at, event.sequence)
    sent = sent_by(client.get(edit(event)))
    assert {**as_it_stands(event, advisor), "seen": [event.changed_at.isoformat()]} == {
        name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"
    }
    assert client.post(edit(event), sent).status_code == 302
    event.refresh_from_db()
    assert (event.changed_at, event.sequence) == before


# --- Rows, without a script and with one -----------------------------------------------------------------------------


def test_another_session_keeps_what_was_typed_and_saves_nothing(client, advisor):
    event = dated(10, owner=advisor)
    address = edit(event)
    answer = typed(
        client,
        event,
        advisor,
        add="sessions",
        title="",
        sessions__0__starts="nonsense",
        fee_company="a lot",
        place="  <b>here</b>",
        closes_at="some day",
    )
    sent = sent_by(answer)
    assert (sent["sessions-TOTAL_FORMS"], sent["sessions-0-starts"]) == (["2"], ["nonsense"])
    assert (sent["title"], sent["fee_company"], sent["place"]) == ([""], ["a lot"], ["  <b>here</b>"])
    assert sent["closes_at"] == ["some day"]
    assert 'class="error"' not in answer.content.decode()
    assert event.sessions.count() == 1
    third = client.post(address, {**sent, "sessions-1-title": "Second", "add": "sessions"})
    assert sent_by(third)["sessions-1-title"] == ["Second"]


def test_a_part_of_the_page_alone_where_it_can_be_swapped(client, advisor):
    event = dated(10, owner=advisor)
    sent = sent_by(client.get(edit(event)))
    part = client.post(edit(event), {**sent, "add": "questions"}, headers={"HX-Request": "true"})
    assert part.templates[0].name == "events/_questions.html"
    assert part.content.count(b"<fieldset") >= 1
    assert b"<main" not in part.content
    assert "HX-Request" in part["Vary"]


def test_a_new_row_in_which_nothing_is_typed_is_none(client, advisor):
    event = dated(10, owner=advisor)
    more = sent_by(typed(client, event, advisor, add="sessions"))
    assert client.post(edit(event), more).status_code == 302
    assert event.sessions.count() == 1
    half = client.post(edit(event), {**more, "sessions-1-place": "Somewhere"})
    assert "required" in errors(half, "sessions-1-title")
    whole = {**more, "sessions-1-title": "Second", "sessions-1-date": "2026-03-12", "sessions-1-starts": "10:00"}
    assert client.post(edit(event), whole).status_code == 302
    assert event.sessions.count() == 2


def test_a_session_is_taken_out_whatever_else_its_row_says(client, advisor):
    event = dated(10, 11, owner=advisor)
    typed(client, event, advisor, sessions__0__removed="on", sessions__0__title="", sessions__0__starts="nonsense")
    assert event.sessions.get().title == "Day 11"


def test_a_session_that_people_chose_is_not_and_its_row_says_why(client, advisor):
    event = dated(10, 11, owner=advisor)
    SessionChoice.objects.create(registration=coming(event), session=event.sessions.last())
    more = sent_by(typed(client, event, advisor, add="sessions"))
    answer = client.post(edit(event), {**more, "sessions-1-removed": "on", "sessions-2-removed": "on"})
    assert "1 person has chosen “Day 11”" in errors(answer, "sessions-1-removed")
    assert b"1 person has chosen" in answer.content
    assert event.sessions.count() == 2


@pytest.mark.parametrize("total", ["", "x", "99999999"])
def test_a_form_that_did_not_arrive_whole_saves_nothing(client, advisor, total):
    event = dated(10, owner=advisor)
    answer = typed(client, event, advisor, sessions__TOTAL_FORMS=total, title="New")
    assert answer.status_code == 200
    event.refresh_from_db()
    assert event.title != "New"


def test_a_row_without_its_key_is_refused_in_words(client, advisor):
    event, keys = dated(10, 11, 12, owner=advisor), ["", "nonsense", "7"]
    answer = typed(client, event, advisor, **{f"sessions__{row}__key": key for row, key in enumerate(keys)})
    for row, key in enumerate(keys):
        assert "add it anew" in errors(answer, f"sessions-{row}-key"), key
    assert answer.content.count(b"add it anew") == len(keys)


# --- Bad input, at its field -----------------------------------------------------------------------------------------

BAD = [
    [
        ({"sessions-0-ends": "08:00"}, "sessions-0-ends", "ends before it starts"),
        ({"sessions-1-ends": "09:00"}, "sessions-1-ends", "ends before it starts"),
        ({"sessions-2-ends_on": "2026-03-09"}, "sessions-2-ends", "ends before it starts"),
        ({"sessions-3-starts": ""}, "sessions-3-starts", "when it starts as well"),
        ({"sessions-4-ends": "", "sessions-4-ends_on": "2026-03-20"}, "sessions-4-ends", "at what time it ends"),
        ({"title": ""}, "title", "required"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "do not know this time zone"),
        ({"link": "javascript:alert(1)"}, "link", "https://"),
        ({"opens_at": "2026-03-05T09:00", "closes_at": "2026-03-05T09:00"}, "closes_at", "closes before it opens"),
        ({"visibility": "clusters"}, "clusters", "at least one cluster"),
        ({"companies": "Nobody AS"}, "companies", "Nobody AS"),
        ({"people": "nobody@example.org"}, "people", "nobody@example.org"),
        ({"fee_company": "five"}, "fee_company", "5000 or 1250.50"),
        ({"capacity": "many"}, "capacity", "whole number"),
    ],
    [
        ({"sessions-0-date": "0001-01-01"}, "sessions-0-date", "from 2000 to 2099"),
        ({"sessions-1-date": "9999-12-31"}, "sessions-1-date", "from 2000 to 2099"),
        ({"sessions-2-date": "tomorrow"}, "sessions-2-date", "valid date"),
        ({"sessions-3-date": ""}, "sessions-3-date", "required"),
        ({"sessions-4-title": "a\tb"}, "sessions-4-title", "cannot be shown"),
        ({"title": "\u200b"}, "title", "Nothing of this can be seen"),
        ({"link": "ftp://x.example/"}, "link", "https://"),
        ({"opens_at": "2026-13-45"}, "opens_at", "a day and a time"),
        ({"visibility": "nobody"}, "visibility", "valid choice"),
        ({"fee_company": "-1"}, "fee_company", "5000 or 1250.50"),
        ({"offer_hours": "0"}, "offer_hours", "greater than or equal"),
        ({"owner": ""}, "owner", "required"),
    ],
    [
        ({"sessions-0-capacity": "-1"}, "sessions-0-capacity", "greater than or equal"),
        ({"sessions-1-materials": "Slides javascript:alert(1)"}, "sessions-1-materials", "https://"),
        ({"sessions-2-materials": "Slides //evil.example/x"}, "sessions-2-materials", "https://"),
        ({"sessions-3-materials": "ftp://x.example/a"}, "sessions-3-materials", "https://"),
        ({"title": "x" * 151}, "title", "150"),
        ({"opens_at": "2026-03-05T09:00+01:00"}, "opens_at", "a day and a time"),
        ({"fee_company": "1e5"}, "fee_company", "5000 or 1250.50"),
        ({"status": "cancelled"}, "status", "valid choice"),
    ],
    [
        ({"description": "x" * 200_001}, "description", "200,000"),
    ],
]
"""What is wrong on one page: values, the field that says so, and its words. The last is looked at when all is well."""
NOT_SHOWN = {"time_zone", "visibility", "owner", "status"}
"""What is chosen out of a list: no other can be shown."""


@pytest.mark.parametrize("wrong", BAD)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_comes_back(client, advisor, wrong):
    event = dated(10, 11, 12, 13, 14, owner=advisor)
    before = as_it_stands(event, advisor)
    changed = {name: value for values, _field, _words in wrong for name, value in values.items()}
    answer = client.post(edit(event), {**before, **changed})
    assert answer.status_code == 200
    sent = sent_by(answer)
    for values, field, words in wrong:
        assert words in errors(answer, field), (field, values)
        assert words in answer.text, (field, values)
    for name in changed.keys() - NOT_SHOWN:
        assert sent[name] == [changed[name]]
    said = [form for form in every_form(answer) if form.errors]
    assert {form.add_prefix(name) for form in said for name in form.errors} == {field for _v, field, _w in wrong}
    assert "Not saved yet" in answer.text
    assert as_it_stands(Event.objects.get(), advisor) == before


def test_capacity_below_the_registered_is_refused_with_the_number(client, advisor):
    event = dated(10, owner=advisor)
    coming(event)
    coming(event)
    assert "2 people have a place" in errors(typed(client, event, advisor, capacity="1"), "capacity")


def test_overlapping_sessions_are_refused_at_the_later_row(client, advisor):
    event = dated(10, 11, owner=advisor)
    answer = typed(client, event, advisor, sessions__1__date="2026-03-10", sessions__1__starts="10:00")
    assert "same time as “Day 10”" in errors(answer, "sessions-1-starts")


def test_companies_of_one_name_are_named_by_number(client, advisor):
    event = dated(10, owner=advisor)
    twins = [CompanyFactory(name="Twin AS", organisation_number=number) for number in ("974760673", "123456785")]
    assert "Twin AS" in errors(typed(client, event, advisor, companies="Twin AS"), "companies")
    typed(client, event, advisor, companies="974 760 673")
    assert event.invited.get().company == twins[0]
    assert Company.objects.count() == 2


@pytest.mark.parametrize("file", ["", "hostile/blns.json"])
def test_hostile_texts_are_kept_and_shown_as_they_are(client, advisor, request, file):
    texts = [
        "<script>alert(1)</script>",
        "</textarea><script>alert(2)</script>",
        "&amp;",
        "Æøå 漢字 👩‍🔬",
        "%s {{ x }}",
    ]
    if file:
        texts += json.loads((request.getfixturevalue("inputs") / file).read_text())
    whole = "\n".join(line.strip("\r") for line in texts if line.strip())
    event = dated(10, owner=advisor)
    hostile = {"covered": whole, "description": whole, "sessions-0-description": whole[:5_000].strip()}
    hostile |= {"place": '"><script>alert(3)</script>', "title": "%s {{ x }} {% x %}</title>'"}
    half = sent_by(client.post(edit(event), {**as_it_stands(event, advisor), **hostile, "link": "nonsense"}))
    assert {name: half[name] for name in hostile} == {name: [text] for name, text in hostile.items()}
    assert client.post(edit(event), {**half, "link": ""}).status_code == 302
    page = client.get(edit(event))
    kept = sent_by(page)
    assert {name: kept[name] for name in hostile} == {name: [text] for name, text in hostile.items()}
    for shown in (page, client.get(event.get_absolute_url())):
        assert "<script>alert" not in shown.text


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("5000", 500_000), ("5 000", 500_000), ("5,000", 500_000), ("5.000", 500_000), ("NOK 5 000,-", 500_000),
        ("1250.50", 125_050), ("1250,5", 125_050), ("1,250.50", 125_050), ("kr 0", 0), ("", None),
    ],
)  # fmt: skip
def test_kroner_as_people_type_them(text, ore):
    assert KronerField(required=False).clean(text) == ore


# --- Both changes of the clock ---------------------------------------------------------------------------------------


def transitions(inputs) -> list[tuple[str, datetime, timedelta, timedelta]]:
    """Each change of a clock: zone, moment, offset before and after."""

    def offset(text: str) -> timedelta:
        sign, days, hours, minutes = re.fullmatch(r"(-?)(?:(\d+) days?, )?(\d+):(\d+):\d+", text).groups()
        whole = timedelta(days=int(days or 0))
        return (-whole if sign else whole) + timedelta(hours=int(hours), minutes=int(minutes))

    read = json.loads((inputs / "hostile/dst-transitions.json").read_text())
    return [
        (zone, datetime.fromisoformat(one["utc"]), offset(one["before"]), offset(one["after"]))
        for zone, changes in read.items()
        for one in changes
    ]


def row(zone: str, local: datetime, **values) -> SessionForm:
    data = {"key": "8f14e45f-ceea-467f-a9c3-0d1c1b1c1b1c", "title": "At night", "date": str(local.date()), **values}
    return SessionForm({"starts": f"{local:%H:%M}", **data}, zone=ZoneInfo(zone))


def test_every_hour_that_is_missing_is_refused_and_every_one_that_comes_twice_is_asked_about(inputs):
    missing = twice = 0
    for zone, moment, before, after in transitions(inputs):
        local = (moment + min(before, after)).replace(tzinfo=None) + timedelta(minutes=15)
        form = row(zone, local)
        assert not form.is_valid(), (zone, moment)
        if after > before:
            missing += 1
            assert "put forward" in form.errors["starts"][0]
            assert form.asks == set()
            continue
        twice += 1
        assert "comes twice" in form.errors["starts"][0]
        assert form.asks == {"starts"}
        first, second = (row(zone, local, starts_which=which) for which in ("first", "second"))
        assert first.is_valid()
        assert second.is_valid()
        assert first.asks == {"starts"}
        assert first.cleaned_data["starts_at"] == moment - (before - after) + timedelta(minutes=15)
        assert second.cleaned_data["starts_at"] == moment + timedelta(minutes=15)
        for form in (first, second):
            assert local_parts(form.cleaned_data["starts_at"], ZoneInfo(zone)) == (local, form["starts_which"].value())
    assert missing
    assert twice


def test_a_session_over_the_change_of_the_clock_lasts_as_long_as_it_does(inputs):
    form = row("Europe/Oslo", at(2026, 3, 29, 1, 30), ends="03:30")
    assert form.is_valid()
    assert form.cleaned_data["ends_at"] - form.cleaned_data["starts_at"] == timedelta(hours=1)
    back = row("Europe/Oslo", at(2026, 10, 25, 2, 45), starts_which="first", ends="02:15", ends_which="second")
    assert back.is_valid()
    assert back.cleaned_data["ends_at"] - back.cleaned_data["starts_at"] == timedelta(minutes=30)


def test_the_page_asks_which_and_remembers_what_was_chosen(client, advisor):
    event = dated(10, owner=advisor)
    night = {"sessions__0__date": "2026-10-25", "sessions__0__starts": "02:30", "sessions__0__ends": "04:00"}
    asked = typed(client, event, advisor, **night, closes_at="2026-10-25T02:30", title="")
    assert "comes twice" in errors(asked, "sessions-0-starts")
    assert "comes twice" in errors(asked, "closes_at")
    chosen = {**sent_by(asked), "sessions-0-starts_which": "second", "closes_at_which": "first"}
    refused = client.post(edit(event), chosen)
    assert sent_by(refused)["sessions-0-starts_which"] == ["second"]
    again = client.post(edit(event), {**sent_by(refused), "title": "At night"})
    assert again.status_code == 302
    event.refresh_from_db()
    assert (event.sessions.get().starts_at, event.closes_at) == (at(2026, 10, 25, 1, 30), at(2026, 10, 25, 0, 30))
    assert sent_by(client.get(edit(event)))["sessions-0-starts_which"] == ["second"]


def test_a_missing_hour_is_said_at_the_fields_of_the_event_too(client, advisor):
    event = dated(10, owner=advisor)
    answer = typed(client, event, advisor, opens_at="2026-03-29T02:30", change_until="2026-03-29T02:30")
    assert "put forward" in errors(answer, "opens_at")
    assert "put forward" in errors(answer, "change_until")


def test_another_zone_keeps_the_times_of_day(client, advisor):
    event = dated(10, owner=advisor)
    typed(client, event, advisor, time_zone="America/Chicago")
    assert event.sessions.get().starts_at == at(2026, 3, 10, 14)


# --- Two organisers at once ------------------------------------------------------------------------------------------


def test_what_somebody_else_saved_meanwhile_is_shown_beside_mine(client, advisor):
    event = dated(10, owner=advisor, place="Oslo")
    address, mine = edit(event), as_it_stands(event, advisor)
    theirs = EventData(fields={"title": "Their title", "place": "Bergen"}, sessions=[
        Row({"title": "Their session", "starts_at": at(2026, 3, 12, 9)}, key="8f14e45f-ceea-467f-a9c3-0d1c1b1c1b1c")
    ])  # fmt: skip
    arranging.change(event, theirs, by=UserFactory())
    answer = client.post(address, {**mine, "title": "My title"})
    page = answer.content.decode()
    assert "Somebody changed this event while you were writing" in page
    assert {"Their title", "Bergen"} <= {one.text for one in answer.context["arranged"].theirs}
    assert "Their session: Thursday 12 March 2026, from 10:00 (CET)" in page.replace("2026 from", "2026, from")
    event.refresh_from_db()
    assert event.title == "Their title"
    assert client.post(address, {**sent_by(answer), "place": "Bergen"}).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.place, event.sessions.count()) == ("My title", "Bergen", 2)


def test_whoever_does_not_say_what_they_read_is_asked(client, advisor):
    event = dated(10, owner=advisor)
    for seen in ("", "nonsense", "2026-01-01", "9999999999999-01-01T00:00:00"):
        sent = QueryDict(mutable=True)
        sent["seen"] = seen
        assert Arranged.sent(sent, event=event, by=advisor).seen_at < event.changed_at, seen
    assert "Somebody changed this event" in typed(client, event, advisor, seen="2026-01-01", title="New").text
