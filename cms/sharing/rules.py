"""What others read of a page, as plain data. Pure. Vocabulary: schema.org; previews: ogp.me."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from lms.core.json_ld import SCHEMA, Data, as_script, without_nothing

__all__ = ["SCHEMA", "Data", "Share", "breadcrumbs", "iso_duration", "without_nothing"]
LOCALES = {"en": "en_GB", "nb": "nb_NO"}


@dataclass(frozen=True, slots=True)
class Share:
    """A public page in the words of others: whole addresses only. `data` are schema.org's things on it."""

    title: str
    description: str
    url: str
    image: str
    language: str
    site: str
    kind: str = "website"
    data: tuple[Data, ...] = ()

    @property
    def locale(self) -> str:
        return LOCALES.get(self.language, self.language)

    @property
    def structured(self) -> SafeString:
        """All of `data` as JSON that no title can break out of: it stands inside a script element nothing runs."""
        return as_script(self.data)


def iso_duration(seconds: int | None) -> str:
    """A length as ISO 8601 has it: 95 seconds are PT1M35S. Empty where it is not known."""
    if not seconds:
        return ""
    hours, rest = divmod(seconds, 3600)
    parts = ((hours, "H"), (rest // 60, "M"), (rest % 60, "S"))
    return "PT" + "".join(f"{number}{letter}" for number, letter in parts if number)


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Data:
    """(name, whole address) from the front page down to this page."""
    places = [
        {"@type": "ListItem", "position": number, "name": name, "item": url}
        for number, (name, url) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": places}
