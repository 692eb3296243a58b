"""The negative control of test_pages.py: what it looks for, it finds."""

import re

import pytest
import requests
from requests.structures import CaseInsensitiveDict

from tests.quality.crawler import Fetched, Walk, read
from tests.quality.test_pages import faults_of

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
SOUND = """<!DOCTYPE html><html lang="en"><head><title>A page | Landfall</title></head>
<body><h1>A page</h1><label for="name">Name</label><input id="name"></body></html>"""


def faults(text: str, policy: str = POLICY) -> list[str]:
    page = Fetched("/page/", "the start", 200, CaseInsensitiveDict({"Content-Security-Policy": policy}), text)
    page.tree, page.complaints = read(text)
    return list(faults_of(page))


def test_a_sound_page_has_no_fault() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("sound", "broken", "fault"),
    [
        ("</h1>", "</h2>", "end-tag-too-early"),
        ("</body>", '<p id="name">x</p></body>', "the id name stands 2 times"),
        ("</body>", "<h1>Two</h1></body>", "has 2 first headings"),
        ('lang="en"', "", "says its language is None"),
        (" | Landfall", "", "has the titles"),
        ("<h1>", '<h1 style="color: red">', "h1 has style="),
        ("<h1>", '<h1 onclick="go()">', "h1 has onclick="),
        ("<h1>", '<audio autoplay src="x.mp3"></audio><h1>', "audio plays by itself"),
        ("</head>", "<script>go()</script></head>", "has an inline script"),
        ("</head>", "<style>p {}</style></head>", "has an inline style"),
        ('for="name"', "", "input None has no label"),
        ("<h1>", '<h1 aria-describedby="gone">', "aria-describedby=gone, which is not there"),
    ],
)
def test_a_fault_is_found(sound: str, broken: str, fault: str) -> None:
    assert fault in "\n".join(faults(SOUND.replace(sound, broken, 1)))


def test_a_loose_policy_is_found() -> None:
    assert faults(SOUND, POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"))
    assert faults(SOUND, "")


def test_only_the_token_and_the_name_make_no_other_page() -> None:
    """What is read once for all is the same for all: a fault in it is nobody's alone."""
    page = '<p>{name}</p><input type="hidden" name="csrfmiddlewaretoken" value="{token}"><p>{more}</p>'

    def alike(name: str, token: str, more: str = "") -> str:
        walk = Walk("http://localhost", requests.Session(), stay_out=re.compile("(?!)"), name=name)
        return walk.alike(page.format(name=name, token=token, more=more))

    assert alike("Kari Eksempel", "a1B2") == alike("Ola Demo", "c3D4")
    assert alike("Kari Eksempel", "a1B2") != alike("Ola Demo", "c3D4", "<b>")
    assert alike("Kari Eksempel", 'a1"<b>') != alike("Ola Demo", "c3D4")
