"""Asking addresses whether anybody is there: our own inside this process, those of others over the network."""

import ipaddress
import socket
import ssl
from collections import defaultdict
from collections.abc import Iterable
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException, HTTPResponse
from io import BytesIO
from typing import Any
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation
from django.utils.encoding import iri_to_uri, punycode

from cms.editorial.rules import NO_ANSWER, NOT_ASKED, is_working

TIMEOUT = 5
"""Seconds for each step: finding the host, connecting, the first line of the answer."""

REDIRECTS = 4
AGENT = "Landfall link check (+{site})"


class Hrefs(HTMLParser):
    """Collects where the links of a piece of HTML lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def hrefs(html: str) -> list[str]:
    parser = Hrefs()
    parser.feed(html)
    return parser.found


def address_of(href: str) -> str | None:
    """A link as it is kept: a path of this site, or a whole address elsewhere; None for mail, telephone and #."""
    try:
        parts = urlsplit(urldefrag(urljoin(settings.SITE_URL + "/", href.strip())).url)
    except ValueError:
        return href[:1000]  # not an address at all: it leads nowhere, and is shown so
    if parts.scheme not in {"http", "https"} or href.startswith("#"):
        return None
    ours = urlsplit(settings.SITE_URL)
    if (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc):
        return ((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))[:1000]
    return parts.geturl()[:1000]


def is_ours(url: str) -> bool:
    return url.startswith("/")


def collected(links: Iterable[tuple[str, str, str]]) -> dict[str, list[tuple[str, str]]]:
    """(href, title, where to mend it) → address → the places it stands at, each once."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for href, title, edit in links:
        url = address_of(href)
        if url and (title, edit) not in found[url]:
            found[url].append((title, edit))
    return {url: places for url, places in found.items() if places}


# --- Our own ---------------------------------------------------------------------------------------------------------


class Ourselves:
    """The site as a visitor who is not signed in gets it, asked inside this process: no network, nothing counted."""

    def __init__(self) -> None:
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask(self, url: str) -> int:
        """The status, after redirects on this site."""
        for _hop in range(REDIRECTS + 1):
            status, location = self._get(url)
            if not (300 <= status < 400 and location):
                return status
            there = address_of(urljoin(settings.SITE_URL + url, location))
            if there is None or not is_ours(there):
                return status
            url = there
        return status

    def _get(self, url: str) -> tuple[int, str]:
        site, parts = urlsplit(settings.SITE_URL), urlsplit(url)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "HEAD", "PATH_INFO": parts.path, "QUERY_STRING": parts.query, "SCRIPT_NAME": "",
            "SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": site.netloc, "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": site.scheme, "wsgi.input": BytesIO(),
        }  # fmt: skip
        with translation.override(translation.get_language()):
            response = self.handler.get_response(WSGIRequest(environ))
        return response.status_code, response.headers.get("Location", "")


# --- Those of others -------------------------------------------------------------------------------------------------


class Unreachable(Exception):
    """`status` says why: NO_ANSWER or NOT_ASKED."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def ask(url: str, *, private: bool = False) -> int:
    """The HTTP status of an address elsewhere after redirects; NO_ANSWER, or NOT_ASKED where no public site can be.

    HEAD, and GET where HEAD was refused. Each host is looked up once and that very address is connected to, so a name
    that changes its mind cannot lead inside. `private` lets tests ask a server of their own.
    """
    try:
        status = _follow(url, "HEAD", private)
        return status if is_working(status) and status != 405 else _follow(url, "GET", private)
    except Unreachable as reason:
        return reason.status


def _follow(url: str, method: str, private: bool) -> int:
    for _hop in range(REDIRECTS + 1):
        status, location = _request(url, method, private)
        if status not in {301, 302, 303, 307, 308} or not location:
            return status
        url = urljoin(url, location)
    return status


def _request(url: str, method: str, private: bool) -> tuple[int, str]:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise Unreachable(NOT_ASKED) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise Unreachable(NOT_ASKED)
    connection = HTTPConnection(parts.hostname, port, timeout=TIMEOUT)
    try:
        connection.sock = _connect(parts, port, private)
        target = iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        headers = {"Host": punycode(parts.netloc), "User-Agent": AGENT.format(site=settings.SITE_URL), "Accept": "*/*"}
        connection.request(method, target, headers=headers)
        response: HTTPResponse = connection.getresponse()
        return response.status, response.getheader("Location") or ""
    except (OSError, HTTPException, UnicodeError, ValueError):
        raise Unreachable(NO_ANSWER) from None
    finally:
        connection.close()


def _connect(parts: SplitResult, port: int, private: bool) -> socket.socket:
    host = parts.hostname or ""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(info[4][0]) for info in found]
    if not private and not all(is_public(address) for address in addresses):
        raise Unreachable(NOT_ASKED)
    plain = socket.create_connection((addresses[0], port), timeout=TIMEOUT)
    if parts.scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except (OSError, ValueError):
        plain.close()
        raise


def is_public(address: str) -> bool:
    """Whether an IP address is one a public site can have: not ours, not a neighbour's, not one wrapped in another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast
