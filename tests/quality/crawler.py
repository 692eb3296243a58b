"""Walks the whole site as one person would: every link of every page, until there is nothing new."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import requests
from django.urls import Resolver404, resolve

MOST = 600
"""Pages one walk may fetch. Reaching it is a failure: either the demo grew, or an address makes ever new addresses."""
NOT_WALKED = re.compile(r"^/(nb/)?(admin|accounts/logout)/")
"""Wagtail's admin is not our markup; signing out would end the walk."""
COMBINED = re.compile(r"\?[^&]*&[^&]*&")
"""Three filters at once show what two of them show, and every list has hundreds of such addresses."""
SAME_WHATEVER = re.compile(r"^/(nb/)?accounts/")
"""Signing in looks the same wherever one goes afterwards; every page has its own such link."""
ENOUGH = 4
"""Of each kind of page, how many a person opens again that others, or they in English, have opened already."""
Node = ElementTree.Element


APPS = {"podcast", "overcast", "pktc", "antennapod-subscribe"}
"""Schemes that podcast apps register."""


@dataclass
class Fetched:
    """A page as it arrived, read as a browser reads it, with what a strict reader minds."""

    address: str
    found_on: str
    status: int
    headers: "requests.structures.CaseInsensitiveDict[str]"
    text: str = ""
    tree: Node | None = None
    complaints: list[str] = field(default_factory=list)

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    def each(self, *names: str) -> Iterator[Node]:
        """The elements with these names; all of them without a name."""
        assert self.tree is not None
        for node in self.tree.iter():
            if isinstance(node.tag, str) and (not names or node.tag in names):
                yield node

    def ids(self) -> list[str]:
        return [node.attrib["id"] for node in self.each() if "id" in node.attrib]


TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+(?=")')
"""What every answer has another of."""


@cache
def read(text: str) -> tuple[Node, list[str]]:
    """The tree and the parse errors of an HTML page. Reading costs more than asking: the same text is read once."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(text)
    errors = [f"line {line}: {code} {details or ''}" for (line, _column), code, details in parser.errors]
    return tree, errors


def links(page: Fetched) -> Iterator[str]:
    """Where a person may go from here: links and forms that ask."""
    for node in page.each("a", "area"):
        if node.get("href"):
            yield node.attrib["href"]
    for node in page.each("form"):
        if node.get("method", "get").lower() == "get" and node.get("action"):
            yield node.attrib["action"]


def assets(page: Fetched) -> Iterator[str]:
    """What the page needs to be itself: style sheets, scripts, pictures, sound, captions."""
    for node in page.each("link"):
        if set(node.get("rel", "").split()) & {"stylesheet", "icon", "manifest", "preload"}:
            yield node.attrib["href"]
    for node in page.each("script", "img", "audio", "video", "source", "track", "iframe", "use", "image"):
        for name in ("src", "poster"):
            if node.get(name):
                yield node.attrib[name]
        for candidate in node.get("srcset", "").split(","):
            if candidate.strip():
                yield candidate.split()[0]


def kind_of(path: str) -> str:
    """Which view answers there, and in which language."""
    prefix = "/nb" if path.startswith("/nb/") else ""
    try:
        return f"{prefix} {resolve(urlsplit(path).path.removeprefix(prefix)).view_name}"
    except Resolver404:
        return f"{prefix} somewhere"


@dataclass
class Walk:
    """One person's walk: the pages, and what was wrong on the way.

    Where others have been (`known`), a few pages of each kind show what this person sees there.
    """

    site: str
    session: requests.Session
    stay_out: re.Pattern[str]
    name: str = ""
    pages: dict[str, Fetched] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    linked: set[str] = field(default_factory=set)
    again: Counter[str] = field(default_factory=Counter)

    def go(self, *starts: str) -> "Walk":
        queue = deque((start, "the start") for start in starts)
        fragments: list[tuple[str, str, str]] = []
        self.linked.update(starts)
        while queue:
            path, found_on = queue.popleft()
            if len(self.pages) >= MOST:
                self.faults.append(f"more than {MOST} pages; the next was {path} on {found_on}")
                break
            page = self.fetch(path, found_on)
            if not page.is_html or page.status != 200:
                continue
            for href in links(page):
                target, fragment = self.local(href, page)
                if target is None:
                    continue
                if fragment:
                    fragments.append((target, fragment, page.address))
                if target not in self.linked and self.is_walked(target):
                    self.linked.add(target)
                    if self.is_worth_it(target):
                        queue.append((target, page.address))
            for asset in assets(page):
                self.ask(asset, page)
        for target, fragment, on in fragments:
            there = self.pages.get(target)
            if there is not None and there.tree is not None and fragment not in there.ids():
                self.faults.append(f"{on}: links to {target}#{fragment}, which is not there")
        return self

    def is_walked(self, target: str) -> bool:
        return not (NOT_WALKED.match(target) or COMBINED.search(target) or self.stay_out.match(target))

    def is_worth_it(self, target: str) -> bool:
        """Nobody has been there, in another language either, or this is one of the first of its kind.

        What editors write as a page of each language is opened in each.
        """
        kind = kind_of(target)
        twin = target.removeprefix("/nb")
        seen_in_english = twin != target and twin in self.linked and not kind.endswith("wagtail_serve")
        if target not in self.known and not seen_in_english:
            return True
        self.again[kind] += 1
        return self.again[kind] <= ENOUGH

    def fetch(self, path: str, found_on: str) -> Fetched:
        answer = self.session.get(self.site + path, timeout=30)
        for step in [*answer.history, answer]:
            if step.status_code >= 400:
                self.faults.append(f"{step.status_code} for {path}, linked on {found_on}")
        page = Fetched(path, found_on, answer.status_code, answer.headers)
        if page.is_html:
            page.text = answer.content.decode("utf-8")
            page.tree, page.complaints = read(self.alike(page.text))
        self.pages[path] = page
        return page

    def alike(self, text: str) -> str:
        """The page as everybody gets it who sees the same: without what is only this answer's, or their name."""
        text = TOKEN.sub("token", text)
        return text.replace(self.name, "Somebody") if self.name else text

    def local(self, href: str, page: Fetched) -> tuple[str | None, str]:
        """The path on this site and the fragment; None for other sites, which are only read, never asked."""
        address, fragment = urldefrag(urljoin(self.site + page.address, href.strip()))
        parts = urlsplit(address)
        if parts.scheme == "mailto":
            if "@" not in parts.path:
                self.faults.append(f"{page.address}: not a mail address: {href}")
            return None, ""
        if parts.scheme in APPS and address.endswith("feed.xml"):
            return None, ""  # opens an app on the reader's device
        if parts.scheme not in ("http", "https") or not parts.netloc or " " in address:
            self.faults.append(f"{page.address}: not an address: {href}")
            return None, ""
        if f"{parts.scheme}://{parts.netloc}" != self.site:
            if "." not in parts.netloc:
                self.faults.append(f"{page.address}: leads nowhere: {href}")
            return None, ""
        asked = f"?{parts.query}" if parts.query and not SAME_WHATEVER.match(parts.path) else ""
        return (parts.path or "/") + asked, unquote(fragment)

    def ask(self, href: str, page: Fetched) -> None:
        """Asset answers 200; asked once."""
        address = urljoin(self.site + page.address, href)
        if address.startswith("data:") or address in self.asked:
            return
        self.asked[address] = page.address
        if not address.startswith(self.site):
            self.faults.append(f"{page.address}: needs something from elsewhere: {href}")
            return
        with self.session.get(address, timeout=30, stream=True) as answer:
            if answer.status_code != 200:
                self.faults.append(f"{answer.status_code} for {href}, needed by {page.address}")
