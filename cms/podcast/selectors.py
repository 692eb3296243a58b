"""The podcast as published, built once per language and content version, and people's own addresses of it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.images.models import SourceImageIOError
from wagtail.models import CollectionViewRestriction, Page

from cms.access import restrictions_by_path, restrictions_of
from cms.models import Chapter, Document, FeedAddress, Guest, MasterclassesPage, MasterclassPage, Topic
from cms.podcast import rules
from cms.podcast.show import Episode, Recording, Show
from cms.published import published
from cms.rules import SMALLEST_COVER, Access, Audience, Restriction, Visitor
from lms.accounts.models import User
from lms.core.tokens import digest

COVER = "max-3000x3000|format-jpeg"


def show(request: HttpRequest) -> Show | None:
    """The podcast in the request's language, with every audience's episodes; None while there is none."""
    language = get_language() or settings.LANGUAGE_CODE
    return published(request, ("podcast", language), lambda: build(language))


def show_or_404(request: HttpRequest, visitor: Visitor) -> Show:
    """The podcast, for somebody who may see its list."""
    found = show(request)
    if found is None or not visitor.may_see(found.access):
        raise Http404
    return found


def topics(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """(name, slug) of every topic in the request's language."""
    return published(
        request, ("podcast-topics", get_language()), lambda: tuple((str(one), one.slug) for one in Topic.objects.all())
    )


def masterclass_or_404(visitor: Visitor, pk: int) -> tuple[MasterclassPage, Access]:
    """A published masterclass this visitor may see, and whom it is open to. Up to three queries."""
    page = MasterclassPage.objects.live().filter(pk=pk).exclude(expire_at__lte=timezone.now()).first()
    if page is None:
        raise Http404
    own = page.access()
    access = Access(own.audience, own.clusters, restrictions_of(page.path, restrictions_by_path()))
    if not visitor.may_see(access):
        raise Http404
    return page, access


def chapters_of(page: MasterclassPage) -> list[tuple[int, str]]:
    return list(Chapter.objects.filter(page=page).order_by("start", "pk").values_list("start", "title"))


def captions_of(episode: Episode) -> str:
    """An episode's captions as they are published: WebVTT."""
    return MasterclassPage.objects.values_list("captions", flat=True).get(pk=episode.id)


# --- People's own addresses ------------------------------------------------------------------------------------------


def open_address_of(user: User) -> FeedAddress | None:
    """The address a person has now."""
    return FeedAddress.objects.filter(user=user, revoked_at=None).first()


def address_for(token: str) -> FeedAddress | None:
    """Whose address this is; None for one that was taken back, and for people who may not sign in any more."""
    known = FeedAddress.objects.filter(token_digest=digest(token), revoked_at=None, user__is_active=True)
    return known.select_related("user").first()


# --- Building --------------------------------------------------------------------------------------------------------


def build(language: str) -> Show | None:
    """Read what is published. The language given is the active one. A fixed number of queries."""
    lists = {page.path: page for page in MasterclassesPage.objects.live().select_related("locale", "cover")}
    by_language = {page.locale.language_code: page for page in lists.values()}
    shown = by_language.get(language) or by_language.get(settings.LANGUAGE_CODE)
    if shown is None:
        return None
    around = _Around()
    own: dict[str, list[tuple[Any, Episode]]] = defaultdict(list)
    for page in _pages():
        parent = lists.get(page.path[: -Page.steplen])
        if parent and (episode := around.episode(page, parent)):
            own[episode.language].append((page.translation_key, episode))
    return Show(
        guid=str(shown.podcast_guid),
        language=shown.locale.language_code,
        title=shown.podcast_title or shown.title,
        summary=shown.podcast_summary or shown.introduction or shown.podcast_title or shown.title,
        author=shown.podcast_author or settings.WAGTAIL_SITE_NAME,
        email=shown.podcast_email,
        cover=_cover(shown.cover),
        funding=(shown.funding_url, shown.funding_text or shown.funding_url) if shown.funding_url else None,
        masterclasses_url=_address(shown),
        changed=shown.last_published_at,
        access=Access(restrictions=restrictions_of(shown.path, around.restrictions)),
        episodes=tuple(sorted(in_language(own, language), key=lambda one: (one.published, one.id), reverse=True)),
    )


def in_language(own: dict[str, list[tuple[Any, Episode]]], language: str) -> Iterable[Episode]:
    """Episodes for readers of a language: those in English, each in its translation if there is one, then others."""
    if language == settings.LANGUAGE_CODE:
        return [episode for _key, episode in own[language]]
    translated = dict(own[language])
    english = [translated.pop(key, episode) for key, episode in own[settings.LANGUAGE_CODE]]
    return [*english, *translated.values()]


def _pages() -> QuerySet[MasterclassPage]:
    """What is live and in the podcast; what has expired goes at once, not when the clock's next sweep takes it down."""
    live = MasterclassPage.objects.live().filter(in_podcast=True).exclude(expire_at__lte=timezone.now())
    captioned = Case(When(captions="", then=Value(False)), default=Value(True))
    related = ("audio__collection", "video__collection")
    return live.select_related(*related).annotate(captioned=captioned).defer("captions", "transcript", "notes")


class Files:
    """Which documents are recordings, and whom each file itself is open to. Two queries, however many are asked for."""

    def __init__(self) -> None:
        self.collections = _collection_restrictions()
        self.clusters = _pairs(Document.clusters.through.objects.values_list("document", "cluster"))

    def recording(self, file: Document | None) -> Recording | None:
        if file is None or not file.file or not rules.may_be_an_episode(file.media_type, file.file_size):
            return None
        own = file.audience if file.audience != Document.PAGES else Audience.EVERYONE
        clusters = frozenset(cluster for (cluster,) in self.clusters[file.pk])
        return Recording(
            id=file.pk,
            url=file.url,
            size=file.file_size,
            media_type=file.media_type,
            seconds=file.duration,
            extension=file.file_extension.lower(),
            access=Access(own, clusters, restrictions_of(file.collection.path, self.collections)),
        )


class _Around:
    """What stands around the pages, each read in one query."""

    def __init__(self) -> None:
        self.restrictions = restrictions_by_path()
        self.files = Files()
        self.clusters = _pairs(MasterclassPage.clusters.through.objects.values_list("masterclasspage", "cluster"))
        agreed = Guest.objects.filter(consent_on__isnull=False).order_by("sort_order", "pk")
        self.speakers = _pairs(agreed.values_list("page", "name", "is_host"))
        self.chapters = _pairs(Chapter.objects.order_by("start", "pk").values_list("page", "start", "title"))

    def episode(self, page: Any, parent: MasterclassesPage) -> Episode | None:
        """The page as an episode; None for one without a file to play, or that nobody has ever published."""
        recording = self.files.recording(page.audio) or self.files.recording(page.video)
        published_at = page.first_published_at or page.latest_revision_created_at
        if recording is None or published_at is None:
            return None
        url = f"{_address(parent)}{page.slug}/"
        return Episode(
            id=page.pk,
            guid=str(page.guid),
            language=parent.locale.language_code,
            title=page.title,
            summary=page.summary,
            notes=rules.with_whole_addresses(page.notes_html, url),
            url=url,
            level=page.level,
            published=published_at,
            changed=page.last_published_at or published_at,
            recording=recording,
            has_captions=page.captioned,
            soundbite=rules.soundbite(page.soundbite_start, page.soundbite_seconds, recording.seconds),
            access=Access(
                page.audience,
                frozenset(cluster for (cluster,) in self.clusters[page.pk]),
                restrictions_of(page.path, self.restrictions),
            ),
            speakers=tuple(self.speakers[page.pk]),
            chapters=tuple(self.chapters[page.pk]),
        )


def _pairs(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """What follows the first column of each row, by that column."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(tuple(rest))
    return found


def _collection_restrictions() -> list[tuple[str, Restriction]]:
    """(path, restriction) of every private collection of files. A password for one opens no feed."""
    rows = CollectionViewRestriction.objects.values_list("pk", "collection__path", "restriction_type", "groups")
    found: dict[int, tuple[str, str, set[int]]] = {}
    for pk, path, kind, group in rows:
        found.setdefault(pk, (path, kind, set()))[2].update({group} - {None})
    # Below 0: ids of their own, which are never among the private pages somebody knows the password of.
    return [(path, Restriction(-pk, kind, frozenset(groups))) for pk, (path, kind, groups) in found.items()]


def _address(page: Page) -> str:
    """The page's own whole address, in the language it is written in."""
    return settings.SITE_URL + urlsplit(page.get_url() or "/").path


def _cover(image: Any) -> str:
    """A square picture of 1400 to 3000 pixels, as directories ask: the editors', else our own."""
    if image is not None and image.width == image.height >= SMALLEST_COVER:
        try:
            return urljoin(f"{settings.SITE_URL}/", image.get_rendition(COVER).url)
        except SourceImageIOError:  # the file is gone: the podcast is not
            pass
    return urljoin(f"{settings.SITE_URL}/", static("landfall/podcast-cover.png"))
