from dataclasses import replace
from io import BytesIO
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.files.directives import tidy
from courses.files.reader import read_course
from courses.files.tree import Block, Course, Media
from courses.files.writer import files_of
from tests.factories import course_files


def write(course: Course, folder: Path) -> Path:
    files = {
        name: content.open().read() if isinstance(content, Media) else content
        for name, content in files_of(course).items()
    }
    return course_files.write(folder, files)


def test_what_is_written_is_read_back_and_written_the_same(tmp_path: Path):
    course = read_course(course_files.every_kind(tmp_path / "one"))
    again = read_course(write(course, tmp_path / "two"))
    assert again == course
    assert {name: str(content) for name, content in files_of(again).items() if isinstance(content, str)} == {
        name: content for name, content in files_of(course).items() if isinstance(content, str)
    }


def test_files_have_their_places(tmp_path: Path):
    course = read_course(course_files.every_kind(tmp_path))
    assert list(files_of(course)) == [
        "course.toml",
        "01-first/module.toml",
        "01-first/01-one.md",
        "01-first/01-one.gift",
        "01-first/01-one-2.gift",
        "02-second/module.toml",
        "02-second/01-two.md",
        "02-second/02-three.md",
        "media/chart.png",
        "media/talk.mp3",
        "media/film.mp4",
        "media/film.vtt",
        "media/sheet.pdf",
    ]


def image(name: str, digest: str) -> Block:
    media = Media(digest, name, 1, BytesIO)
    return Block("image", {"file": media, "alt": "", "caption": "", "credit": ""})


def test_files_of_the_same_name_get_a_number_and_odd_names_a_plain_one(tmp_path: Path):
    course = read_course(course_files.small(tmp_path))
    names = ["a.png", "A.png", "../b c?.png", ".png"]
    digests = ["0", "1", "2", "3", "4", "0"]
    blocks = tuple(map(image, [*names, "again.png", "x.png"], digests))
    module = replace(course.modules[0], lessons=(replace(course.modules[0].lessons[0], blocks=blocks),))
    files = files_of(replace(course, modules=(module,)))
    media = [name for name in files if name.startswith("media/")]
    assert media == ["media/a.png", "media/A-2.png", "media/b-c-.png", "media/png", "media/again.png"]


LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda text: text.strip()
)
MARKDOWN = st.text(st.sampled_from("abc :#-*`\n\\+"), min_size=1, max_size=60).filter(lambda text: text.strip())


@settings(max_examples=60)
@given(title=LINE, cell=LINE, text=MARKDOWN, transcript=MARKDOWN)
def test_any_words_survive(tmp_path: Path, title: str, cell: str, text: str, transcript: str):
    course = read_course(course_files.small(tmp_path / "base"))
    table = Block("table", {"caption": cell.strip(), "header": (cell.strip(),), "rows": ((cell.strip(),), ("",))})
    note = Block("callout", {"kind": "note", "title": title.strip()}, tidy(transcript))
    lesson = replace(
        course.modules[0].lessons[0], title=title.strip(), blocks=(Block("text", text=tidy(text)), table, note)
    )
    wanted = replace(course, title=title.strip(), modules=(replace(course.modules[0], lessons=(lesson,)),))
    assert read_course(write(wanted, tmp_path / "again")) == wanted
