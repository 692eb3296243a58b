"""Menu, footer and the header's personal part."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from html5lib import parse
from wagtail.models import Site

from cms.chrome import with_current
from cms.models import MenuItem, SiteSettings
from cms.public_cache import pages
from tests.factories.accounts import UserFactory
from tests.factories.cms import HomePageFactory, StandardPageFactory, locale, menu_item

pytestmark = pytest.mark.django_db
HTML = "{http://www.w3.org/1999/xhtml}"


def current(client: Client, address: str) -> list[tuple[str, str]]:
    """Address and state of the menu items marked current on a page."""
    tree = parse(client.get(address).content.decode())
    links = tree.findall(f".//{HTML}nav[@id='site-nav']//{HTML}a[@aria-current]")
    return [(link.get("href"), link.get("aria-current")) for link in links]


def test_the_item_of_this_section_is_current(client: Client) -> None:
    about = StandardPageFactory.create(slug="about")
    StandardPageFactory.create(parent=about, slug="people")
    menu_item(page=about)
    assert current(client, "/about/") == [("/about/", "page")]
    assert current(client, "/about/people/") == [("/about/", "true")]
    assert current(client, "/") == []


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/a/", "/a/"), ("/a/b/", "/a/b/"), ("/a/b/c/", "/a/b/"), ("/a/x/", "/a/"), ("/ab/", None), ("/", None)],
)
def test_the_longest_address_that_begins_the_path_is_current(path: str, marked: str | None) -> None:
    menu = '<a href="/a/">A</a><a href="/a/b/">B</a>'
    changed = with_current(menu, ["/a/", "/a/b/"], path)  # type: ignore[arg-type]
    assert changed.count("aria-current") == (1 if marked else 0)
    if marked:
        assert f'<a href="{marked}" aria-current=' in changed


def test_a_hostile_address_cannot_break_out_of_the_footer(client: Client) -> None:
    HomePageFactory.create()
    answer = client.get("/%22%3E%3Cscript%3Ealert(1)%3C/script%3E/").content.decode()
    assert "<script>alert" not in answer


def test_items_lead_only_where_the_public_may_go(client: Client) -> None:
    home = HomePageFactory.create()
    menu_item(page=StandardPageFactory.create(parent=home, title="A draft", live=False))
    menu_item(address="/courses/", label="Courses", label_nb="Kurs")
    answer = client.get("/").content.decode()
    assert "A draft" not in answer
    assert '<a href="/courses/">Courses</a>' in answer


def test_the_menu_speaks_the_readers_language_and_keeps_them_in_it(client: Client) -> None:
    about = StandardPageFactory.create(slug="about", title="About")
    locale("nb")
    menu_item(page=about, label_nb="Om oss")
    menu_item(address="/courses/", label="Courses", label_nb="Kurs")
    answer = client.get("/nb/").content.decode()
    assert '<a href="/nb/about/">Om oss</a>' in answer
    assert '<a href="/nb/courses/">Kurs</a>' in answer


def test_every_page_leads_to_itself_in_the_other_language(client: Client) -> None:
    StandardPageFactory.create(slug="about")
    assert 'href="/nb/about/" lang="nb"' in client.get("/about/").content.decode()
    assert 'href="/about/" lang="en"' in client.get("/nb/about/").content.decode()


def test_a_change_of_the_menu_is_seen_at_once(client: Client) -> None:
    HomePageFactory.create()
    item = menu_item(address="/courses/", label="Courses")
    assert "Courses" in client.get("/").content.decode()
    item.label = "Lessons"
    item.save()
    assert "Lessons" in client.get("/").content.decode()


def test_a_site_without_settings_still_has_its_header_and_footer(client: Client) -> None:
    HomePageFactory.create()
    answer = client.get("/").content.decode()
    assert 'class="brand"' in answer
    assert 'class="site-footer"' in answer


@pytest.mark.parametrize("items", [3, 30])
def test_queries_do_not_grow_with_the_menu(client: Client, django_assert_max_num_queries: Any, items: int) -> None:
    home = HomePageFactory.create()
    for _ in range(items):
        menu_item(page=StandardPageFactory.create(parent=home))
    client.get("/")
    pages.clear()
    with django_assert_max_num_queries(7):
        client.get("/")


@pytest.mark.parametrize(
    ("address", "page", "fine"),
    [
        ("/courses/", False, True),
        ("https://norwayhealthtech.com/", False, True),
        ("", True, True),
        ("", False, False),
        ("/courses/", True, False),
        ("javascript:alert(1)", False, False),
        ("//evil.example/", False, False),
        ("http://plain.example/", False, False),
        ("/with space/", False, False),
    ],
)
def test_a_link_is_to_one_page_or_one_safe_address(address: str, page: bool, fine: bool) -> None:
    home = HomePageFactory.create()
    around = SiteSettings.for_site(Site.objects.get())
    item = MenuItem(settings=around, address=address, page=home if page else None, label="Somewhere")
    if fine:
        item.full_clean()
    else:
        with pytest.raises(ValidationError):
            item.full_clean()


def test_an_address_needs_words() -> None:
    HomePageFactory.create()
    item = MenuItem(settings=SiteSettings.for_site(Site.objects.get()), address="/courses/")
    with pytest.raises(ValidationError, match="label"):
        item.full_clean()


# --- The personal part -----------------------------------------------------------------------------------------------


def header(person: Any) -> str:
    client = Client()
    if person:
        client.force_login(person)
    return client.get("/").content.decode()


@pytest.fixture
def _home() -> None:
    HomePageFactory.create()


@pytest.mark.usefixtures("_home")
def test_a_visitor_may_sign_in_and_carries_no_htmx() -> None:
    answer = header(None)
    assert "/accounts/login/" in answer
    assert "htmx" not in answer
    assert "csrfmiddlewaretoken" not in answer


@pytest.mark.usefixtures("_home")
def test_a_learner_sees_a_name_and_a_way_out() -> None:
    answer = header(UserFactory.create(full_name="Kari <Eksempel>"))
    assert "Kari &lt;Eksempel&gt;" in answer
    assert 'action="/accounts/logout/"' in answer
    assert "/admin/" not in answer
    assert "/advisor/" not in answer


@pytest.mark.usefixtures("_home")
def test_an_editor_sees_the_editors_part() -> None:
    editor = UserFactory.create(is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    assert 'href="/admin/"' in header(editor)


@pytest.mark.usefixtures("_home")
def test_an_advisor_sees_the_desk() -> None:
    advisor = UserFactory.create(is_staff=True)
    advisor.groups.add(Group.objects.get_or_create(name="Advisors")[0])
    assert 'href="/advisor/"' in header(advisor)


@pytest.mark.usefixtures("_home")
def test_a_superuser_sees_both() -> None:
    answer = header(UserFactory.create(is_staff=True, is_superuser=True))
    assert 'href="/admin/"' in answer
    assert 'href="/advisor/"' in answer


def test_a_learners_header_asks_for_session_and_person_only(django_assert_num_queries: Any) -> None:
    """Beside what the page itself asks: the same page for a visitor, kept by nobody, is the measure."""
    HomePageFactory.create()
    client = Client()
    client.get("/")
    client.force_login(UserFactory.create())
    client.get("/")
    with django_assert_num_queries(8):  # session, person, version, site, locale, page, two of its restrictions
        client.get("/")
