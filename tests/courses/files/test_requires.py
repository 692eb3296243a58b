"""Courses to complete first, in a course file: by their ids, there and back, and only those there are."""

from pathlib import Path

import pytest

from courses.files.actions import import_course
from courses.files.export import export_course
from courses.files.tree import CourseRefused
from courses.models import CoursePage
from tests.factories import course_files
from tests.factories.course_files import COURSE, MODULE, lesson
from tests.factories.courses import home_page, make_course

pytestmark = pytest.mark.django_db
LINE = COURSE.count("\n") + 1


@pytest.fixture(autouse=True)
def firsts() -> None:
    home_page()
    make_course(key="one")
    make_course(key="two")


def folder(path: Path, requires: str = "") -> Path:
    files = {
        "course.toml": COURSE + requires,
        "01-first/module.toml": MODULE,
        "01-first/01-one.md": lesson("l-1", "One"),
    }
    return course_files.write(path, files)


def keys() -> set[str]:
    return set(CoursePage.objects.get(key="course-a").requires.values_list("key", flat=True))


def refusals(path: Path) -> list[str]:
    with pytest.raises(CourseRefused) as caught:
        import_course(path)
    return [str(error) for error in caught.value.errors]


def test_they_come_change_and_go_and_a_second_import_changes_nothing(tmp_path: Path):
    import_course(folder(tmp_path, 'requires = ["two", "one", "one"]\n'))
    assert keys() == {"one", "two"}
    assert import_course(folder(tmp_path, 'requires = ["one", "two"]\n')) == []
    assert [str(change) for change in import_course(folder(tmp_path, 'requires = ["two"]\n'))] == [
        "~ changed course course-a “A course”: requires"
    ]
    assert keys() == {"two"}
    import_course(folder(tmp_path))
    assert keys() == set()


def test_there_and_back_again(tmp_path: Path):
    import_course(folder(tmp_path / "in", 'requires = ["two", "one"]\n'))
    export_course(CoursePage.objects.get(key="course-a"), tmp_path / "out")
    assert 'requires = ["one", "two"]\n' in (tmp_path / "out" / "course.toml").read_text()
    assert import_course(tmp_path / "out") == []


def test_a_course_that_is_not_there_is_refused_by_file_and_line(tmp_path: Path):
    [told] = refusals(folder(tmp_path, 'requires = [\n  "onne",\n]\n'))
    assert told == (
        f"course.toml:{LINE}: There is no course “onne” to complete first. Did you mean “one”? Import that one before"
        " this."
    )
    assert not CoursePage.objects.filter(key="course-a").exists()


def test_a_circle_is_refused_by_file_and_line(tmp_path: Path):
    import_course(folder(tmp_path))
    one = CoursePage.objects.get(key="one")
    one.requires.add(CoursePage.objects.get(key="course-a"))
    one.save_revision().publish()
    [told] = refusals(folder(tmp_path, 'requires = ["one"]\n'))
    assert told.startswith(f"course.toml:{LINE}: “{one.title}” itself comes after this course")
    assert keys() == set()


def test_a_course_before_itself_is_refused_by_file_and_line(tmp_path: Path):
    assert refusals(folder(tmp_path, 'requires = ["course-a"]\n')) == [
        f"course.toml:{LINE}: A course cannot come before itself."
    ]


@pytest.mark.parametrize("wrong", ['"one"', "[]", "[1]", '[""]', '["' + "x" * 81 + '"]', '["a\\u0000b"]'])
def test_what_is_no_list_of_ids_is_refused(tmp_path: Path, wrong: str):
    [told] = refusals(folder(tmp_path, f"requires = {wrong}\n"))
    assert told.startswith(f"course.toml:{LINE}: “requires” ")


def test_a_course_in_norwegian_may_come_after_one_in_english_alone(tmp_path: Path):
    home_page("nb")
    path = folder(tmp_path, 'requires = ["one"]\n')
    text = (path / "course.toml").read_text().replace('language = "en"', 'language = "nb"')
    (path / "course.toml").write_text(text)
    import_course(path)
    assert keys() == {"one"}
    assert import_course(path) == []
