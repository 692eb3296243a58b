"""What editors and learners write: shaped as the look wants it, harmless, and quick whatever is in it."""

import json
import re
import time
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.utils.safestring import SafeString
from playwright.sync_api import Page

from lms.core import markup
from lms.core.markup import MarkupTooLarge, clean, plain_text, render_markdown

HARMLESS = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "div": {"class"},
    "table": {"class"},
    "th": {"scope", "class"},
    "td": {"data-label", "class"},
} | {
    tag: set()
    for tag in "abbr blockquote br code del em h2 h3 h4 h5 h6 hr li p pre span strong sub sup tbody thead tr ul".split()
}
ADDRESS = re.compile(r"(https?:|mailto:|tel:|(?![a-z0-9+.-]*:))", re.IGNORECASE)

CONTEXTS = {
    "plain": "{}",
    "link text": "[{}](https://example.com)",
    "link target": "[a]({})",
    "image": "![{0}]({0} '{0}')",
    "code": "`{}`",
    "heading": "## {}",
    "table cell": "| a |\n|---|\n| {} |",
    "raw attribute": "<img alt=\"{0}\" src='{0}' title={0}>",
}


def assert_harmless(html: str) -> None:
    """A parser that is not the sanitiser's sees only what our pages use."""
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in HARMLESS, element.tag
        assert set(element.attrib) <= HARMLESS[element.tag], element.attrib
        for name in ("href", "src"):
            assert ADDRESS.match(element.get(name, "")), element.attrib


WRITTEN = re.compile(r'<(?:/([a-z0-9]+)|([a-z0-9]+)((?: [a-z-]+="[^"]*")*))>')
ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


def assert_written_regularly(html: str) -> None:
    """Every `<` begins a tag of our pages, complete and in the one form that all parsers read alike."""
    for end, tag, attributes in WRITTEN.findall(html):
        assert (end or tag) in HARMLESS, end or tag
        for name, value in ATTRIBUTE.findall(attributes):
            assert name in HARMLESS[tag], f"{tag} {name}"
            assert name not in ("href", "src") or ADDRESS.match(unescape(value)), value
    assert "<" not in WRITTEN.sub("", html)


def payloads(inputs: Path) -> list[str]:
    text = (inputs / "hostile" / "xss-payloads.txt").read_text(encoding="utf-8", errors="replace")
    return list(dict.fromkeys(line for line in text.split("\n") if line.strip()))


# --- The shape ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("   \n", ""),
        ("Two *words* and **one**.", "<p>Two <em>words</em> and <strong>one</strong>.</p>"),
        ("# Part", "<h2>Part</h2>"),
        ("## Part", "<h2>Part</h2>"),
        ("### Detail", "<h3>Detail</h3>"),
        ("[a](https://b.no 'c')", '<p><a href="https://b.no" title="c" rel="noopener">a</a></p>'),
        ("<https://b.no>", '<p><a href="https://b.no" rel="noopener">https://b.no</a></p>'),
        ("[a](/courses/)", '<p><a href="/courses/" rel="noopener">a</a></p>'),
        ("[a](javascript:alert(1))", '<p><a rel="noopener">a</a></p>'),
        ("3 < 4 & 5 > 4", "<p>3 &lt; 4 &amp; 5 &gt; 4</p>"),
        ("AT&amp;T", "<p>AT&amp;T</p>"),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"),
        ("5. five\n6. six", '<ol start="5">\n<li>five</li>\n<li>six</li>\n</ol>'),
        ("```js\nif (a < b) {}\n```", "<pre><code>if (a &lt; b) {}\n</code></pre>"),
        ("one  \ntwo", "<p>one<br>\ntwo</p>"),
        ("blåbær \U0001f600 ‮", "<p>blåbær \U0001f600 ‮</p>"),
    ],
)
def test_markdown_becomes(text: str, html: str) -> None:
    assert render_markdown(text) == html


def test_a_table_folds_on_a_phone() -> None:
    html = render_markdown("| Who *pays* | Sum |\n|---|--:|\n| **A** plan | 12 |")
    assert '<div class="query"><table class="table-fold">' in html
    assert '<th scope="col">Who <em>pays</em></th>' in html
    assert '<th class="num" scope="col">Sum</th>' in html
    assert '<td data-label="Who pays"><span><strong>A</strong> plan</span></td>' in html
    assert '<td class="num" data-label="Sum"><span>12</span></td>' in html


def test_what_comes_back_is_safe_to_show_as_it_is() -> None:
    assert isinstance(render_markdown("a"), SafeString)
    assert isinstance(plain_text("a"), SafeString)
    assert isinstance(clean("a"), SafeString)


def test_a_text_too_long_is_refused_with_both_numbers() -> None:
    with pytest.raises(MarkupTooLarge, match=r"200,001 characters; 200,000 fit") as refusal:
        render_markdown("a" * 200_001)
    assert (refusal.value.size, refusal.value.limit) == (200_001, 200_000)


def test_the_longest_text_people_write_is_markdown_still() -> None:
    paragraph = "She said: **no** [study](https://example.com/a_b) was *ever* enough, [1] and `510(k)` took a year.\n\n"
    html = render_markdown(paragraph * (200_000 // len(paragraph)))
    assert html.count("<strong>no</strong>") == html.count("<p>") == 200_000 // len(paragraph)


def test_imported_html_keeps_its_shape_and_loses_the_rest() -> None:
    html = clean(
        "<h2 onclick=x>A</h2><script>alert(1)</script><p style='color:red'>b <a href='data:text/html,x'>c</a></p>"
    )
    assert_harmless(html)
    assert "<h2>A</h2>" in html
    assert "<script" not in html


# --- What learners write ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("a\nb\r\nc\rd", "<p>a<br>b<br>c<br>d</p>"),
        ("a\n\n \nb", "<p>a</p>\n<p>b</p>"),
        ("*a* <b> & [c](d)", "<p>*a* &lt;b&gt; &amp; [c](d)</p>"),
        (
            'see https://a.no/x?y=1&z="2.',
            '<p>see <a href="https://a.no/x?y=1&amp;z=" rel="nofollow noopener">https://a.no/x?y=1&amp;z=</a>&quot;2.</p>',
        ),
        (
            "(https://a.no/b), then",
            '<p>(<a href="https://a.no/b" rel="nofollow noopener">https://a.no/b</a>), then</p>',
        ),
        ("javascript:alert(1) ftp://a", "<p>javascript:alert(1) ftp://a</p>"),
        ("a\x00b\x08c\ud800", "<p>abc</p>"),
    ],
)
def test_plain_text_becomes(text: str, html: str) -> None:
    assert plain_text(text) == html


# --- Hostile ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", CONTEXTS)
def test_no_payload_is_more_than_text(where: str, inputs: Path) -> None:
    shape = CONTEXTS[where]
    lines = payloads(inputs)
    assert len(lines) > 6_000
    given_up = 0
    for start in range(0, len(lines), 40):
        blocks = [shape.replace("{0}", "{}").replace("{}", line) for line in lines[start : start + 40]]
        if where == "table cell":
            blocks = ["\n".join(["| a |", "|---|", *(f"| {line} |" for line in lines[start : start + 40])])]
        html = render_markdown("\n\n".join([*blocks, "**the end**"]))
        given_up += "<strong>the end</strong>" not in html
        assert_written_regularly(html)
        if start % 320 == 0:
            assert_harmless(html)
    assert given_up <= 1, "all but one were read as Markdown; that one is 4,000 characters long, and thrice in a shape"


def test_no_payload_gets_through_the_sanitiser_or_plain_text(inputs: Path) -> None:
    lines = payloads(inputs)
    for start in range(0, len(lines), 100):
        assert_written_regularly(plain_text("\n\n".join(lines[start : start + 100])))
    for line in lines[::20]:
        assert_harmless(clean(line))


@pytest.mark.browser
def test_no_script_runs_in_a_browser(page: Page, inputs: Path) -> None:
    """Without any Content-Security-Policy: what the sanitiser lets through must be harmless by itself."""
    sample = payloads(inputs)[::44]
    assert len(sample) >= 140
    blocks = [shape.replace("{0}", "{}").replace("{}", line) for line in sample for shape in CONTEXTS.values()]
    body = "".join(render_markdown("\n\n".join(blocks[start : start + 100])) for start in range(0, len(blocks), 100))
    body += "".join(clean(line) + plain_text(line) for line in sample)
    alarms: list[Any] = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    html = f"<!doctype html><title>a</title><main>{body}</main>"
    page.route("**/*", lambda route: route.abort())
    page.route("http://site.example/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto("http://site.example/", wait_until="load")
    found = page.evaluate(
        """() => {
            const bad = [];
            for (const element of document.querySelectorAll("main *")) {
                if (element.matches("script, iframe, object, embed, svg, math, form, input, style, link, base, meta")) {
                    bad.push(element.outerHTML);
                }
                for (const attribute of element.attributes) {
                    if (attribute.name.startsWith("on") || attribute.name === "style") bad.push(element.outerHTML);
                }
                if (element.tagName === "A" && element.href && !/^(https?|mailto|tel):/.test(element.href)) {
                    bad.push(element.outerHTML);
                }
                for (const kind of ["mouseover", "focus", "click", "pointerdown", "error", "load", "toggle"]) {
                    element.dispatchEvent(new Event(kind, { cancelable: true }));
                }
            }
            return bad;
        }"""
    )
    assert found == []
    assert alarms == []


def test_naughty_strings_survive(inputs: Path) -> None:
    for text in json.loads((inputs / "hostile" / "blns.json").read_text()):
        assert_written_regularly(render_markdown(text))
        assert_written_regularly(plain_text(text))


def test_the_commonmark_examples_are_rendered(inputs: Path) -> None:
    spec = (inputs / "hostile" / "commonmark-spec.txt").read_text()
    examples = re.findall(r"^`{32} example\n(.*?)^\.\n", spec, re.MULTILINE | re.DOTALL)
    assert len(examples) > 600
    for example in examples:
        assert_written_regularly(render_markdown(example.replace("→", "\t")))


SHAPES = {
    "an open bracket": "[",
    "emphasis never closed": "*a **a ",
    "quotes in quotes": "> ",
    "lists in lists": "- ",
    "links never closed": "[a](<b",
    "tags never closed": "<a ",
    "fences": "~~~\n",
    "underlines": "\n===",
    "list marks": "\n-",
    "ampersands in paragraphs": "a&b\n\n",
    "nested links": "[a](b",
    "code marks": "`a``b```c",
}


@pytest.mark.parametrize("unit", SHAPES.values(), ids=SHAPES.keys())
def test_a_shape_that_explodes_parsers_comes_back_soon(unit: str) -> None:
    assert_soon((unit * 200_000)[: markup.MAX_CHARACTERS])


def test_a_wide_table_of_many_rows_does_not_become_millions_of_cells() -> None:
    head, rows = "|a" * 20_000, "x\n" * 4_000
    assert len(render_markdown(f"{head}\n{'|-' * 20_000}\n{rows}")) < 500_000


def test_every_known_shape_comes_back_soon(inputs: Path) -> None:
    for shape in json.loads((inputs / "hostile" / "markdown-pathological.json").read_text())["shapes"]:
        assert_soon(shape["prefix"] + shape["unit"] * shape["times"] + shape["suffix"])


def assert_soon(text: str) -> None:
    start = time.process_time()  # what it costs, however busy the machine is
    html = render_markdown(text)
    assert time.process_time() - start < 2
    assert "<script" not in html
    markup._kept.cache_clear()
    assert html == render_markdown(text), "the same text always gives the same HTML"
