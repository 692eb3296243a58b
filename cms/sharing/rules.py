"""What others read of a page, as plain data. Pure. Vocabulary: schema.org; previews: ogp.me."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Data = dict[str, Any]
SCHEMA = "https://schema.org"
LOCALES = {"en": "en_GB", "nb": "nb_NO"}
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


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
        graph = {"@context": SCHEMA, "@graph": list(self.data)}
        return mark_safe(json.dumps(graph, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped above


def without_nothing(data: Mapping[str, Any]) -> Data:
    """Only what is known."""
    return {name: value for name, value in data.items() if value not in (None, "", [], ())}


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
