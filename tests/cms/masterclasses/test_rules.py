"""What a masterclass must have before readers see it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cms.masterclasses.rules import Content, File, Person, reasons
from tests.factories.cms import CAPTIONS

SOUND, FILM, TEXT = File("audio/mpeg", 30), File("video/mp4", 30), File("", None)
TODAY = date(2026, 3, 2)
READY = Content(today=TODAY, topics=1, audio=SOUND, captions=CAPTIONS)


def said(**facts: Any) -> list[tuple[str, int | None]]:
    return [(reason.field, reason.row) for reason in reasons(replace(READY, **facts))]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"captions": "", "transcript": "Word for word."},
        {"audio": None, "video": FILM},
        {"video": FILM},
        {"audio": None, "embed": "https://youtu.be/abc_DEF-123"},
        {"audio": None, "embed": "https://youtu.be/abc_DEF-123", "captions": "", "transcript": "Word for word."},
        {"guests": (Person("Demo Founder", TODAY), Person("Demo Host", date(2025, 1, 1)))},
        {"chapters": (0, 10, 29)},
        {"audio": None, "embed": "https://youtu.be/abc_DEF-123", "chapters": (0, 9999)},
        {"soundbite": (0, 30)},
        {"audience": "clusters", "clusters": 1},
        {"audience": "members"},
    ],
)
def test_what_is_ready(facts: dict[str, Any]):
    assert said(**facts) == []


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"audio": None}, [("audio", None)]),
        ({"audio": FILM}, [("audio", None)]),
        ({"audio": TEXT}, [("audio", None)]),
        ({"video": SOUND}, [("video", None)]),
        ({"embed": "https://films.example/1"}, [("embed", None)]),
        ({"video": FILM, "embed": "https://youtu.be/abc_DEF-123"}, [("embed", None)]),
        ({"captions": ""}, [("captions", None)]),
        ({"captions": "", "transcript": " \n"}, [("captions", None)]),
        ({"video": FILM, "captions": "", "transcript": "Word for word."}, [("captions", None)]),
        ({"captions": "No cues."}, [("captions", None)]),
        ({"audio": File("audio/mpeg", 5)}, [("captions", None)]),
        ({"spoken": "German", "language": "English"}, [("captions", None)]),
        ({"guests": (Person("Demo Host", TODAY), Person("Demo Founder", None))}, [("consent_on", 1)]),
        ({"guests": (Person("Demo Host", date(2026, 3, 3)),)}, [("consent_on", 0)]),
        ({"chapters": (1, 10)}, [("start", 0)]),
        ({"chapters": (0, 20, 10, 15, 25)}, [("start", 2), ("start", 3)]),
        ({"chapters": (0, 0)}, [("start", 1)]),
        ({"chapters": (0, 30)}, [("start", 1)]),
        ({"soundbite": (5, None)}, [("soundbite_seconds", None)]),
        ({"soundbite": (None, 20)}, [("soundbite_start", None)]),
        ({"soundbite": (5, 1)}, [("soundbite_seconds", None)]),
        ({"soundbite": (20, 20)}, [("soundbite_start", None)]),
        ({"topics": 0}, [("topics", None)]),
        ({"audience": "clusters"}, [("clusters", None)]),
        ({"audio": None, "captions": "", "topics": 0}, [("audio", None), ("captions", None), ("topics", None)]),
    ],
)
def test_what_is_not_and_where_that_is_mended(facts: dict[str, Any], where: list[tuple[str, int | None]]):
    assert said(**facts) == where


def test_the_sentences_name_what_is_wrong():
    [reason] = reasons(replace(READY, guests=(Person("Demo Founder", None),)))
    assert reason.sentence == "Write when Demo Founder agreed to publishing. Until then this stays a draft."
    [reason] = reasons(replace(READY, chapters=(0, 75)))
    assert reason.sentence == "1:15 is past the recording, which is over at 0:30."
