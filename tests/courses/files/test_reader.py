import os
import zipfile
from pathlib import Path

import pytest

from courses.files.reader import read_course
from courses.files.tree import CourseFileError, CourseRefused
from tests.factories import course_files
from tests.factories.course_files import COURSE, GIFT, LESSON, MODULE, QUIZ, lesson, module, png


def errors(folder: Path) -> list[CourseFileError]:
    with pytest.raises(CourseRefused) as caught:
        read_course(folder)
    return caught.value.errors


def error(folder: Path) -> tuple[str, int, str]:
    found = errors(folder)
    assert len(found) == 1, [str(one) for one in found]
    return found[0].path, found[0].line, found[0].message


def with_body(folder: Path, body: str, **files: str | bytes) -> Path:
    return course_files.small(folder, {"01-first/01-one.md": lesson("a-1-1", body=body), **files})


# --- What is read ----------------------------------------------------------------------------------------------------
def test_reads_the_smallest_course(tmp_path: Path):
    course = read_course(course_files.small(tmp_path))
    assert (course.key, course.slug, course.level, course.pass_percent) == ("course-a", "course-a", "foundation", 70)
    (one,) = course.lessons()
    assert (one.key, one.slug, one.source, one.line) == ("a-1-1", "one", "01-first/01-one.md", 2)
    assert [block.text for block in one.blocks] == ["A device is **cleared** before it is covered."]


def test_reads_every_kind_of_block(tmp_path: Path):
    course = read_course(course_files.every_kind(tmp_path))
    first = next(course.lessons())
    assert [block.kind for block in first.blocks] == (
        "text callout key-facts table image audio video video download quiz quiz worksheet text".split()
    )
    text, callout, facts, table, image, audio, *_rest = first.blocks
    assert text.text.endswith("```\n::: quiz\n:::\n```")
    assert callout.text == "Markdown, **again**.\n\n:::\n\n---\nafter a rule"
    assert facts.values["facts"][1]["changes_often"] is False
    assert table.values["rows"][0] == ("May it be sold?", "FDA", "")
    assert image.values["file"].name == "chart.png"
    assert audio.text == "Word for word."
    assert [question.id for question in first.blocks[9].questions] == ["q-1", "q-2", "q-3"]
    assert [module.slug for module in course.modules] == ["first", "second"]


def test_numbers_give_the_order_and_may_have_gaps(tmp_path: Path):
    folder = course_files.small(tmp_path, {"01-first/010-late.md": lesson("l"), "01-first/2-early.md": lesson("e")})
    assert [one.slug for one in read_course(folder).lessons()] == ["one", "early", "late"]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path):
    folder = course_files.small(tmp_path, {"01-first/01-one.md": "\ufeff" + LESSON.replace("\n", "\r\n")})
    assert read_course(folder) == read_course(course_files.small(tmp_path / "plain"))


def test_other_files_at_the_top_do_no_harm(tmp_path: Path):
    folder = course_files.small(tmp_path, {"README.md": "Hello", ".git/config": "x", "01-first/.DS_Store": b"\xff"})
    assert read_course(folder).key == "course-a"


def test_a_link_inside_the_folder_is_fine(tmp_path: Path):
    folder = with_body(tmp_path, '::: image\nfile = "media/b.png"\n:::', **{"media/a.png": png()})
    (folder / "media/b.png").symlink_to("a.png")
    assert read_course(folder)


# --- What is refused -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("files", "path", "line", "words"),
    [
        ({"01-first/01-one.md": "Just text"}, "01-first/01-one.md", 1, "front matter is missing"),
        ({"01-first/01-one.md": "+++\nid = 1"}, "01-first/01-one.md", 1, "not closed"),
        ({"01-first/01-one.md": LESSON.replace("minutes = 15\n", "")}, "01-first/01-one.md", 2, "“minutes” is missing"),
        ({"01-first/01-one.md": LESSON.replace("15", '"15"')}, "01-first/01-one.md", 4, "“minutes” must be a whole"),
        ({"01-first/01-one.md": LESSON.replace("15", "true")}, "01-first/01-one.md", 4, "“minutes” must be a whole"),
        ({"01-first/01-one.md": LESSON.replace("title", "titel")}, "01-first/01-one.md", 3, "mean “title”"),
        ({"01-first/01-one.md": LESSON.replace("15", "=")}, "01-first/01-one.md", 4, "TOML"),
        ({"01-first/01-one.md": LESSON.replace('"a-1-1"', '" "')}, "01-first/01-one.md", 2, "“id” is empty"),
        ({"01-first/01-one.md": LESSON.replace("a-1-1", "a 1")}, "01-first/01-one.md", 2, "“id” must be letters"),
        ({"01-first/01-one.md": LESSON.replace("First", "F" * 256)}, "01-first/01-one.md", 3, "255 fit"),
        ({"01-first/01-one.md": LESSON.replace("First", "a\\u0000b")}, "01-first/01-one.md", 3, "control characters"),
        ({"01-first/01-one.md": b"+++\nid = \xff"}, "01-first/01-one.md", 2, "UTF-8"),
        ({"01-first/01-one.md": b"+++\n\0"}, "01-first/01-one.md", 2, "NUL"),
        ({"01-first/01-one.md": LESSON + "a" * 400_001}, "01-first/01-one.md", 0, "400,000 fit"),
        ({"01-first/01-one.md": LESSON + "a" * 5_000_000}, "01-first/01-one.md", 0, "1,000,000 fit"),
        ({"01-first/01-one.md": LESSON + "a" * 200_001}, "01-first/01-one.md", 7, "200,000 fit"),
        ({"01-first/module.toml": MODULE.replace("title", "name")}, "01-first/module.toml", 1, "“title” is missing"),
        ({"course.toml": COURSE.replace("foundation", "easy")}, "course.toml", 3, "“level” must be one of"),
        ({"course.toml": COURSE + "reviewed = 2026-09-01T00:00:00\n"}, "course.toml", 7, "“reviewed” must be a date"),
        ({"course.toml": COURSE + "outcomes = [1]\n"}, "course.toml", 7, "list of texts"),
        ({"one/x.md": ""}, "one", 0, "number, a dash"),
        ({"01-first/two.md": lesson("b")}, "01-first/two.md", 0, "number, a dash"),
        ({"01-first/01-two.md": lesson("b")}, "01-first/01-two.md", 0, "Number 01 is taken by 01-one.md"),
        ({"01-first/02-one.md": lesson("b")}, "01-first/02-one.md", 0, "address “one” is taken"),
        ({"01-first/02-two.md": lesson("a-1-1")}, "01-first/02-two.md", 2, "used in 01-first/01-one.md, line 2"),
        ({"02-empty/module.toml": module("b")}, "02-empty/module.toml", 0, "no lesson"),
        ({"02-second/01-x.md": lesson("x")}, "02-second/module.toml", 0, "missing"),
    ],
)
def test_refuses_with_path_line_and_reason(
    tmp_path: Path, files: dict[str, str | bytes], path: str, line: int, words: str
):
    found = [one for one in errors(course_files.small(tmp_path, files)) if words in one.message]
    assert [(one.path, one.line) for one in found] == [(path, line)]


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("::: quis\n:::", 7, "mean “quiz”"),
        ("::: nothing-like-it\n:::", 7, "There are: callout"),
        ("Text\n\n::: callout\n---\nText", 9, "not closed"),
        ("::: callout\ntitel = 1\n---\nText\n:::", 8, "mean “title”"),
        ('::: callout\nkind = "loud"\n---\nText\n:::', 8, "“kind” must be one of"),
        ("::: callout\n:::", 7, "text of the callout is missing"),
        ("::: callout\n---\n" + "a" * 200_001 + "\n:::", 9, "200,000 fit"),
        ('::: key-facts\ntitle = "F"\n:::', 7, "“facts” is missing"),
        ('::: key-facts\n[[facts]]\nlabel = "a"\nvalue = "b"\n:::', 8, "“source” is missing"),
        (
            '::: key-facts\n\n[[facts]]\nlabel = "a"\nvalue = "b"\nsource = "c"\n\n[[facts]]\nlabel = "a"\n'
            'value = "b"\nsource = "c"\nurl = "javascript:x"\n:::',
            18,
            "“url” must be an address",
        ),
        ('::: table\ncaption = "C"\nheader = ["a", "b"]\nrows = [["1"], ["1", "2"]]\n:::', 10, "Row 1 must have 2"),
        ('::: table\ncaption = "C"\nheader = ["a"]\nrows = [["1"]]\n---\nText\n:::', 11, "has no text"),
        ('::: image\nfile = "media/none.png"\n:::', 8, "is missing"),
        ('::: image\nfile = ""\n:::', 8, "“file” is empty"),
        ('::: video\ntitle = "V"\n:::', 7, "one of the two"),
        ('::: video\nembed = "https://evil.example/v"\ntitle = "V"\n:::', 7, "YouTube and Vimeo"),
        ('::: quiz\nid = "q"\ntitle = "Q"\nfile = "none.gift"\n:::', 10, "is missing"),
        ("Text\n:::", 8, "closes nothing"),
    ],
)
def test_lines_are_right_inside_directives(tmp_path: Path, body: str, line: int, words: str):
    path, found, message = error(with_body(tmp_path, body))
    assert (path, found) == ("01-first/01-one.md", line)
    assert words in message


def test_errors_of_a_quiz_are_in_its_own_file(tmp_path: Path):
    folder = with_body(tmp_path, QUIZ, **{"01-first/quiz.gift": GIFT + "\nWrite!{}\n\nStray.\n"})
    assert [(one.path, one.line) for one in errors(folder)] == [("01-first/quiz.gift", 7), ("01-first/quiz.gift", 9)]


def test_a_lesson_and_its_quizzes_must_fit_together(tmp_path: Path):
    many = "".join(f"// [id:q-{n}]\nWhich?{{\n=a#{'b' * 900}\n~c#{'d' * 900}\n}}\n\n" for n in range(150))
    files = {"01-first/quiz.gift": many, "01-first/other.gift": many}
    body = QUIZ + QUIZ.replace("quiz-1", "quiz-2").replace("quiz.gift", "other.gift")
    assert error(with_body(tmp_path, body, **files))[2].startswith("With its quizzes the lesson has 5")


def test_a_quiz_needs_ids_and_questions(tmp_path: Path):
    folder = with_body(tmp_path, QUIZ, **{"01-first/quiz.gift": "So?{T}"})
    assert error(folder)[:2] == ("01-first/quiz.gift", 1)
    folder = with_body(tmp_path, QUIZ, **{"01-first/quiz.gift": "// nothing yet\n"})
    assert error(folder) == ("01-first/quiz.gift", 0, "The quiz has no question.")


def test_ids_are_used_once_in_the_whole_folder(tmp_path: Path):
    sheet = '::: worksheet\nid = "quiz-1"\ntitle = "W"\n[[questions]]\nid = "w"\nprompt = "P"\n:::\n'
    other = sheet.replace("quiz-1", "ws-2")
    folder = with_body(
        tmp_path,
        f"{QUIZ}\n{sheet}",
        **{
            "01-first/quiz.gift": GIFT,
            "02-second/module.toml": module("a-1"),
            "02-second/01-x.md": lesson("x", body=other),
        },
    )
    assert [(one.path, one.line, one.message.split("”")[0]) for one in errors(folder)] == [
        ("01-first/01-one.md", 14, "The id “quiz-1"),
        ("02-second/01-x.md", 11, "The id “w"),
        ("02-second/module.toml", 1, "The id “a-1"),
    ]


def test_every_error_of_every_file_is_told_at_once(tmp_path: Path):
    folder = course_files.write(
        tmp_path,
        {
            "course.toml": "id = 5\n",
            "01-first/module.toml": "x = 1\n",
            "01-first/01-one.md": "no front",
            "01-first/02-two.md": "+++\nid=\n+++\n::: what\n:::\n",
        },
    )
    assert {one.path for one in errors(folder)} == {
        "course.toml",
        "01-first/module.toml",
        "01-first/01-one.md",
        "01-first/02-two.md",
    }


def test_says_what_is_no_course_folder(tmp_path: Path):
    assert "no module" in errors(tmp_path)[1].message
    assert error(tmp_path / "nowhere")[2].startswith("This is not a folder")
    (tmp_path / "course.zip").write_bytes(b"PK")
    assert error(tmp_path / "course.zip")[2].startswith("This is not a folder")


# --- Hostile folders -------------------------------------------------------------------------------------------------
NAMES = [
    "../secret.png",
    "/etc/passwd",
    "media/../../secret.png",
    "..\\\\secret.png",
    "a/../../b",
    "x" * 300,
    "media/" + "y" * 190,
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str):
    (tmp_path / "secret.png").write_bytes(png())
    folder = with_body(tmp_path / "course", f'::: image\nfile = "{name}"\n:::')
    path, line, message = error(folder)
    assert (path, line) == ("01-first/01-one.md", 8)
    assert "leads out" in message or "missing" in message


def test_names_of_hostile_archives_are_refused(tmp_path: Path, inputs: Path):
    for name in zipfile.ZipFile(inputs / "hostile" / "names.zip").namelist():
        escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in name)
        folder = with_body(tmp_path / "course", f'::: download\ntitle = "T"\nfile = "{escaped}"\n:::')
        assert error(folder)[:2] == ("01-first/01-one.md", 9), name


@pytest.mark.parametrize("link", ["media/a.png", "01-first/02-out.md", "02-out"])
def test_links_that_lead_out_are_refused(tmp_path: Path, link: str):
    outside = course_files.small(tmp_path / "other", {"a.png": png(), "02-out.md": lesson("b")})
    folder = with_body(tmp_path / "course", '::: image\nfile = "media/a.png"\n:::', **{"media/b.png": png()})
    (folder / "media/a.png").symlink_to("b.png")
    target = {
        "media/a.png": outside / "a.png",
        "01-first/02-out.md": outside / "02-out.md",
        "02-out": outside / "01-first",
    }
    (folder / link).unlink(missing_ok=True)
    (folder / link).symlink_to(target[link])
    assert "leads out" in error(folder)[2]


def test_a_link_to_itself_is_refused(tmp_path: Path):
    folder = course_files.small(tmp_path)
    os.symlink("02-loop.md", folder / "01-first/02-loop.md")
    assert "leads out of the course folder or nowhere" in error(folder)[2]


def test_media_is_judged_by_its_content(tmp_path: Path):
    folder = with_body(tmp_path, '::: image\nfile = "media/a.png"\n:::', **{"media/a.png": b"<svg/>"})
    assert error(folder)[1:] == (
        8,
        "media/a.png: The file is not an image we can read, or it is broken. Save it again as PNG or JPEG.",
    )
