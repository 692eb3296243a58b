"""The list of events and the sheet of a month: what they show, to whom, and what that costs."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.published import bump
from lms.accounts.models import Company, User
from lms.events.actions import cancel
from lms.events.models import Event, Order, Registration, Session
from tests.factories.accounts import ClusterMembershipFactory, MembershipFactory, UserFactory
from tests.factories.cms import HomePageFactory, TopicFactory, webinar, webinar_event
from tests.factories.events import EventFactory, at, person, registered, registration

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(minute=0, second=0, microsecond=0)


def read(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def signed_in(user: User | None = None, **fields: Any) -> Client:
    client = Client()
    client.force_login(user or UserFactory(**fields))
    return client


def member() -> User:
    return MembershipFactory().user


def event(title: str = "An event", days: int = 7, **fields: Any) -> Event:
    """Open to everybody, so many days from now, for two hours."""
    begins = NOW + timedelta(days=days)
    fields.setdefault("sessions", [{"starts_at": begins, "ends_at": begins + timedelta(hours=2)}])
    return EventFactory(**{"title": title, "visibility": "everyone", **fields})


def lines(page: str) -> list[str]:
    """The titles in the list, in order."""
    return re.findall(r"<h4[^>]*><a [^>]*>(.*?)</a>", page)


# --- The list --------------------------------------------------------------------------------------------------------
def test_a_topic_finds_the_webinar_whose_page_stands_under_it(client: Client):
    topic = TopicFactory(slug="home-market")
    webinar(webinar_event(title="Under it"), topics=[topic])
    webinar(webinar_event(title="Under another"), topics=[TopicFactory()])
    event("Without a page")
    assert lines(read(client, "/events/?topic=home-market")) == ["Under it"]
    assert len(lines(read(client, "/events/"))) == 3


def test_nothing_planned_leads_on(client: Client):
    page = read(client, "/events/")
    assert "Nothing is planned just now" in page
    assert "Nothing has been held yet" in read(client, "/events/?when=past")


def test_coming_ones_come_soonest_first_past_ones_newest_first(client: Client):
    for title, days in [("Far", 40), ("Near", 2), ("Long ago", -90), ("Lately", -3)]:
        event(title, days)
    running = {"starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(hours=3)}
    event("Running", sessions=[running])
    assert lines(read(client, "/events/")) == ["Running", "Near", "Far"]
    assert lines(read(client, "/events/?when=past")) == ["Lately", "Long ago"]


def test_the_tabs_count_both_with_the_filters_kept(client: Client):
    for days in (3, 4, -3):
        event(days=days, kind="webinar")
    event(kind="meeting")
    page = read(client, "/events/?kind=webinar")
    assert re.findall(r'<span class="count">(\d+)</span></a>', page) == ["2", "1"]
    assert 'href="/events/?when=past&amp;kind=webinar"' in page
    assert "?kind=webinar" in re.findall(r'href="(/events/month/[^"]*)"', page)[0]


def test_an_event_without_a_date_stands_last(client: Client):
    event("Some day", sessions=[])
    event("Dated")
    page = read(client, "/events/")
    assert lines(page) == ["Dated", "Some day"]
    assert "No date yet" in page
    assert "The date is still to come" in page


def test_it_says_when_where_and_in_which_zone(client: Client):
    evening = {"starts_at": at(2099, 6, 1, 23, 30), "ends_at": at(2099, 6, 2, 2)}
    event(time_zone="America/Chicago", place="Minneapolis, USA", sessions=[evening])
    page = read(client, "/events/")
    assert "Monday 1 June 2099, 18:30–21:00" in page
    assert "Chicago time (CDT)" in page
    assert "Minneapolis, USA" in page
    assert "June 2099</h3>" in page


def test_where(client: Client):
    told = {
        "Online": [{"link": "https://meet.example/x"}, {"kind": "webinar"}],
        "Oslo, and online": [{"link": "https://meet.example/x", "place": "Oslo"}],
        "The place is still to come": [{}],
    }
    for words, events in told.items():
        for fields in events:
            event(title=f"{words}.", **fields)
    page = read(client, "/events/")
    entries = re.findall(r"<h4[^>]*><a [^>]*>(.*?)\.</a>(.*?)(?=<h4|</section>)", page, re.DOTALL)
    assert len(entries) == 4
    for words, entry in entries:
        assert f"<p>{words}</p>" in entry or words == "The place is still to come" in entry
    assert "meet.example" not in page


def test_status_is_told_in_words(client: Client):
    event(status="tentative")
    event(status="cancelled", capacity=5)
    page = read(client, "/events/")
    assert "Tentative, to be confirmed" in page
    assert "Cancelled" in page
    assert "places left" not in page


def test_places_left_and_who_waits(client: Client):
    event("Open")
    roomy, full = event(capacity=3), event(capacity=1)
    registration(roomy)
    for _ in range(4):
        registration(full)
    page = read(client, "/events/")
    assert "No limit" in page
    assert "2 places left" in page
    assert "Full, 3 wait" in page
    cancel(full.registrations.earliest("pk"))  # the first in line is offered the place, so two are left in it
    bump()
    assert "Full, 2 wait" in read(client, "/events/")


def test_past_events_say_nothing_of_places(client: Client):
    event(days=-3, capacity=3)
    assert "places left" not in read(client, "/events/?when=past")


def test_ones_own_state_is_ones_own():
    ann, ben = member(), member()
    one, other = event("One", capacity=1), event("Other", days=8)
    registered(one, person(ann), by=ann)
    registered(one, person(ben), by=ben)
    registered(other, person(ben), by=ben)
    page = read(signed_in(ann), "/events/")
    assert page.count("You have a place") == 1
    assert "waiting list" not in page
    page = read(signed_in(ben), "/events/")
    assert page.count("You have a place") == page.count("You are on the waiting list") == 1
    assert "You have" not in read(Client(), "/events/")


def test_an_offer_calls_for_an_answer():
    ann, ben = member(), member()
    one = event(capacity=1)
    first = registered(one, person(ben), by=ben).registrations.get()
    registered(one, person(ann), by=ann)
    cancel(first)
    page = read(signed_in(ann), "/events/")
    assert '<span class="status status-act">You are offered a place</span>' in page
    assert "Full" in page  # the place on offer is taken


def test_a_place_given_up_is_no_state():
    ann = member()
    mine = event()
    cancel(registered(mine, person(ann), by=ann).registrations.get())
    assert "You have a place" not in read(signed_in(ann), "/events/")


# --- Who sees what ---------------------------------------------------------------------------------------------------
def test_what_one_may_not_see_is_neither_shown_nor_counted():
    belongs = ClusterMembershipFactory()
    inside = MembershipFactory(company=belongs.company).user
    event("Open one")
    event("Canary members", visibility="members", kind="meeting", place="Canary house")
    event("Canary cluster", visibility="clusters", clusters=[belongs.cluster])
    event("Canary invited", visibility="invited")
    month = reverse("cms:events_month", args=[f"{NOW + timedelta(days=7):%Y-%m}"])
    for outside in (Client(), signed_in()):
        page = read(outside, "/events/")
        assert "anary" not in page
        assert "1 entry" in page
        assert "anary" not in read(outside, month)
    seen = set(lines(read(signed_in(inside), "/events/")))
    assert seen == {"Open one", "Canary members", "Canary cluster"}
    assert "Canary invited" not in read(signed_in(inside), month)
    assert len(lines(read(signed_in(is_staff=True), "/events/"))) == 4


# --- Filters ---------------------------------------------------------------------------------------------------------
def test_filters_by_kind_topic_and_place_with_counts(client: Client, presented: dict[int, set[int]]):
    topic = TopicFactory.create(slug="rules", title="Rules")
    first, second = event("First", kind="webinar"), event("Second", place="Oslo")
    event("Third", place="Bergen", link="https://meet.example/")
    presented.update({first.pk: {topic.pk}, second.pk: {topic.pk}})
    page = read(client, "/events/")
    assert re.findall(r'value="([a-z]+)"> .*? <span class="count">(\d)', page) == [
        ("webinar", "1"),
        ("workshop", "2"),
        ("rules", "2"),
        ("online", "2"),
        ("bergen", "1"),
        ("oslo", "1"),
    ]
    assert lines(read(client, "/events/?topic=rules")) == ["First", "Second"]
    assert lines(read(client, "/events/?place=online")) == ["First", "Third"]
    assert lines(read(client, "/events/?place=oslo&place=bergen&kind=workshop")) == ["Second", "Third"]
    page = read(client, "/events/?topic=rules&place=bergen")
    assert "Nothing here fits all of these filters" in page
    assert '<a href="/events/?place=bergen">Rules' in page


def test_without_a_provider_no_topic_is_offered(client: Client):
    TopicFactory.create(slug="rules", title="Rules")
    event()
    assert "Rules" not in read(client, "/events/")


def test_the_plain_form_and_htmx_give_the_same_list(client: Client):
    event("One", kind="webinar")
    event("Two")
    plain = client.get("/events/?kind=webinar")
    part = client.get("/events/?kind=webinar", headers={"HX-Request": "true"})
    assert "HX-Request" in plain["Vary"]
    fragment = part.content.decode()
    assert "<html" not in fragment
    assert fragment.strip() in plain.content.decode()
    assert "1 of 2" in fragment


def test_the_past_keeps_to_itself_when_filtered_and_paged(client: Client):
    for n in range(55):
        event(f"Past {n}", days=-2 - n, kind="webinar" if n else "meeting")
    page = read(client, "/events/?when=past&kind=webinar")
    assert '<input type="hidden" name="when" value="past">' in page
    assert 'href="/events/?when=past&amp;kind=webinar&amp;page=2"' in page
    assert lines(read(client, "/events/?when=past&kind=webinar&page=2")) == [f"Past {n}" for n in range(51, 55)]


def test_nonsense_in_the_address_is_harmless(client: Client):
    event("Still here")
    for query in (
        "page=0", "page=" + "9" * 5000, "page=%00", "kind=%00&kind=%ff", "place=" + "x" * 9000, "topic=gone",
        "when=ever", "when=past'--", "&&&=&?", "kind=webinar%27",
    ):  # fmt: skip
        assert lines(read(client, f"/events/?{query}")) == ["Still here"], query
        assert client.get(f"/events/month/?{query}").status_code == 200, query


def test_what_organisers_write_is_escaped(client: Client):
    event("<script>alert(1)</script></a>", place='"><b>Oslo', kind="meeting")
    event()
    for address in ("/events/", "/events/month/", reverse("cms:events_month", args=[f"{NOW:%Y-%m}"])):
        page = read(client, address)
        assert "<script>alert" not in page
        assert "<b>Oslo" not in page


def test_in_norwegian_the_addresses_are_norwegian(client: Client):
    one = event("One", language="en")
    page = read(client, "/nb/events/")
    assert f'<h4 lang="en"><a href="/nb/events/{one.pk}/">' in page
    assert 'href="/nb/events/month/' in page


# --- Months ----------------------------------------------------------------------------------------------------------
def cells(page: str) -> dict[str, str]:
    """The text of each day, by its date."""
    found = {}
    for cell in re.findall(r"<td .*?</td>", page, re.DOTALL):
        day = re.search(r'datetime="([\d-]+)"', cell)
        assert day
        found[day[1]] = " ".join(re.sub(r"<[^>]+>", " ", cell).split())
    return found


def test_a_month_is_a_table_of_weeks(client: Client):
    event("Later", sessions=[{"starts_at": at(2027, 6, 30, 8)}])
    page = read(client, "/events/month/2027-05/")
    assert re.findall(r'<th scope="col">(\w+)</th>', page)[0] == "Monday"
    assert page.count("<tr>") == 1 + 6
    assert next(iter(cells(page))) == "2027-04-26"
    assert 'href="/events/month/2027-04/"' in page
    assert 'href="/events/month/2027-06/"' in page
    assert "Oslo time" in page


def test_months_are_linked_from_the_first_event_to_the_last_and_no_further(client: Client):
    event("Earlier", sessions=[{"starts_at": at(2026, 1, 1, 8)}])
    event("Later", sessions=[{"starts_at": at(2027, 6, 30, 8)}])
    event("Hidden", visibility="invited", sessions=[{"starts_at": at(2029, 6, 1, 8)}])
    assert 'href="/events/month/2027-07/"' not in read(client, "/events/month/2027-06/")
    assert 'href="/events/month/2025-12/"' not in read(client, "/events/month/2026-01/")
    assert 'href="/events/month/2026-02/"' in read(client, "/events/month/2026-01/")


def test_an_event_stands_on_each_of_its_days_in_the_sites_zone(client: Client):
    """The delegation’s shape: in Chicago an evening is the next day’s night at home; the last day has no time."""
    event(
        "Trip",
        time_zone="America/Chicago",
        sessions=[
            {"starts_at": at(2027, 5, 31, 14)},
            {"starts_at": at(2027, 6, 1, 14)},
            {"starts_at": at(2027, 6, 1, 23, 30), "ends_at": at(2027, 6, 2, 2)},
            {"starts_at": at(2027, 6, 2, 5), "time_known": False},
        ],
    )
    event("Camp", sessions=[{"starts_at": at(2027, 5, 10, 7), "ends_at": at(2027, 5, 12, 10)}])
    days = cells(read(client, "/events/month/2027-05/"))
    assert {day: text.partition("May ")[2] for day, text in days.items() if "Camp" in text} == {
        "2027-05-10": "09:00 Camp",
        "2027-05-11": "Camp",
        "2027-05-12": "Camp",
    }
    trip = [(day, text.split()[-2]) for day, text in days.items() if "Trip" in text]
    assert trip == [("2027-05-31", "16:00"), ("2027-06-01", "16:00"), ("2027-06-02", "01:30")]
    assert "Trip" in cells(read(client, "/events/month/2027-06/"))["2027-05-31"]


def test_what_began_before_the_sheet_is_on_it(client: Client):
    event("Long", sessions=[{"starts_at": at(2027, 3, 1, 8), "ends_at": at(2027, 6, 30, 8)}])
    days = cells(read(client, "/events/month/2027-05/"))
    assert all("Long" in text for text in days.values())


def test_today_is_marked(client: Client):
    page = read(client, "/events/month/")
    marked = re.findall(r'aria-current="date">.*?datetime="([\d-]+)"', page, re.DOTALL)
    assert marked == [timezone.localdate().isoformat()]
    assert "This month" not in page
    assert "This month" in read(client, "/events/month/2027-05/")


def test_a_month_keeps_the_lists_filters(client: Client):
    event("One", sessions=[{"starts_at": at(2027, 5, 3, 8)}], kind="webinar")
    event("Two", sessions=[{"starts_at": at(2027, 5, 4, 8)}])
    event("Three", sessions=[{"starts_at": at(2027, 6, 4, 8)}])
    page = read(client, "/events/month/2027-05/?kind=webinar")
    assert "One" in page
    assert "Two" not in page
    assert 'href="/events/month/2027-06/?kind=webinar"' in page
    assert 'href="/events/month/2027-05/">Webinar' in page
    assert "Nothing in this month fits" in read(client, "/events/month/2027-07/?kind=webinar")


@pytest.mark.parametrize("word", ["2027-13", "2027-5", "1999-12", "2100-01", "x", "2027-05-01", "%00", "９-1"])
def test_what_is_no_month_is_not_there(client: Client, word: str):
    assert client.get(f"/events/month/{word}/").status_code == 404


def test_the_calendar_ends_somewhere(client: Client):
    assert "month/2100-01" not in read(client, "/events/month/2099-12/")
    assert "month/1999-12" not in read(client, "/events/month/2000-01/")


def test_only_what_reads_is_answered(client: Client):
    for address in ("/events/", "/events/month/", "/events/month/2027-05/"):
        assert client.post(address).status_code == 405


# --- For search engines ----------------------------------------------------------------------------------------------
def structured(page: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])["@graph"] if found else []


def test_the_list_names_what_is_everybodys_in_order(settings: Any):
    one = event("</script>One", days=3)
    event("Canary", days=2, visibility="members")
    two = event("Two", days=5)
    (data,) = structured(read(signed_in(is_staff=True), "/events/"))
    assert data["@type"] == "ItemList"
    assert [(entry["position"], entry["name"], entry["url"]) for entry in data["itemListElement"]] == [
        (1, "</script>One", f"{settings.SITE_URL}/events/{one.pk}/"),
        (2, "Two", f"{settings.SITE_URL}/events/{two.pk}/"),
    ]


# --- The front page --------------------------------------------------------------------------------------------------
@pytest.fixture
def home() -> Any:
    section = {"type": "events", "value": {"heading": "What is coming", "introduction": ""}}
    return HomePageFactory.create(sections=[section])


def test_the_front_page_shows_the_next_three_of_everybodys(client: Client, home: Any):
    assert "What is coming" not in read(client, "/")
    bump()
    for n in range(5):
        event(f"Coming {n}", days=n + 1)
    event("Canary", days=1, visibility="members")
    event("Off", days=1, status="cancelled")
    event("Over", days=-1)
    for one in (client, signed_in(is_staff=True)):
        page = read(one, "/")
        assert "What is coming" in page
        assert re.findall(r"<h3><a [^>]*>(Coming \d|Canary|Off|Over)", page) == ["Coming 0", "Coming 1", "Coming 2"]
        assert 'href="/events/"' in page


def test_the_front_page_follows_the_clock_without_anything_published(client: Client, home: Any):
    soon = event("Soon", days=1)
    assert "Soon" in read(client, "/?fresh")
    Event.objects.filter(pk=soon.pk).update(starts_at=NOW - timedelta(hours=3), ends_at=NOW - timedelta(hours=1))
    assert "Soon" not in read(client, "/?fresh")


# --- What it costs ---------------------------------------------------------------------------------------------------
def statements(client: Client, address: str) -> int:
    """Statements of a warm page, the page cache aside: a query it does not know passes it by."""
    passing = f"{address}{'&' if '?' in address else '?'}other=1"
    client.get(passing)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(passing).status_code == 200
    return len(counted)


def many(number: int, owner: User) -> list[Event]:
    """So many events of one place, every second one for members, every fourth one over."""
    begins = [NOW + timedelta(days=7 if n % 4 else -7) for n in range(number)]
    hours = {one: {"starts_at": one, "ends_at": one + timedelta(hours=2)} for one in begins}
    made = Event.objects.bulk_create(
        Event(kind="workshop", title=f"Event {n}", owner=owner, capacity=1, **hours[one],
              visibility=["everyone", "members"][n % 2])
        for n, one in enumerate(begins)
    )  # fmt: skip
    Session.objects.bulk_create(
        Session(event=one, title="The session", **hours[start]) for one, start in zip(made, begins, strict=True)
    )
    return made


def asks(events: list[Event], user: User, company: Company | None, state: str) -> None:
    """Somebody's registration at each, as it stands after whatever happened."""
    orders = Order.objects.bulk_create(Order(event=one, placed_by=user, company=company) for one in events)
    Registration.objects.bulk_create(
        Registration(order=one, event=one.event, user=user, company=company, name=user.full_name, email=user.email,
                     state=state, state_since=NOW, queued_at=NOW, join_key=f"key-{one.pk}")
        for one in orders
    )  # fmt: skip


def test_pages_take_the_same_statements_at_3_and_200_events(presented: dict[int, set[int]]):
    topic = TopicFactory.create(slug="rules", title="Rules")
    ann, owner, company = member(), UserFactory(), MembershipFactory()
    inside = signed_in(ann)
    asked = [f"/events/{query}" for query in ("", "?when=past", "?topic=rules&page=2")]
    asked.append(f"/events/month/{NOW + timedelta(days=7):%Y-%m}/")
    counts = []
    for size in (3, 197):
        made = many(size, owner)
        presented.update({one.pk: {topic.pk} for one in made})
        coming = [one for one in made if one.starts_at and one.starts_at > NOW]
        asks(coming, ann, None, "confirmed")
        asks(coming, company.user, company.company, "waiting")
        counts.append([[statements(who, address) for address in asked] for who in (Client(), inside)])
    assert Event.objects.count() == 200
    assert counts[0] == counts[1]
    anonymous, signed = counts[0]
    assert max(anonymous) <= 4
    assert max(signed) <= 8


def test_an_anonymous_calendar_comes_from_the_page_cache(client: Client):
    event()
    for address in ("/events/", "/events/month/"):
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        assert len(counted) <= 1, address
