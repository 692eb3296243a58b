from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.models import Image
from wagtail.models import Collection, Revision

from cms.models import Document
from cms.published import current_version
from courses.actions import complete_lesson, enrol
from courses.files.actions import Options, import_course
from courses.files.tree import CourseRefused
from courses.models import CatalogPage, CoursePage, LessonPage, ModulePage
from courses.selectors import Place, outline_now
from tests.factories import course_files
from tests.factories.accounts import UserFactory
from tests.factories.course_files import COURSE, GIFT, MODULE, QUIZ, lesson, module, png
from tests.factories.courses import home_page, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home() -> Any:
    return home_page()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two modules of two lessons."""
    return course_files.write(
        tmp_path / "course",
        {
            "course.toml": COURSE,
            "01-first/module.toml": MODULE,
            "01-first/01-one.md": lesson("one", "One"),
            "01-first/02-two.md": lesson("two", "Two"),
            "02-second/module.toml": module("a-2", "Second module"),
            "02-second/01-three.md": lesson("three", "Three"),
            "02-second/02-four.md": lesson("four", "Four"),
        },
    )


def told(folder: Path, **options: bool) -> list[str]:
    return [f"{change.what} {change.key}" for change in import_course(folder, Options(**options))]


def refusals(folder: Path, **options: bool) -> list[str]:
    with pytest.raises(CourseRefused) as caught:
        import_course(folder, Options(**options))
    return [str(error) for error in caught.value.errors]


def place(key: str) -> Place:
    course = outline_now().courses[0]
    return Place(course, next(lesson for lesson in course.lessons if lesson.key == key))


def start(key: str) -> Any:
    """Somebody who has done a lesson."""
    person = UserFactory()
    enrol(person, place(key).course, company=None)
    complete_lesson(person.pk, place(key))
    return person


def order() -> list[list[str]]:
    return [[lesson.slug for lesson in module.lessons] for module in outline_now().courses[0].modules]


# --- Making a course -------------------------------------------------------------------------------------------------
def test_makes_the_whole_course_and_its_catalogue(tmp_path: Path):
    import_course(course_files.every_kind(tmp_path / "course"))
    course = CoursePage.objects.get()
    assert (course.key, course.slug, course.level, course.outcomes) == ("course-a", "a-course", 1, "One\nTwo")
    assert course.live
    assert course.live_revision_id == course.latest_revision_id
    assert CatalogPage.objects.get().live
    assert order() == [["one"], ["two", "three"]]
    first = LessonPage.objects.get(key="a-1-1")
    assert [part["type"] for part in first.rendered] == ["html", "quiz", "quiz", "worksheet", "html"]
    assert [question["kind"] for question in first.rendered[1]["questions"]] == ["single", "multiple", "true_false"]
    assert first.body[0].value.endswith("```\n::: quiz\n:::\n```")
    assert first.body.stream_block.clean(first.body)  # an editor may save it as it is


def test_a_second_import_writes_nothing(tmp_path: Path, django_assert_max_num_queries: Any):
    folder = course_files.every_kind(tmp_path / "course")
    import_course(folder)
    before = (Revision.objects.count(), current_version(), Image.objects.count(), Document.objects.count())
    ids = [block.id for block in LessonPage.objects.get(key="a-1-1").body]
    assert import_course(folder) == []
    assert before == (Revision.objects.count(), current_version(), Image.objects.count(), Document.objects.count())
    assert ids == [block.id for block in LessonPage.objects.get(key="a-1-1").body]


def test_unchanged_pages_get_no_revision(folder: Path):
    import_course(folder)
    before = Revision.objects.count()
    course_files.write(folder, {"01-first/02-two.md": lesson("two", "Two, changed")})
    assert told(folder) == ["changed two"]
    assert Revision.objects.count() == before + 1
    page = LessonPage.objects.get(key="two")
    assert (page.title, page.draft_title, page.has_unpublished_changes) == ("Two, changed", "Two, changed", False)


def test_importing_raises_the_content_version(folder: Path):
    before = current_version()
    import_course(folder)
    assert current_version() > before


def test_a_dry_run_writes_nothing(folder: Path):
    assert told(folder, dry_run=True)[0] == "added course-a"
    assert not CoursePage.objects.exists()
    assert not CatalogPage.objects.exists()


def test_says_what_changes_before_it_is_written(folder: Path):
    seen: list[int] = []
    import_course(folder, announce=lambda changes: seen.extend([len(changes), CoursePage.objects.count()]))
    assert seen == [7, 0]


def test_media_are_uploaded_once_into_the_courses_collection(tmp_path: Path):
    folder = course_files.every_kind(tmp_path / "course")
    import_course(folder)
    assert set(Document.objects.values_list("title", "collection__name")) == {
        (name, "course-a") for name in ("talk.mp3", "film.mp4", "film.vtt", "sheet.pdf")
    }
    (folder / "media/chart.png").rename(folder / "media/renamed.png")
    text = (folder / "01-first/01-one.md").read_text()
    course_files.write(folder, {"01-first/01-one.md": text.replace("chart.png", "renamed.png")})
    assert import_course(folder) == []
    course_files.write(folder, {"media/renamed.png": png(9)})
    assert told(folder) == ["changed a-1-1"]
    assert Image.objects.count() == 2


@pytest.mark.database
def test_nothing_is_left_of_an_import_that_fails_half_way(tmp_path: Path, settings: Any):
    folder = course_files.every_kind(tmp_path / "course")
    import_course(folder)
    stored = sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    course_files.write(folder, {"media/chart.png": png(10), "02-second/07-last.md": lesson("last")})

    def stop(lessons: Any) -> Any:
        yield from list(lessons)[:2]
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="the power went"):
        import_course(folder, track=stop)
    assert sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()) == stored
    assert Image.objects.count() == 1
    assert not LessonPage.objects.filter(key="last").exists()
    assert told(folder) == ["changed a-1-1", "added last"]
    assert all(default_storage.exists(image.file.name) for image in Image.objects.all())


# --- Changing a course people are in ---------------------------------------------------------------------------------
def test_progress_stays_when_all_is_renamed_and_reordered(folder: Path, tmp_path: Path):
    import_course(folder)
    person = start("one")
    pages = dict(LessonPage.objects.values_list("key", "pk"))
    shuffled = course_files.write(
        tmp_path / "shuffled",
        {
            "course.toml": COURSE.replace("A course", "Another title") + 'slug = "renamed"\n',
            "01-second/module.toml": module("a-2", "Second first"),
            "01-second/01-four.md": lesson("four", "Four"),
            "01-second/02-uno.md": lesson("one", "Uno"),
            "01-second/03-three.md": lesson("three", "Three"),
            "02-first/module.toml": MODULE,
            "02-first/01-two.md": lesson("two", "Two"),
        },
    )
    assert set(told(shuffled)) == {
        "changed course-a",
        "reordered course-a",
        "changed a-2",
        "changed one",
        "moved one",
        "reordered a-2",
    }
    assert dict(LessonPage.objects.values_list("key", "pk")) == pages
    assert order() == [["four", "uno", "three"], ["two"]]
    progress = outline_now().courses[0]
    assert progress.url == "/courses/renamed/"
    assert person.enrolments.get().progress.get().lesson_id == place("one").lesson.id
    assert import_course(shuffled) == []
    assert Redirect.objects.filter(redirect_page=pages["one"]).exists()


@pytest.mark.database
def test_lessons_may_swap_their_addresses_and_modules(folder: Path, tmp_path: Path):
    import_course(folder)
    swapped = course_files.write(
        tmp_path / "swapped",
        {
            "course.toml": COURSE,
            "01-second/module.toml": MODULE,
            "01-second/01-two.md": lesson("one", "One"),
            "01-second/02-one.md": lesson("three", "Three"),
            "02-first/module.toml": module("a-2", "Second module"),
            "02-first/01-one.md": lesson("two", "Two"),
            "02-first/02-three.md": lesson("four", "Four"),
        },
    )
    import_course(swapped)
    assert order() == [["two", "one"], ["one", "three"]]
    assert [lesson.key for lesson in outline_now().courses[0].lessons] == ["one", "three", "two", "four"]
    assert import_course(swapped) == []
    for page in LessonPage.objects.all():
        assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"


def test_a_lesson_moved_without_another_change_keeps_its_address(folder: Path):
    import_course(folder)
    (folder / "02-second/02-four.md").rename(folder / "01-first/03-two.md")
    (folder / "01-first/02-two.md").rename(folder / "02-second/02-two.md")
    assert sorted(told(folder)) == ["changed four", "moved four", "moved two"]
    assert order() == [["one", "two"], ["three", "two"]]
    assert import_course(folder) == []


def test_a_lesson_nobody_started_is_unpublished(folder: Path):
    import_course(folder)
    (folder / "02-second/02-four.md").unlink()
    assert told(folder) == ["retired four"]
    assert not LessonPage.objects.get(key="four").live
    assert import_course(folder) == []


def test_a_lesson_people_have_started_is_not_taken_away_silently(folder: Path):
    import_course(folder)
    start("four"), start("four")
    (folder / "02-second/02-four.md").unlink()
    assert refusals(folder) == [
        "course.toml: The lesson “Four” (four) is not in the folder, but 2 people have started it. Put it back, or "
        "import with --retire to unpublish it; what people did is kept."
    ]
    assert LessonPage.objects.get(key="four").live
    assert told(folder, retire=True) == ["retired four"]
    page = LessonPage.objects.get(key="four")
    assert not page.live
    assert page.progress.count() == 2


def test_a_retired_module_takes_its_lessons_along_and_can_come_back(folder: Path, tmp_path: Path):
    import_course(folder)
    pages = dict(LessonPage.objects.values_list("key", "pk"))
    kept = {path.name: path.read_text() for path in (folder / "02-second").iterdir()}
    for path in (folder / "02-second").iterdir():
        path.unlink()
    (folder / "02-second").rmdir()
    assert told(folder) == ["retired a-2", "retired three", "retired four"]
    assert not ModulePage.objects.get(key="a-2").live
    course_files.write(folder, {f"02-second/{name}": text for name, text in kept.items()})
    assert told(folder) == ["added a-2", "added three", "added four"]
    assert order() == [["one", "two"], ["three", "four"]]
    assert dict(LessonPage.objects.values_list("key", "pk")) == pages


def test_a_new_lesson_may_have_the_address_of_a_retired_one(folder: Path):
    import_course(folder)
    start("four")
    course_files.write(folder, {"02-second/02-four.md": lesson("other", "Other")})
    assert told(folder, retire=True) == ["added other", "retired four"]
    assert place("other").lesson.url == "/courses/course-a/second/four/"
    assert LessonPage.objects.get(key="four").slug.startswith("four-")


# --- What editors do -------------------------------------------------------------------------------------------------
def test_a_newer_draft_is_not_overwritten_silently(folder: Path):
    import_course(folder)
    page = LessonPage.objects.get(key="two")
    page.title = "An editor's draft"
    page.save_revision()
    course_files.write(folder, {"01-first/01-one.md": lesson("one", "One, changed")})
    assert told(folder) == ["changed one"]  # the draft is of another page
    course_files.write(folder, {"01-first/02-two.md": lesson("two", "Two, changed")})
    (sentence,) = refusals(folder)
    assert sentence.startswith("01-first/02-two.md:2: An editor has a newer draft of “Two”")
    assert told(folder, overwrite_drafts=True) == ["changed two"]
    page = LessonPage.objects.get(key="two")
    assert (page.title, page.has_unpublished_changes) == ("Two, changed", False)
    assert page.revisions.count() == 3


def test_what_an_editor_published_is_seen_as_a_change(folder: Path):
    import_course(folder)
    page = LessonPage.objects.get(key="two")
    page.minutes = 40
    page.save_revision().publish()
    assert told(folder) == ["changed two"]
    assert LessonPage.objects.get(key="two").minutes == 15


def test_a_lesson_an_editor_has_only_drafted_is_left_alone(folder: Path):
    import_course(folder)
    draft = LessonPage(title="Draft", slug="draft", key="draft", live=False)
    ModulePage.objects.get(key="a-1").add_child(instance=draft)
    assert import_course(folder) == []
    course_files.write(folder, {"01-first/01-one.md": lesson("one", "One, changed")})
    assert told(folder) == ["changed one"]
    assert LessonPage.objects.filter(key="draft", live=False).exists()


# --- What stands in the way ------------------------------------------------------------------------------------------
def test_without_a_front_page_nothing_can_be_imported(folder: Path):
    course_files.write(folder, {"course.toml": COURSE.replace('"en"', '"nb"')})
    assert refusals(folder)[0].startswith("course.toml: There is no published front page in the language “nb”")


def test_addresses_of_other_pages_are_refused(folder: Path):
    make_course(key="other", slug="course-a", title="Other")
    assert refusals(folder) == ["course.toml:1: The address “course-a” is taken by the page “Other”. Choose another."]


def test_ids_of_other_courses_are_refused(folder: Path, tmp_path: Path):
    sheet = '::: worksheet\nid = "w"\ntitle = "W"\n[[questions]]\nid = "w-1"\nprompt = "P"\n:::\n'
    course_files.write(folder, {"01-first/01-one.md": lesson("one", body=sheet)})
    import_course(folder)
    other = course_files.small(
        tmp_path / "other",
        {
            "course.toml": COURSE.replace("course-a", "course-b"),
            "01-first/01-one.md": lesson("one", body=sheet),
            "01-first/02-two.md": lesson("new"),
        },
    )
    assert refusals(other) == [
        "01-first/module.toml:1: The id “a-1” belongs to “First module” in another course. Give this module a new id.",
        "01-first/01-one.md:2: The id “one” belongs to “A lesson” in another course. Give this lesson a new id.",
        "01-first/01-one.md:7: The id “w-1” belongs to “A lesson” in another course. Give this question a new id.",
    ]


def test_a_course_with_the_same_id_in_another_language_is_its_translation(folder: Path, tmp_path: Path):
    import_course(folder)
    person = start("one")
    home_page("nb")
    quiz = {"01-first/quiz.gift": GIFT, "01-first/01-one.md": lesson("one", "En", QUIZ)}
    norwegian = course_files.small(tmp_path / "nb", {"course.toml": COURSE.replace('"en"', '"nb"'), **quiz})
    import_course(norwegian)
    pages = LessonPage.objects.filter(key="one")
    assert pages.count() == 2
    assert len({page.translation_key for page in pages}) == 1
    assert len({page.translation_key for page in CoursePage.objects.all()}) == 1
    assert len({page.translation_key for page in CatalogPage.objects.all()}) == 1
    assert import_course(norwegian) == []
    assert import_course(folder) == []
    assert person.enrolments.count() == 1
    (norwegian / "01-first/01-one.md").unlink()
    course_files.write(norwegian, {"01-first/01-ny.md": lesson("ny")})
    assert "1 person has started it" in refusals(norwegian)[0]


def test_every_import_has_its_collection_once(folder: Path, tmp_path: Path):
    import_course(folder)
    course_files.write(folder, {"01-first/01-one.md": lesson("one", "Changed")})
    import_course(folder)
    assert Collection.objects.filter(name="course-a").count() == 1
