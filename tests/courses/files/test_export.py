from pathlib import Path
from typing import Any

import pytest

from cms.models import Topic
from courses.files.actions import import_course
from courses.files.export import export_course
from courses.files.reader import read_course
from courses.files.tree import CourseRefused
from courses.models import CoursePage, LessonPage
from lms.demo.loading import folders
from tests.factories import course_files
from tests.factories.cms import TopicFactory
from tests.factories.courses import home_page, make_course, question, quiz

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home() -> Any:
    return home_page()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def refusals(page: CoursePage, path: Path, **options: bool) -> list[str]:
    with pytest.raises(CourseRefused) as caught:
        export_course(page, path, **options)
    return [error.message for error in caught.value.errors]


def assert_there_and_back_again(source: Path, place: Path) -> None:
    """What an imported course is written as changes nothing, and is written the same each time."""
    page = CoursePage.objects.get(key=read_course(source).key)
    export_course(page, place / "one")
    assert import_course(place / "one") == []
    first = contents(place / "one")
    export_course(page, place / "one")
    export_course(page, place / "two")
    assert first == contents(place / "one") == contents(place / "two")
    media = {content for path, content in first.items() if path.startswith("media/")}
    shown = {
        content for path, content in contents(source).items() if path.endswith((".png", ".mp3", ".mp4", ".vtt", ".pdf"))
    }
    assert media <= shown
    assert bool(media) == bool(shown)


def test_there_and_back_again_is_byte_identical(tmp_path: Path):
    source = course_files.every_kind(tmp_path / "source")
    import_course(source)
    assert_there_and_back_again(source, tmp_path)


def test_there_and_back_again_the_demo_is_byte_identical(tmp_path: Path):
    sources = folders()
    assert len(sources) == 3
    for source in sources:
        for topic in read_course(source).topics:
            Topic.objects.filter(slug=topic).exists() or TopicFactory.create(slug=topic)
        import_course(source)
    for source in sources:
        assert_there_and_back_again(source, tmp_path / source.name)


def test_an_exported_course_is_the_same_in_an_empty_site(tmp_path: Path):
    import_course(course_files.every_kind(tmp_path / "source"))
    export_course(CoursePage.objects.get(), tmp_path / "one")
    CoursePage.objects.get().delete()
    import_course(tmp_path / "one")
    export_course(CoursePage.objects.get(), tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_what_editors_composed_survives(tmp_path: Path):
    options = [
        {"text": "Right", "weight": 100, "tolerance": None, "feedback": "Yes\r\nit is"},
        {"text": "Wrong", "weight": 0, "tolerance": None, "feedback": ""},
    ]
    asked = question("q", "true_false", options, text="One\r\n\r\ntwo", explanation="")
    body = [
        {"type": "text", "value": "\r\n  ::: not a block\r\n:::\r\n\r\n"},
        {"type": "text", "value": "Second text"},
        {"type": "text", "value": "   "},
        {"type": "image", "value": {"image": None, "alt": "gone", "caption": "", "credit": ""}},
        quiz("quiz", [asked]),
    ]
    course = make_course(body=body)
    export_course(course, tmp_path / "one")
    assert import_course(tmp_path / "one") == []
    assert (
        (tmp_path / "one/01-module-1/01-lesson-1.md")
        .read_text()
        .endswith(
            '\n\n  ::: not a block\n\\:::\n\nSecond text\n\n::: quiz\nid = "quiz"\ntitle = "Check yourself"\n'
            'file = "01-lesson-1.gift"\n:::\n'
        )
    )


def test_what_cannot_be_written_is_said(tmp_path: Path):
    course = make_course(body=[quiz("not an id"), quiz("other", [question("q]1")])])
    assert refusals(course, tmp_path / "one") == ["'q]1' cannot be a question's id: it has a ] or a line break."]
    course = make_course(body=[quiz("not an id")])
    assert refusals(course, tmp_path / "one") == [
        "“id” must be letters, digits and dashes, 80 at most, for example “fnd-1-1”."
    ]
    assert not (tmp_path / "one").exists()
    assert list(tmp_path.iterdir()) == []


def test_drafts_are_not_exported(tmp_path: Path):
    course = make_course(lessons=2)
    page = LessonPage.objects.first()
    assert page
    page.title = "A draft"
    page.save_revision()
    second = LessonPage.objects.last()
    assert second
    second.unpublish()
    export_course(course, tmp_path / "one")
    assert [path.name for path in (tmp_path / "one/01-module-1").iterdir() if path.suffix == ".md"] == [
        "01-lesson-1.md"
    ]
    assert "A draft" not in (tmp_path / "one/01-module-1/01-lesson-1.md").read_text()
    course.unpublish()
    assert refusals(course, tmp_path / "two") == [f"“{course.title}” is not published. Publish it first."]


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path):
    course, other = make_course(), make_course()
    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.txt").write_text("years of work")
    assert "not empty" in refusals(course, tmp_path / "full")[0]
    (tmp_path / "file").write_text("x")
    assert refusals(course, tmp_path / "file", force=True) == ["This is a file. Name a folder."]
    export_course(other, tmp_path / "other")
    assert "another course" in refusals(course, tmp_path / "other")[0]
    export_course(course, tmp_path / "full", force=True)
    assert (tmp_path / "full/thesis.txt").read_text() == "years of work"
    assert (tmp_path / "full/course.toml").exists()


def test_an_export_takes_away_what_the_course_has_no_more(tmp_path: Path):
    course = make_course(modules=2)
    export_course(course, tmp_path / "one")
    (tmp_path / "one/README.md").write_text("Ours")
    module = course.get_children().last()
    assert module
    module.specific.unpublish()
    export_course(course, tmp_path / "one")
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["01-module-1", "README.md", "course.toml"]
