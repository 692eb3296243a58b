"""A masterclass's page, its captions, and keeping one's place: who gets them, what is in them, what they cost."""

import datetime
from typing import Any

import pytest
import webvtt
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import Listening, MasterclassPage, RelatedPage
from cms.public_cache import pages
from lms.accounts.models import User
from tests.cms.masterclasses.conftest import captions, with_parts
from tests.factories.accounts import ClusterFactory, ClusterMembershipFactory, MembershipFactory, UserFactory
from tests.factories.cms import CAPTIONS, DocumentFactory, StandardPageFactory, locale, masterclass
from tests.quality.crawler import Fetched, read
from tests.quality.test_pages import faults_of

pytestmark = pytest.mark.django_db


def client_of(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def member() -> User:
    person: User = MembershipFactory().user
    return person


def cluster_member(cluster: Any) -> User:
    membership = MembershipFactory()
    ClusterMembershipFactory(company=membership.company, cluster=cluster)
    person: User = membership.user
    return person


def addresses(page: MasterclassPage) -> list[str]:
    return [page.url, f"/masterclasses/{page.pk}/captions.vtt"]


def answers(page: MasterclassPage, person: User | None) -> list[int]:
    """What the page and its captions answer."""
    return [client_of(person).get(address).status_code for address in addresses(page)]


OK, HIDDEN, SIGN_IN = [200, 200], [404, 404], [302, 404]
"""A page shows a stranger the way to sign in; a file that is not for them is not there."""


# --- Who may see it --------------------------------------------------------------------------------------------------


def test_what_is_for_everyone_is_for_everyone() -> None:
    page = masterclass()
    assert [answers(page, person) for person in (None, UserFactory(), member())] == [OK, OK, OK]


def test_members_only() -> None:
    page = masterclass(audience="members")
    assert answers(page, None) == SIGN_IN
    assert answers(page, UserFactory()) == HIDDEN
    assert answers(page, member()) == OK
    assert answers(page, UserFactory(is_staff=True)) == OK
    assert client_of(None).get(page.url)["Location"] == f"/accounts/login/?next={page.url}"


def test_members_of_a_cluster_only() -> None:
    mine, other = ClusterFactory(), ClusterFactory()
    page = masterclass(audience="clusters", publish=False)
    page.clusters.set([mine])
    page.save_revision().publish()
    assert answers(page, None) == SIGN_IN
    assert answers(page, member()) == HIDDEN
    assert answers(page, cluster_member(other)) == HIDDEN
    assert answers(page, cluster_member(mine)) == OK
    assert answers(page, UserFactory(is_staff=True)) == OK


def test_a_company_that_left_the_cluster_lost_it() -> None:
    cluster = ClusterFactory()
    page = masterclass(audience="clusters", publish=False)
    page.clusters.set([cluster])
    page.save_revision().publish()
    person = cluster_member(cluster)
    cluster.memberships.update(until=timezone.localdate())
    assert answers(page, person) == HIDDEN


def test_a_draft_is_nobodys() -> None:
    page = masterclass(publish=False)
    assert [answers(page, person) for person in (None, member(), UserFactory(is_staff=True))] == [HIDDEN] * 3


def test_what_is_scheduled_or_expired_is_not_there() -> None:
    later = masterclass(publish=False, go_live_at=timezone.now() + datetime.timedelta(days=1))
    later.save_revision().publish()
    gone = masterclass()
    gone.unpublish(set_expired=True)
    assert [answers(page, member()) for page in (later, gone)] == [HIDDEN, HIDDEN]


def test_a_private_page_keeps_its_restrictions() -> None:
    page = masterclass()
    restriction = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="groups")
    group = Group.objects.create(name="Crew")
    restriction.groups.add(group)
    inside, outside = UserFactory(), UserFactory()
    inside.groups.add(group)
    assert answers(page, inside) == OK
    assert client_of(outside).get(page.url).status_code == 302
    assert client_of(outside).get(addresses(page)[1]).status_code == 404
    assert client_of(None).get(addresses(page)[1]).status_code == 404


def test_a_password_opens_page_and_captions() -> None:
    page = masterclass()
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="anchor")
    client = Client()
    assert CAPTIONS.split("<v ")[1][:9] not in client.get(page.url).content.decode()
    assert client.get(addresses(page)[1]).status_code == 404
    client.post(client.get(page.url).context["action_url"], {"password": "anchor", "return_url": page.url})
    assert "Who pays for a calm ward?" in client.get(page.url).content.decode()
    assert client.get(addresses(page)[1]).status_code == 200


@pytest.mark.parametrize("audience", ["members", "clusters"])
def test_what_is_not_open_is_never_kept(audience: str) -> None:
    page = masterclass(audience=audience, clusters=[ClusterFactory()])
    for person in (None, UserFactory(is_staff=True)):
        for address in addresses(page):
            answer = client_of(person).get(address)
            assert answer.status_code == 404 or "private" in answer["Cache-Control"]
    assert len(pages) == 0


def test_what_was_opened_and_then_narrowed_is_gone_in_the_next_request(client: Client) -> None:
    page = masterclass()
    assert client.get(page.url).status_code == 200
    page.audience = "members"
    page.save_revision().publish()
    assert client.get(page.url).status_code == 302


def test_a_renamed_page_answers_301_in_the_next_request(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = masterclass(slug="before")
    assert client.get(page.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "after"
        page.save_revision().publish()
    answer = client.get("/masterclasses/before/")
    assert (answer.status_code, answer["Location"]) == (301, "/masterclasses/after/")
    assert client.get("/masterclasses/after/").status_code == 200


# --- The page --------------------------------------------------------------------------------------------------------


def words(page: MasterclassPage, person: User | None = None, address: str = "") -> str:
    answer = client_of(person).get(address or page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def sound_faults(html: str, address: str) -> list[str]:
    tree, complaints = read(html)
    page = Fetched(address, "", 200, {}, html, tree, complaints)  # type: ignore[arg-type]
    return [fault for fault in faults_of(page) if "policy" not in fault]


def test_everything_is_on_the_page() -> None:
    html = words(with_parts(title="A calm ward", summary="Who pays.", level=2))
    for piece in ("A calm ward", "Who pays.", "Intermediate", "1 minute", "Chapter 2", "Words number 1.", "Guest 1"):
        assert piece in html
    for piece in (
        "Paper 1",
        "Another 2",
        "Download MP3",
        "Captions (VTT)",
        'kind="captions"',
    ):
        assert piece in html


@pytest.mark.parametrize("what", ["parts", "film elsewhere", "bare"])
def test_the_page_is_sound(what: str) -> None:
    locale("nb")
    if what == "parts":
        page = with_parts()
    elif what == "film elsewhere":
        page = masterclass(embed="https://youtu.be/abc_DEF-123", captions="", transcript="One.\n\nTwo <b>.")
    else:
        page = masterclass(captions="", transcript="Words.")
    for person, address in ((None, page.url), (member(), f"/nb{page.url}")):
        assert sound_faults(words(page, person, address), address) == [], address


def test_whoever_speaks_on_is_named_once() -> None:
    html = words(masterclass(captions=captions(4)))
    assert [html.count(f"<b>Voice {n}:</b>") for n in (0, 1)] == [1, 1]


def test_words_of_captions_are_words() -> None:
    page = masterclass(
        captions=CAPTIONS.replace("calm", "&lt;script&gt;alert(1)&lt;/script&gt; <c.x onload=y>calm</c>")
    )
    html = words(page)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; calm ward" in html


def test_every_second_that_is_linked_is_there() -> None:
    page = masterclass(publish=False, captions=captions(3))
    page.chapters = []
    page.chapters.create(start=0, title="The beginning")
    page.chapters.create(start=5, title="At a cue")
    page.chapters.create(start=7, title="Between two cues")
    page.chapters.create(start=20, title="After all words")
    page.save_revision().publish()
    html = words(page)
    for second in (0, 5, 7, 10, 20):
        assert html.count(f'id="t={second}"') == 1
    assert html.index('id="t=7"') < html.index("Words number 1.") < html.index('id="t=10"')


def test_without_captions_a_chapter_leads_to_itself_and_the_text_is_shown() -> None:
    page = masterclass(publish=False, captions="", transcript="Spoken words.")
    page.chapters.create(start=0, title="The beginning")
    page.chapters.create(start=7, title="A chapter")
    page.save_revision().publish()
    html = words(page)
    assert 'href="#t=7" data-start="7" id="t=7"' in html
    assert "<p>Spoken words.</p>" in html
    assert "<track" not in html
    assert "captions.vtt" not in html


def test_film_elsewhere_waits_until_it_is_asked_for() -> None:
    html = words(masterclass(embed="https://youtu.be/abc_DEF-123"))
    assert "Play the video from YouTube" in html
    assert "<iframe" not in html
    assert "landfall/js/embed.js" in html
    assert "landfall/js/player.js" not in html
    assert "Who pays for a calm ward?" in html


def test_an_address_we_cannot_show_is_not_shown() -> None:
    page = masterclass()
    MasterclassPage.objects.filter(pk=page.pk).update(embed="https://videos.example/film")  # as published long ago
    html = words(page)
    assert "videos.example" not in html
    assert "Who pays for a calm ward?" in html


def test_what_goes_with_it_is_only_what_the_visitor_may_have() -> None:
    page = masterclass(publish=False)
    parent = page.get_parent()
    members = masterclass(parent, title="For members", audience="members")
    draft = masterclass(parent, title="A draft", publish=False)
    plain = StandardPageFactory(parent=parent.get_parent(), title="A private page")
    PageViewRestriction.objects.create(page=plain, restriction_type="login")
    page.related = [RelatedPage(target=target) for target in (members, draft, plain)]
    page.documents.set(
        [
            DocumentFactory(title="Open paper"),
            DocumentFactory(title="Members’ paper", audience="members"),
            DocumentFactory(title="The page’s own paper", kind="file", audience="pages"),
        ]
    )
    page.save_revision().publish()
    stranger, insider = words(page), words(page, member())
    assert "A draft" not in insider
    for title in ("For members", "A private page", "Members’ paper"):
        assert (title in stranger, title in insider) == (False, True)
    for title in ("Open paper", "The page’s own paper"):
        assert (title in stranger, title in insider) == (True, True)


def test_a_preview_shows_what_is_not_saved(rf: RequestFactory) -> None:
    page = masterclass(audience="members")
    page.title, page.captions, page.notes = "Not saved", captions(2), "## Fresh"
    request = rf.get(page.url)
    request.user = UserFactory(is_staff=True)
    preview = page.make_preview_request(request, page.default_preview_mode).content.decode()
    assert "Not saved" in preview
    assert "Words number 1." in preview
    assert "<h2>Fresh</h2>" in preview
    assert "Not saved" not in words(page, member())


def test_a_page_never_saved_can_be_previewed(rf: RequestFactory) -> None:
    parent = masterclass().get_parent()
    page = MasterclassPage(title="New", slug="new", summary="Short.", locale=parent.locale)
    parent.add_child(instance=page)
    fresh = MasterclassPage(title="New", slug="new", summary="Short.", locale=parent.locale, path=page.path, depth=4)
    request = rf.get("/")
    request.user = UserFactory(is_staff=True)
    assert "Short." in fresh.make_preview_request(request, "").content.decode()


def test_what_nobody_translated_is_shown_and_marked() -> None:
    page = with_parts(title="A calm ward")
    locale("nb")
    html = words(page, address=f"/nb{page.url}")
    assert '<html lang="nb">' in html
    assert '<h1 class="display" lang="en">A calm ward</h1>' in html
    assert '<main id="main">' in html
    assert f'rel="canonical" href="http://localhost:8000{page.url}"' in html
    assert f"/nb/masterclasses/{page.pk}/captions.vtt" in html


# --- What it costs ---------------------------------------------------------------------------------------------------


@pytest.mark.database
def test_a_stranger_costs_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(pages, "clock", lambda: 0.0)  # within the second in which versions are not compared
    page = with_parts()
    client.get(page.url)
    with django_assert_num_queries(0):
        assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("size", [3, 30])
@pytest.mark.parametrize("audience", ["everyone", "members"])
def test_somebody_signed_in(size: int, audience: str, django_assert_max_num_queries: Any) -> None:
    page = with_parts(size=size, audience=audience)
    client = client_of(member())
    client.get(page.url)
    with django_assert_max_num_queries(5 if audience == "everyone" else 9) as spent:
        assert client.get(page.url).status_code == 200
    assert "cms_listening" in "".join(query["sql"] for query in spent.captured_queries)


# --- Captions --------------------------------------------------------------------------------------------------------


def test_captions_are_read_by_others(client: Client) -> None:
    page = masterclass()
    answer = client.get(addresses(page)[1])
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert [cue.voice for cue in webvtt.from_string(answer.content.decode())] == ["Demo Host", "Demo Founder"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    again = client.get(addresses(page)[1], headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_captions_that_are_not_there(client: Client) -> None:
    page = masterclass(captions="", transcript="Words.")
    assert client.get(addresses(page)[1]).status_code == 404
    assert client.get("/masterclasses/999999/captions.vtt").status_code == 404


def test_captions_for_members_stay_on_this_site() -> None:
    page = masterclass(audience="members")
    assert "Access-Control-Allow-Origin" not in client_of(member()).get(addresses(page)[1])


# --- One's place -----------------------------------------------------------------------------------------------------


def send(page: MasterclassPage, person: User | None, **what: Any) -> int:
    return client_of(person).post(f"/masterclasses/{page.pk}/place/", what).status_code


def test_a_place_is_kept_and_shown_on_another_device() -> None:
    page, person = masterclass(), member()
    assert send(page, person, position="12.4") == 204
    assert 'data-place="12"' in words(page, person)
    assert 'data-place="' not in words(page, member())
    assert 'data-place="' not in words(page)
    assert 'data-send="' not in words(page)


def test_the_length_is_the_files() -> None:
    page, person = masterclass(), member()  # 30 seconds
    send(page, person, position="4000000000")
    assert Listening.objects.get().finished_at is not None
    assert 'data-place="' not in words(page, person)


def test_what_is_no_place_is_refused() -> None:
    page, person = masterclass(), member()
    for what in (
        *({}, {"position": "x"}, {"position": "nan"}, {"position": "-1"}, {"position": "inf"}),
        *({"position": "1", "at": at} for at in ("x", "-1", "1e300", "nan")),
    ):
        assert send(page, person, **what) == 400, what
    assert not Listening.objects.exists()


def test_whose_place_is_kept() -> None:
    page = masterclass(audience="members")
    assert send(page, None, position="3") == 302
    assert send(page, UserFactory(), position="3") == 404
    assert send(masterclass(page.get_parent(), publish=False), member(), position="3") == 404
    assert send(masterclass(page.get_parent()), None, position="3") == 302
    assert not Listening.objects.exists()


def test_a_place_needs_the_pages_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member())
    assert client.post(f"/masterclasses/{masterclass().pk}/place/", {"position": "3"}).status_code == 403
