"""The example site: complete, made once, and never taking back what an editor changed."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from html5lib import parse
from wagtail.models import Locale, Page, Site

from cms.demo import ensure_site, feature
from cms.models import FooterLink, HomePage, MenuItem, StandardPage
from tests.factories.cms import StandardPageFactory

pytestmark = pytest.mark.django_db


def test_every_link_of_every_page_leads_somewhere(client: Client) -> None:
    ensure_site()
    seen, waiting = set(), {"/", "/nb/"}
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        tree = parse(answer.content.decode(), namespaceHTMLElements=False)
        links = {urlsplit(link.get("href")).path for link in tree.iter("a")} - {""}
        waiting |= {link for link in links if not link.startswith("/accounts/")} - seen
    assert {"/about/", "/contact/", "/privacy/", "/accessibility/", "/nb/about/", "/nb/privacy/"} <= seen


def test_again_changes_nothing() -> None:
    ensure_site()
    before = [(page.pk, page.title, page.latest_revision_id) for page in Page.objects.order_by("pk")]
    counts = (MenuItem.objects.count(), FooterLink.objects.count(), Locale.objects.count())
    ensure_site()
    assert [(page.pk, page.title, page.latest_revision_id) for page in Page.objects.order_by("pk")] == before
    assert (MenuItem.objects.count(), FooterLink.objects.count(), Locale.objects.count()) == counts


def test_what_an_editor_changed_stays() -> None:
    home = ensure_site()
    home.headline = "Our own words"
    home.save_revision().publish()
    about = StandardPage.objects.get(slug="about")
    about.title = "About our clusters"
    about.save_revision().publish()
    MenuItem.objects.all().delete()
    ensure_site()
    assert HomePage.objects.get().headline == "Our own words"
    assert StandardPage.objects.get(slug="about").title == "About our clusters"
    assert not MenuItem.objects.exists()


def test_a_site_that_stands_keeps_its_front_page() -> None:
    home = StandardPageFactory.create().get_parent()
    ensure_site()
    assert Site.objects.get().root_page_id == home.pk


def test_the_main_button_leads_where_it_is_told_once(client: Client) -> None:
    home = ensure_site()
    courses = StandardPageFactory.create(parent=home, slug="lessons", title="Lessons")
    for _ in range(2):
        feature(courses, label="See the courses", menu=[("/lessons/", "Courses", "Kurs")])
    answer = client.get("/").content.decode()
    assert '<a class="button button-main" href="/lessons/">See the courses</a>' in answer
    assert answer.count('<li><a href="/lessons/">Courses</a></li>') == 1
    assert '<li><a href="/nb/lessons/">Kurs</a></li>' in client.get("/nb/").content.decode()


def test_both_figures_of_the_report_stand_with_their_own_statement(client: Client) -> None:
    """68 % and 37 % answer two different statements; a page that shows one without the other would mislead."""
    ensure_site()
    answer = client.get("/").content.decode()
    assert "great value" in answer
    assert "would not otherwise have had, 37 %" in answer
