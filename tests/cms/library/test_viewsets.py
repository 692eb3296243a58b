"""Documents in the editors' part: found by what they are, counted, and kept while something uses them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.search.index import insert_or_update_object

from cms.models import Document, DownloadDay
from tests.factories.accounts import UserFactory
from tests.factories.cms import DocumentFactory, TopicFactory, masterclass, sound
from tests.factories.courses import lessons_of, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    return client


def titles(client: Client, query: str) -> set[str]:
    return {document.title for document in client.get(f"/admin/documents/?{query}").context["documents"]}


def test_the_list_is_filtered_by_what_editors_know(editor: Client) -> None:
    topic = TopicFactory.create()
    one = DocumentFactory.create(
        title="One report",
        kind="law",
        topics=[topic],
        language="nb",
        year=2020,
        audience="members",
        review_by=date(2020, 1, 1),
    )
    DocumentFactory.create(title="Other report", review_by=timezone.localdate() + timedelta(days=9))
    DocumentFactory.create(title="Third")
    for document in Document.objects.all():
        insert_or_update_object(document)  # as the queue does
    for query in ("kind=law", f"topics={topic.pk}", "language=nb", "year=2020", "audience=members", "review=overdue"):
        assert titles(editor, query) == {"One report"}, query
        assert titles(editor, f"{query}&q=report") == {"One report"}, f"{query} while searching"
    assert titles(editor, "q=report") == {"One report", "Other report"}
    assert titles(editor, "review=unset") == {"Third"}
    assert titles(editor, "") == {one.title, "Other report", "Third"}


def test_downloads_are_shown_in_the_list_and_on_the_form(editor: Client) -> None:
    document = DocumentFactory.create()
    DownloadDay.objects.create(document=document, day=timezone.localdate(), count=4321)
    assert "4321" in editor.get("/admin/documents/").content.decode()
    form = editor.get(f"/admin/documents/edit/{document.pk}/")
    assert form.status_code == 200, "an entry that is a link has a form, too"
    assert "4321" in form.content.decode()


def in_lesson() -> Document:
    document = Document.objects.create(title="Plan", file=ContentFile(b"PK", "plan.docx"))
    lesson = lessons_of(make_course())[0]
    lesson.body = [{"type": "download", "value": {"file": document.pk, "title": "File", "description": ""}}]
    lesson.title = "The lesson"
    lesson.save()
    return document


def as_recording() -> Document:
    document = sound()
    masterclass(audio=document, title="The talk", publish=False)
    return document


def as_companion() -> Document:
    document = DocumentFactory.create()
    page = masterclass(title="The talk")
    page.documents.add(document)
    page.save()
    return document


@pytest.mark.parametrize("make", [in_lesson, as_recording, as_companion])
@pytest.mark.parametrize("address", ["delete/{pk}/", "bulk", "multiple/{pk}/delete/"])
def test_what_is_used_is_not_deleted_and_the_sentence_says_by_what(editor: Client, make: Any, address: str) -> None:
    document, free = make(), DocumentFactory.create()
    if address == "bulk":
        answer = editor.post(f"/admin/bulk/cms/document/delete/?id={free.pk}&id={document.pk}", follow=True)
    else:
        answer = editor.post(f"/admin/documents/{address.format(pk=document.pk)}", follow=True)
    assert set(Document.objects.filter(pk__in=[document.pk, free.pk])) == {document, free}
    if "multiple" in address:
        assert answer.status_code == 409
    else:
        words = answer.content.decode()
        assert "is used by" in words
        assert "The talk" in words or "The lesson" in words


def test_what_nothing_uses_is_deleted(editor: Client) -> None:
    one, other, third = DocumentFactory.create(), DocumentFactory.create(), DocumentFactory.create()
    editor.post(f"/admin/documents/delete/{one.pk}/")
    editor.post(f"/admin/bulk/cms/document/delete/?id={other.pk}")
    editor.post(f"/admin/documents/multiple/{third.pk}/delete/")
    assert not Document.objects.exists()
