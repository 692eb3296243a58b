"""Front pages and plain pages for tests: the smallest valid ones, live and in the tree."""

import json
from typing import Any

import factory
from django.conf import settings
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

from cms.models import HomePage, MenuItem, SiteSettings, StandardPage


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
