"""What editors are told in words, when, and that a draft may be half done."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from cms.models import Document
from courses.blocks import LessonBody
from tests.factories.courses import TEXT, option, question, quiz, worksheet

pytestmark = pytest.mark.django_db


def sentences(error: Any) -> str:
    """Every sentence of a stream's errors, one after the other."""
    found: list[str] = []

    def walk(item: Any) -> None:
        if isinstance(item, dict):
            for value in item.values():
                walk(value)
        elif isinstance(item, list | tuple):
            for value in item:
                walk(value)
        elif hasattr(item, "block_errors") or hasattr(item, "non_block_errors"):
            walk(
                list(getattr(item, "non_block_errors", None).as_data())
                if getattr(item, "non_block_errors", None)
                else []
            )
            walk(getattr(item, "block_errors", None) or [])
        elif isinstance(item, ValidationError):
            found.extend(item.messages)

    walk(error)
    return " ".join(found)


def refused(*parts: dict[str, Any], draft: bool = False) -> str:
    """What an editor is told about a body with these parts; nothing when it may be saved."""
    block = LessonBody()
    value = block.to_python(list(parts))
    try:
        block.clean_deferred(value) if draft else block.clean(value)
    except ValidationError as error:
        return sentences(error)
    return ""


def document(name: str = "talk.mp3") -> int:
    return Document.objects.create(title=name, file=ContentFile(b"x", name)).pk


def audio(**fields: Any) -> dict[str, Any]:
    return {
        "type": "audio",
        "value": {"file": document(), "title": "Talk", "transcript": "Words.", "credit": "", **fields},
    }


def video(**fields: Any) -> dict[str, Any]:
    empty = {"file": None, "embed": "", "title": "Film", "captions": None, "transcript": "", "credit": ""}
    return {"type": "video", "value": {**empty, **fields}}


def test_a_whole_lesson_is_well() -> None:
    film = video(embed="https://youtu.be/abc_DEF-123")
    assert refused(TEXT, quiz(), worksheet(), audio(), film) == ""


def test_audio_needs_its_transcript_to_be_published_but_not_in_a_draft() -> None:
    assert "required" in refused(audio(transcript=""))
    assert refused(audio(transcript=""), draft=True) == ""


def test_a_video_is_a_file_or_an_address() -> None:
    assert "one of the two" in refused(video())
    assert "one of the two" in refused(video(file=document("a.mp4"), embed="https://vimeo.com/1", transcript="x"))
    assert refused(video(), draft=True) == ""


def test_a_video_file_needs_its_words() -> None:
    assert "cannot hear" in refused(video(file=document("a.mp4")))
    assert refused(video(file=document("a.mp4"), captions=document("a.vtt"))) == ""


def test_videos_of_other_hosts_are_refused_even_in_a_draft() -> None:
    assert "YouTube and Vimeo" in refused(video(embed="https://evil.example/v/1"), draft=True)


def test_a_question_nobody_can_get_right() -> None:
    bad = quiz(questions=[question(options=[option("a"), option("b")])])
    assert "worth 100" in refused(bad)
    assert refused(bad, draft=True) == "", "a draft may be half done"


def test_ids_are_unique_in_a_lesson() -> None:
    assert "“quiz”" in refused(quiz(), quiz())
    assert "“same”" in refused(quiz("same"), worksheet("same"))
    assert "“q1”" in refused(quiz(questions=[question("q1"), question("q1")]))
    assert "“payer”" in refused(worksheet(questions=["payer", "payer"]))


@pytest.mark.parametrize("key", ["with space", "a/b", '"><script>', "a?b"])
def test_ids_fit_into_addresses(key: str) -> None:
    assert "letters, digits" in refused(quiz(key))


def test_a_table_is_even() -> None:
    value = {"caption": "C", "header": ["a", "b"], "rows": [["1", "2"], ["1"]]}
    assert "Row 2 has 1 cells" in refused({"type": "table", "value": value})


def test_five_million_characters_are_refused_in_words_even_as_a_draft() -> None:
    assert "fit" in refused({"type": "text", "value": "x" * 5_000_000}, draft=True)


def test_many_texts_that_are_too_much_together_are_refused() -> None:
    assert "several lessons" in refused(*[{"type": "text", "value": "word " * 20_000}] * 5)


def test_a_text_too_long_for_one_is_refused_at_the_text() -> None:
    assert "Split it" in refused({"type": "callout", "value": {"kind": "note", "title": "", "text": "x" * 250_000}})
