"""A lesson's body as readers get it."""

from datetime import date
from io import BytesIO
from typing import Any

import html5lib
import pytest
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.images.models import Image

from cms.models import Document
from courses.blocks.body import LessonBody
from courses.rendering import contents, render_body
from courses.rules import grade_quiz, quiz_from
from tests.factories.courses import option, paragraph, question, quiz, worksheet

pytestmark = pytest.mark.django_db


def render(*parts: dict[str, Any]) -> list[dict[str, Any]]:
    return render_body(LessonBody().to_python(list(parts)))


def html(*parts: dict[str, Any]) -> str:
    """The HTML of blocks that are only read: one piece, valid."""
    (part,) = render(*parts)
    assert part["type"] == "html"
    html5lib.HTMLParser(strict=True).parseFragment(part["html"])
    text: str = part["html"]
    return text


def file(name: str, size: int = 2048) -> Document:
    return Document.objects.create(title=name, file=ContentFile(b"x" * size, name))


def picture(width: int = 2000) -> Image:
    data = BytesIO()
    Picture.new("RGB", (width, width // 2)).save(data, "PNG")
    return Image.objects.create(title="Chart", file=ContentFile(data.getvalue(), "chart.png"))


def callout(kind: str = "note", title: str = "", text: str = "Text.") -> dict[str, Any]:
    return {"type": "callout", "value": {"kind": kind, "title": title, "text": text}}


def test_neighbours_become_one_piece_around_what_is_answered() -> None:
    assert [
        part["type"]
        for part in render(paragraph(), paragraph(), quiz(), paragraph(), worksheet(), callout(), paragraph())
    ] == [
        "html",
        "quiz",
        "html",
        "worksheet",
        "html",
    ]


def test_a_compiled_quiz_grades() -> None:
    (part,) = render(quiz(questions=[question("one", text="Is *this* so?")]))
    asked = quiz_from(part, 70)
    assert "<em>this</em>" in asked.questions[0].html
    right = asked.questions[0].options[0]
    assert grade_quiz(asked, {"one": [right.id]}).passed


def test_an_option_keeps_its_id_when_it_moves_and_loses_it_when_it_says_something_else() -> None:
    def ids(*texts: str) -> list[str]:
        (part,) = render(quiz(questions=[question(options=[option(text) for text in texts])]))
        return [one["id"] for one in part["questions"][0]["options"]]

    first, second = ids("Yes", "No")
    assert ids("No", "Yes") == [second, first]
    assert first not in ids("Yes, always", "No")
    assert len(set(ids("Same", "Same"))) == 2


@pytest.mark.parametrize(
    ("kind", "words"), [("note", "Note"), ("advice", "Advice"), ("judgement", "Judgement"), ("watch", "Look twice")]
)
def test_a_callout_says_its_kind(kind: str, words: str) -> None:
    assert words in html(callout(kind))


def test_facts_say_where_they_come_from() -> None:
    fact = {
        "label": "Deductible",
        "value": "USD 1,676",
        "source": "CMS, 2025",
        "url": "https://cms.gov/",
        "checked": date(2026, 9, 1),
        "changes_often": True,
    }
    shown = html({"type": "key_facts", "value": {"title": "", "facts": [fact]}})
    assert "Changes often: check the date" in shown
    assert "Checked September 2026" in shown
    assert 'href="https://cms.gov/"' in shown


def test_a_table_folds_with_its_column_heads() -> None:
    shown = html(
        {"type": "table", "value": {"caption": "Who", "header": ["Who", "When"], "rows": [["Medicare", "65"]]}}
    )
    assert '<td data-label="When">65</td>' in shown
    assert '<th scope="row">Medicare</th>' in shown


def test_an_image_is_responsive_and_says_its_size() -> None:
    value = {"image": picture().pk, "alt": 'A "chart"', "caption": "Blue", "credit": "Me"}
    shown = html({"type": "image", "value": value})
    assert shown.count("w, ") == 2
    assert 'loading="lazy"' in shown
    assert 'width="1440" height="720"' in shown
    assert 'alt="A &quot;chart&quot;"' in shown


def test_a_small_image_is_not_blown_up() -> None:
    shown = html({"type": "image", "value": {"image": picture(300).pk, "alt": "", "caption": "", "credit": ""}})
    assert 'width="300"' in shown


def test_audio_has_a_player_a_transcript_and_a_download() -> None:
    value = {"file": file("talk.mp3").pk, "title": "Talk", "transcript": "**Host:** Hello", "credit": ""}
    shown = html({"type": "audio", "value": value})
    assert "<audio controls" in shown
    assert 'type="audio/mpeg"' in shown
    assert "<strong>Host:</strong>" in shown
    assert "/documents/" in shown
    assert "download" in shown


def test_a_video_elsewhere_loads_nothing_by_itself() -> None:
    value = {
        "file": None,
        "embed": "https://youtu.be/abc_DEF-123",
        "title": "F",
        "captions": None,
        "transcript": "",
        "credit": "",
    }
    shown = html({"type": "video", "value": value})
    assert "<iframe" not in shown
    assert "<img" not in shown
    assert 'data-embed="https://www.youtube-nocookie.com/embed/abc_DEF-123"' in shown


def test_a_video_file_has_its_captions() -> None:
    value = {
        "file": file("a.mp4").pk,
        "embed": "",
        "title": "F",
        "captions": file("a.vtt").pk,
        "transcript": "",
        "credit": "",
    }
    assert '<track kind="captions"' in html({"type": "video", "value": value})


def test_a_download_says_its_type_and_size() -> None:
    value = {"file": file("list.pdf", 40_000).pk, "title": "List", "description": "Two pages"}
    assert "PDF, 39.1\xa0KB" in html({"type": "download", "value": value})


def test_what_was_deleted_leaves_nothing_behind() -> None:
    gone = {"file": 4711, "title": "Gone", "transcript": "x", "credit": ""}
    assert html(paragraph(), {"type": "audio", "value": gone}).count("Gone") == 0


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[x](javascript:alert(1))"]
)
def test_nothing_editors_type_becomes_script(hostile: str) -> None:
    fact = {"label": hostile, "value": hostile, "source": hostile, "url": "", "checked": None, "changes_often": False}
    shown = html(
        {"type": "text", "value": hostile},
        callout("note", hostile, hostile),
        {"type": "key_facts", "value": {"title": hostile, "facts": [fact]}},
        {"type": "table", "value": {"caption": hostile, "header": [hostile, hostile], "rows": [[hostile, hostile]]}},
        {"type": "download", "value": {"file": file("a.pdf").pk, "title": hostile, "description": hostile}},
    )
    tree = html5lib.parseFragment(shown, namespaceHTMLElements=False)
    assert not [node for node in tree.iter() if node.tag in {"script", "img"}]
    attributes = [(name, value) for node in tree.iter() for name, value in node.items()]
    assert not [name for name, _value in attributes if name.startswith("on")]
    assert not [value for name, value in attributes if name in {"href", "src"} and value.startswith("javascript:")]


def test_the_contents_name_quizzes_worksheets_and_the_sections_they_fill() -> None:
    assert contents(render(paragraph(), quiz("k", title="Money"), worksheet("w", ["a", "b"]))) == [
        {"type": "quiz", "key": "k", "title": "Money"},
        {"type": "worksheet", "key": "w", "title": "Your first payer", "sections": ["customer_and_payer"]},
    ]
