"""Taking captions in: WebVTT or SRT from editors, WebVTT for readers, or what must be mended first. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import webvtt
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from webvtt.errors import MalformedCaptionError, MalformedFileError

from cms.masterclasses.captions import clock, seconds
from lms.core.files import MAX_BYTES, MEGABYTE

MAX_CHARACTERS = MAX_BYTES["captions"]
MAX_CUES = 20_000
"""Far more than a whole day of talk has."""
PAST_THE_END = 2
"""Seconds that captions may last longer than the recording."""
A_DAY = 24 * 3600
SHOWN = 3
"""How many problems are told at once."""

_TIME = r"(?:\d{1,4}:)?[0-5]?\d:[0-5]?\d[.,]\d{1,3}"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_ONE_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})")
_FONT = re.compile(r"</?font[^<>]*>")
_INDEX = re.compile(r"\s*\d+\s*")
_TAG = re.compile(r"(<[^<>\s][^<>]*>)")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_KEPT = re.compile(r"</?(?:b|i|u|ruby|rt|v|lang|c(?:\.[\w-]+)*)>|<v(?:\.[\w-]+)*\s+[^\s<>&][^<>&]*>|<lang\s+[\w-]+>")
_POSITION = re.compile(r"\{\\[^{}]*\}")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|nbsp|lrm|rlm|#\d{1,7}|#x[\da-fA-F]{1,6});)")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BROKEN_LINES = re.compile(r"\r\n?|[\u2028\u2029\x85]")


@dataclass(slots=True)
class Taken:
    """WebVTT that was made, with what was mended on the way; or the problems that only its editor can mend."""

    vtt: str = ""
    mended: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def decode(content: bytes) -> Taken:
    """The text of a captions file, in `vtt` as it stands; older Norwegian encodings are understood."""
    if len(content) > MAX_BYTES["captions"]:
        return Taken(problems=[too_long(len(content))])
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    for attempt in (marked, "cp1252"):
        try:
            text = content.decode(attempt)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            old = [_("The file was in an older encoding. Look whether letters such as å and é are right.")]
            return Taken(vtt=text, mended=old if attempt == "cp1252" else [])
    return Taken(
        problems=[_("This is no text. Save the captions as WebVTT or SRT in UTF-8, and choose the file anew.")]
    )


def take_in(text: str, length: int | None = None) -> Taken:
    """Captions as WebVTT of ours: only cues, in order, with markup that players know. Taking that in changes nothing.

    `length` of the recording in seconds, where it is known.
    """
    if len(text) > MAX_CHARACTERS:
        return Taken(problems=[too_long(len(text))])
    text = _UNPRINTABLE.sub("", _BROKEN_LINES.sub("\n", text)).removeprefix("\ufeff").strip()
    timings = [line for line in text.split("\n") if "-->" in line]
    problems = list(_unreadable(timings)) if 0 < len(timings) <= MAX_CUES else [_wrong_number(len(timings))]
    captions = [] if problems else _parse(text)
    if not problems and captions is None:
        problems = [_("This is neither WebVTT nor SRT: the first line must be WEBVTT, or the number of the first cue.")]
    problems = problems or list(_wrong_times(captions or [], length))
    if problems:
        return Taken(problems=_some(problems))
    return _written(captions or [], len(timings))


def too_long(size: int) -> str:
    """What is said of captions of this many bytes or characters."""
    return _("The captions have %(size)s MB; %(limit)s MB fit. Are they really captions?") % {
        "size": f"{size / MEGABYTE:.1f}",
        "limit": MAX_BYTES["captions"] // MEGABYTE,
    }


def _wrong_number(cues: int) -> str:
    if cues:
        sentence = _("There are %(cues)s cues; %(limit)s fit. Are they really captions of this recording?")
        return sentence % {"cues": cues, "limit": MAX_CUES}
    return _("There is no cue: captions have lines such as “00:00:01.000 --> 00:00:04.000”, each with its text below.")


def _unreadable(timings: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(timings, start=1):
        if not _TIMING.fullmatch(line):
            sentence = _("Cue %(number)s: “%(line)s” is no time. Write it as 00:01:02.000 --> 00:01:05.000.")
            yield sentence % {"number": number, "line": line.strip()[:60]}


def _parse(text: str) -> list[webvtt.Caption] | None:
    """The cues as webvtt-py reads them, once each time is written in full; None where it cannot."""
    lines = [_in_full(line) if "-->" in line else line for line in text.split("\n")]
    try:
        if lines[0].startswith("WEBVTT"):
            return list(webvtt.from_string("\n".join(lines)))
        return list(webvtt.from_buffer(lines, format="srt")) if _INDEX.fullmatch(lines[0]) else None
    except (MalformedFileError, MalformedCaptionError):
        return None


def _in_full(line: str) -> str:
    return _ONE_TIME.sub(
        lambda time: f"{int(time[1] or 0):02}:{time[2]:0>2}:{time[3]:0>2}.{time[4]:0<3}", line, count=2
    )


def _wrong_times(captions: Sequence[webvtt.Caption], length: int | None) -> Iterator[str]:
    before = 0.0
    for number, caption in enumerate(captions, start=1):
        start, end = seconds(caption.start_time), seconds(caption.end_time)
        if problem := _wrong_time(start, end, before, length):
            times = {"number": number, "start": caption.start, "end": caption.end, "before": _exact(before)}
            yield problem % {**times, "length": clock(length or 0)}
        before = max(before, start)


def _wrong_time(start: float, end: float, before: float, length: int | None) -> str:
    if end <= start:
        return _("Cue %(number)s begins at %(start)s and ends at %(end)s: mend the time at which it ends.")
    if start < before:
        return _("Cue %(number)s begins at %(start)s, before the cue above it (%(before)s): mend its time, or move it.")
    if length is not None and end > length + PAST_THE_END:
        return _("Cue %(number)s ends at %(end)s, but the recording is over at %(length)s. Are these its captions?")
    return _("Cue %(number)s ends at %(end)s, after more than a day: mend its time.") if end > A_DAY else ""


def _exact(moment: float) -> str:
    """A time as in captions, so that it is found there."""
    return str(webvtt.models.Timestamp.from_seconds(moment))


def _some(problems: list[str]) -> list[str]:
    more = len(problems) - SHOWN
    if more <= 0:
        return problems
    sentence = ngettext("%(more)s more cue has such a problem.", "%(more)s more cues have such problems.", more)
    return [*problems[:SHOWN], sentence % {"more": more}]


def _written(captions: Sequence[webvtt.Caption], given: int) -> Taken:
    kept, mended = [], []
    for number, caption in enumerate(captions, start=1):
        said, changed = _harmless(caption.raw_text)
        if changed:
            at = {"number": number, "start": caption.start}
            mended.append(_("Cue %(number)s at %(start)s: markup that players do not know was taken out.") % at)
        if _TAG.sub("", said).strip():
            kept.append(webvtt.Caption(caption.start, caption.end, said, settings=str(caption.settings) or None))
    if not kept:
        return Taken(problems=[_("All cues are empty: write what is said below each time.")])
    if empty := given - len(kept):
        sentence = ngettext("%(empty)s empty cue was left out.", "%(empty)s empty cues were left out.", empty)
        mended.append(sentence % {"empty": empty})
    return Taken(vtt=webvtt.WebVTT(captions=kept).content, mended=_some(mended))


def _harmless(payload: str) -> tuple[str, bool]:
    """A cue's text with only the markup that players know, and whether any other was there."""
    shown = _POSITION.sub("", payload)
    changed, parts = False, []
    for number, part in enumerate(_TAG.split(shown)):
        if number % 2 == 0:
            parts.append(_AMPERSAND.sub("&amp;", part).replace("<", "&lt;").replace(">", "&gt;"))
        elif _KEPT.fullmatch(part):
            parts.append(part)
        else:
            changed = changed or not _FONT.fullmatch(part)
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line), changed
