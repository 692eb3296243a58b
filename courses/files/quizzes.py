"""From GIFT questions to the questions of a quiz block: texts become Markdown, what cannot be graded is said. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from courses.files.gift import Option, Question, Text
from courses.files.schema import ID, QUIZ_LIMITS
from courses.rules import QuestionKind
from courses.rules.editing import Answer, question_problem, repeated

TRUE_FALSE = {"en": ("True", "False"), "nb": ("Sant", "Usant")}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|])")
_AROUND = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_BREAKS = frozenset({"p", "div", "br", "li", "ul", "ol", "pre", "tr", "table", "h1", "h2", "h3", "h4"})


def as_markdown(question: Question, language: str) -> Question:
    """The question with every text in the one format that lessons use; answers and feedback are plain text there."""
    options = question.options
    if question.kind == QuestionKind.TRUE_FALSE:
        words = TRUE_FALSE[language]
        options = tuple(option._replace(text=Text(word)) for option, word in zip(options, words, strict=True))
    return replace(
        question,
        text=Text(_markdown(question.text)),
        options=tuple(
            Option(Text(_plain(option.text)), option.weight, Text(_plain(option.feedback)), option.tolerance)
            for option in options
        ),
        explanation=Text(_plain(question.explanation)),
    )


def question_problems(questions: list[Question]) -> Iterator[tuple[int, str]]:
    """(line, sentence) for everything that keeps the questions from being asked in a lesson."""
    for question in questions:
        if not question.id:
            yield question.line, "The question has no id. Write a line // [id:…] above it; it stays the same for ever."
        elif not ID.fullmatch(question.id) or len(question.id) > QUIZ_LIMITS["id"]:
            yield question.line, f"The id “{question.id[:80]}” must be letters, digits and dashes, 80 at most."
        for name, text in _texts(question):
            if len(text) > QUIZ_LIMITS[name]:
                yield (
                    question.line,
                    f"The {name} “{text[:40]}…” has {len(text):,} characters; {QUIZ_LIMITS[name]:,} fit.",
                )
        answers = [Answer(option.text.text, option.weight) for option in question.options]
        if sentence := question_problem(question.kind, answers):
            yield question.line, sentence
    for key in repeated(question.id for question in questions if question.id):
        yield (
            [q.line for q in questions if q.id == key][1],
            f"The id “{key}” is used twice in this quiz. Give one a new id.",
        )


def _texts(question: Question) -> Iterator[tuple[str, str]]:
    yield "title", question.title
    yield "explanation", question.explanation.text
    for option in question.options:
        yield "option", option.text.text
        yield "feedback", option.feedback.text


def _markdown(text: Text) -> str:
    if text.format == "plain":
        return _MARKDOWN.sub(r"\\\1", text.text)
    return _Reader(markdown=True).read(text.text) if text.format == "html" else text.text


def _plain(text: Text) -> str:
    return _Reader(markdown=False).read(text.text) if text.format == "html" else text.text


class _Reader(HTMLParser):
    """What HTML from Moodle says, without its tags; emphasis and paragraphs as Markdown where that is shown."""

    def __init__(self, *, markdown: bool) -> None:
        super().__init__()
        self.markdown, self.hidden = markdown, 0
        self.found: list[str] = []

    def read(self, html: str) -> str:
        self.feed(html)
        self.close()
        text = re.sub(r"[ \t]*\n\s*", "\n\n" if self.markdown else " ", "".join(self.found))
        return text.strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style") and self.hidden > 0
        self._mark(tag)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(_MARKDOWN.sub(r"\\\1", data) if self.markdown else data)

    def _mark(self, tag: str) -> None:
        if tag in _BREAKS:
            self.found.append("\n")
        elif self.markdown and not self.hidden:
            self.found.append(_AROUND.get(tag, ""))
