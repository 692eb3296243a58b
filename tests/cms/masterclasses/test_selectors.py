"""What can be found in masterclasses, in which language, by whom."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms.masterclasses.selectors import items, passages
from cms.models import HomePage, MasterclassesPage, MasterclassPage
from cms.rules import ANYBODY, Kind, Visitor
from tests.cms.masterclasses.conftest import captions, with_parts
from tests.factories.accounts import ClusterFactory
from tests.factories.cms import TopicFactory, locale, masterclass, sound

pytestmark = pytest.mark.django_db


def test_an_item() -> None:
    topic = TopicFactory()
    page = masterclass(topics=[topic], title="A calm ward", summary="Who pays.", level=2)
    (item,) = items("en")
    assert (item.key, item.kind, item.title, item.summary) == (
        f"masterclass-{page.pk}",
        Kind.MASTERCLASS,
        "A calm ward",
        "Who pays.",
    )
    assert (item.url, item.language, item.topics, item.level) == (page.url, "en", frozenset({topic.pk}), 2)
    assert page.first_published_at is not None
    assert (item.date, item.size) == (page.first_published_at.date(), "1 min")
    assert item.access.is_open


def test_only_what_is_published() -> None:
    masterclass(publish=False)
    gone = masterclass()
    gone.unpublish()
    assert list(items("en")) == []
    assert list(passages("en")) == []


def test_access_is_the_audience_and_every_private_page_above() -> None:
    cluster = ClusterFactory()
    members = masterclass(audience="members")
    clusters = masterclass(audience="clusters", publish=False)
    clusters.clusters.set([cluster])
    clusters.save_revision().publish()
    private = masterclass()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    seen = {
        name: {item.key for item in items("en") if visitor.may_see(item.access)}
        for name, visitor in {
            "anybody": ANYBODY,
            "person": Visitor(signed_in=True),
            "member": Visitor(signed_in=True, is_member=True),
            "cluster": Visitor(signed_in=True, is_member=True, clusters=frozenset({cluster.pk})),
        }.items()
    }
    keys = {name: f"masterclass-{page.pk}" for name, page in [("m", members), ("c", clusters), ("p", private)]}
    assert seen == {
        "anybody": set(),
        "person": {keys["p"]},
        "member": {keys["p"], keys["m"]},
        "cluster": {keys["p"], keys["m"], keys["c"]},
    }


def test_passages_lead_to_the_second() -> None:
    talk = {"audio": sound(duration=70), "captions": captions(14)}
    page = masterclass(publish=False, title="A calm ward", notes="Read **more** here.", **talk)
    page.guests.create(name="Demo Founder", role="Founder of an example", consent_on=date(2026, 1, 1))
    page.notes_html = "<p>Read <strong>more</strong> here.</p><p>A &amp; B</p>"
    page.save_revision().publish()
    MasterclassPage.objects.update(notes_html=page.notes_html)
    found = [passage for _key, passage in passages("en")]
    texts = [passage.text for passage in found if passage.start is None]
    assert texts == ["A calm ward", "In short.", "Demo Founder, Founder of an example", "Read more here. A & B"]
    spoken = [(passage.start, passage.url) for passage in found if passage.start is not None]
    assert spoken == [(second, f"{page.url}#t={second}") for second in (0, 30, 60)]
    assert " ".join(p.text for p in found if p.start is not None).count("Words number") == 14


def test_a_transcript_without_captions_is_found_too() -> None:
    masterclass(captions="", transcript="Reimbursement is not coverage.")
    assert "Reimbursement is not coverage." in [passage.text for _key, passage in passages("en")]


def test_each_language_finds_its_own_and_what_nobody_translated() -> None:
    alone = masterclass(title="Alone")
    both = masterclass(alone.get_parent(), title="In English")
    nb = locale("nb")
    for model in (HomePage, MasterclassesPage):
        model.objects.get().copy_for_translation(nb).save_revision().publish()
    norsk = both.copy_for_translation(nb)
    norsk.title = "På norsk"
    norsk.save_revision().publish()
    with translation.override("nb"):
        found = {item.title: (item.url, item.language) for item in items("nb")}
    assert found == {"Alone": (f"/nb{alone.url}", "en"), "På norsk": (norsk.url, "nb")}
    assert {item.title for item in items("en")} == {"Alone", "In English"}


@pytest.mark.parametrize("size", [3, 30])
def test_the_lists_cost_the_same_however_long(size: int, django_assert_num_queries: Any) -> None:
    page = with_parts(size=size)
    assert page.url  # sites are known by now
    with django_assert_num_queries(4):
        found = list(items("en"))
    with django_assert_num_queries(2):
        texts = list(passages("en"))
    assert len(found) == size + 1
    assert len(texts) > size
