"""Who may have a document, what counts as fetching it, and the words for what a file is. Pure."""

import re
from collections.abc import Iterable

from django.utils.translation import ngettext

from cms.rules import Access, Visitor

PROBE = 2
"""Bytes. Some players ask for the first two to learn whether they can seek, and then for all of it."""

_ADDRESS = re.compile(r"/documents/([0-9]{1,18})/")
_FIRST = re.compile(r"\s*bytes\s*=\s*([0-9]+)\s*-\s*([0-9]*)", re.IGNORECASE | re.ASCII)
_SENT = re.compile(r"bytes ([0-9]+)-([0-9]+)/", re.ASCII)


def opens(ways: Iterable[Access], visitor: Visitor) -> bool:
    """Whether one way at least lets the visitor in. Those who work here need none."""
    return visitor.works_here or any(visitor.may_see(way) for way in ways)


def named_in(text: str) -> set[int]:
    """The ids of the documents whose address stands in a text or in HTML."""
    return {int(found) for found in _ADDRESS.findall(text)}


def is_download(*, method: str, status: int, asked: str = "", sent: str = "", handed_over: bool = False) -> bool:
    """Whether an answer gives somebody the file, or begins to.

    `asked` is the request's Range and `sent` the answer's Content-Range. Where the answer is `handed_over`, the proxy
    reads the range after us, so what was asked decides.
    """
    if method != "GET" or status not in (200, 206):
        return False
    if status == 200 and not (handed_over and asked):
        return True
    found = _SENT.match(sent) if status == 206 else _FIRST.match(asked)
    if found is None:
        return False
    first, last = found.groups()
    return int(first) == 0 and (not last or int(last) >= PROBE)


def file_words(extension: str, pages: int | None) -> str:
    """“PDF, 4 pages”, in the language that is active; “DOCX” where nobody counted."""
    words = [extension.upper()] if extension else []
    if pages:
        words.append(ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages})
    return ", ".join(words)


def published_words(publisher: str, year: int | None, edition: str = "") -> str:
    """“Publisher, 2022, updated 2023”, of whatever is known."""
    return ", ".join(str(word) for word in (publisher, year, edition) if word)
