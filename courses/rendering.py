"""A lesson's body as it is kept for readers: `LessonPage.rendered`, made when a lesson is saved.

The result is a list of parts, plain data that fits in JSON, in the order of the body:

- `{"type": "html", "html": "…", "anchors": […]}`: all neighbouring blocks that are only read, as one piece of finished
  HTML, with the ids that the elements of these blocks have in it;
- `{"type": "quiz", "key", "title", "questions": […]}`: each question as the fields of `courses.rules.Question`;
- `{"type": "worksheet", "key", "title", "intro", "questions": [{"key", "prompt", "help", "section", "size"}]}`.

Nothing but templates, `render_markdown` and Django's escaping makes HTML here. The active language is that of the page.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from itertools import count
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.html import format_html
from wagtail.blocks import StreamValue
from wagtail.images.shortcuts import get_renditions_or_not_found

from cms.access import restrictions_by_path, restrictions_of
from cms.addresses import page_address
from cms.library.rules import named_in
from cms.models import MasterclassPage
from courses.rules import Option, Question
from lms.core.embeds import read_embed
from lms.core.markup import render_markdown

IMAGE_WIDTHS = (480, 960, 1440)
FILES = {"audio": ("file",), "video": ("file", "captions"), "download": ("file",)}
"""Where blocks hold a file."""
MEDIA_TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "mp4": "video/mp4"}


def render_body(value: StreamValue) -> list[dict[str, Any]]:
    """The parts of a lesson. Raises MarkupTooLarge, which the blocks' own validation comes before."""
    parts: list[dict[str, Any]] = []
    for child in value:
        compiled = COMPILED.get(child.block_type)
        part = compiled(child.value) if compiled else read_only(child)
        if part["type"] == "html" and parts and parts[-1]["type"] == "html":
            parts[-1]["html"] += part["html"]
            parts[-1]["anchors"] += part["anchors"]
        else:
            parts.append(part)
    return parts


def read_only(child: Any) -> dict[str, Any]:
    """A block that is only read. Its element is known by the block's own id, which stays when the lesson is edited."""
    anchor = f"part-{re.sub('[^0-9A-Za-z]', '', child.id or '')[:8]}"
    html = render_block(child.block_type, child.value, anchor if child.id else "")
    return {"type": "html", "html": html, "anchors": [anchor] if child.id and html else []}


def render_block(name: str, value: Any, anchor: str = "") -> str:
    """One block that is only read, as HTML; empty when what it shows was deleted."""
    context = CONTEXTS[name](value)
    marked = format_html(' id="{}" data-part', anchor) if anchor else ""
    return render_to_string(f"courses/blocks/{name}.html", {**context, "anchor": marked}) if context else ""


def text_context(value: str) -> dict[str, Any]:
    return {"html": render_markdown(value)}


def callout_context(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": value["kind"], "title": value["title"], "html": render_markdown(value["text"])}


def plain_context(value: Mapping[str, Any]) -> dict[str, Any]:
    return dict(value)


def table_context(value: Mapping[str, Any]) -> dict[str, Any]:
    """Rows as (row heading, [(column heading, cell)]), so that cells can say their column when the table folds."""
    header = list(value["header"])
    rows = [(row[0], list(zip(header[1:], list(row)[1:], strict=False))) for row in value["rows"] if len(row)]
    return {"caption": value["caption"], "header": header, "rows": rows}


def image_context(value: Mapping[str, Any]) -> dict[str, Any]:
    if not value["image"]:
        return {}
    renditions = get_renditions_or_not_found(value["image"], [f"width-{width}|format-webp" for width in IMAGE_WIDTHS])
    sizes = {rendition.width: rendition for rendition in renditions.values()}
    return {**value, "renditions": list(sizes.values()), "largest": max(sizes.values(), key=lambda r: r.width)}


def media_context(value: Mapping[str, Any]) -> dict[str, Any]:
    """An audio or video block: the file with its media type, or the frame of another site, and the transcript."""
    file, embed = value["file"], read_embed(value.get("embed") or "")
    if not file and not embed:
        return {}
    return {
        **value,
        "media_type": MEDIA_TYPES.get(file.file_extension.lower(), "") if file else "",
        "embed": embed,
        "address": value.get("embed"),
        "transcript": render_markdown(value["transcript"] or ""),
    }


def download_context(value: Mapping[str, Any]) -> dict[str, Any]:
    if not (file := value["file"]):
        return {}
    return {**value, "extension": file.file_extension.upper(), "size": file.get_file_size()}


def masterclass_context(page: MasterclassPage | None) -> dict[str, Any]:
    """A masterclass that is published. A lesson is the same HTML for all its readers: its recording only if for all."""
    if page is None or not page.live:
        return {}
    restrictions = restrictions_of(page.path, restrictions_by_path())
    is_open = replace(page.access(), restrictions=restrictions).is_open
    return {
        "title": page.title,
        "summary": page.summary,
        "address": page_address(page),
        "video": page.video if is_open else None,
        "audio": page.audio if is_open and not page.video else None,
        "captions": f"/masterclasses/{page.pk}/captions.vtt" if page.captions else "",
        "language": page.locale.language_code,
        "is_open": is_open,
    }


CONTEXTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "text": text_context,
    "callout": callout_context,
    "key_facts": plain_context,
    "table": table_context,
    "image": image_context,
    "audio": media_context,
    "video": media_context,
    "download": download_context,
    "masterclass": masterclass_context,
}


def compile_quiz(value: Mapping[str, Any]) -> dict[str, Any]:
    questions = [asdict(compile_question(question)) for question in value["questions"]]
    return {"type": "quiz", "key": value["key"], "title": value["title"], "questions": questions}


def compile_question(value: Mapping[str, Any]) -> Question:
    return Question(
        key=value["key"],
        kind=value["kind"],
        html=render_markdown(value["text"]),
        options=tuple(compile_options(value["options"])),
        title=value["title"] or "",
        explanation=value["explanation"] or "",
    )


def compile_options(values: Iterable[Mapping[str, Any]]) -> Iterable[Option]:
    """Options with an id made from what they say: an answer given to another text never counts for this one."""
    used: set[str] = set()
    for value in values:
        digest = hashlib.sha256(value["text"].strip().encode()).hexdigest()[:10]
        name = next(name for n in count() if (name := f"{digest}-{n}" if n else digest) not in used)
        used.add(name)
        tolerance = str(value["tolerance"] or 0)
        yield Option(name, value["text"], int(value["weight"] or 0), value["feedback"] or "", tolerance)


def compile_worksheet(value: Mapping[str, Any]) -> dict[str, Any]:
    fields = ("key", "prompt", "help", "section", "size")
    return {
        "type": "worksheet",
        "key": value["key"],
        "title": value["title"],
        "intro": value["intro"] or "",
        "questions": [{field: question[field] or "" for field in fields} for question in value["questions"]],
    }


def contents(parts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the outline knows of a lesson: its parts in order. What is only read by its anchor, as `text`; of each quiz
    and worksheet type, key and title, of the latter also the sections.
    """
    found: list[dict[str, Any]] = []
    for part in parts:
        if part["type"] == "html":
            found += [{"type": "text", "key": anchor} for anchor in part["anchors"]]
        elif part["type"] == "quiz":
            found.append({"type": "quiz", "key": part["key"], "title": part["title"]})
        elif part["type"] == "worksheet":
            sections = sorted({question["section"] for question in part["questions"] if question["section"]})
            found.append({"type": "worksheet", "key": part["key"], "title": part["title"], "sections": sections})
    return found


def documents(value: StreamValue) -> list[int]:
    """The ids of the files a body shows: chosen in a block, or linked to in its text."""
    chosen = {
        child.value[name].pk for child in value for name in FILES.get(child.block_type, ()) if child.value.get(name)
    }
    return sorted(chosen | named_in(json.dumps(value.get_prep_value(), cls=DjangoJSONEncoder)))


COMPILED: dict[str, Callable[[Any], dict[str, Any]]] = {"quiz": compile_quiz, "worksheet": compile_worksheet}
