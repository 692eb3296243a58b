"""Captions: what is said when, as kept in WebVTT."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

_TAG = re.compile(r"<([^<>]*)>")
_VOICE = re.compile(r"v(?:\.[^\s.]+)*\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cue:
    """What one speaker says at one time: seconds from the beginning, plain text on one line, "" for nobody named."""

    start: float
    end: float
    speaker: str
    text: str


def cues(text: str) -> list[Cue]:
    """The cues of WebVTT in its order; two who speak in one cue make two. Nothing where nothing can be read.

    Text comes without markup, with character references resolved: it must be escaped wherever it becomes HTML.
    """
    try:
        read = webvtt.from_string(text) if text.strip() else []
    except (MalformedFileError, MalformedCaptionError):
        return []
    return [
        Cue(seconds(caption.start_time), seconds(caption.end_time), speaker, said)
        for caption in read
        for speaker, said in spoken(caption.raw_text)
    ]


def seconds(time: webvtt.models.Timestamp) -> float:
    return float(time.in_milliseconds() / 1000)


def spoken(payload: str) -> Iterator[tuple[str, str]]:
    """(speaker, plain text) of a cue's text, for each voice in it; those who say nothing are left out."""
    speaker, said = "", ""
    for number, part in enumerate(_TAG.split(payload)):
        if number % 2 == 0:
            said += part
        elif voice := _VOICE.fullmatch(part):
            if plain := _plain(said):
                yield speaker, plain
            speaker, said = _plain(voice[1]), ""
    if plain := _plain(said):
        yield speaker, plain


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())
