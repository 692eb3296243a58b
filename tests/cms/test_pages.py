"""The front page and plain pages: what readers get, what editors preview, which addresses answer."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils.safestring import mark_safe
from wagtail.models import Page

from cms import slots
from cms.blocks import FigureBlock, MarkdownBlock
from cms.models import HomePage, StandardPage
from lms.core.markup import MAX_CHARACTERS
from tests.factories.accounts import UserFactory
from tests.factories.cms import HomePageFactory, StandardPageFactory, locale, texts

pytestmark = pytest.mark.django_db

FIGURE = {
    "heading": "Why together",
    "introduction": "",
    "value": "68 %",
    "text": "of members say so.",
    "bars": [{"name": "Ours", "percent": 68}, {"name": "All", "percent": 37}],
    "source": "A survey, 2023",
}


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# --- Plain pages -----------------------------------------------------------------------------------------------------


def test_a_plain_page_shows_its_markdown(client: Client) -> None:
    StandardPageFactory.create(slug="about", title="About", lede="In short", body=texts("## Where\n\nFrom **Oslo**."))
    answer = read(client, "/about/")
    assert "<title>About | Landfall</title>" in answer
    assert "<h2>Where</h2>" in answer
    assert "<strong>Oslo</strong>" in answer
    assert '<meta name="description" content="In short">' in answer


def test_markdown_cannot_carry_a_script(client: Client) -> None:
    StandardPageFactory.create(slug="about", body=texts("<script>alert(1)</script> [x](javascript:alert(1))"))
    answer = read(client, "/about/")
    assert "<script>alert" not in answer
    assert 'href="javascript:' not in answer


def test_a_draft_is_not_seen_before_it_is_published(client: Client) -> None:
    page = StandardPageFactory.create(slug="about", body=texts("First"))
    page.body = texts("Second")
    revision = page.save_revision()
    assert "First" in read(client, "/about/")
    revision.publish()
    assert "Second" in read(client, "/about/")


def test_a_preview_shows_what_is_not_saved(rf: RequestFactory) -> None:
    page = StandardPageFactory.create(slug="about", body=texts("Saved"))
    page.body = StandardPage._meta.get_field("body").to_python(texts("Not saved"))
    request = rf.get("/about/")
    request.user = UserFactory.create()
    preview = page.make_preview_request(request, page.default_preview_mode)
    assert "Not saved" in preview.content.decode()


def test_text_too_long_to_render_is_refused_in_the_editor() -> None:
    with pytest.raises(ValidationError, match="characters"):
        MarkdownBlock().clean("x" * (MAX_CHARACTERS + 1))
    assert MarkdownBlock().clean("short") == "short"


def test_nested_pages_show_where_they_stand(client: Client) -> None:
    about = StandardPageFactory.create(slug="about", title="About")
    StandardPageFactory.create(parent=about, slug="people", title="People")
    answer = read(client, "/about/people/")
    assert '<a href="/about/">About</a>' in answer
    assert '<li aria-current="page">People</li>' in answer
    assert 'class="crumbs"' not in read(client, "/about/")


# --- The front page --------------------------------------------------------------------------------------------------


def test_the_front_page_leads_on(client: Client) -> None:
    home = HomePageFactory.create(headline="Know the coast", note="Free of charge")
    page = StandardPageFactory.create(parent=home, slug="about", title="About us")
    home.featured, home.second, home.second_label = page, page, "How it works"
    home.save()
    answer = read(client, "/")
    assert '<a class="button button-main" href="/about/">About us</a>' in answer
    assert "How it works" in answer
    assert "Free of charge" in answer


def test_a_button_to_a_page_that_went_is_gone(client: Client) -> None:
    home = HomePageFactory.create()
    page = StandardPageFactory.create(parent=home, title="About us")
    home.featured = page
    home.save()
    page.unpublish()
    assert "About us" not in read(client, "/")
    page.delete()
    assert HomePage.objects.get(pk=home.pk).featured is None


def sections(*kinds: tuple[str, dict[str, Any]]) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in kinds])


def test_stages_figures_and_text_stand_in_order(client: Client) -> None:
    stage = {"stage": "Mapping", "what": "Profile", "hold": "A report"}
    HomePageFactory.create(
        sections=sections(
            ("stages", {"heading": "The way", "introduction": "", "stages": [stage]}),
            ("figure", FIGURE),
            ("text", {"heading": "More", "introduction": "", "text": "Some *words*."}),
        )
    )
    answer = read(client, "/")
    assert answer.index("The way") < answer.index("Why together") < answer.index("More")
    assert '<td data-label="What you then hold">A report</td>' in answer
    assert "Source: A survey, 2023" in answer
    assert "<em>words</em>" in answer


def test_bars_are_drawn_to_scale() -> None:
    block = FigureBlock()
    bars = block.get_context(block.to_python(FIGURE))["bars"]
    assert [(bar["width"], bar["first"]) for bar in bars] == [(272, True), (148, False)]


def test_a_figures_percentage_is_one() -> None:
    block = FigureBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({**FIGURE, "bars": [{"name": "Too much", "percent": 101}]}))


def test_a_slot_is_filled_by_whoever_registered(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_providers", {})
    HomePageFactory.create(sections=sections(("courses", {"heading": "Courses at three depths", "introduction": ""})))
    assert "Courses at three depths" not in read(client, "/")
    from cms.published import bump

    slots.register("courses", lambda request: mark_safe("<ul class='depth'></ul>"))
    bump()
    answer = read(client, "/")
    assert "Courses at three depths" in answer
    assert "<ul class='depth'></ul>" in answer


def test_a_live_slot_is_asked_each_time_and_may_be_empty(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["<p>one</p>", "", "<p>two</p>"]
    monkeypatch.setattr(slots, "_live", {})
    slots.register_live("events", lambda request: mark_safe(said.pop(0)))
    more = ("text", {"heading": "More", "introduction": "", "text": "Words."})
    HomePageFactory.create(sections=sections(("events", {"heading": "Coming", "introduction": "Soon."}), more))
    first, second, third = (read(client, "/?fresh") for _ in range(3))
    assert first.index("Coming") < first.index("Soon.") < first.index("<p>one</p>") < first.index("More")
    assert "Coming" not in second
    assert "More" in second
    assert "<p>two</p>" in third


def test_a_live_slot_nobody_fills_is_left_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_live", {})
    HomePageFactory.create(sections=sections(("events", {"heading": "Coming", "introduction": ""})))
    assert "Coming" not in read(client, "/")


# --- Languages -------------------------------------------------------------------------------------------------------


def test_untranslated_pages_are_found_in_the_other_language(client: Client) -> None:
    StandardPageFactory.create(slug="about", title="About")
    locale("nb")
    answer = read(client, "/nb/about/")
    assert '<html lang="nb">' in answer
    assert '<main id="main" lang="en">' in answer
    assert 'rel="canonical" href="http://localhost:8000/about/"' in answer


def test_a_translated_front_page_does_not_hide_untranslated_pages(client: Client) -> None:
    about = StandardPageFactory.create(slug="about", title="About")
    home = about.get_parent().specific
    home.copy_for_translation(locale("nb"))
    norsk = HomePage.objects.get(locale=locale("nb"))
    norsk.headline = "Kjenn kysten"
    norsk.save_revision().publish()
    assert "Kjenn kysten" in read(client, "/nb/")
    assert '<main id="main">' in read(client, "/nb/")
    assert '<main id="main" lang="en">' in read(client, "/nb/about/")
    assert client.get("/nb/nowhere/").status_code == 404


def test_a_translation_has_its_own_words_and_address(client: Client) -> None:
    about = StandardPageFactory.create(slug="about", title="About")
    about.get_parent().specific.copy_for_translation(locale("nb"))
    HomePage.objects.get(locale=locale("nb")).save_revision().publish()
    norsk = about.copy_for_translation(locale("nb"))
    norsk.title, norsk.slug = "Om oss", "om"
    norsk.save_revision().publish()
    answer = read(client, "/nb/om/")
    assert "Om oss" in answer
    assert '<main id="main">' in answer


def test_the_tree_says_what_may_stand_where() -> None:
    assert StandardPage.allowed_parent_page_models() == [HomePage, StandardPage]
    assert HomePage.allowed_parent_page_models() == [Page]
