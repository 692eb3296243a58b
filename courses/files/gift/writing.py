"""From questions to a GIFT file, always the same text for the same questions."""

import re
from collections.abc import Iterable

from courses.files.gift.types import Option, Question, Text

_SPECIAL = re.compile(r"[~=#{}:\\]")


def dumps(questions: Iterable[Question]) -> str:
    """The questions as GIFT, one answer a line. Ids may not hold `]` or a line break."""
    return "\n".join(_write(question) for question in questions)


def _write(question: Question) -> str:
    lines = []
    if question.id:
        if "]" in question.id or "\n" in question.id:
            raise ValueError(f"{question.id!r} cannot be a question's id: it has a ] or a line break.")
        lines.append(f"// [id:{question.id}]")
    title = f"::{_escape(question.title)}::" if question.title else ""
    stem = _escape(question.text.text)
    if question.text.format != "moodle" or stem.startswith(("[", "/", "$")):
        stem = f"[{question.text.format}]{stem}"
    lines.append(f"{title}{stem}{{{'#' if question.kind == 'numerical' else ''}")
    lines += _write_options(question)
    if question.explanation.text:
        lines.append("####" + _marked(question.explanation, question))
    return "\n".join(lines) + "\n}\n"


def _write_options(question: Question) -> list[str]:
    if question.kind == "true_false":
        right = next((i for i, option in enumerate(question.options) if option.weight == 100), 0)
        feedback = [_marked(question.options[i].feedback, question) for i in (1 - right, right)]
        hashes = f"#{feedback[0]}#{feedback[1]}" if feedback[1] else f"#{feedback[0]}" if feedback[0] else ""
        return [("TRUE" if right == 0 else "FALSE") + hashes]
    return [_write_option(option, question) for option in question.options]


def _write_option(option: Option, question: Question) -> str:
    always_equals = question.kind in ("short_answer", "numerical")
    mark = "=" if always_equals or (option.weight == 100 and question.kind == "single") else "~"
    implied = 100 if mark == "=" else 0
    answer = option.text.text if question.kind == "numerical" else _marked(option.text, question)
    if option.tolerance is not None:
        answer += f":{option.tolerance:f}"
    spelled = option.weight != implied or answer.startswith("%") or (always_equals and "->" in answer)
    weight = f"%{option.weight}%" if spelled else ""
    feedback = f"#{_marked(option.feedback, question)}" if option.feedback.text else ""
    return f"{mark}{weight}{answer}{feedback}"


def _marked(text: Text, question: Question) -> str:
    escaped = _escape(text.text)
    differs = text.text and text.format != question.text.format
    return f"[{text.format}]{escaped}" if differs or escaped.startswith("[") else escaped


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")
