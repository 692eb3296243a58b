"""Plain pages among what visitors find. See `cms.findable`."""

from collections.abc import Iterator

from django.conf import settings

from cms.access import restrictions_by_path, restrictions_of
from cms.addresses import in_active_language
from cms.findable import Item, Passage
from cms.models import StandardPage
from cms.rules import Access, Kind
from lms.core.markup import words_of


def items(language: str) -> Iterator[Item]:
    """Every published plain page for readers of a language. Two queries."""
    pages = _pages(language)
    restrictions = restrictions_by_path() if pages else ()
    for page in pages:
        written_in = page.locale.language_code
        address = page.get_url()
        if address:
            yield Item(
                key=f"page-{page.pk}",
                kind=Kind.PAGE,
                title=page.title,
                summary=page.lede or page.search_description,
                url=in_active_language(address, written_in),
                language=written_in,
                access=Access(restrictions=restrictions_of(page.path, restrictions)),
            )


def passages(language: str) -> Iterator[tuple[str, Passage]]:
    """What they say. One query."""
    for page in _pages(language):
        if text := words_of(page.body_html):
            yield f"page-{page.pk}", Passage(text)


def _pages(language: str) -> list[StandardPage]:
    """One page of each set of translations: the reader's, else the default language's, which is shown in its place."""
    pages = StandardPage.objects.live().select_related("locale").order_by("path")
    shown: dict[object, StandardPage] = {}
    for page in pages.filter(locale__language_code__in={language, settings.LANGUAGE_CODE}):
        if page.translation_key not in shown or page.locale.language_code == language:
            shown[page.translation_key] = page
    return list(shown.values())
