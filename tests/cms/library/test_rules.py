"""Doors, downloads and words, with plain values."""

import pytest

from cms.library.rules import file_words, is_download, named_in, opens, published_words
from cms.rules import ANYBODY, Access, Restriction, Visitor

MEMBER = Visitor(signed_in=True, is_member=True)
STAFF = Visitor(signed_in=True, works_here=True)


def test_without_a_door_only_those_who_work_here_get_in():
    assert not opens((), ANYBODY)
    assert not opens((), MEMBER)
    assert opens((), STAFF)


def test_one_open_door_is_enough():
    shut = Access(restrictions=(Restriction(1, "login", frozenset()),))
    assert not opens([shut], ANYBODY)
    assert opens([shut, Access()], ANYBODY)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('<a href="/documents/12/report.pdf">', {12}),
        ("[a](/documents/1/a.pdf) and (https://landfall.example/documents/22/b.pdf)", {1, 22}),
        ("/documents/12", set()),
        ("/documents/x/", set()),
        ("/documents/" + "9" * 30 + "/", set()),
        ("", set()),
    ],
)
def test_documents_are_named_by_their_address(text, ids):
    assert named_in(text) == ids


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        ({"method": "GET", "status": 200}, True),
        ({"method": "HEAD", "status": 200}, False),
        ({"method": "GET", "status": 304}, False),
        ({"method": "GET", "status": 404}, False),
        ({"method": "GET", "status": 416}, False),
        ({"method": "GET", "status": 206, "sent": "bytes 0-99/100"}, True),
        ({"method": "GET", "status": 206, "sent": "bytes 0-1/100"}, False),
        ({"method": "GET", "status": 206, "sent": "bytes 50-99/100"}, False),
        ({"method": "GET", "status": 206, "sent": ""}, False),
        # A stale If-Range: the whole file comes, whatever was asked.
        ({"method": "GET", "status": 200, "asked": "bytes=50-"}, True),
        # The proxy looks at the range after us.
        ({"method": "GET", "status": 200, "asked": "bytes=50-", "handed_over": True}, False),
        ({"method": "GET", "status": 200, "asked": "bytes=0-", "handed_over": True}, True),
        ({"method": "GET", "status": 200, "asked": "bytes=-50", "handed_over": True}, False),
        ({"method": "GET", "status": 200, "handed_over": True}, True),
    ],
)
def test_a_download_is_the_file_or_its_beginning(answer, counts):
    assert is_download(**answer) is counts


def test_words():
    assert file_words("pdf", 4) == "PDF, 4 pages"
    assert file_words("pdf", 1) == "PDF, 1 page"
    assert file_words("docx", None) == "DOCX"
    assert file_words("", None) == ""
    assert published_words("FDA", 2022, "updated 2023") == "FDA, 2022, updated 2023"
    assert published_words("", None) == ""
