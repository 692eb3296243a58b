"""What editors are told about a body, and parts to try it with."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from cms.models import Document
from courses.blocks.body import LessonBody


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
