"""Masterclasses, read: which one an address means, who may see it, what can be found in them, where a listener is.

What is said of a recording holds for webinars, too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.access import restrictions_by_path, restrictions_of
from cms.addresses import in_active_language
from cms.findable import Item, Passage
from cms.masterclasses.captions import cues
from cms.masterclasses.listening import grouped, whole_minutes
from cms.models import DelegationPage, Document, Listening, MasterclassPage, RecordedPage, WebinarPage
from cms.published import published
from cms.rules import Access, Audience, Kind, Restriction
from cms.translations import live, shown_in


def live_pages() -> QuerySet[MasterclassPage]:
    """Published masterclasses."""
    return live(MasterclassPage)


def published_page(pk: int) -> MasterclassPage | None:
    """The published masterclass with this id. One query."""
    return live_pages().filter(pk=pk).select_related("locale").first()


def published_recording(pk: int) -> RecordedPage | None:
    """The published page with a recording that has this id: a masterclass's or a webinar's. Up to two queries."""
    return published_page(pk) or live(WebinarPage).filter(pk=pk).select_related("locale", "event").first()


def page_at(request: HttpRequest) -> int | None:
    """The id of the published masterclass at the address asked for. No query in a warm process."""
    language = get_language() or settings.LANGUAGE_CODE
    found: dict[str, int] = published(request, ("masterclass-addresses", language), lambda: addresses(language))
    return found.get(request.path)


def addresses(language: str) -> dict[str, int]:
    """The id of each published masterclass by its address. One query."""
    return {address: page.pk for page in pages_for(language) if (address := address_of(page))}


def place_of(user_id: int, page_id: int) -> Listening | None:
    """Where a person is in a masterclass. One query."""
    return Listening.objects.filter(user_id=user_id, page_id=page_id).first()


def access_of(page: RecordedPage, restrictions: Sequence[tuple[str, Restriction]] | None = None) -> Access:
    """Whom the page is open to: its own audience, and the private pages it stands under. Up to two queries."""
    if restrictions is None:
        restrictions = restrictions_by_path()
    return replace(page.access(), restrictions=restrictions_of(page.path or "", restrictions))


def length_of(page: RecordedPage) -> int | None:
    """Seconds, as read from the file; None for film elsewhere and where nobody could read it."""
    recording: Document | None = page.recording()
    return recording.duration if recording else None


# --- What can be found -----------------------------------------------------------------------------------------------


def pages_for(language: str) -> QuerySet[MasterclassPage]:
    """Published masterclasses as readers of a language find them: theirs, and English ones nobody has translated."""
    return shown_in(live_pages(), language).select_related("audio", "video")


def items(language: str) -> Iterator[Item]:
    """Every published masterclass, for `cms.findable`. Four queries."""
    pages = pages_for(language).prefetch_related("topics", "clusters")
    restrictions = restrictions_by_path() if pages else ()
    for page in pages:
        if address := address_of(page):
            seconds = length_of(page)
            yield Item(
                key=key_of(page),
                kind=Kind.MASTERCLASS,
                title=page.title,
                summary=page.summary,
                url=address,
                language=page.locale.language_code,
                topics=frozenset(topic.pk for topic in page.topics.all()),
                level=page.level,
                date=page.first_published_at.date() if page.first_published_at else None,
                size=_("%(minutes)s min") % {"minutes": whole_minutes(seconds)} if seconds else "",
                access=access_of(page, restrictions),
            )


def passages(language: str) -> Iterator[tuple[str, Passage]]:
    """What is said in every published masterclass and written about it, for `cms.findable`. Two queries."""
    for page in pages_for(language).prefetch_related("guests"):
        if address := address_of(page):
            for passage in passages_of(page, address):
                yield key_of(page), passage


def passages_of(page: RecordedPage, address: str) -> Iterator[Passage]:
    """Title, summary, guests and notes lead to the page; what is said to the second it is said at."""
    guests = ", ".join(part for guest in page.guests.all() for part in guest.shown if part)
    for text in (page.title, page.summary, guests, plain(page.notes_html)):
        if text:
            yield Passage(text, address)
    said = cues(page.captions)
    for start, text in grouped((cue.start, cue.text) for cue in said):
        yield Passage(text, f"{address}#t={start}", start)
    if not said and page.transcript:
        yield Passage(page.transcript, address)


def plain(html: str) -> str:
    """The words of HTML that our sanitiser made."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def key_of(page: MasterclassPage) -> str:
    return f"masterclass-{page.pk}"


def address_of(page: RecordedPage) -> str:
    """The page's address in the active language; "" for a page outside every site. No query once sites are known."""
    address = page.get_url() or ""
    return in_active_language(address, page.locale.language_code) if address else ""


def documents_with(page: RecordedPage | DelegationPage) -> Iterator[tuple[Document, Access]]:
    """What an editor put beside the page, by title, with whom it is open to among those who see the page."""
    ids = [document.pk for document in page.documents.all()]
    for document in Document.objects.filter(pk__in=ids).prefetch_related("clusters").order_by("title"):
        with_the_page = document.audience in (Document.PAGES, Audience.EVERYONE)
        yield document, Access() if with_the_page else document.access()
