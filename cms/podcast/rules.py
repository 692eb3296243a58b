"""What is decided of feeds without a database: which characters, which addresses, which soundbites. Pure."""

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESS = re.compile(r'\b(href|src)="([^"]*)"')


def xml_safe(text: str) -> str:
    """The text without the characters XML 1.0 cannot carry, escaped or not (section 2.2)."""
    return _NOT_XML.sub("", text)


def with_whole_addresses(html: str, base: str) -> str:
    """Our own sanitised HTML, with every address as it is seen from elsewhere. `base` is the page it stood on."""

    def whole(found: re.Match[str]) -> str:
        return f'{found[1]}="{escape(urljoin(base, unescape(found[2])))}"'

    return _ADDRESS.sub(whole, html)


def soundbite(start: int | None, seconds: int | None, length: int | None) -> tuple[int, int] | None:
    """Start and length, in seconds, of a taste that lies within the recording; else None."""
    if start is None or not seconds or not length or start + seconds > length:
        return None
    return start, seconds


def chapters_json(title: str, chapters: Iterable[tuple[int, str]]) -> dict[str, Any]:
    """JSON chapters 1.2 (github.com/Podcastindex-org/podcast-namespace, chapters/jsonChapters.md), by their start."""
    return {
        "version": "1.2.0",
        "title": title,
        "chapters": [{"startTime": start, "title": name} for start, name in sorted(chapters)],
    }


def may_be_an_episode(media_type: str, size: int | None) -> bool:
    """Whether a podcast program can play it: sound or film, and it is known how long the file is."""
    return media_type.partition("/")[0] in ("audio", "video") and bool(size)
