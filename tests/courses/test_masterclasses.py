"""A masterclass in a lesson: with its player for all, with its title only where not everybody may see it."""

from pathlib import Path
from typing import Any

import html5lib
import pytest
from wagtail.models import PageViewRestriction, ReferenceIndex

from cms.models import MasterclassPage
from courses.files.export import export_course
from courses.files.tree import CourseRefused
from courses.models import LessonPage
from tests.factories.cms import masterclass, sound
from tests.factories.courses import home_page, lessons_of, make_course

pytestmark = pytest.mark.django_db


def lesson_with(page: MasterclassPage) -> LessonPage:
    lesson = lessons_of(make_course(1, 1, body=[{"type": "masterclass", "value": page.pk}]))[0]
    ReferenceIndex.create_or_update_for_object(lesson)
    ReferenceIndex.create_or_update_for_object(page)
    return lesson


def shown(lesson: LessonPage) -> str:
    lesson.refresh_from_db()
    html = "".join(part["html"] for part in lesson.rendered)
    html5lib.HTMLParser(strict=True).parseFragment(html)
    return html


def test_sound_is_played_with_captions_and_leads_to_its_page():
    page = masterclass(title="Calm pays")
    html = shown(lesson_with(page))
    assert f'<source src="{page.audio.url}" type="audio/mpeg">' in html
    assert f'src="/masterclasses/{page.pk}/captions.vtt"' in html
    assert "Calm pays" in html
    assert page.url in html


def test_film_is_shown_before_sound():
    film = sound("film.mp4", media_type="video/mp4")
    html = shown(lesson_with(masterclass(video=film, audio=sound())))
    assert f'<source src="{film.url}" type="video/mp4">' in html
    assert "<audio" not in html


@pytest.mark.parametrize("audience", ["members", "clusters"])
def test_what_is_not_for_everybody_shows_its_title_and_the_way_only(audience: str):
    page = masterclass(title="For members", publish=False)
    MasterclassPage.objects.filter(pk=page.pk).update(audience=audience, live=True)
    html = shown(lesson_with(page))
    assert "For members" in html
    assert "captions.vtt" not in html
    assert page.audio.url not in html


def test_a_draft_is_not_shown():
    assert shown(lesson_with(masterclass(publish=False))) == ""


def test_it_follows_what_is_published_hidden_and_made_private(django_capture_on_commit_callbacks: Any):
    page = masterclass(title="Before")
    lesson = lesson_with(page)
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "After"
        page.save_revision().publish()
    assert "After" in shown(lesson)
    with django_capture_on_commit_callbacks(execute=True):
        restriction = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert page.audio.url not in shown(lesson)
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert page.audio.url in shown(lesson)
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert shown(lesson) == ""
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert "After" in shown(lesson)
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert shown(lesson) == ""


def test_a_replaced_recording_reaches_the_lesson(django_capture_on_commit_callbacks: Any):
    page = masterclass()
    lesson = lesson_with(page)
    with django_capture_on_commit_callbacks(execute=True):
        page.audio.file.name = "documents/newer.mp3"
        page.audio.save()
    assert "newer.mp3" in shown(lesson)


def test_course_files_cannot_say_it_and_say_so(tmp_path: Path):
    home_page()
    page = masterclass(title="Calm pays")
    lesson = lesson_with(page)
    with pytest.raises(CourseRefused) as refused:
        export_course(lesson.get_parent().get_parent().specific, tmp_path / "course")
    assert "“Calm pays”, which course files cannot say yet" in refused.value.errors[0].message
    assert not (tmp_path / "course").exists()
