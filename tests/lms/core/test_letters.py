"""Letters: what becomes of plain words in a mail."""

from email import message_from_bytes, policy
from typing import Any

import html5lib

from lms.core.letters import Mail, absolute, letter


def read(mail: Mail, **rest: Any) -> Any:
    return message_from_bytes(letter(mail, to="kari@example.org", **rest).message().as_bytes(), policy=policy.default)


def test_an_address_of_this_site_gets_its_host_and_another_stays(settings: Any) -> None:
    settings.SITE_URL = "https://landfall.example"
    assert absolute("/me/") == "https://landfall.example/me/"
    assert absolute("https://elsewhere.example/x") == "https://elsewhere.example/x"


def test_text_and_html_say_the_same() -> None:
    mail = Mail("Due tomorrow", ["One\ntwo", "Three & <b>"], ("Open", "/me/"), "Before", "ABCD-EFGH")
    got = read(mail, name="Kari", why="Because.")
    page = html5lib.parse(got.get_body(("html",)).get_content(), namespaceHTMLElements=False)
    html = " ".join(" ".join(page.find("body").itertext()).split())
    text = " ".join(got.get_body(("plain",)).get_content().split())
    for words in (
        "Hello Kari,",
        "One two",
        "Three & <b>",
        "ABCD-EFGH",
        "Open",
        "http://localhost:8000/me/",
        "Because.",
    ):
        assert words in html
        assert words in text
    assert not list(page.iter("b"))


def test_what_is_left_out_leaves_nothing_behind() -> None:
    got = read(Mail("Subject"))
    for part in ("plain", "html"):
        words = got.get_body((part,)).get_content()
        assert "Hello" not in words
        assert "None" not in words


def test_a_line_break_in_a_subject_begins_no_header() -> None:
    got = read(Mail("One\r\nBcc: evil@example.org"), headers={"X-Ours": "1"})
    assert (got["Subject"], got["Bcc"], got["X-Ours"]) == ("One Bcc: evil@example.org", None, "1")
