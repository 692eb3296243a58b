"""Between the blocks of a lesson file and those of Wagtail's editor, in both directions."""

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from wagtail.blocks import StreamValue
from wagtail.utils.file import hash_filelike

from courses.files.directives import tidy
from courses.files.gift import Option, Question, Text
from courses.files.quizzes import TRUE_FALSE
from courses.files.schema import KINDS, Key
from courses.files.tree import Block, Lesson, Media
from courses.rules import QuestionKind

MediaIds = Mapping[tuple[str, str], int]
"""("image" or "document", digest) to the id of the file in Wagtail."""

_NAMESPACE = uuid.UUID("1d9b4a52-6a0e-5f0e-8f0b-5d1f6f1c7a10")
_TEXT_FIELD = {"callout": "text", "audio": "transcript", "video": "transcript"}


def to_stream(lesson: Lesson, media: MediaIds) -> list[dict[str, Any]]:
    """The StreamField's raw value. Ids come from the lesson's id and the block's own id or place, so they stay."""
    return [
        {
            "type": block.kind.replace("-", "_"),
            "value": _value(block, media, place := f"{lesson.key}/{block.values.get('id', number)}"),
            "id": _id(place),
        }
        for number, block in enumerate(lesson.blocks)
    ]


def from_stream(value: StreamValue) -> tuple[Block, ...]:
    """What the blocks say to learners: texts that follow each other as one, blocks whose file is gone left out."""
    blocks: list[Block] = []
    for child in value:
        kind = child.block_type.replace("_", "-")
        block = Block("text", text=tidy(child.value)) if kind == "text" else _block(kind, child.value)
        if block.kind == "text" and blocks and blocks[-1].kind == "text":
            blocks[-1] = Block("text", text=tidy(f"{blocks[-1].text}\n\n{block.text}"))
        elif block.kind != "text" or block.text:
            blocks.append(block)
    return tuple(block for block in blocks if _is_whole(block))


# --- To Wagtail ------------------------------------------------------------------------------------------------------
def _id(place: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, place))


def _items(values: list[Any], place: str) -> list[dict[str, Any]]:
    return [{"type": "item", "value": value, "id": _id(f"{place}/{n}")} for n, value in enumerate(values)]


def _value(block: Block, media: MediaIds, place: str) -> Any:
    if block.kind == "text":
        return block.text
    value = {
        _field(block.kind, key): _plain(block.values[key.name], media, f"{place}/{key.name}", block.kind)
        for key in KINDS[block.kind].keys
        if key.name in block.values
    }
    if block.kind in _TEXT_FIELD:
        value[_TEXT_FIELD[block.kind]] = block.text
    if block.kind == "quiz":
        questions = [_question(question, f"{place}/{question.id}") for question in block.questions]
        value["questions"] = _items(questions, f"{place}/questions")
    return value


def _field(kind: str, key: Key) -> str:
    return "key" if key.type == "id" else "image" if kind == "image" and key.name == "file" else key.name


def _plain(value: Any, media: MediaIds, place: str, kind: str) -> Any:
    if isinstance(value, Media):
        return media["image" if kind == "image" else "document", value.digest]
    if isinstance(value, dict):
        return {"key" if name == "id" else name: _plain(item, media, place, kind) for name, item in value.items()}
    if isinstance(value, tuple):
        return _items([_plain(item, media, f"{place}/{n}", kind) for n, item in enumerate(value)], place)
    return value.isoformat() if isinstance(value, date) else value


def _question(question: Question, place: str) -> dict[str, Any]:
    options = [
        {
            "text": option.text.text,
            "weight": option.weight,
            "tolerance": None if option.tolerance is None else f"{option.tolerance:f}",
            "feedback": option.feedback.text,
        }
        for option in question.options
    ]
    return {
        "key": question.id,
        "title": question.title,
        "kind": question.kind,
        "text": question.text.text,
        "options": _items(options, f"{place}/options"),
        "explanation": question.explanation.text,
    }


# --- From Wagtail ----------------------------------------------------------------------------------------------------
def _block(kind: str, value: Any) -> Block:
    if kind == "masterclass":  # files cannot say it yet: `writer` refuses
        return Block(kind, {"page": value.title if value else ""})
    values = {
        key.name: _said(value[_field(kind, key)], key)
        for key in KINDS[kind].keys
        if (kind, key.name) != ("quiz", "file")
    }
    text = tidy(value[_TEXT_FIELD[kind]] or "") if kind in _TEXT_FIELD else ""
    questions = tuple(map(_asked, value["questions"])) if kind == "quiz" else ()
    return Block(kind, values, text, questions)


def _said(value: Any, key: Key) -> Any:
    """A value as a file would give it; what was never filled in is the default."""
    if value is None or value == "":
        return key.default
    if key.type == "file":
        return media_of(value)
    if key.type == "tables":
        return tuple({inner.name: _said(row[_field("", inner)], inner) for inner in key.keys} for row in value)
    if key.type == "rows":
        return tuple(tuple((cell or "").strip() for cell in row) for row in value)
    if key.type == "texts":
        return tuple(text.strip() for text in value)
    return value.strip() if isinstance(value, str) else value


def _is_whole(block: Block) -> bool:
    return block.kind not in KINDS or all(
        block.values[key.name]
        for key in KINDS[block.kind].keys
        if key.type == "file" and key.required and key.media != "gift"
    )


def _asked(value: Any) -> Question:
    options = [_option(option, value["kind"]) for option in value["options"]]
    kind = value["kind"]
    if kind == QuestionKind.TRUE_FALSE and not _says_true_and_false(options):
        kind = QuestionKind.SINGLE.value
    return Question(
        str(kind),
        Text(_text(value["text"])),
        tuple(options),
        id=value["key"].strip(),
        title=_text(value["title"]),
        explanation=Text(_text(value["explanation"])),
    )


def _option(value: Any, kind: str) -> Option:
    tolerance = Decimal(value["tolerance"] or 0) if kind == QuestionKind.NUMERICAL else None
    return Option(Text(_text(value["text"])), int(value["weight"] or 0), Text(_text(value["feedback"])), tolerance)


def _says_true_and_false(options: list[Option]) -> bool:
    """Whether the two answers are the words files have for them; other words are kept as a single choice."""
    return tuple(option.text.text for option in options) in TRUE_FALSE.values()


def _text(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def media_of(file: Any) -> Media:
    """A Wagtail image or document as a file beside the text."""
    digest = file.file_hash or _digest(file)
    stored = PurePosixPath(file.filename)
    same = PurePosixPath(file.title).suffix.lower() == stored.suffix.lower() and "/" not in file.title
    return Media(digest, file.title if same else stored.name, file.file_size or 0, partial(_open, file))


def _open(file: Any) -> BinaryIO:
    opened: BinaryIO = file.file.storage.open(file.file.name, "rb")
    return opened


def _digest(file: Any) -> str:
    with _open(file) as content:
        return str(hash_filelike(content))
