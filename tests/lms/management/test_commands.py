from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from courses.models import CoursePage
from lms.accounts.models import User
from tests.factories import course_files
from tests.factories.courses import home_page, make_course

pytestmark = pytest.mark.django_db


def run(*arguments: Any, **options: Any) -> str:
    output = StringIO()
    call_command(*map(str, arguments), stdout=output, stderr=output, **options)
    return output.getvalue()


def test_imports_and_says_so_in_lines(tmp_path: Path):
    home_page()
    folder = course_files.small(tmp_path / "course")
    lines = run("import_course", folder).splitlines()
    assert lines == [
        "+ added course course-a “A course”",
        "+ added module a-1 “First module”",
        "+ added lesson a-1-1 “First lesson”",
        "3 changes made and published.",
    ]
    assert run("import_course", folder) == "Nothing to change.\n"
    course_files.write(folder, {"01-first/module.toml": course_files.module("a-1", "Renamed")})
    assert run("import_course", folder, "--dry-run").splitlines() == [
        "~ changed module a-1 “Renamed”: title",
        "1 change would be made. Nothing was written.",
    ]


def test_a_refused_import_lists_every_error_and_ends_with_one(tmp_path: Path):
    folder = course_files.small(tmp_path / "course", {"01-first/02-two.md": "?", "01-first/03-three.md": "?"})
    output = StringIO()
    with pytest.raises(CommandError, match=r"2 errors. Nothing was changed.") as caught:
        call_command("import_course", str(folder), stderr=output)
    assert caught.value.returncode == 1
    assert [line.split(": ")[0] for line in output.getvalue().splitlines()] == [
        "01-first/02-two.md:1",
        "01-first/03-three.md:1",
    ]


def test_exports_by_the_address(tmp_path: Path):
    make_course(slug="course-a", title="A course")
    assert run("export_course", "course-a", tmp_path / "out") == f"“A course”: 3 files in {tmp_path / 'out'}.\n"
    with pytest.raises(CommandError, match=r"There is no course “x”. There are: course-a."):
        run("export_course", "x", tmp_path / "other")


def test_a_course_in_two_languages_needs_the_language(tmp_path: Path):
    make_course(slug="course-a", key="a")
    make_course(slug="course-a", key="a", language="nb")
    with pytest.raises(CommandError, match="several languages") as caught:
        run("export_course", "course-a", tmp_path / "out")
    assert caught.value.returncode == 2
    run("export_course", "course-a", tmp_path / "out", "--language=nb")
    assert 'language = "nb"' in (tmp_path / "out/course.toml").read_text()


def test_a_refused_export_writes_nothing(tmp_path: Path):
    make_course(slug="course-a")
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CommandError, match=r"Nothing was written.") as caught:
        run("export_course", "course-a", tmp_path)
    assert caught.value.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("command", ["load_demo", "load_scale"])
def test_example_data_is_refused_where_it_would_be_dangerous(settings: Any, command: str):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="refused while DEBUG is off"):
        run(command)
    assert not User.objects.exists()
    assert not CoursePage.objects.exists()


def test_scale_data_may_be_forced_and_sized(settings: Any):
    settings.DEMO_ALLOWED = False
    size = {"learners": 2, "courses": 1, "modules": 1, "lessons": 2, "enrolments": 1}
    assert run("load_scale", force=True, **size) == "1 courses, 2 learners, 2 enrolments, 4 progress rows.\n"
    with pytest.raises(CommandError, match="scale data already"):
        run("load_scale", force=True, **size)
    with pytest.raises(CommandError, match="at least 1"):
        run("load_scale", force=True, **{**size, "lessons": 0})
