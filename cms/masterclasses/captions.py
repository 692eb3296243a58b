"""Captions: what is said when, as kept in WebVTT."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

PAUSE = 2.0
"""Seconds of silence after which a new paragraph begins."""
LONG = 500
"""Characters after which a paragraph ends with its sentence."""
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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one speaker says without a pause; each cue keeps its own time."""

    speaker: str
    cues: tuple[Cue, ...]

    @property
    def start(self) -> float:
        return self.cues[0].start

    @property
    def text(self) -> str:
        return " ".join(cue.text for cue in self.cues)


def transcript(cues: Iterable[Cue]) -> list[Paragraph]:
    """The cues as paragraphs: a new one for each speaker, after a pause, and where a long one ends a sentence."""
    paragraphs: list[Paragraph] = []
    together: list[Cue] = []
    for cue in cues:
        if together and _begins_anew(together, cue):
            paragraphs.append(Paragraph(together[0].speaker, tuple(together)))
            together = []
        together.append(cue)
    if together:
        paragraphs.append(Paragraph(together[0].speaker, tuple(together)))
    return paragraphs


def _begins_anew(together: list[Cue], cue: Cue) -> bool:
    before = together[-1]
    if cue.speaker != before.speaker or cue.start - before.end >= PAUSE:
        return True
    return before.text.endswith((".", "?", "!", "…")) and sum(len(one.text) for one in together) > LONG


def clock(moment: float) -> str:
    """Seconds as people write them: 4:05, or 1:02:03."""
    minutes, second = divmod(int(moment), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
