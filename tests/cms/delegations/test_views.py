"""A delegation's page and the list of them: what stands there, who gets it, what it costs."""

import itertools
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.delegations import selectors
from cms.models import DelegationPage
from cms.public_cache import pages
from lms.events.models import Event, Invited
from tests.cms.delegations.conftest import minneapolis
from tests.cms.masterclasses.test_views import member, sound_faults
from tests.cms.webinars.conftest import client_of
from tests.cms.webinars.test_publishing import rows
from tests.cms.webinars.test_views import of_type, structured
from tests.factories.accounts import UserFactory
from tests.factories.cms import DelegationsPageFactory, DocumentFactory, delegation, locale, webinar_event

pytestmark = pytest.mark.django_db


def words(page: DelegationPage, person: Any = None) -> str:
    answer = client_of(person).get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_all_that_an_invitation_says_stands_there() -> None:
    page = minneapolis()
    page.documents.set([DocumentFactory(title="What to know of Minnesota")])
    page.save_revision().publish()
    html = " ".join(words(page).split())
    for piece in (
        "Visiting Minneapolis with the Norwegian ecosystem in health",
        "Tentative, all to be confirmed",
        "31 May 2023 to 2 June 2023",
        "Minneapolis, Minnesota, USA",
        "future and virtual hospitals",
        "What we look for",
        "Why Minnesota",
        "<strong>PMA six months faster</strong>",
        "Source: The organisers’ invitation, 2023.",
        "A recommended hotel is coming soon.",
        "<dt>Companies</dt><dd>NOK 5,000 for each company</dd>",
        "<dt>All others</dt><dd>Free of charge</dd>",
        "At most 2 people",
        "Food, other than breakfast and drinks",
        "Hotel<br>Flight tickets",
        "Norway Health Tech",
        "Norwegian Smart Care Cluster",
        "more than 500 members",
        "USA Next, funded by Viken fylkeskommune",
        "What to know of Minnesota",
    ):
        assert piece in html
    assert page.url == "/delegations/minneapolis/"


def test_a_mark_goes_when_the_event_is_confirmed() -> None:
    page = minneapolis()
    Event.objects.filter(pk=page.event_id).update(status="confirmed")
    assert "Tentative" not in words(page)


def test_a_free_one_says_so() -> None:
    assert "<dt>Fee</dt><dd>Free of charge</dd>" in words(delegation())


def test_the_pages_are_sound() -> None:
    locale("nb")
    paths = [minneapolis().url, delegation().url, "/delegations/"]
    for client, path in itertools.product(
        (client_of(None), client_of(member())), [*paths, *(f"/nb{one}" for one in paths)]
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert sound_faults(answer.content.decode(), path) == []


def test_markup_in_what_editors_and_organisers_write_is_words() -> None:
    page = minneapolis(covered="<script>alert(1)</script>", place="<b>Oslo</b>")
    html = words(page)
    assert "<script>alert(1)" not in html
    assert "&lt;b&gt;Oslo&lt;/b&gt;" in html
    assert "<b>Oslo" not in html


# --- Who may see it --------------------------------------------------------------------------------------------------


def test_the_event_says_whom_it_is_for() -> None:
    page, guest = delegation(webinar_event(kind="delegation")), UserFactory()
    Invited.objects.create(event=page.event, user=guest)
    clients = [client_of(person) for person in (None, UserFactory(), member(), guest)]
    for visibility, expected in {
        "everyone": [200, 200, 200, 200],
        "members": [302, 404, 200, 200],  # an invitation opens more than the audience
        "invited": [302, 404, 404, 200],
    }.items():
        Event.objects.filter(pk=page.event_id).update(visibility=visibility)
        pages.clear()
        answers = [client.get(page.url) for client in clients]
        assert [answer.status_code for answer in answers] == expected, visibility
        assert all("private" in answer["Cache-Control"] for answer in answers[1:] if answer.status_code == 200)


def test_the_list_has_what_somebody_may_see(client: Client) -> None:
    for visibility in ("everyone", "members", "invited"):
        delegation(webinar_event(kind="delegation", visibility=visibility), title=f"for {visibility}")
    html = client.get("/delegations/").content.decode()
    assert [name for name in ("for everyone", "for members", "for invited") if name in html] == ["for everyone"]
    html = client_of(member()).get("/delegations/").content.decode()
    assert [name for name in ("for everyone", "for members", "for invited") if name in html] == [
        "for everyone",
        "for members",
    ]


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    DelegationsPageFactory()
    assert "No delegation is planned just now" in client.get("/delegations/").content.decode()


# --- What others read ------------------------------------------------------------------------------------------------


def test_it_is_an_event_at_a_place() -> None:
    page = minneapolis()
    (data,) = of_type(words(page), "Event")
    assert data["startDate"] == "2023-05-31T09:00:00-05:00"
    assert data["location"]["name"] == "Minneapolis, Minnesota, USA"
    assert data["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert [one["name"] for one in data["organizer"]] == ["Norway Health Tech", "Norwegian Smart Care Cluster"]


def test_nothing_is_said_of_what_is_not_public() -> None:
    page = delegation(webinar_event(kind="delegation", visibility="members"))
    assert structured(words(page, member())) == []


def test_it_is_found_and_its_event_leads_to_it(client: Client) -> None:
    page = minneapolis()
    assert [item.title for item in selectors.items("en")] == [page.title]
    texts = [passage.text for _key, passage in selectors.passages("en")]
    assert any("PMA six months faster" in text for text in texts)
    assert client.get(f"/events/{page.event_id}/")["Location"] == page.url
    assert f"{page.url}</loc>" in client.get("/sitemap.xml").content.decode()
    assert page.url in client.get("/search/?q=Minneapolis").content.decode()


# --- The editor's page -----------------------------------------------------------------------------------------------


def add(**fields: str) -> Any:
    parent = DelegationsPageFactory()
    event = webinar_event(kind="delegation")
    data = {"title": "A journey", "slug": "a-journey", "summary": "In short.", "event": str(event.pk)}
    data |= rows("hosts", {"name": "A cluster", "about": ""}) | {"action-publish": "1"} | fields
    client = client_of(UserFactory(is_staff=True, is_superuser=True))
    return client.post(reverse("wagtailadmin_pages:add", args=["cms", "delegationpage", parent.pk]), data)


def test_an_editor_publishes_one() -> None:
    assert add(background="### Aim").status_code == 302
    page = DelegationPage.objects.get()
    assert (page.live, [host.name for host in page.hosts.all()]) == (True, ["A cluster"])


def test_a_text_that_cannot_be_shown_is_refused_at_its_field() -> None:
    answer = add(why="a " * 110_000)
    assert "characters" in str(answer.context["form"].errors["why"])
    assert not DelegationPage.objects.exists()


# --- What it costs ---------------------------------------------------------------------------------------------------


def test_a_page_costs_the_same_with_many_documents(django_assert_max_num_queries: Any) -> None:
    page, client = minneapolis(), client_of(member())
    for size in (3, 30):
        page.documents.set([DocumentFactory() for _n in range(size)])
        page.save_revision().publish()
        assert client.get(page.url).text.count("Document ") >= size
        with django_assert_max_num_queries(26):
            assert client.get(page.url).status_code == 200
