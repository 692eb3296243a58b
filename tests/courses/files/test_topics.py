"""A course's topics in its file: by their addresses, in no order, and only those there are."""

from pathlib import Path
from typing import Any

import pytest

from courses.files.actions import import_course
from courses.files.export import export_course
from courses.files.tree import CourseRefused
from courses.models import CoursePage
from tests.factories import course_files
from tests.factories.cms import TopicFactory
from tests.factories.course_files import COURSE, MODULE, lesson
from tests.factories.courses import home_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home() -> Any:
    TopicFactory.create(slug="regulatory")
    TopicFactory.create(slug="payers")
    return home_page()


def folder(path: Path, topics: str = "") -> Path:
    files = {"course.toml": COURSE + topics, "01-first/module.toml": MODULE, "01-first/01-one.md": lesson("one", "One")}
    return course_files.write(path, files)


def slugs() -> set[str]:
    return set(CoursePage.objects.get().topics.values_list("slug", flat=True))


def refusals(path: Path) -> list[str]:
    with pytest.raises(CourseRefused) as caught:
        import_course(path)
    return [str(error) for error in caught.value.errors]


def test_import_puts_a_course_under_its_topics_and_a_second_one_changes_nothing(tmp_path: Path):
    path = folder(tmp_path, 'topics = ["regulatory", "payers", "payers"]\n')
    import_course(path)
    assert slugs() == {"regulatory", "payers"}
    page = CoursePage.objects.get()
    assert set(page.latest_revision.as_object().topics.all()) == set(page.topics.all())
    assert import_course(path) == []
    assert import_course(folder(tmp_path, 'topics = ["payers", "regulatory"]\n')) == []


def test_topics_change_and_go(tmp_path: Path):
    import_course(folder(tmp_path, 'topics = ["regulatory"]\n'))
    assert [str(change) for change in import_course(folder(tmp_path, 'topics = ["payers"]\n'))] == [
        "~ changed course course-a “A course”: topics"
    ]
    assert slugs() == {"payers"}
    import_course(folder(tmp_path))
    assert slugs() == set()


def test_there_and_back_again(tmp_path: Path):
    import_course(folder(tmp_path / "in", 'topics = ["regulatory", "payers"]\n'))
    export_course(CoursePage.objects.get(), tmp_path / "out")
    assert 'topics = ["payers", "regulatory"]\n' in (tmp_path / "out" / "course.toml").read_text()
    assert import_course(tmp_path / "out") == []


def test_without_topics_the_file_says_nothing_of_them(tmp_path: Path):
    import_course(folder(tmp_path / "in"))
    export_course(CoursePage.objects.get(), tmp_path / "out")
    assert "topics" not in (tmp_path / "out" / "course.toml").read_text()


def test_an_unknown_topic_is_refused_by_file_and_line(tmp_path: Path):
    [told] = refusals(folder(tmp_path, 'topics = [\n  "regulatori",\n]\n'))
    line = COURSE.count("\n") + 1
    assert told == (
        f"course.toml:{line}: There is no topic “regulatori”. Did you mean “regulatory”? A moderator can add one under "
        "Topics."
    )
    assert not CoursePage.objects.exists()


@pytest.mark.parametrize("wrong", ['"regulatory"', "[]", "[1]", '[""]', '["' + "x" * 81 + '"]', '["a\\u0000b"]'])
def test_what_is_no_list_of_addresses_is_refused(tmp_path: Path, wrong: str):
    [told] = refusals(folder(tmp_path, f"topics = {wrong}\n"))
    assert told.startswith(f"course.toml:{COURSE.count(chr(10)) + 1}: “topics” ")
