"""Topics, hubs and lists as people get them: what they may see, in their language, filtered, at a fixed cost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from cms.findable import Item
from cms.models import MasterclassesPage, Topic
from cms.published import bump
from cms.rules import Access
from tests.cms.topics.conftest import item
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cms import HomePageFactory, MasterclassesPageFactory, TopicFactory, masterclass

pytestmark = pytest.mark.django_db
LISTS = ("/topics/", "/topics/rules/", "/masterclasses/", "/library/")


@pytest.fixture
def topic() -> Topic:
    return TopicFactory.create(
        slug="rules", title="Rules", title_nb="Regler", summary="What binds.", summary_nb="Krav."
    )


def read(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def signed_in(**fields: Any) -> Client:
    client = Client()
    client.force_login(UserFactory(**fields))
    return client


# --- What stands where -----------------------------------------------------------------------------------------------
def test_a_topic_shows_what_stands_under_it_and_nothing_else(client: Client, topic: Topic, shelf: list[Item]) -> None:
    shelf += [item("here", topics=frozenset({topic.pk})), item("elsewhere")]
    page = read(client, "/topics/rules/")
    assert "Title of here" in page
    assert "Title of elsewhere" not in page
    assert "<title>Rules | Landfall</title>" in page
    assert '<a href="/topics/">Scale Clinic</a>' in page


def test_programs_find_a_topics_feed_by_themselves(client: Client, topic: Topic) -> None:
    feed = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
    masterclass(title="The podcast has an episode", topics=[topic])
    english, norwegian = read(client, "/topics/rules/"), read(client, "/nb/topics/rules/")
    assert feed.format("Rules", "/topics/rules/feed.xml") in english
    assert feed.format("Scale Clinic", "/podcast/feed.xml") in english
    assert feed.format("Regler", "/nb/topics/rules/feed.xml") in norwegian
    assert client.get("/topics/rules/feed.xml").status_code == 200
    assert "/topics/rules/feed.xml" not in read(client, "/topics/")


def test_an_unknown_topic_is_not_there(client: Client, topic: Topic) -> None:
    assert client.get("/topics/other/").status_code == 404


def test_a_topic_with_nothing_says_so_and_leads_on(client: Client, topic: Topic) -> None:
    page = read(client, "/topics/rules/")
    assert "Nothing stands under this topic yet" in page
    assert "<form" not in page


def test_no_match_names_the_one_way_on(client: Client, topic: Topic, shelf: list[Item]) -> None:
    shelf += [item("a", topics=frozenset({topic.pk}), level=1)]
    page = read(client, "/topics/rules/?level=advanced")
    assert "Nothing here fits all of these filters" in page
    assert '<a class="button" href="/topics/rules/">Show everything again</a>' in page


def test_offers_stand_in_a_section_of_their_own(client: Client, topic: Topic, shelf: list[Item]) -> None:
    heading = "Offers from service providers"
    shelf += [item("a", topics=frozenset({topic.pk}))]
    assert heading not in read(client, "/topics/rules/")
    shelf += [item("offer-1", "offer", topics=frozenset({topic.pk}))]
    bump()
    page = read(client, "/topics/rules/")
    assert heading in page
    assert "1 entry" in page  # the offer is not counted twice


def test_all_topics_say_what_each_holds(client: Client, topic: Topic, shelf: list[Item]) -> None:
    TopicFactory.create(title="Empty one")
    shelf += [item(f"m{n}", "masterclass", topics=frozenset({topic.pk})) for n in range(3)]
    shelf += [item("c", "course", topics=frozenset({topic.pk}))]
    page = read(client, "/topics/")
    assert "<li>3 masterclasses</li><li>1 course</li>" in page
    assert "<li>Nothing yet</li>" in page


def test_topics_stand_in_the_editors_order(client: Client) -> None:
    for place, title in enumerate(["Zinc", "Amber"]):
        TopicFactory.create(title=title, place=place)
    page = read(client, "/topics/")
    assert page.index("Zinc") < page.index("Amber")


def test_no_topics_yet_leads_to_the_courses(client: Client) -> None:
    assert "No topic yet" in read(client, "/topics/")


def test_masterclasses_need_their_page(client: Client, shelf: list[Item]) -> None:
    assert client.get("/masterclasses/").status_code == 404
    MasterclassesPageFactory.create(introduction="Twenty minutes each.")
    shelf += [item("m", "masterclass"), item("d", "document")]
    bump()
    page = read(client, "/masterclasses/")
    assert "Twenty minutes each." in page
    assert "Title of m" in page
    assert "Title of d" not in page


def test_an_unpublished_list_of_masterclasses_is_not_there(client: Client) -> None:
    page = MasterclassesPageFactory.create()
    page.unpublish()
    assert client.get("/masterclasses/").status_code == 404


def test_wagtail_leads_to_the_same_list(client: Client) -> None:
    page = MasterclassesPageFactory.create()
    assert page.get_url() == "/masterclasses/"
    assert page.make_preview_request().status_code == 200


def test_a_private_list_of_masterclasses_asks_who_one_is(client: Client) -> None:
    page = MasterclassesPageFactory.create(introduction="Only for some")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get("/masterclasses/").status_code == 302
    answer = signed_in().get("/masterclasses/")
    assert "Only for some" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_private_list_behind_a_password_shows_its_form(client: Client) -> None:
    page = MasterclassesPageFactory.create(introduction="Only for some")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="open")
    answer = client.get("/masterclasses/")
    assert "Only for some" not in answer.content.decode()
    assert 'type="password"' in answer.content.decode()


def test_the_library_holds_what_a_library_holds(client: Client, shelf: list[Item]) -> None:
    shelf += [item(kind, kind) for kind in ("document", "report", "guideline", "standard", "law", "course", "page")]
    page = read(client, "/library/")
    assert "5 entries" in page
    assert "Title of course" not in page
    assert "Title of page" not in page


def test_only_what_reads_is_answered(client: Client, topic: Topic) -> None:
    MasterclassesPageFactory.create()
    for address in LISTS:
        assert client.post(address).status_code == 405


# --- Languages -------------------------------------------------------------------------------------------------------
def test_in_norwegian_a_topic_speaks_norwegian(client: Client, topic: Topic, shelf: list[Item]) -> None:
    shelf += [
        item("en", topics=frozenset({topic.pk}), title="A report"),
        item("nb", topics=frozenset({topic.pk}), language="nb"),
    ]
    page = read(client, "/nb/topics/rules/")
    assert "<title>Regler | Landfall</title>" in page
    assert '<h3 lang="en"><a href="/en/">A report</a></h3>' in page
    assert '<h3><a href="/nb/">Title of nb</a></h3>' in page
    assert 'href="/nb/topics/"' in page


# --- Who sees what ---------------------------------------------------------------------------------------------------
def test_what_one_may_not_see_is_neither_shown_nor_counted(client: Client, topic: Topic, shelf: list[Item]) -> None:
    under = frozenset({topic.pk})
    MasterclassesPageFactory.create()
    for kind in ("document", "masterclass"):
        shelf += [
            item(f"open-{kind}", kind, topics=under, level=1),
            item(f"canary-{kind}", kind, topics=under, level=3, access=Access("members")),
        ]
    member = UserFactory()
    MembershipFactory(user=member)
    inside = Client()
    inside.force_login(member)
    for address in LISTS:
        for outside in (client, signed_in()):
            page = read(outside, address)
            assert "canary" not in page
            assert "Advanced" not in page
    assert "<li>1 masterclass</li><li>1 document</li>" in read(client, "/topics/")
    assert "<li>2 masterclasses</li><li>2 documents</li>" in read(inside, "/topics/")
    assert "canary-document" in read(inside, "/library/")


# --- Filters over HTTP -----------------------------------------------------------------------------------------------
def test_the_plain_form_and_htmx_give_the_same_list(client: Client, shelf: list[Item]) -> None:
    shelf += [item("a", level=1), item("b", level=2), item("c", level=2)]
    plain = client.get("/library/?level=intermediate")
    part = client.get("/library/?level=intermediate", headers={"HX-Request": "true"})
    assert "HX-Request" in plain["Vary"]
    assert "HX-Request" in part["Vary"]
    fragment = part.content.decode()
    assert "<html" not in fragment
    assert fragment.strip() in plain.content.decode()
    assert "2 of 3" in fragment
    assert "Show the 2 that match" in fragment
    assert 'value="intermediate" checked' in fragment


def test_going_back_gets_a_whole_page(client: Client, shelf: list[Item]) -> None:
    shelf += [item("a", level=1), item("b")]
    answer = client.get("/library/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in answer.content.decode()


def test_htmx_and_a_page_are_never_mixed_up_by_the_page_cache(client: Client, shelf: list[Item]) -> None:
    shelf += [item("a", level=1), item("b")]
    assert "<html" not in read(client, "/library/", **{"HX-Request": "true"})
    assert "<html" in read(client, "/library/")
    assert "<html" not in read(client, "/library/", **{"HX-Request": "true"})


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=999", "page=" + "9" * 5000, "page=%00", "kind=%00&kind=%ff", "level=9&level=9",
     "kind=" + "x" * 10_000, "topic=gone", "kind=document&kind=document&page=1&page=2", "&&&=&?", "level=1'--"],
)  # fmt: skip
def test_nonsense_in_the_address_is_harmless(client: Client, shelf: list[Item], query: str) -> None:
    shelf += [item(f"d{n}") for n in range(25)]
    assert "25 entries" in read(client, f"/library/?{query}") or "25 of 25" in read(client, f"/library/?{query}")


def test_the_second_page_keeps_the_filters(client: Client, shelf: list[Item]) -> None:
    shelf += [item(f"d{n:02}", level=1) for n in range(25)] + [item("other")]
    page = read(client, "/library/?level=foundation")
    assert 'href="/library/?level=foundation&amp;page=2"' in page
    second = read(client, "/library/?level=foundation&page=2")
    assert second.count("Title of d") == 5
    assert 'aria-label="Page 2" aria-current="page"' in second


def test_what_editors_write_is_escaped(client: Client, shelf: list[Item]) -> None:
    TopicFactory.create(slug="odd", title="<b>Odd</b>", summary='"><script>')
    shelf += [item("a", title="<script>x</script>", summary="<i>", size="<u>"), item("b", "report")]
    for address in ("/topics/", "/topics/odd/", "/library/"):
        page = read(client, address)
        assert "<b>Odd" not in page
        assert "<script>x" not in page
        assert "<u>" not in page


# --- The front page --------------------------------------------------------------------------------------------------
def test_the_front_page_counts_what_is_open_to_everybody(client: Client, topic: Topic, shelf: list[Item]) -> None:
    shelf += [
        item("a", topics=frozenset({topic.pk})),
        item("b", topics=frozenset({topic.pk}), access=Access("members")),
    ]
    section = {"type": "topics", "value": {"heading": "By topic", "introduction": ""}}
    HomePageFactory.create(sections=[section])
    staff = signed_in(is_staff=True)
    for one in (staff, client):
        page = read(one, "/")
        assert "By topic" in page
        assert '<h3><a href="/topics/rules/">Rules</a></h3>' in page
        assert "<li>1 document</li>" in page


def test_without_topics_the_front_page_leaves_the_section_out(client: Client) -> None:
    HomePageFactory.create(sections=[{"type": "topics", "value": {"heading": "By topic", "introduction": ""}}])
    assert "By topic" not in read(client, "/")


# --- What it costs ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [*LISTS, "/library/?level=advanced&page=2"])
def test_a_list_takes_the_same_statements_at_3_and_300_items(address: str, topic: Topic, shelf: list[Item]) -> None:
    MasterclassesPageFactory.create()
    member = UserFactory()
    MembershipFactory(user=member)
    inside = Client()
    inside.force_login(member)
    counts = []
    for size in (3, 300):
        shelf[:] = [
            item(f"{kind}{n}", kind, topics=frozenset({topic.pk}), level=1 + n % 3)
            for kind in ("masterclass", "document")
            for n in range(size)
        ]
        bump()
        counts.append([statements(who, address) for who in (Client(), inside)])
    assert counts[0] == counts[1]
    anonymous, person = counts[0]
    assert anonymous <= 2
    assert person <= 8


def statements(client: Client, address: str) -> int:
    """Statements of a warm page, the page cache aside: a query it does not know passes it by."""
    passing = f"{address}{'&' if '?' in address else '?'}other=1"
    client.get(passing)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(passing).status_code == 200
    return len(counted)


def test_an_anonymous_list_comes_from_the_page_cache(client: Client, topic: Topic, shelf: list[Item]) -> None:
    MasterclassesPageFactory.create()
    shelf += [item("a", topics=frozenset({topic.pk}))]
    for address in LISTS:
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        assert len(counted) <= 1, address


def test_a_renamed_topic_is_seen_at_once(client: Client, topic: Topic) -> None:
    assert "Rules" in read(client, "/topics/")
    topic.title = "Duties"
    topic.save()
    assert "Duties" in read(client, "/topics/")


def test_addresses(topic: Topic) -> None:
    assert [reverse(f"cms:{name}") for name in ("topics", "masterclasses", "library")] == [
        "/topics/",
        "/masterclasses/",
        "/library/",
    ]
    assert topic.get_absolute_url() == "/topics/rules/"
    assert MasterclassesPage.max_count_per_parent == 1
