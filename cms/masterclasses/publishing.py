"""Whether a masterclass or a webinar may be published: asked of every way there is, from one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.masterclasses.captions import cues
from cms.masterclasses.language import another_language, name_of
from cms.masterclasses.rules import Content, File, Person, Reason, by_field, reasons

if TYPE_CHECKING:
    from cms.models.recordings import RecordedPage


class NotReady(ValidationError):
    """Publishing is refused; nothing was changed. Its messages say why, for the editor."""

    def __init__(self, page: RecordedPage, found: list[Reason]) -> None:
        self.page = page
        sentences = by_field(found)
        super().__init__([sentence for field in sentences for sentence in sentences[field]])

    @property
    def said(self) -> str:
        return " ".join(self.messages)


def refuse_unready(page: RecordedPage) -> None:
    """Raise NotReady unless all is there that readers must find. `page` may be made from a revision."""
    if found := reasons(content_of(page)):
        raise NotReady(page, found)


def content_of(page: RecordedPage) -> Content:
    return content(
        page.locale.language_code,
        topics=page.topics.count(),
        audio=file_of(page.audio),
        video=file_of(page.video),
        embed=page.embed,
        captions=page.captions,
        transcript=page.transcript,
        guests=tuple(Person(guest.name or guest.role, guest.consent_on) for guest in page.guests.all()),
        chapters=tuple(chapter.start for chapter in page.chapters.all()),
        **page.own_facts(),
    )


def content(language: str, *, captions: str, **facts: Any) -> Content:
    """What would be published on a page in `language`, with what must be found out about it."""
    spoken = another_language(" ".join(cue.text for cue in cues(captions)), language)
    return Content(
        today=timezone.localdate(),
        captions=captions,
        language=name_of(language),
        spoken=name_of(spoken) if spoken else "",
        **facts,
    )


def file_of(document: Any) -> File | None:
    return File(document.media_type, document.duration) if document else None
