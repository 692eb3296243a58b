"""Plain pages among what visitors find: published, in the reader's language, at an address that answers."""

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms import plain_pages
from cms.models import StandardPage
from cms.rules import ANYBODY
from tests.factories.cms import HomePageFactory, StandardPageFactory, locale, texts

pytestmark = pytest.mark.django_db


def test_a_plain_page_is_found_with_its_words():
    says = texts("## Where\n\nFrom **Oslo**.")
    page = StandardPageFactory.create(title="About", lede="In short", slug="about", body=says)
    [item] = plain_pages.items("en")
    assert (item.key, item.kind, item.title, item.summary) == (f"page-{page.pk}", "page", "About", "In short")
    assert (item.url, item.language, item.topics) == ("/about/", "en", frozenset())
    [(key, passage)] = plain_pages.passages("en")
    assert (key, passage.text) == (item.key, "Where From Oslo.")


def test_drafts_are_not_and_private_pages_say_so():
    StandardPageFactory.create(live=False)
    page = StandardPageFactory.create(title="Inside")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    [item] = plain_pages.items("en")
    assert item.title == "Inside"
    assert not ANYBODY.may_see(item.access)


def test_a_reader_gets_the_page_in_their_language_or_the_default_one(client: Client):
    english = HomePageFactory.create(slug="sea")
    norwegian = HomePageFactory.create(slug="sea-nb", locale=locale("nb"), translation_key=english.translation_key)
    about = StandardPageFactory.create(parent=english, title="About", slug="about")
    StandardPageFactory.create(parent=norwegian, title="Om", slug="om", translation_key=about.translation_key)
    StandardPageFactory.create(parent=english, title="Contact", slug="contact")
    with translation.override("nb"):
        found = {item.title: item for item in plain_pages.items("nb")}
    assert {title: (item.url, item.language) for title, item in found.items()} == {
        "Om": ("/nb/om/", "nb"),
        "Contact": ("/nb/contact/", "en"),
    }
    for item in [*found.values(), *plain_pages.items("en")]:
        assert client.get(item.url).status_code == 200
    assert {item.title for item in plain_pages.items("en")} == {"About", "Contact"}


def test_the_statements_do_not_grow(django_assert_num_queries):
    home = HomePageFactory.create()
    StandardPageFactory.create(parent=home)
    list(plain_pages.items("en"))  # Wagtail remembers where its sites begin
    for _n in range(2):
        for _page in range(10):
            StandardPageFactory.create(parent=home)
        with django_assert_num_queries(2):
            found = list(plain_pages.items("en"))
        assert len(found) == StandardPage.objects.count()
