"""The catalogue filtered: what fits, what is counted, what is said where nothing does, what strange addresses get."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import Topic
from cms.public_cache import pages
from cms.published import forget
from courses.models import CoursePage
from courses.rules import Length, Level, length_of
from tests.courses.conftest import Learner
from tests.courses.test_views import HTMX, text, words
from tests.factories.cms import TopicFactory
from tests.factories.courses import EnrolmentFactory, bulk_courses, catalog_page, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def payers() -> Topic:
    return TopicFactory(title="Payers", slug="payers")


@pytest.fixture
def three(payers: Topic) -> None:
    """One course a level; the first two under a topic, the last two long."""
    make_course(1, 1, title="Shallow", hours=2, topics=[payers])
    make_course(1, 1, title="Middle", hours=9, level=Level.INTERMEDIATE, topics=[payers])
    make_course(1, 1, title="Deep", hours=12, level=Level.ADVANCED)


def shown(client: Client, query: str = "", **extra: Any) -> list[str]:
    """The titles of the three that the list shows."""
    body = client.get(f"/courses/?{query}", **extra).content.decode()
    return [title for title in ("Shallow", "Middle", "Deep") if f">{title}</a>" in body]


NARROWED = {
    "": ["Shallow", "Middle", "Deep"],
    "level=foundation": ["Shallow"],
    "level=foundation&level=advanced": ["Shallow", "Deep"],
    "topic=payers": ["Shallow", "Middle"],
    "topic=payers&level=intermediate": ["Middle"],
    "length=long": ["Middle", "Deep"],
    "length=short&length=long&topic=payers": ["Shallow", "Middle"],
    "language=en": ["Shallow", "Middle", "Deep"],
    "level=foundation&level=foundation": ["Shallow"],
}


@pytest.mark.usefixtures("three")
def test_narrows_down(client: Client) -> None:
    assert {query: shown(client, query) for query in NARROWED} == NARROWED


@pytest.mark.usefixtures("three")
def test_counts_what_each_choice_would_give(client: Client) -> None:
    body = words(client.get("/courses/"))
    assert "3 courses" in body
    assert "Foundation 1 Intermediate 1 Advanced 1" in body
    assert "Payers 2" in body
    assert "Up to 3 hours 1 More than 8 hours 2" in body, "no choice that nothing has"
    assert "Your progress" not in body
    body = words(client.get("/courses/?topic=payers"))
    assert "2 of 3 courses" in body
    assert "Foundation 1 Intermediate 1 Advanced 0" in body
    assert "Payers 2" in body, "its own facet is counted without it"


@pytest.mark.usefixtures("three")
def test_each_filter_can_be_taken_away_and_all_cleared(client: Client) -> None:
    body = text(client.get("/courses/?topic=payers&level=advanced&junk=1"))
    assert 'href="/courses/?topic=payers"' in body
    assert 'href="/courses/?level=advanced"' in body
    assert '<a href="/courses/">Clear</a>' in body
    assert "junk" not in body


@pytest.mark.usefixtures("three")
def test_where_nothing_fits_it_says_what_would(client: Client) -> None:
    body = words(client.get("/courses/?topic=payers&level=advanced"))
    assert "No course fits all of this" in body
    assert "1 course without “Payers”" in body
    assert "2 courses without “Advanced”" in body
    assert "Show every course" in body


@pytest.mark.usefixtures("three")
def test_where_no_single_filter_is_in_the_way(client: Client) -> None:
    body = words(client.get("/courses/?topic=payers&level=advanced&length=medium&language=nb"))
    assert "Take several filters away" in body
    assert "course without" not in body


@pytest.mark.usefixtures("three")
def test_htmx_gets_the_list_alone_the_same_as_in_the_page(client: Client) -> None:
    part = client.get("/courses/?level=advanced", headers={"HX-Request": "true"})
    assert "HX-Request" in part["Vary"]
    fragment = text(part)
    assert "<html" not in fragment
    assert fragment.strip() in client.get("/courses/?level=advanced").content.decode()
    assert shown(client, "level=advanced", headers=HTMX) == ["Deep"]


class TestProgress:
    def test_a_person_also_filters_by_their_own(self, client: Client, three: None, learner: Learner) -> None:
        done = CoursePage.objects.get(title="Deep")
        EnrolmentFactory(user=learner.user, course=done, completed_at=timezone.now())
        client.force_login(learner.user)
        assert "Your progress Not started 2 Under way 1 Completed 1" in words(client.get("/courses/"))
        assert shown(client, "progress=completed") == ["Deep"]
        assert shown(client, "progress=not-started") == ["Shallow", "Middle"]
        assert shown(client, "progress=completed&level=foundation") == []
        assert "Not started 2 Under way 1 Completed 1" in words(client.get("/courses/?progress=completed"))

    def test_nobody_sees_anothers(self, client: Client, three: None, learner: Learner) -> None:
        """The list is kept for all; what is one's own is put in each time."""
        signed = Client()
        signed.force_login(learner.user)
        assert "Your progress" in words(signed.get("/courses/"))
        assert "Your progress" not in words(client.get("/courses/"))
        client.force_login(EnrolmentFactory(course=CoursePage.objects.get(title="Deep")).user)
        assert "Not started 3 Under way 1" in words(client.get("/courses/"))

    def test_a_visitor_has_none_so_it_is_ignored(self, client: Client, three: None) -> None:
        assert shown(client, "progress=completed") == ["Shallow", "Middle", "Deep"]

    def test_is_not_offered_to_whoever_has_started_nothing(self, client: Client, three: None) -> None:
        client.force_login(EnrolmentFactory().user)
        CoursePage.objects.exclude(title__in=["Shallow", "Middle", "Deep"]).get().unpublish()
        assert "Your progress" not in words(client.get("/courses/"))


class TestLanguages:
    @pytest.fixture
    def translated(self) -> None:
        """One course in English alone, one in both languages, one in Norwegian alone."""
        make_course(1, 1, title="Only English")
        both = make_course(1, 1, title="Both", slug="both")
        nb = make_course(1, 1, title="Begge", slug="begge", key="both", language="nb")
        CoursePage.objects.filter(pk=nb.pk).update(translation_key=both.translation_key)
        make_course(1, 1, title="Bare norsk", language="nb")

    LISTED = {
        "/courses/": ["Only English", "Both"],
        "/courses/?language=nb": ["Both"],
        "/nb/courses/": ["Only English", "Begge", "Bare norsk"],
        "/nb/courses/?language=nb": ["Begge", "Bare norsk"],
        "/nb/courses/?language=en": ["Only English", "Begge"],
        "/nb/courses/?language=en&language=nb": ["Only English", "Begge", "Bare norsk"],
    }

    def test_a_translated_course_counts_for_both(self, client: Client, translated: None) -> None:
        every = ("Only English", "Both", "Begge", "Bare norsk")
        pages = {address: client.get(address).text for address in self.LISTED}
        found = {address: [title for title in every if f">{title}</a>" in page] for address, page in pages.items()}
        assert found == self.LISTED

    def test_its_page_leads_to_the_other_language(self, client: Client, translated: None) -> None:
        assert '<a href="/nb/courses/begge/" lang="nb" hreflang="nb">' in text(client.get("/courses/both/"))
        assert '<a href="/courses/both/" lang="en" hreflang="en">' in text(client.get("/nb/courses/begge/"))


class TestPrivate:
    def test_counts_are_those_of_what_one_may_see(self, client: Client, three: None, learner: Learner) -> None:
        secret = CoursePage.objects.get(title="Deep")
        PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
        assert "3 courses" in words(client.get("/courses/"))
        assert "Advanced" not in words(client.get("/courses/"))
        signed = Client()
        signed.force_login(learner.user)
        assert "4 courses" in words(signed.get("/courses/"))
        assert shown(signed, "level=advanced") == ["Deep"]
        assert shown(client, "level=advanced") == []


STRANGE = [
    "level=none",
    "level=",
    "level=3",
    "level[]=foundation",
    "level=" + "x" * 10_000,
    "x" * 10_000,
    "level=%00",
    "topic=%00&topic=payers%00",
    "topic='; DROP TABLE cms_topic; --",
    "language=%FF%FE",
    "page=-1",
    "page=99999999999999999999",
    "page=%00",
    "progress=everything",
    "&&&===",
    urlencode({"level": "<script>alert(1)</script>"}),
    "&".join(["length=nothing"] * 500),
]


@pytest.mark.usefixtures("three")
def test_what_no_filter_knows_is_ignored(client: Client) -> None:
    for query in STRANGE:
        forget()  # each is answered as the first after a start: no page kept for the one before stands in for it
        response = client.get(f"/courses/?{query}")
        assert response.status_code == 200, query[:30]
        assert "3 courses" in words(response), query[:30]
        assert "alert(1)" not in response.text, query[:30]


@pytest.mark.usefixtures("three")
def test_what_is_known_counts_among_junk(client: Client) -> None:
    assert shown(client, "level=%00&level=advanced&level=none&" + "x" * 5_000) == ["Deep"]


@pytest.mark.usefixtures("three")
def test_junk_fills_no_cache(client: Client) -> None:
    """Neither the pages kept for visitors nor what is kept of published content grows with the query."""
    from cms.published import _memory

    client.get("/courses/")
    client.get("/courses/?level=advanced")
    kept, remembered = len(pages), len(_memory)
    for n in range(5):
        client.get(f"/courses/?junk={n}")
        client.get(f"/courses/?level=advanced&topic=payers&junk={n}")
    assert (len(pages), len(_memory)) == (kept, remembered)
    assert shown(client) == ["Shallow", "Middle", "Deep"]


def test_one_course_needs_no_filter(client: Client) -> None:
    make_course(1, 1, title="Shallow")
    body = text(client.get("/courses/"))
    assert "1 course<" in body
    assert 'id="filters"' not in body


def test_nothing_yet(client: Client) -> None:
    catalog_page()
    assert "No course is open yet" in text(client.get("/courses/?level=advanced"))


@pytest.mark.parametrize(
    ("hours", "length"),
    [(0, "short"), (1, "short"), (3, "short"), (4, "medium"), (8, "medium"), (9, "long"), (400, "long")],
)
def test_lengths(hours: int, length: str) -> None:
    assert length_of(hours) == Length(length)


@pytest.mark.database
@pytest.mark.parametrize("size", [3, 300])
def test_filtered_takes_as_many_statements_whatever_the_number(
    client: Client, size: int, learner: Learner, payers: Topic, django_assert_max_num_queries: Any
) -> None:
    pages = bulk_courses(size, modules=1, lessons=1)
    CoursePage.topics.through.objects.bulk_create(
        CoursePage.topics.through(coursepage_id=page.pk, topic_id=payers.pk) for page in pages
    )
    client.force_login(learner.user)
    for address in (
        "/courses/?level=foundation&topic=payers&progress=not-started",
        "/courses/?level=advanced&length=long",
    ):
        client.get(address)
        with django_assert_max_num_queries(4):
            assert client.get(address).status_code == 200
