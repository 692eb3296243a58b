"""Feeds' rules with plain values: characters, addresses, soundbites, chapters."""

import pytest

from cms.podcast.rules import chapters_json, may_be_an_episode, soundbite, with_whole_addresses, xml_safe


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Who pays\x00\x08\x0b\x1f?", "Who pays?"),
        ("a\ud800b\ufffe\uffffc", "abc"),
        ("tab\tline\nreturn\r", "tab\tline\nreturn\r"),
        ("🎧 ]]> <b> & ÆØÅ", "🎧 ]]> <b> & ÆØÅ"),
    ],
)
def test_only_what_xml_cannot_carry_goes(text: str, safe: str) -> None:
    assert xml_safe(text) == safe


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("/courses/?a=1&amp;b=2", "https://site.example/courses/?a=1&amp;b=2"),
        ("#sources", "https://site.example/masterclasses/x/#sources"),
        ("https://other.example/", "https://other.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_addresses_in_notes_are_whole(written: str, whole: str) -> None:
    html = with_whole_addresses(f'<a href="{written}">x</a>', "https://site.example/masterclasses/x/")
    assert html == f'<a href="{whole}">x</a>'


@pytest.mark.parametrize(
    ("start", "seconds", "length", "found"),
    [
        (0, 20, 30, (0, 20)),
        (10, 20, 30, (10, 20)),
        (11, 20, 30, None),
        (None, 20, 30, None),
        (5, None, 30, None),
        (5, 0, 30, None),
        (5, 10, None, None),
    ],
)
def test_a_soundbite_lies_within_the_recording(
    start: int | None, seconds: int | None, length: int | None, found: tuple[int, int] | None
) -> None:
    assert soundbite(start, seconds, length) == found


def test_chapters_stand_in_the_order_they_are_heard() -> None:
    made = chapters_json("Talk", [(60, "Second"), (0, "First")])
    assert made["version"] == "1.2.0"
    assert [(one["startTime"], one["title"]) for one in made["chapters"]] == [(0, "First"), (60, "Second")]


@pytest.mark.parametrize(
    ("media_type", "size", "may"),
    [
        ("audio/mpeg", 10, True),
        ("video/mp4", 10, True),
        ("audio/mpeg", None, False),
        ("audio/mpeg", 0, False),
        ("application/pdf", 10, False),
        ("", 10, False),
    ],
)
def test_an_episode_is_sound_or_film_of_known_size(media_type: str, size: int | None, may: bool) -> None:
    assert may_be_an_episode(media_type, size) is may
