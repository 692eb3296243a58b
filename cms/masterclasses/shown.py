"""A recording's page as it is kept for readers: built once per page, language and content version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from cms.access import restrictions_by_path, restrictions_of
from cms.addresses import in_active_language, language_of, page_address
from cms.findable import Item, all_items
from cms.masterclasses import selectors
from cms.masterclasses.captions import Cue, clock, cues
from cms.masterclasses.listening import segments, whole_minutes
from cms.models import DelegationPage, Document, RecordedPage
from cms.published import published
from cms.rules import Access, Kind, Restriction
from lms.core.embeds import Embed, read_embed
from lms.core.markup import plain_text, render_markdown

ICONS = {Kind.MASTERCLASS: "podcast", Kind.COURSE: "course", Kind.LESSON: "course", Kind.OFFER: "offer"}
MEDIA_TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "mp4": "video/mp4", "wav": "audio/wav"}


@dataclass(frozen=True, slots=True)
class Recording:
    """The file that plays; `poster` is the address of a picture, for film."""

    is_film: bool
    url: str
    media_type: str
    poster: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    url: str
    extension: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Companion:
    """Something that goes with the page; `note` says what it is, `language` is its own."""

    title: str
    url: str
    icon: str
    note: str
    language: str
    access: Access


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything about a recording that is the same for all who may see it. HTML is output of our own templates."""

    id: int | None
    language: str
    access: Access
    duration: int | None
    minutes: int | None
    recording: Recording | None
    embed: Embed | None
    embed_address: str
    has_captions: bool
    chapters: SafeString
    transcript: SafeString
    line: SafeString
    notes: SafeString
    guests: tuple[tuple[str, str], ...]
    downloads: tuple[Download, ...]
    companions: tuple[Companion, ...]
    crumbs: tuple[tuple[str, str], ...]


def shown(request: HttpRequest, page: RecordedPage) -> Shown:
    """The page's parts: kept for the page as published, made anew for a preview."""
    return published(request, ("recording", page.pk, get_language()), lambda: build(request, page))


def build(request: HttpRequest, page: RecordedPage) -> Shown:
    said = cues(page.captions)
    duration = selectors.length_of(page) or (int(said[-1].end) if said else None)
    chapters = sorted({chapter.start: chapter.title for chapter in page.chapters.all()}.items())
    embed = read_embed(page.embed)
    preview = getattr(request, "is_preview", False)
    return Shown(
        id=page.pk,
        language=language_of(request, page),
        access=selectors.access_of(page),
        duration=duration,
        minutes=whole_minutes(duration) if duration else None,
        recording=recording_of(page),
        embed=embed,
        embed_address=page.embed if embed else "",
        has_captions=bool(said) and not preview,
        chapters=chapters_html(chapters, said),
        transcript=transcript_html(page, said, chapters),
        line=line_html(chapters, duration),
        notes=render_markdown(page.notes) if preview else mark_safe(page.notes_html),  # noqa: S308 - sanitised
        guests=tuple(guest.shown for guest in page.guests.all()),
        downloads=tuple(downloads_of(page)),
        companions=tuple(companions_of(request, page)),
        crumbs=tuple(crumbs_of(page)),
    )


# --- The recording ---------------------------------------------------------------------------------------------------


def recording_of(page: RecordedPage) -> Recording | None:
    document: Document | None = page.recording()
    if document is None:
        return None
    is_film = bool(page.video)
    guessed = MEDIA_TYPES.get(document.file_extension.lower(), "")
    poster = page.poster.get_rendition("fill-1280x720|format-webp").url if is_film and page.poster else ""
    return Recording(is_film, document.url, document.media_type or guessed, poster)


def downloads_of(page: RecordedPage) -> Iterable[Download]:
    for document in (page.video, page.audio):
        if document is not None and document.file:
            yield Download(document.url, document.file_extension.upper(), document.get_file_size())


def chapters_html(chapters: Sequence[tuple[int, str]], said: Sequence[Cue]) -> SafeString:
    """The list of chapters. Where nothing is written down, a chapter's link leads to the chapter itself."""
    rows = [{"start": start, "clock": clock(start), "title": title} for start, title in chapters]
    return render_to_string("cms/masterclasses/_chapters.html", {"chapters": rows, "anchored": not said})


def transcript_html(page: RecordedPage, said: Sequence[Cue], chapters: Sequence[tuple[int, str]]) -> SafeString:
    """What is said, cue by cue; or the text there is where there are no captions."""
    if not said:
        return plain_text(page.transcript)
    return render_to_string("cms/masterclasses/_cues.html", {"cues": list(rows_of(said, chapters))})


def rows_of(said: Sequence[Cue], chapters: Sequence[tuple[int, str]]) -> Iterable[dict[str, object]]:
    """Each cue with who begins to speak, and the seconds that addresses may name: its own, and those of chapters in it.

    No second is named twice, so that each is the id of one element.
    """
    waiting = {start for start, _title in chapters}
    named: set[int] = set()
    speaker = ""
    for number, cue in enumerate(said):
        begins = int(cue.start)
        until = said[number + 1].start if number + 1 < len(said) else float("inf")
        anchors = [second for second in [begins, *sorted(s for s in waiting if s < until)] if second not in named]
        anchors = list(dict.fromkeys(anchors))
        named.update(anchors)
        waiting -= set(anchors)
        yield {
            "start": f"{cue.start:g}",
            "end": f"{cue.end:g}",
            "second": begins,
            "clock": clock(cue.start),
            "speaker": cue.speaker if cue.speaker != speaker else "",
            "text": cue.text,
            "anchors": anchors,
        }
        speaker = cue.speaker


def line_html(chapters: Sequence[tuple[int, str]], duration: int | None) -> SafeString:
    pieces = segments((start for start, _title in chapters), duration) if duration else []
    return render_to_string("cms/masterclasses/_line.html", {"segments": pieces})


# --- What goes with it -----------------------------------------------------------------------------------------------


def companions_of(request: HttpRequest, page: RecordedPage) -> Iterable[Companion]:
    """Related pages in the editor's order, then documents. A fixed number of queries, however many there are."""
    by_url = {item.url: item for item in all_items(request)}
    restrictions = restrictions_by_path()
    for target in targets_of(page):
        if address := target.get_url():
            here = in_active_language(address, target.locale.language_code)
            yield page_companion(target, here, by_url.get(here), restrictions)
    yield from documents_beside(request, page)


def documents_beside(request: HttpRequest, page: RecordedPage | DelegationPage) -> Iterable[Companion]:
    """The documents an editor put beside a page. A fixed number of queries, however many there are."""
    by_key = {item.key: item for item in all_items(request)}
    for document, access in selectors.documents_with(page):
        item = by_key.get(f"document-{document.pk}")
        note = item.size if item and document.file else str(document.get_kind_display())
        yield Companion(document.title, item.url if item else document.url, "document", note, document.language, access)


def targets_of(page: RecordedPage) -> list[Page]:
    """The related pages that are live, each in the reader's language where it was translated. Two queries."""
    ids = [related.target_id for related in page.related.all()]
    live = Page.objects.live().select_related("locale", "content_type")
    by_id = live.in_bulk(ids)
    keys = {target.translation_key for target in by_id.values()}
    translated = live.filter(translation_key__in=keys, locale__language_code=get_language())
    by_key = {target.translation_key: target for target in translated}
    return [by_key.get(by_id[pk].translation_key, by_id[pk]) for pk in ids if pk in by_id]


def page_companion(
    target: Page, address: str, item: Item | None, restrictions: Sequence[tuple[str, Restriction]]
) -> Companion:
    """As it can be found, where it can be found; else by its page type."""
    language = target.locale.language_code
    if item is not None:
        icon = ICONS.get(Kind(item.kind), "document")
        return Companion(item.title, address, icon, str(Kind(item.kind).label), item.language, item.access)
    model = target.specific_class
    note = str(model._meta.verbose_name) if model else ""
    access = Access(restrictions=restrictions_of(target.path, restrictions))
    return Companion(target.title, address, "link", note, language, access)


def crumbs_of(page: RecordedPage) -> Iterable[tuple[str, str]]:
    """The list it stands in, the first topic, the page itself."""
    parent = page.get_parent() if page.depth and page.depth > 1 else None
    if parent is not None:
        yield parent.title, page_address(parent)
    for topic in page.topics.all()[:1]:
        try:
            yield topic.text("title"), reverse("cms:topic", args=[topic.slug])
        except NoReverseMatch:
            break
    yield page.title, ""
