"""Front pages and plain pages for tests: the smallest valid ones, live and in the tree."""

import json
from datetime import timedelta
from typing import Any

import factory
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

from cms.models import (
    DelegationPage,
    DelegationsPage,
    Document,
    HomePage,
    MasterclassesPage,
    MasterclassPage,
    MenuItem,
    SiteSettings,
    StandardPage,
    Topic,
    WebinarPage,
    WebinarsPage,
)
from cms.published import bump
from lms.events.models import Event
from tests.factories.events import EventFactory


def locale(language: str = settings.LANGUAGE_CODE) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def texts(*markdown: str) -> str:
    """A plain page's body: a text block for each."""
    return json.dumps([{"type": "text", "value": text} for text in markdown])


class HomePageFactory(DjangoModelFactory[HomePage]):
    """A front page below the root; the default site's, when it is in the default language."""

    class Meta:
        model = HomePage

    title = "Harbour"
    slug = factory.Sequence(lambda n: f"harbour-{n}")
    headline = "Ahoy"
    locale = factory.LazyFunction(locale)

    @classmethod
    def _create(cls, model_class: type[HomePage], *args: Any, **fields: Any) -> HomePage:
        home: HomePage = Page.get_first_root_node().add_child(instance=model_class(**fields))
        if home.locale.language_code == settings.LANGUAGE_CODE:
            site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
            site.root_page, site.hostname, site.port = home, "testserver", 80
            site.save()
        return home


class StandardPageFactory(DjangoModelFactory[StandardPage]):
    """A plain page below `parent`, by default a front page made for it."""

    class Meta:
        model = StandardPage

    parent: Any = factory.SubFactory(HomePageFactory)
    title = factory.Sequence(lambda n: f"Page {n}")
    slug = factory.Sequence(lambda n: f"page-{n}")
    body = texts("What it **says**.")

    @classmethod
    def _create(cls, model_class: type[StandardPage], *args: Any, **fields: Any) -> StandardPage:
        parent: Page = fields.pop("parent")
        fields.setdefault("locale", parent.locale)
        page: StandardPage = parent.add_child(instance=model_class(**fields))
        return page


def menu_item(**fields: Any) -> MenuItem:
    """An item of the default site's menu: give `page`, or `address` and `label`."""
    around = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    return MenuItem.objects.create(settings=around, **fields)


CAPTIONS = """WEBVTT

00:00.000 --> 00:04.000
<v Demo Host>Who pays for a calm ward?

00:04.000 --> 00:09.000
<v Demo Founder>The one whose day gets shorter.
"""


class TopicFactory(DjangoModelFactory[Topic]):
    """A topic nobody moderates."""

    class Meta:
        model = Topic

    title = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")
    summary = "What one learns here."


class DocumentFactory(DjangoModelFactory[Document]):
    """A library entry for everyone: a link, unless a test gives `file`."""

    class Meta:
        model = Document
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Document {n}")
    kind = "document"
    audience = "everyone"
    link = "https://publisher.example/report"

    @factory.post_generation
    def topics(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        if create and extracted:
            self.topics.set(extracted)  # type: ignore[attr-defined]


def sound(name: str = "talk.mp3", **fields: Any) -> Document:
    """A file for pages, as it is after its facts were read: 30 seconds of sound."""
    fields = {"media_type": "audio/mpeg", "duration": 30, "file_size": 10, **fields}
    return Document.objects.create(title="Talk", file=ContentFile(b"0123456789", name), **fields)


class MasterclassesPageFactory(DjangoModelFactory[MasterclassesPage]):
    """The list of masterclasses, below a front page made for it."""

    class Meta:
        model = MasterclassesPage

    parent: Any = factory.SubFactory(HomePageFactory)
    title = "Masterclasses"
    slug = "masterclasses"

    @classmethod
    def _create(cls, model_class: type[MasterclassesPage], *args: Any, **fields: Any) -> MasterclassesPage:
        parent: Page = fields.pop("parent")
        page: MasterclassesPage = parent.add_child(instance=model_class(locale=parent.locale, **fields))
        return page


def masterclass(
    parent: Page | None = None, *, topics: Any = (), publish: bool = True, revised: bool = False, **fields: Any
) -> MasterclassPage:
    """A masterclass with sound and captions, live unless `publish` is False; `fields` are the model's.

    It comes into the tree as it is, as an import puts it there, a draft with its revision. With `revised`, or a date to
    go live or expire on, it is published as editors do: from a revision.
    """
    parent = parent or MasterclassesPage.objects.first() or MasterclassesPageFactory()
    number = MasterclassPage.objects.count()
    plain = {
        "title": f"Masterclass {number}",
        "slug": f"masterclass-{number}",
        "summary": "In short.",
        "captions": CAPTIONS,
    }
    page = MasterclassPage(locale=parent.locale, live=False, **{**plain, **fields})
    if page.audio is None and page.video is None and not page.embed:
        page.audio = sound()
    page.topics = topics or [TopicFactory()]
    _into_the_tree(page, parent, publish=publish, revised=revised)
    return page


def _into_the_tree(page: Page, parent: Page, *, publish: bool, revised: bool) -> None:
    at_once = publish and not (revised or page.go_live_at or page.expire_at)
    if at_once:
        page.live, page.first_published_at, page.last_published_at = True, timezone.now(), timezone.now()
    parent.add_child(instance=page)
    bump()
    if not at_once:
        revision = page.save_revision(clean=False)
        if publish:
            revision.publish()
    page.refresh_from_db()


class WebinarsPageFactory(DjangoModelFactory[WebinarsPage]):
    """The list of webinars, below a front page made for it."""

    class Meta:
        model = WebinarsPage

    parent: Any = factory.SubFactory(HomePageFactory)
    title = "Webinars"
    slug = "webinars"

    @classmethod
    def _create(cls, model_class: type[WebinarsPage], *args: Any, **fields: Any) -> WebinarsPage:
        parent: Page = fields.pop("parent")
        page: WebinarsPage = parent.add_child(instance=model_class(locale=parent.locale, **fields))
        return page


def a_home() -> HomePage:
    """The front page there is, or a new one."""
    return HomePage.objects.first() or HomePageFactory.create()


def webinar_event(*, days: float = 7, **fields: Any) -> Event:
    """A public webinar of an hour that begins in so many days; it may have been."""
    begins = timezone.now() + timedelta(days=days)
    session = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    plain = {"kind": "webinar", "visibility": "everyone", "sessions": [session]}
    event: Event = EventFactory(**{**plain, **fields})
    return event


def webinar(
    event: Event | None = None,
    parent: Page | None = None,
    *,
    topics: Any = (),
    publish: bool = True,
    revised: bool = False,
    **fields: Any,
) -> WebinarPage:
    """A page for `event`, by default a public webinar in a week; live as a masterclass is. No recording."""
    parent = parent or WebinarsPage.objects.first() or WebinarsPageFactory(parent=a_home())
    number = WebinarPage.objects.count()
    plain = {"title": f"Webinar {number}", "slug": f"webinar-{number}", "summary": "In short."}
    page = WebinarPage(locale=parent.locale, live=False, event=event or webinar_event(), **{**plain, **fields})
    page.topics = topics or [TopicFactory()]
    _into_the_tree(page, parent, publish=publish, revised=revised)
    return page


class DelegationsPageFactory(DjangoModelFactory[DelegationsPage]):
    """The list of delegations, below a front page made for it."""

    class Meta:
        model = DelegationsPage

    parent: Any = factory.SubFactory(HomePageFactory)
    title = "Delegations"
    slug = "delegations"

    @classmethod
    def _create(cls, model_class: type[DelegationsPage], *args: Any, **fields: Any) -> DelegationsPage:
        parent: Page = fields.pop("parent")
        page: DelegationsPage = parent.add_child(instance=model_class(locale=parent.locale, **fields))
        return page


def delegation(
    event: Event | None = None,
    parent: Page | None = None,
    *,
    hosts: Any = (),
    publish: bool = True,
    revised: bool = False,
    **fields: Any,
) -> DelegationPage:
    """A page for `event`, by default a public delegation in a week, live as a masterclass is."""
    parent = parent or DelegationsPage.objects.first() or DelegationsPageFactory(parent=a_home())
    number = DelegationPage.objects.count()
    plain = {"title": f"Delegation {number}", "slug": f"delegation-{number}", "summary": "In short."}
    event = event or webinar_event(kind="delegation", place="Minneapolis")
    page = DelegationPage(locale=parent.locale, live=False, event=event, **{**plain, **fields})
    page.hosts = list(hosts)
    _into_the_tree(page, parent, publish=publish, revised=revised)
    return page
