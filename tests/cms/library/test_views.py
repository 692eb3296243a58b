"""Files, previews and entries as readers get them: what is kept by caches, what counts, what a page says."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Collection, CollectionViewRestriction

from cms.library import selectors, tasks
from cms.models import Document, DownloadDay
from cms.rules import ANYBODY, Visitor
from tests.factories.accounts import ClusterFactory, MembershipFactory, UserFactory
from tests.factories.cms import DocumentFactory, HomePageFactory, TopicFactory, masterclass, sound
from tests.factories.pdf import pdf

pytestmark = pytest.mark.django_db


def report(**fields: Any) -> Document:
    given = {"title": "Report", "kind": "report", "audience": "everyone", **fields}
    return Document.objects.create(file=ContentFile(pdf(4), "report.pdf"), **given)


def counted() -> int:
    return sum(DownloadDay.objects.values_list("count", flat=True))


# --- What it costs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pages", [3, 30])
def test_a_page_s_file_costs_four_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, pages: int
) -> None:
    shown = sound()
    for _n in range(pages):
        masterclass(audio=shown)
    client.get(shown.url)
    with django_assert_num_queries(4):
        assert client.get(shown.url).status_code == 200


def test_an_entry_s_file_costs_four_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    shown = report()
    with django_assert_num_queries(4):
        assert client.get(shown.url).status_code == 200


# --- Counting --------------------------------------------------------------------------------------------------------


def test_a_download_counts_once_and_only_when_it_is_one(client: Client) -> None:
    shown = report()
    client.head(shown.url)
    client.get(shown.url, headers={"Range": "bytes=100-"})
    client.get(shown.url, headers={"Range": "bytes=0-1"})
    assert client.get(shown.url, headers={"Range": "bytes=99999999-"}).status_code == 416
    client.get(f"/documents/{shown.pk}/other.pdf")
    assert counted() == 0
    whole = client.get(shown.url)
    client.get(shown.url, headers={"Range": "bytes=0-"})
    assert counted() == 2
    assert client.get(shown.url, headers={"If-None-Match": whole["ETag"]}).status_code == 304
    assert counted() == 2
    assert selectors.downloads([shown.pk]) == {shown.pk: 2}


def test_staff_and_those_refused_do_not_count(client: Client) -> None:
    kept = report(audience="members")
    assert client.get(kept.url).status_code == 404
    client.force_login(UserFactory.create(is_staff=True))
    assert client.get(kept.url).status_code == 200
    assert counted() == 0


def test_a_password_form_is_no_download(client: Client) -> None:
    folder = Collection.get_first_root_node().add_child(name="Kept apart")
    CollectionViewRestriction.objects.create(collection=folder, restriction_type="password", password="anchor")
    kept = report(collection=folder)
    form = client.get(kept.url)
    assert (form.status_code, "no-store" in form["Cache-Control"]) == (200, True)
    assert b"%PDF" not in form.content
    assert client.get(f"/library/{kept.pk}/preview.webp").status_code == 404
    assert counted() == 0
    client.post(form.context["action_url"], {"password": "anchor", "return_url": kept.url})
    assert b"%PDF" in client.get(kept.url).getvalue()
    assert counted() == 1


# --- Caches ----------------------------------------------------------------------------------------------------------


def test_no_proxy_keeps_what_is_not_for_everyone(client: Client) -> None:
    for_all, for_members = report(), report(audience="members")
    tasks.make_previews()
    assert client.get(for_all.url)["Cache-Control"] == "no-cache"
    assert client.get(f"/library/{for_all.pk}/preview.webp")["Cache-Control"] == "public, max-age=300"
    client.force_login(MembershipFactory.create().user)
    assert client.get(for_members.url)["Cache-Control"] == "private, no-cache"
    assert client.get(f"/library/{for_members.pk}/preview.webp")["Cache-Control"] == "private, no-cache"
    assert client.get(f"/library/{for_members.pk}/")["Cache-Control"] == "private, no-cache"


def test_a_preview_is_a_picture(client: Client) -> None:
    shown = report()
    assert client.get(f"/library/{shown.pk}/preview.webp").status_code == 404
    tasks.make_previews()
    answer = client.get(f"/library/{shown.pk}/preview.webp")
    assert answer["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(answer.content)).format == "WEBP"
    again = client.get(f"/library/{shown.pk}/preview.webp", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


# --- The page --------------------------------------------------------------------------------------------------------


def test_the_page_of_a_file(client: Client) -> None:
    HomePageFactory.create()
    shown = report(
        title="Rapport", language="nb", publisher="Menon", year=2022, level=2, summary="Om markedet.", file_size=123_000
    )
    shown.topics.add(TopicFactory.create(title="Market entry"))
    tasks.make_previews()
    page = client.get(f"/library/{shown.pk}/").content.decode()
    assert '<h1 class="display" lang="nb">Rapport</h1>' in page
    assert "Download PDF, 4 pages, 120.1" in page.replace("\xa0", " ")
    for words in ("Menon, 2022", "Intermediate", "Market entry", "Om markedet.", f"/library/{shown.pk}/preview.webp?"):
        assert words in page
    assert "Who may have it" not in page
    assert page.count("button-main") == 1


def test_the_page_of_a_link_names_where_it_leads(client: Client) -> None:
    HomePageFactory.create()
    shown = DocumentFactory.create(link="https://www.fda.example/guidance?id=1")
    page = client.get(f"/library/{shown.pk}/").content.decode()
    assert 'href="https://www.fda.example/guidance?id=1" rel="noopener"' in page
    assert "Leads to fda.example, outside this site." in page
    assert "Download" not in page


def test_who_may_have_it_is_said(client: Client) -> None:
    HomePageFactory.create()
    client.force_login(UserFactory.create(is_staff=True))
    kept = DocumentFactory.create(audience="clusters")
    kept.clusters.add(ClusterFactory.create(name="Harbour"))
    assert "Members of Harbour" in client.get(f"/library/{kept.pk}/").content.decode()


def test_a_file_for_pages_and_a_link_have_no_other_address(client: Client) -> None:
    assert client.get(f"/library/{sound().pk}/").status_code == 404
    linked = DocumentFactory.create()
    assert client.get(f"/documents/{linked.pk}/").status_code == 404
    assert client.get(f"/documents/{linked.pk}/x").status_code == 404


# --- Without a session -----------------------------------------------------------------------------------------------


def test_may_have_needs_no_session() -> None:
    talk = sound()
    masterclass(audio=talk, audience="members")
    assert not selectors.may_have(talk, ANYBODY)
    assert selectors.may_have(talk, Visitor(signed_in=True, is_member=True))
    folder = Collection.get_first_root_node().add_child(name="Kept apart")
    CollectionViewRestriction.objects.create(collection=folder, restriction_type="password", password="anchor")
    kept = report(collection=folder)
    assert not selectors.may_have(kept, Visitor(signed_in=True, is_member=True, passed=frozenset({1, 2, 3})))


# --- What can be found -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [3, 30])
def test_the_list_costs_the_same_however_long(django_assert_num_queries: DjangoAssertNumQueries, many: int) -> None:
    topic = TopicFactory.create()
    for _n in range(many):
        DocumentFactory.create(topics=[topic])
    with django_assert_num_queries(4):
        assert len(list(selectors.items("en"))) == many
    with django_assert_num_queries(1):
        list(selectors.passages("en"))


def test_an_item_says_what_it_is() -> None:
    topic = TopicFactory.create()
    link = DocumentFactory.create(publisher="FDA", year=2022, level=1, topics=[topic], summary="Short.")
    file = report(audience="members", pages=4)
    sound()
    found = {item.key: item for item in selectors.items("en")}
    assert set(found) == {f"document-{link.pk}", f"document-{file.pk}"}
    one, other = found[f"document-{link.pk}"], found[f"document-{file.pk}"]
    assert (one.size, one.level, one.topics, one.kind) == ("FDA, 2022", 1, {topic.pk}, "document")
    assert (one.url, one.date) == (f"/library/{link.pk}/", date(2022, 1, 1))
    assert other.date == timezone.localdate(), "nobody said of which year it is"
    assert (other.size, other.access.is_open) == ("PDF, 4 pages", False)
    assert [passage.text for key, passage in selectors.passages("en") if key == one.key] == ["Short.", "FDA"]
