"""The published texts of this app, and the other places where it has links: what the link check reads."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from cms.addresses import page_address
from cms.editorial.desk import Writing, all_writings
from cms.editorial.links import hrefs
from cms.models import (
    DelegationPage,
    Document,
    FooterLink,
    MasterclassPage,
    MenuItem,
    RecordedPage,
    StandardPage,
    WebinarPage,
)
from lms.core.markup import MarkupTooLarge, render_markdown


def editor_of(page: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page])


def masterclass_notes() -> Iterator[Writing]:
    return _notes(MasterclassPage)


def webinar_descriptions() -> Iterator[Writing]:
    return _notes(WebinarPage)


def delegations() -> Iterator[Writing]:
    names = ("background", "why", "practical", "behind_it")
    for pk, title, *texts in DelegationPage.objects.live().values_list("pk", "title", *names):
        yield from _rendered(pk, title, texts)


def _notes(model: type[RecordedPage]) -> Iterator[Writing]:
    rows = model._default_manager.live().exclude(notes="")
    for pk, title, notes in rows.values_list("pk", "title", "notes"):
        yield from _rendered(pk, title, [notes])


def _rendered(page: int, title: str, texts: Iterable[str]) -> Iterator[Writing]:
    for text in texts:
        try:
            yield Writing(render_markdown(text), title, editor_of(page))
        except MarkupTooLarge:
            continue


def plain_pages() -> Iterator[Writing]:
    for pk, title, html in StandardPage.objects.live().values_list("pk", "title", "body_html"):
        yield Writing(html, title, editor_of(pk))


def links() -> Iterator[tuple[str, str, str]]:
    """(href, title of what it stands in, where to mend it) of everything published."""
    for writing in all_writings():
        for href in hrefs(writing.html):
            yield href, writing.title, writing.edit
    for pk, title, link in Document.objects.exclude(link="").values_list("pk", "title", "link"):
        yield link, title, reverse("wagtaildocs:edit", args=[pk])
    for model in (MenuItem, FooterLink):
        for item in model.objects.select_related("page__locale", "settings"):
            edit = reverse("wagtailsettings:edit", args=["cms", "sitesettings", item.settings.site_id])
            address = item.address or (page_address(item.page) if item.page else "")
            if address:
                yield address, f"{model._meta.verbose_name}: {item.label or item.page}", edit
