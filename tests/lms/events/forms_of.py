"""Fills in a page's form as a browser would: everything that stands in it is sent back."""

from typing import Any

import html5lib
from django.http import HttpResponse

NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def sent_by(response: HttpResponse, number: int = 0) -> dict[str, Any]:
    """What the form of the main content with this number would send, as it stands."""
    tree = html5lib.parse(response.content.decode())
    main = tree.find(f".//{NAMESPACE}main")
    form = (tree if main is None else main).findall(f".//{NAMESPACE}form")[number]
    sent: dict[str, Any] = {}
    for field in form.iter():
        tag, name = str(field.tag).removeprefix(NAMESPACE), field.get("name")
        if not name or tag not in {"input", "select", "textarea"}:
            continue
        for value in _values(field, tag):
            sent.setdefault(name, []).append(value)
    return sent


def _values(field: Any, tag: str) -> list[str]:
    if tag == "textarea":
        return [(field.text or "").removeprefix("\n")]
    if tag == "select":
        options = list(field.iter(f"{NAMESPACE}option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return [one.get("value", "") for one in chosen]
    if field.get("type") in {"checkbox", "radio"} and field.get("checked") is None:
        return []
    return [field.get("value") or ("on" if field.get("type") == "checkbox" else "")]
