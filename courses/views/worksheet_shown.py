"""A worksheet as a lesson's page shows it: the company's texts, and what a colleague changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from courses.actions import Saved, Written
from courses.models import WorksheetAnswer
from courses.rules import StrategySection


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One question with the text in its box. `theirs` is a colleague's newer text, to decide about."""

    key: str
    prompt: str
    help: str
    is_short: bool
    text: str = ""
    version: int = 0
    answer: WorksheetAnswer | None = None
    error: str = ""
    theirs: WorksheetAnswer | None = None

    @property
    def unsaved(self) -> bool:
        return bool(self.error or self.theirs)

    @property
    def untouched(self) -> bool:
        """Whether it shows the question alone, as it is for every company that has not answered."""
        return not (self.text or self.version or self.answer or self.unsaved)


@dataclass(frozen=True, slots=True)
class WorksheetShown:
    """`url` is where texts go; empty: the reader belongs to no company, or has not started the course."""

    key: str
    title: str
    intro: str
    fields: tuple[FieldShown, ...]
    sections: tuple[str, ...]
    company: str = ""
    url: str = ""
    draft: str = ""
    saved: bool = False

    @property
    def id(self) -> str:
        return f"worksheet-{self.key}"

    @property
    def untouched(self) -> bool:
        """Whether nobody in the company has written anything, so that it is the same for every company."""
        return not self.saved and all(field.untouched for field in self.fields)

    @property
    def for_anybody(self) -> "WorksheetShown":
        return replace(self, company="", draft="")

    @property
    def problems(self) -> int:
        return sum(field.unsaved for field in self.fields)


def shown(
    part: Mapping[str, Any],
    answers: Mapping[str, WorksheetAnswer],
    *,
    company: str = "",
    url: str = "",
    draft: str = "",
) -> WorksheetShown:
    """The worksheet with what the company has written."""
    fields = []
    for question in part["questions"]:
        field = FieldShown(question["key"], question["prompt"], question["help"], question["size"] == "short")
        if answer := answers.get(field.key):
            field = replace(field, text=answer.text, version=answer.version, answer=answer)
        fields.append(field)
    sections = {question["section"] for question in part["questions"]}
    labels = tuple(str(section.label) for section in StrategySection if section.value in sections)
    return WorksheetShown(part["key"], part["title"], part["intro"], tuple(fields), labels, company, url, draft)


def with_outcome(sheet: WorksheetShown, written: Mapping[str, Written], saved: Saved) -> WorksheetShown:
    """The same after saving: what could not be saved is in its box as it was typed, with what to do about it."""
    fields = []
    for field in sheet.fields:
        error, theirs = saved.errors.get(field.key, ""), saved.conflicts.get(field.key)
        if error or theirs:
            typed = written[field.key]
            field = replace(field, text=typed.text, version=typed.version, error=error, theirs=theirs)
        fields.append(field)
    return replace(sheet, fields=tuple(fields), saved=saved.is_whole)


def sent_texts(request: HttpRequest, part: Mapping[str, Any]) -> dict[str, Written]:
    """What the form carries, by question key; questions it does not carry are left alone."""
    sent = request.POST
    return {
        key: Written(
            text=sent[f"answer-{key}"].replace("\0", "").replace("\r\n", "\n"),
            version=_number(sent.get(f"version-{key}", "")),
            keep=sent.get(f"keep-{key}", ""),
            seen=_number(sent.get(f"seen-{key}", "")),
        )
        for key in (question["key"] for question in part["questions"])
        if f"answer-{key}" in sent
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
