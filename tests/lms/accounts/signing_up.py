"""Signing up as tests do it: what is typed, the code from the mail, what a browser then has in a field."""

import re
from functools import lru_cache
from typing import Any

import html5lib
from django.core import mail
from django.test import Client

SIGN_UP = "/accounts/signup/"
CONFIRM = "/accounts/confirm-email/"
NUMBER = "974760673"
GOOD = {
    "full_name": "Kari Nordmann",
    "email": "kari@example.org",
    "password1": "correct horse battery",
    "company_name": "Example Sensors AS",
    "kind": "company",
    "country": "NO",
    "number": "974 760 673",
}


def filled(**changes: str) -> dict[str, str]:
    return {**GOOD, **changes}


def code_in(message: Any) -> str:
    return re.search(r"^ {4}(\S+)$", message.body, re.MULTILINE)[1]  # type: ignore[index]


def sign_up(client: Client, **changes: str) -> Any:
    return client.post(SIGN_UP, filled(**changes))


def confirm(client: Client) -> Any:
    return client.post(CONFIRM, {"code": code_in(mail.outbox[-1])})


def parsed(response: Any) -> Any:
    """The page as a browser has it: read once, to be looked at only."""
    return page_of(response.content)


@lru_cache(maxsize=8)
def page_of(html: bytes | str) -> Any:
    return html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)


def value_of(response: Any, name: str) -> str | None:
    """What a browser has in the field, read from the page's HTML."""
    [value] = values_of(parsed(response), name)
    return value


def values_of(page: Any, name: str) -> list[str | None]:
    """What a browser has in each field of this name."""
    return [one.get("value") for one in page.iter("input") if one.get("name") == name]


def error_at(response: Any, name: str) -> str:
    """The sentence a screen reader says for the field: what its aria-describedby leads to."""
    page = parsed(response)
    [field] = [one for one in page.iter("input") if one.get("name") == name]
    assert field.get("aria-invalid") == "true"
    described = field.get("aria-describedby").split()
    return " ".join("".join(one.itertext()) for one in page.iter() if one.get("id") in described)
