"""Course pages as editors keep them."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils.translation import override
from wagtail.models import ReferenceIndex

from cms.models import Document
from courses.models import CoursePage, LessonPage, ModulePage
from tests.factories.courses import add_lesson, add_module, lessons_of, make_course, paragraph, quiz

pytestmark = pytest.mark.django_db


def test_a_lesson_is_rendered_when_it_is_saved() -> None:
    lesson = add_lesson(add_module(make_course(0)), body=[paragraph(), quiz()])
    lesson.refresh_from_db()
    assert [part["type"] for part in lesson.rendered] == ["html", "quiz"]
    text, asked = lesson.contents
    assert text["type"] == "text"
    assert asked == {"type": "quiz", "key": "quiz", "title": "Check yourself"}


def test_a_draft_does_not_reach_readers() -> None:
    lesson = lessons_of(make_course())[0]
    published = lesson.rendered
    lesson.body = [quiz()]
    lesson.save_revision()
    assert LessonPage.objects.get(pk=lesson.pk).rendered == published
    lesson.get_latest_revision().publish()
    assert [part["type"] for part in LessonPage.objects.get(pk=lesson.pk).rendered] == ["quiz"]


def test_revisions_do_not_carry_the_rendered_body() -> None:
    lesson = lessons_of(make_course())[0]
    assert "rendered" not in lesson.save_revision().content


def test_a_lesson_speaks_its_own_language_not_the_editors() -> None:
    with override("nb"):
        lesson = lessons_of(make_course())[0]
        assert lesson.locale.language_code == "en"
        lesson.body = [{"type": "callout", "value": {"kind": "advice", "title": "", "text": "x"}}]
        lesson.save()
    assert "Advice" in lesson.rendered[0]["html"]


def test_ids_are_not_taken_twice() -> None:
    course = make_course(1, 1, key="one")
    module, taken = add_module(course, 0), course.get_children().first().specific
    add_lesson(module, body=[quiz("same")])
    first = lessons_of(course)[0]
    for parent, again in (
        (course.get_parent(), CoursePage(title="A", slug="a", summary="A", key="one")),
        (course, ModulePage(title="B", slug="b", key=taken.key)),
        (module, LessonPage(title="C", slug="c", key=first.key)),
        (module, LessonPage(title="D", slug="d", key="d", body=[quiz("same")])),
    ):
        with pytest.raises(ValidationError, match="already"):
            parent.add_child(instance=again)


def test_the_same_ids_in_another_course_are_fine() -> None:
    make_course(1, 1, body=[quiz("same")])
    make_course(1, 1, body=[quiz("same")])
    assert CoursePage.objects.count() == 2


def test_a_text_too_long_is_refused_when_saved_in_code() -> None:
    lesson = lessons_of(make_course())[0]
    lesson.body = [{"type": "text", "value": "x" * 250_000}]
    with pytest.raises(ValidationError, match="fit"):
        lesson.save(clean=False)


def test_a_replaced_file_reaches_the_lessons_that_offer_it(django_capture_on_commit_callbacks: Any) -> None:
    file = Document.objects.create(title="List", file=ContentFile(b"x", "list.pdf"))
    body = [{"type": "download", "value": {"file": file.pk, "title": "List", "description": ""}}]
    course = make_course(1, 1, body=body)
    ReferenceIndex.create_or_update_for_object(lessons_of(course)[0])
    with django_capture_on_commit_callbacks(execute=True):
        file.file = ContentFile(b"x" * 5000, "newer.docx")
        file.save()
    assert "DOCX" in lessons_of(course)[0].rendered[0]["html"]


def test_every_lesson_can_be_rendered_anew(capsys: Any) -> None:
    course = make_course(1, 2)
    LessonPage.objects.update(rendered=[], contents=[])
    call_command("render_lessons")
    assert "2 lessons rendered." in capsys.readouterr().out
    assert all(lesson.rendered for lesson in lessons_of(course))


def test_wagtails_own_route_gives_the_same_page(client: Client) -> None:
    course = make_course(1, 1, title="Ours")
    response = lessons_of(course)[0].serve(_request(client))
    assert b"Lesson 1" in response.content


def _request(client: Client) -> Any:
    request: Any = RequestFactory().get("/")
    request.user, request.session, request.htmx = AnonymousUser(), client.session, False
    request._messages = FallbackStorage(request)
    return request


@pytest.mark.parametrize("place", ["catalog", "course", "lesson"])
def test_previews_show_what_is_being_edited(place: str) -> None:
    course = make_course(1, 1, body=[paragraph(), quiz()])
    lesson = lessons_of(course)[0]
    page: Any = {
        "catalog": course.get_parent().specific,
        "course": course,
        "lesson": lesson,
    }[place]
    page.title = "Not published yet"
    response = page.make_preview_request(preview_mode=page.default_preview_mode)
    assert response.status_code == 200
    assert "Not published yet" in response.content.decode()


def test_a_lesson_that_was_never_saved_can_be_previewed() -> None:
    module = add_module(make_course(0), 0)
    lesson = LessonPage(title="Quite new", slug="", locale=module.locale, body=[quiz(), {"type": "video", "value": {}}])
    lesson.path, lesson.depth = module.path + "0001", module.depth + 1
    response = lesson.make_preview_request(preview_mode="")
    assert b"Quite new" in response.content
    assert b"Check yourself" in response.content
