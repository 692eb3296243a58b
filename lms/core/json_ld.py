"""Structured data in the head of a page: what search engines read of it. Vocabulary: schema.org."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Data = dict[str, Any]
SCHEMA = "https://schema.org"
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def as_script(data: Iterable[Mapping[str, Any]]) -> SafeString:
    """Things of schema.org as JSON that no title can break out of: it stands inside a script element nothing runs."""
    graph = {"@context": SCHEMA, "@graph": list(data)}
    return mark_safe(json.dumps(graph, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped above


def without_nothing(data: Mapping[str, Any]) -> Data:
    """Only what is known."""
    return {name: value for name, value in data.items() if value not in (None, "", [], ())}
