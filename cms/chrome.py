"""What stands around every page: the mark, the menu and the footer, as a context processor.

Menu and footer are strings kept per site and language (`cms.published`); which item is current is set outside them, and
everything personal stands in one region of the header, so an anonymous page is the same for everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from cms.addresses import in_active_language, in_language, page_address, site_of
from cms.models import SiteLink, SiteSettings
from cms.published import published
from lms.events.selectors import may_organise

ADVISORS_MAY = ("cohorts.change_participation", "cohorts.view_every_cohort")
"""Whoever may either has an advisor’s desk."""
OWN_NAMES = (("en", "English"), ("nb", "Norsk"))
"""What speakers of each language call it; never translated."""


@dataclass(frozen=True, slots=True)
class Fragments:
    """The cached parts: brand, menu and footer as HTML, with the addresses the menu leads to."""

    brand: SafeString
    menu: SafeString
    menu_addresses: tuple[str, ...]
    footer: SafeString
    contact_email: str


class Chrome:
    """The surroundings of one request's page; nothing is fetched before a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def fragments(self) -> Fragments:
        site = site_of(self.request)
        language = get_language() or settings.LANGUAGE_CODE
        name = ("chrome", site.pk if site else None, language)
        return published(self.request, name, lambda: build(site.pk if site else None))

    @property
    def brand(self) -> SafeString:
        return self.fragments.brand

    @property
    def menu(self) -> SafeString:
        return with_current(self.fragments.menu, self.fragments.menu_addresses, self.request.path)

    @property
    def footer(self) -> SafeString:
        """The footer, with the links to this same page in the other languages."""
        here, spoken = self.request.path, get_language() or settings.LANGUAGE_CODE
        html = self.fragments.footer
        for code in (code for code, _name in OWN_NAMES if code != spoken):
            address = escape(in_language(here, code, spoken))
            html = mark_safe(html.replace(f"#language-{code}", address))  # noqa: S308 - our template
        return html

    @property
    def contact_email(self) -> str:
        return self.fragments.contact_email

    @property
    def canonical(self) -> str:
        """The address of this page without what was asked in the query; "" where nothing of the kind is public."""
        return settings.SITE_URL + self.request.path

    @property
    def is_editor(self) -> bool:
        """May open the editors' part. People who do not work here are not looked up: no query for a learner."""
        user = self.request.user
        return user.is_staff and user.has_perm("wagtailadmin.access_admin")

    @property
    def is_advisor(self) -> bool:
        user = self.request.user
        return user.is_staff and any(user.has_perm(one) for one in ADVISORS_MAY)

    @property
    def is_organiser(self) -> bool:
        """May make events. People who do not work here are not looked up."""
        user = self.request.user
        return user.is_staff and may_organise(user)

    @property
    def is_home(self) -> bool:
        """Whether this is the page that the person's name in the header leads to."""
        match = self.request.resolver_match
        return match is not None and match.view_name == "courses:home"


def chrome(request: HttpRequest) -> dict[str, Any]:
    return {"chrome": Chrome(request)}


def with_current(menu: SafeString, addresses: Iterable[str], path: str) -> SafeString:
    """The menu with `aria-current` on the item whose section `path` stands in: the longest address that begins it."""
    sections = [
        address for address in addresses if path == address or (address.endswith("/") and path.startswith(address))
    ]
    if not sections:
        return menu
    current = max(sections, key=len)
    state = "page" if current == path else "true"
    link = f'href="{escape(current)}"'
    return mark_safe(menu.replace(link, f'{link} aria-current="{state}"', 1))  # noqa: S308 - our template's own output


def build(site_id: int | None) -> Fragments:
    """Brand, menu and footer of a site in the language that is active."""
    found = SiteSettings.objects.filter(site_id=site_id).first() or SiteSettings()
    menu = links(found.menu_items.select_related("page")) if found.pk else []
    search = reverse("cms:search")
    brand = {"address": reverse("wagtail_serve", args=[""]), "name": settings.WAGTAIL_SITE_NAME}
    footer = {
        "text": found.text("footer_text"),
        "note": found.text("footer_note"),
        "lists": [
            (found.text("partners_heading"), found.partners.splitlines()),
            (found.text("funders_heading"), found.funders.splitlines()),
        ],
        "links": links(found.footer_links.select_related("page")) if found.pk else [],
        "languages": [pair for pair in OWN_NAMES if pair[0] != get_language()],
    }
    return Fragments(
        brand=render_to_string("_brand.html", brand),
        menu=render_to_string("_menu.html", {"links": menu, "search": search}),
        menu_addresses=(*(address for address, _label in menu), search),
        footer=render_to_string("_footer.html", footer),
        contact_email=found.contact_email,
    )


def links(items: Iterable[SiteLink]) -> list[tuple[str, str]]:
    """Address and text of each item that leads somewhere the public may go."""
    shown = []
    for item in items:
        page: Page | None = item.page
        if page is None:
            here = item.address.startswith("/")
            shown.append((in_active_language(item.address) if here else item.address, item.text("label")))
        elif page.live and (address := page_address(page)):
            shown.append((address, item.text("label") or page.localized.title))
    return shown
