"""What others read of our public pages. Nothing is said of a page that is not everybody's, or of a draft."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from cms.access import restrictions_by_path, restrictions_of
from cms.addresses import canonical_address, language_of
from cms.models import (
    DelegationPage,
    DelegationsPage,
    HomePage,
    MasterclassesPage,
    MasterclassPage,
    RecordedPage,
    WebinarPage,
    WebinarsPage,
)
from cms.podcast import selectors as podcast
from cms.podcast.show import Recording, Show
from cms.published import published
from cms.rules import Access
from cms.sharing.rules import Data, Share, breadcrumbs, iso_duration, without_nothing
from cms.webinars.rules import Stage
from cms.webinars.selectors import stage
from lms.core.embeds import read_embed
from lms.events.json_ld import event_json_ld

PREVIEW = "fill-1200x630|format-jpeg"
"""The size previews are shown at (developers.facebook.com/docs/sharing/best-practices)."""


LISTS = (HomePage, MasterclassesPage, WebinarsPage, DelegationsPage)


def whole(address: str) -> str:
    """An address of ours with the site before it."""
    return urljoin(f"{settings.SITE_URL}/", address)


def default_picture() -> str:
    return whole(static("landfall/share.png"))


def kept(request: HttpRequest, name: object, build: Callable[[], Share | None]) -> Share | None:
    """Built once per content version and language; never of a preview."""
    if getattr(request, "is_preview", False):
        return None
    return published(request, ("share", name, get_language()), build)


def page_share(request: HttpRequest, page: Page) -> Share | None:
    """What is said of one of our pages; None where it is not everybody's."""
    return kept(request, page.pk, lambda: build_page(request, page))


def build_page(request: HttpRequest, page: Page) -> Share | None:
    own = page.access() if isinstance(page, RecordedPage | DelegationPage) else Access()
    access = replace(own, restrictions=restrictions_of(page.path, restrictions_by_path()))
    if not access.is_open or not page.live:
        return None
    url = canonical_address(page, request)
    trail = trail_of(request, page, url)
    data: tuple[Data, ...] = (breadcrumbs(trail),) if len(trail) > 1 else ()
    picture = None
    if isinstance(page, RecordedPage):
        picture = page.poster
    data = (*own_data(request, page, url, picture_of(picture)), *data)
    return Share(
        title=page.seo_title or page.title,
        description=description_of(page),
        url=url,
        image=picture_of(picture),
        language=language_of(request, page),
        site=settings.WAGTAIL_SITE_NAME,
        kind="website" if isinstance(page, LISTS) else "article",
        data=data,
    )


def description_of(page: Any) -> str:
    """The first that was written."""
    names = ("search_description", "summary", "lede", "introduction", "headline")
    return next((text for name in names if (text := getattr(page, name, ""))), page.title)


def trail_of(request: HttpRequest, page: Page, url: str) -> list[tuple[str, str]]:
    """Names and whole addresses from the front page down; nothing above a page that stands alone."""
    above = page.get_ancestors().live().filter(depth__gt=1)
    return [*((one.title, canonical_address(one, request)) for one in above), (page.title, url)]


def picture_of(image: Any) -> str:
    """A picture for previews: the page's own, else ours."""
    if image is None:
        return default_picture()
    try:
        return whole(image.get_rendition(PREVIEW).url)
    except SourceImageIOError:  # the file is gone
        return default_picture()


def own_data(request: HttpRequest, page: Page, url: str, picture: str) -> tuple[Data, ...]:
    """What the page is about: an episode, a film, an event."""
    if isinstance(page, MasterclassPage):
        return masterclass_data(page, url, picture, podcast.show(request))
    if isinstance(page, WebinarPage) and stage(page) is Stage.RECORDED:
        return tuple(film_data(page, picture, podcast.Files()))
    if isinstance(page, WebinarPage | DelegationPage):
        return event_data(page, url, picture)
    return ()


def event_data(page: WebinarPage | DelegationPage, url: str, picture: str) -> tuple[Data, ...]:
    """The event a page presents, in the page's words; nothing while it has no date. Up to three queries."""
    event = page.event
    data = event_json_ld(event, list(event.sessions.all()), url, fees=event.fees.all())
    if not data:
        return ()
    hosts = [host.name for host in page.hosts.all()] if isinstance(page, DelegationPage) else []
    organisers: list[Data] = [{"@type": "Organization", "name": host} for host in hosts]
    words: Data = {"name": page.title, "description": page.summary, "image": picture}
    return ({**data, **words, **({"organizer": organisers} if organisers else {})},)


def masterclass_data(page: MasterclassPage, url: str, picture: str, show: Show | None) -> tuple[Data, ...]:
    """An episode with its sound, and its film. A file that is not everybody's is not named."""
    files = podcast.Files()
    sound, film = (files.recording(file) for file in (page.audio, page.video))
    about, day = about_recording(page), published_on(page)
    found: list[Data] = []
    if page.in_podcast and (heard := sound or film) and heard.access.is_open and show and show.access.is_open:
        episode = {"@type": "PodcastEpisode", "url": url, "datePublished": day, "image": picture}
        media = {"@type": "AudioObject" if heard is sound else "VideoObject", **file_data(heard)}
        series = {"@type": "PodcastSeries", "name": show.title, "url": whole(reverse("cms:podcast"))}
        series["webFeed"] = whole(reverse("cms:podcast_feed"))
        found.append(without_nothing({**episode, **about, "associatedMedia": media, "partOfSeries": series}))
    return (*found, *film_data(page, picture, files))


def film_data(page: RecordedPage, picture: str, files: podcast.Files) -> Iterator[Data]:
    """The film that is everybody's: ours, or elsewhere."""
    film = files.recording(page.video)
    shown = film if film and film.access.is_open else None
    elsewhere = read_embed(page.embed)
    if shown or elsewhere:
        where = file_data(shown) if shown else {"embedUrl": elsewhere.frame if elsewhere else ""}
        video = {"@type": "VideoObject", "uploadDate": published_on(page), "thumbnailUrl": picture}
        yield without_nothing({**video, **about_recording(page), **where})


def about_recording(page: RecordedPage) -> Data:
    return {"name": page.title, "description": page.summary, "inLanguage": page.locale.language_code}


def published_on(page: RecordedPage) -> str:
    return page.first_published_at.isoformat() if page.first_published_at else ""


def file_data(file: Recording) -> Data:
    return without_nothing(
        {
            "contentUrl": whole(file.url),
            "encodingFormat": file.media_type,
            "contentSize": f"{file.size} B",
            "duration": iso_duration(file.seconds),
        }
    )


def podcast_share(request: HttpRequest) -> Share | None:
    """What is said of the podcast's own page."""

    def build() -> Share | None:
        show = podcast.show(request)
        if show is None or not show.access.is_open:
            return None
        url = whole(reverse("cms:podcast"))
        series = {"@type": "PodcastSeries", "name": show.title, "description": show.summary, "url": url}
        series |= {"image": show.cover, "webFeed": whole(reverse("cms:podcast_feed")), "inLanguage": show.language}
        site = settings.WAGTAIL_SITE_NAME
        return Share(show.title, show.summary, url, show.cover, show.language, site, data=(series,))

    return kept(request, "podcast", build)


def podcast_name(request: HttpRequest) -> str:
    """The title of the public podcast, for links to its feed; "" while there is none."""

    def build() -> str:
        found = podcast.show(request)
        return found.title if found and found.access.is_open else ""

    return published(request, ("podcast-name", get_language()), build)
