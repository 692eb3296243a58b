"""An editor at the page of a masterclass: drafts may be half done, what is published may not."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.masterclasses.captions import cues
from cms.models import MasterclassesPage, MasterclassPage, Topic
from tests.cms.masterclasses.test_language import GERMAN
from tests.cms.masterclasses.test_subtitles import SRT
from tests.factories.accounts import ClusterFactory, UserFactory
from tests.factories.cms import CAPTIONS, DocumentFactory, MasterclassesPageFactory, TopicFactory, masterclass, sound

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def page(db: None) -> MasterclassPage:
    """A draft nobody has filled in."""
    parent = MasterclassesPageFactory()
    draft: MasterclassPage = parent.add_child(instance=MasterclassPage(title="Calm", slug="calm", live=False))
    draft.save_revision(clean=False)
    return draft


def film(**fields: Any) -> Any:
    return sound("film.mp4", media_type="video/mp4", **fields)


def filled(**given: Any) -> dict[str, Any]:
    """All that a masterclass needs, as the editor's form sends it, with what a test gives in its place."""
    guests, chapters = given.pop("guests", []), given.pop("chapters", [])
    plain: dict[str, Any] = {
        "title": "Calm",
        "slug": "calm",
        "summary": "In short.",
        "level": "1",
        "topics": [(Topic.objects.first() or TopicFactory()).pk],
        "captions": CAPTIONS,
        "transcript": "",
        "notes": "",
        "audience": "everyone",
        "in_podcast": "on",
        "guests": inline_formset(guests),
        "chapters": inline_formset(chapters),
        "related": inline_formset([]),
        "comments": inline_formset([]),
    }
    if "audio" not in given and "video" not in given and "embed" not in given:
        plain["audio"] = sound().pk
    data = plain | given
    several = {name: value for name, value in data.items() if isinstance(value, list)}
    return nested_form_data({name: value for name, value in data.items() if name not in several}) | several


def send(editor: Client, page: MasterclassPage, action: str = "publish", **given: Any) -> Any:
    """Press a button of the editor: `publish`, `submit` or `save`."""
    data = filled(**given)
    if action != "save":
        data[f"action-{action}"] = "1"
    return editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def refused(response: Any) -> dict[str, list[str]]:
    """What is said at which field, rows' fields as `guests-0-consent_on`; empty when nothing was refused."""
    if response.status_code == 302:
        return {}
    form = response.context["form"]
    found = {name: list(errors) for name, errors in form.errors.items()}
    for formset in form.formsets.values():
        for row in formset.forms:
            found |= {row.add_prefix(name): list(errors) for name, errors in row.errors.items()}
    return found


def test_what_is_complete_is_published(editor: Client, page: MasterclassPage):
    guest = {"name": "Demo Founder", "role": "Founder", "consent_on": "2026-01-02"}
    chapters = [{"start": "0:00", "title": "Who pays"}, {"start": "0:20", "title": "Who renews"}]
    given = {"guests": [guest], "chapters": chapters, "soundbite_start": "0:05", "soundbite_seconds": "10"}
    assert refused(send(editor, page, notes="## More\n\n**Bold**", **given)) == {}
    page.refresh_from_db()
    assert page.live
    assert [chapter.start for chapter in page.chapters.all()] == [0, 20]
    assert page.soundbite_start == 5
    assert "<strong>Bold</strong>" in page.notes_html
    assert len(cues(page.captions)) == 2


def test_a_new_page_is_held_to_the_same(editor: Client):
    parent = MasterclassesPageFactory()
    address = reverse("wagtailadmin_pages:add", args=["cms", "masterclasspage", parent.pk])
    response = editor.post(address, {**filled(captions=""), "action-publish": "1"})
    assert list(refused(response)) == ["captions"]
    assert not MasterclassPage.objects.exists()
    assert editor.post(address, {**filled(), "action-publish": "1"}).status_code == 302
    assert MasterclassPage.objects.get().live


NOBODY = {"name": "Demo Founder", "role": "Founder"}
CONSENT, TOO_SOON = "guests-0-consent_on", "guests-1-consent_on"
UNREADY: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "missing": (
        {
            "audio": "",
            "captions": "",
            "guests": [NOBODY, {**NOBODY, "consent_on": "2099-01-01"}],
            "topics": [],
            "audience": "clusters",
            "chapters": [{"start": "0:03", "title": "Late"}],
            "soundbite_start": "0:05",
            "summary": "",
        },
        {
            "audio": "Choose the recording",
            "captions": "Add captions or a transcript",
            CONSENT: "Write when Demo Founder agreed to publishing.",
            TOO_SOON: "on a day to come",
            "topics": "Choose at least one topic",
            "clusters": "Choose at least one cluster",
            "chapters-0-start": "starts at 0:00",
            "soundbite_seconds": "needs both",
            "summary": "required",
        },
    ),
    "after the end": (
        {
            "chapters": [{"start": "0:00", "title": "A"}, {"start": "9:00", "title": "B"}],
            "captions": CAPTIONS.replace("00:09.000", "00:39.000"),
        },
        {"chapters-1-start": "over at 0:30", "captions": "Cue 2 ends at 00:00:39.000"},
    ),
    "in another language": (
        {"captions": f"WEBVTT\n\n00:00.000 --> 00:04.000\n{GERMAN}\n"},
        {"captions": "The captions are in German"},
    ),
}
"""What is sent, with all that is wrong with it: at each field, and at no other, what is said."""


def unsaid(found: dict[str, list[str]], said: dict[str, str]) -> list[str]:
    """The fields at which something else is said, or nothing, or something that should not be."""
    right = {field for field, words in said.items() if words in "".join(found.get(field, []))}
    return sorted((found.keys() | said.keys()) - right)


@pytest.mark.parametrize("what", UNREADY)
def test_publishing_is_refused_at_the_field_and_what_was_typed_is_kept(
    editor: Client, page: MasterclassPage, what: str
):
    given, said = UNREADY[what]
    for action in ("publish", "submit"):
        response = send(editor, page, action, transcript="", notes="Typed with care", **given)
        found = refused(response)
        assert unsaid(found, said) == [], action
        html = response.content.decode()
        assert "Typed with care" in html
        assert [field for field, errors in found.items() if errors[0].split("“")[0] not in html] == []
    page.refresh_from_db()
    assert (page.live, page.has_unpublished_changes, page.revisions.count()) == (False, True, 1)


@pytest.mark.parametrize("what", UNREADY)
def test_a_draft_may_be_half_done(editor: Client, page: MasterclassPage, what: str):
    assert refused(send(editor, page, "save", **UNREADY[what][0])) == {}
    page.refresh_from_db()
    assert (page.live, page.revisions.count()) == (False, 2)


def test_a_film_needs_captions_also_with_a_transcript(editor: Client, page: MasterclassPage):
    given = {"video": film().pk, "captions": "", "transcript": "Word for word."}
    assert "Film needs captions" in refused(send(editor, page, **given))["captions"][0]
    assert refused(send(editor, page, audio=sound().pk, captions="", transcript="Word for word.")) == {}


@pytest.mark.parametrize("action", ["publish", "save"])
def test_what_cannot_be_kept_is_refused_at_once(editor: Client, page: MasterclassPage, action: str):
    given = {
        "audio": sound().pk,
        "embed": "https://films.example/1",
        "chapters": [{"start": "soon", "title": "A"}],
        "soundbite_start": "90",
        "soundbite_seconds": "10",
        "captions": "x" * 5_000_000,
        "notes": "x" * 1_100_000,
    }
    said = {
        "embed": "YouTube and Vimeo",
        "chapters-0-start": "such as 4:05",
        "soundbite_start": "such as 4:05",
        "captions": "4.8 MB",
        "notes": "",
    }
    assert unsaid(refused(send(editor, page, action, **given)), said) == []


def test_sound_is_sound_and_film_is_film_at_once(editor: Client, page: MasterclassPage):
    paper = DocumentFactory(link="", file="a.pdf", media_type="application/pdf")
    found = refused(send(editor, page, "save", audio=paper.pk, video=sound().pk))
    assert unsaid(found, {"audio": "not sound", "video": "not film"}) == []
    both = {"video": film().pk, "embed": "https://youtu.be/abc_DEF-123"}
    assert "Keep one" in refused(send(editor, page, "save", **both))["embed"][0]


def upload(content: bytes, name: str = "captions.srt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_captions_file_fills_the_box(editor: Client, page: MasterclassPage):
    content = SRT.replace("calm ward", "blåbær").encode("utf-16")
    assert refused(send(editor, page, "save", captions="", captions_file=upload(content))) == {}
    page.refresh_from_db()
    kept = page.get_latest_revision_as_object().captions
    assert kept.startswith("WEBVTT")
    assert "blåbær" in kept


def test_a_captions_file_that_is_refused_stands_in_the_box(editor: Client, page: MasterclassPage):
    wrong = SRT.replace("00:00:09,250", "00:00:01,000")
    response = send(editor, page, "save", captions="Typed before", captions_file=upload(wrong.encode()))
    assert "Cue 2 begins at 00:00:04.000 and ends at 00:00:01.000" in refused(response)["captions"][0]
    assert "00:00:01,000" in response.context["form"]["captions"].value()


@pytest.mark.parametrize(
    ("content", "words"), [(b"\x89PNG\0", "no text"), (b"x" * 5_000_000, "4.8 MB"), (b"", "empty")]
)
def test_what_is_no_captions_file_is_refused_and_the_box_is_kept(
    editor: Client, page: MasterclassPage, content: bytes, words: str
):
    response = send(editor, page, "save", captions=CAPTIONS, captions_file=upload(content))
    assert words in refused(response)["captions_file"][0]
    assert response.context["form"]["captions"].value() == CAPTIONS


def test_what_is_refused_for_another_reason_keeps_the_file_in_the_box(editor: Client, page: MasterclassPage):
    response = send(editor, page, captions="", captions_file=upload(SRT.encode()), guests=[NOBODY])
    assert list(refused(response)) == ["guests-0-consent_on"]
    assert "Who pays for" in response.context["form"]["captions"].value()


def test_saving_in_the_background_puts_the_file_into_the_box_once(editor: Client, page: MasterclassPage):
    data = filled(captions="", captions_file=upload(SRT.encode()))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = editor.post(address, data, headers={"accept": "application/json"}).json()
    assert answer["success"]
    assert answer["field_updates"]["captions"].startswith("WEBVTT")
    assert answer["field_updates"]["captions_file"] == ""


def test_a_moderator_may_ask_for_changes_whatever_is_missing(editor: Client, page: MasterclassPage):
    """Wagtail validates the whole form for every decision; only approving needs all of it."""
    send(editor, page, "submit")
    task = page.specific.current_workflow_task_state
    data = filled(captions="") | {"action-workflow-action": "1", "workflow-action-name": "reject"}
    editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    task.refresh_from_db()
    assert task.status == "rejected"


def test_clusters_are_kept(editor: Client, page: MasterclassPage):
    cluster = ClusterFactory()
    assert refused(send(editor, page, audience="clusters", clusters=[cluster.pk])) == {}
    page.refresh_from_db()
    assert list(page.clusters.all()) == [cluster]


def test_the_editor_shows_moments_as_they_are_typed(editor: Client):
    page = masterclass(audio=sound(duration=90), soundbite_start=75, soundbite_seconds=10)
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'value="1:15"' in html
    assert 'enctype="multipart/form-data"' in html


def test_versions_can_be_compared(editor: Client, page: MasterclassPage):
    send(editor, page, "save")
    first, last = page.revisions.order_by("pk")
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last.pk])
    assert editor.get(address).status_code == 200


def test_a_preview_of_a_draft_works_half_done_and_shows_its_notes(editor: Client, page: MasterclassPage):
    data = filled(captions="WEBVTT\n\nhalf", notes="**Bold**", audio="")
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(address, data).json()["is_valid"]


def test_a_page_in_norwegian_is_asked_for_norwegian_captions(editor: Client):
    parent = MasterclassesPage.objects.get(pk=MasterclassesPageFactory().pk)
    nb = Locale.objects.get_or_create(language_code="nb")[0]
    MasterclassesPage.objects.filter(pk=parent.pk).update(locale=nb)
    page = parent.add_child(instance=MasterclassPage(title="Ro", slug="ro", live=False, locale=nb))
    page.save_revision(clean=False)
    spoken = f"WEBVTT\n\n00:00.000 --> 00:04.000\n{GERMAN}\n"
    assert "the page is in Norwegian Bokmål" in refused(send(editor, page, captions=spoken))["captions"][0]
