"""Markdown and learners' plain text, as HTML that is safe to store and show.

Editors write Markdown: it is rendered when it is saved, shaped by bleach, and nh3 has the last word. Raw HTML in it is
shown as the characters it is. Learners write plain text: only line breaks and addresses become HTML.
See docs/decisions/0001-sanitiser.md.
"""

import re
import threading
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element

import nh3
from bleach.sanitizer import Cleaner
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableProcessor
from markdown.treeprocessors import Treeprocessor

MAX_CHARACTERS = 200_000
"""A word-for-word transcript of a three-hour conversation fits."""

MAX_DEPTH = 24
"""Quotes and lists inside each other."""

MAX_COLUMNS = 40
MAX_LINES = 5_000
MAX_FENCES = 200
"""Lines that open or close a block of code: each open one is read to the end of the text."""

MAX_ESCAPES = 20_000
"""Characters that HTML writes in four or five: bleach looks each one up."""

MAX_KEPT = 4_000
"""Characters of a text whose HTML is kept in memory: it is asked for when it is checked, and when it is saved."""

MAX_EFFORT = 4_000_000
"""What the inline parser may have to look at, in characters; see `effort`."""

TAGS = frozenset(
    """a abbr blockquote br code del div em h2 h3 h4 h5 h6 hr img li ol p pre span strong sub sup
    table tbody td th thead tr ul""".split()
)
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"scope"},
    "td": {"data-label"},
}
CLASSES: dict[str, set[str]] = {"div": {"query"}, "table": {"table-fold"}, "th": {"num"}, "td": {"num"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_BETWEEN_WORDS = re.compile(r"</?(?!(?:a|abbr|b|code|em|i|small|span|strong|sub|sup)\b)[a-z][^>]*>", re.I)
"""Tags that part two words, as a line does; the others may stand inside one."""


class MarkupTooLarge(ValueError):
    """The text is longer than may be rendered. Says so in a sentence for the person who wrote it."""

    def __init__(self, size: int, limit: int = MAX_CHARACTERS) -> None:
        self.size, self.limit = size, limit
        super().__init__(
            _("This text has %(size)s characters; %(limit)s fit. Split it into several texts.")
            % {"size": f"{size:,}", "limit": f"{limit:,}"}
        )


class _TooTangled(Exception):
    """Nested or unbalanced beyond what anybody writes on purpose, and costly to parse."""


def render_markdown(text: str) -> SafeString:
    """The HTML of an editor's Markdown: headings from `<h2>` down, tables that fold on a phone, links with `rel`.

    A text so tangled that parsing it would take seconds comes back as plain text in paragraphs; the rule counts
    characters, not time, so the same text always gives the same HTML. Raises MarkupTooLarge.
    """
    if len(text) > MAX_CHARACTERS:
        raise MarkupTooLarge(len(text))
    return _kept(text) if len(text) <= MAX_KEPT else _rendered(text)


def _rendered(text: str) -> SafeString:
    try:
        _refuse_endless(text)
        return clean(_parsed(text))
    except (_TooTangled, RecursionError):
        return plain_text(text)


_kept = lru_cache(maxsize=1_000)(_rendered)
_free = threading.local()


def _parsed(text: str) -> str:
    """Each thread has a parser, dear to make; one that gave up half-way is not used again."""
    parser = _free.__dict__.pop("parser", None) or _Parser(
        output_format="html", extensions=["sane_lists", "fenced_code", "tables"]
    )
    html: str = parser.convert(text)
    _free.parser = parser.reset()
    return html


def _refuse_endless(text: str) -> None:
    lines, escapes = (sum(map(text.count, characters)) for characters in ("\r\n", "<>&"))
    if lines > MAX_LINES or escapes > MAX_ESCAPES or len(_FENCE.findall(text)) > MAX_FENCES:
        raise _TooTangled


_FENCE = re.compile(r"^ *(?:```|~~~)", re.MULTILINE)


def clean(html: str) -> SafeString:
    """HTML with only what our pages use: no script, style, event or frame, http(s), mailto and tel addresses."""
    shaped = _shape.clean(html.replace("\0", ""))
    return mark_safe(  # noqa: S308 the sanitiser itself
        nh3.clean(
            shaped,
            tags=set(TAGS),
            clean_content_tags={"script", "style"},
            attributes=ATTRIBUTES,
            allowed_classes=CLASSES,
            url_schemes=set(SCHEMES),
            link_rel="noopener",
        )
    )


def plain_text(text: str) -> SafeString:
    """What a learner wrote, in paragraphs: everything escaped, line breaks kept, web addresses made links."""
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    paragraphs = [part.strip() for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text) if part.strip()]
    return mark_safe("\n".join(f"<p>{_linked(part)}</p>" for part in paragraphs))  # noqa: S308 escaped in _linked


_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`{}|\\^]{1,2000}", re.IGNORECASE)


def words_of(html: str) -> str:
    """The words of finished HTML, as search and summaries want them: no tags, one space between any two."""
    return " ".join(unescape(strip_tags(_BETWEEN_WORDS.sub(" ", html))).split())


def _linked(text: str) -> str:
    html, start = [], 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?")
        if address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1]
        shown = escape(address)
        html += [escape(text[start : match.start()]), f'<a href="{shown}" rel="nofollow noopener">{shown}</a>']
        start = match.start() + len(address)
    return "".join([*html, escape(text[start:])]).replace("\n", "<br>")


def _may_keep(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return value in CLASSES.get(tag, ())
    return name in ATTRIBUTES.get(tag, ())


_shape = Cleaner(tags=TAGS, attributes=_may_keep, protocols=SCHEMES, strip=False, strip_comments=True)


class _Parser(Markdown):
    """Python-Markdown without raw HTML, and with bounds on what one text may cost."""

    def build_parser(self) -> Markdown:
        super().build_parser()
        self.parser.__class__ = _ShallowParser  # the block processors already hold this object
        self.preprocessors.deregister("html_block")
        self.inlinePatterns.deregister("html")
        self.treeprocessors.register(_Toll(self), "toll", 30)
        self.treeprocessors.register(_Look(self), "look", 5)
        return self

    def registerExtensions(self, extensions, configs) -> Markdown:  # type: ignore[no-untyped-def]
        super().registerExtensions(extensions, configs)
        self.parser.blockprocessors.register(_NarrowTable(self.parser, {"use_align_attribute": True}), "table", 75)
        return self


class _ShallowParser(BlockParser):
    depth = 0

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _TooTangled
        super().parseBlocks(parent, blocks)
        self.depth -= 1


class _NarrowTable(TableProcessor):
    """A table of few columns: each row gets as many cells as the head has, so two long lines would make millions."""

    def test(self, parent: Element, block: str) -> bool:
        return block.count("|", 0, block.find("\n") + 1) <= MAX_COLUMNS + 1 and super().test(parent, block)


class _Toll(Treeprocessor):
    """Before inline parsing: how far the parser would have to look, so that a tangle is given up before it costs.

    A bracket is read to its match, four times over; one without a match, to the end of its text. Balanced brackets of
    ordinary links therefore cost their own length only.
    """

    def run(self, root: Element) -> None:
        texts = (text for element in root.iter() for text in (element.text, element.tail) if text)
        if sum(map(effort, texts)) > MAX_EFFORT:
            raise _TooTangled


def effort(text: str) -> int:
    """An upper estimate of what the marks in a text cost, in characters looked at; each one also costs by itself."""
    marks = sum(map(text.count, "*_!<&\\"))
    reading = 4 * _reach(text, "[]") + _reach(text, "()") + len(text) * (text.count("`") + marks // 4)
    return reading + 400 * text.count("[") + 40 * (marks + text.count("`"))


def _reach(text: str, pair: str) -> int:
    """The characters from each opening bracket to its closing one, or to the end where there is none."""
    opened: list[int] = []
    total = 0
    for match in _BRACKETS[pair].finditer(text):
        if match[0] == pair[0]:
            opened.append(match.start())
        elif opened:
            total += match.start() - opened.pop()
    return total + sum(len(text) - start for start in opened)


_BRACKETS = {pair: re.compile(f"[{re.escape(pair)}]") for pair in ("[]", "()")}


class _Look(Treeprocessor):
    """After inline parsing: headings from h2 down, tables as the look folds them."""

    def run(self, root: Element) -> None:
        for element in root.iter("h1"):
            element.tag = "h2"
        for parent in list(root.iter()):
            for place, child in enumerate(list(parent)):
                if child.tag == "table":
                    parent[place] = self.folding(child)

    def folding(self, table: Element) -> Element:
        labels = []
        for head in table.iter("th"):
            head.set("scope", "col")
            labels.append(" ".join("".join(head.itertext()).split()))
        for row in table.iter("tr"):
            for label, cell in zip(labels, row, strict=False):
                if cell.attrib.pop("align", "") == "right":
                    cell.set("class", "num")
                if cell.tag == "td":
                    cell.set("data-label", label)
                    self.wrap(cell)
        table.set("class", "table-fold")
        return self.boxed(table)

    def wrap(self, cell: Element) -> None:
        """Label and content stand side by side on a phone: the content must be one thing."""
        content = Element("span")
        content.text, cell.text = cell.text, None
        content.extend(list(cell))
        for child in content:
            cell.remove(child)
        cell.append(content)

    def boxed(self, table: Element) -> Element:
        box = Element("div", {"class": "query"})
        box.tail, table.tail = table.tail, None
        box.append(table)
        return box
