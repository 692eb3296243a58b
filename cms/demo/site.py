"""Making the example site."""

import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms.demo import texts
from cms.editorial.actions import ensure_workflow
from cms.models import FooterLink, HomePage, MenuItem, SiteSettings, StandardPage
from cms.published import bump

Way = tuple[str, str, str]
"""An address, and the menu's word for it in English and in Norwegian."""

TEXTS = Path(__file__).parent / "pages"


@transaction.atomic
def ensure_site() -> HomePage:
    """The front page of the default site; made, with its pages, menu and footer, where it is missing.

    Safe to call again: what stands already is not touched.
    """
    english, _made = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    Locale.objects.get_or_create(language_code="nb")
    home = HomePage.objects.filter(locale=english).order_by("path").first() or _make_home(english)
    site = _ensure_default_site(home)
    pages = [_ensure_page(home, slug, title, lede) for slug, title, lede in texts.PAGES]
    if home.second is None and not home.second_label:
        home.second, home.second_label = pages[0], "How it works"
        home.save()
    if not SiteSettings.objects.filter(site=site).exists():
        _make_settings(site, pages)
    ensure_workflow()
    bump()
    return home


@transaction.atomic
def feature(page: Page, *, label: str, menu: Iterable[Way]) -> None:
    """Let the front page's main button lead to `page`, and the menu begin with these ways, unless an editor chose
    otherwise."""
    site = Site.objects.get(is_default_site=True)
    home = HomePage.objects.get(pk=site.root_page_id)
    if home.featured is None:
        home.featured, home.featured_label = page, label
        home.save()
    around = SiteSettings.for_site(site)
    for place, (address, words, words_nb) in enumerate(menu):
        if not MenuItem.objects.filter(settings=around, address=address).exists():
            MenuItem.objects.create(settings=around, address=address, label=words, label_nb=words_nb, sort_order=place)
    bump()


def _make_home(locale: Locale) -> HomePage:
    """A front page beside whatever stands under the root already; Wagtail's page of welcome goes."""
    root = Page.get_first_root_node()
    taken = {page.slug for page in root.get_children()}
    home: HomePage = root.add_child(
        instance=HomePage(
            slug="landfall" if "home" in taken else "home",
            locale=locale,
            sections=json.dumps(texts.SECTIONS),
            **texts.HOME,
        )
    )
    return home


def _ensure_default_site(home: HomePage) -> Site:
    address = urlsplit(settings.SITE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    former = site.root_page if site.root_page_id else None
    if former is None or former.specific_class is Page:
        site.root_page = home
        site.hostname = address.hostname or "localhost"
        site.port = address.port or (443 if address.scheme == "https" else 80)
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()
    if former is not None and former.specific_class is Page and former.pk != home.pk:
        former.delete()
    return site


def _ensure_page(home: HomePage, slug: str, title: str, lede: str) -> StandardPage:
    found = StandardPage.objects.child_of(home).filter(slug=slug).first()
    if found is None:
        text = (TEXTS / f"{slug}.md").read_text(encoding="utf-8")
        body = json.dumps([{"type": "text", "value": text.strip()}])
        found = home.add_child(instance=StandardPage(title=title, slug=slug, lede=lede, body=body, locale=home.locale))
    return found


def _make_settings(site: Site, pages: list[StandardPage]) -> None:
    around = SiteSettings.objects.create(site=site, **texts.SETTINGS)
    about, *others = pages
    MenuItem.objects.create(settings=around, page=about, label_nb=texts.LABELS_NB[about.slug], sort_order=9)
    for place, page in enumerate(others):
        FooterLink.objects.create(settings=around, page=page, label_nb=texts.LABELS_NB[page.slug], sort_order=place)
