"""Pages that present a public event, for the sitemap. See `cms.sharing.sitemap`."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest

from cms.access import restrictions_by_path, restrictions_of
from cms.presenting.selectors import PAGES
from cms.sharing.sitemap import Entry
from cms.translations import live
from lms.events.rules import Visibility


def entries(request: HttpRequest) -> Iterator[Entry]:
    """In the language each is written in. A fixed number of queries once sites are known."""
    restrictions = restrictions_by_path()
    for model in PAGES:
        public = live(model).filter(event__visibility=Visibility.EVERYONE).select_related("locale").order_by("path")
        for page in public:
            if not restrictions_of(page.path, restrictions) and (url := page.get_url(request)):
                key, language = f"event-{page.event_id}", page.locale.language_code
                yield Entry(key, language, urlsplit(url).path, page.last_published_at)
