"""What a masterclass, and a webinar with its recording, must have before readers see it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.masterclasses.captions import clock
from cms.masterclasses.subtitles import take_in
from cms.rules import Audience
from lms.core.embeds import read_embed

NO_TOPIC = gettext_lazy("Choose at least one topic: that is where people look for it.")
MIN_BITE, MAX_BITE = 5, 120
"""Seconds; podcast apps show a taste of 15 to 120."""


class File(NamedTuple):
    """A recording's file, as it was read."""

    media_type: str
    duration: int | None


class Person(NamedTuple):
    name: str
    consent_on: date | None


@dataclass(frozen=True, slots=True)
class Content:
    """A page as it would be published. `spoken` is the captions' language where it surely is another one.

    With `comes_later` the recording may be wanting: a webinar is announced before there is one.
    """

    today: date
    topics: int = 0
    audio: File | None = None
    video: File | None = None
    embed: str = ""
    captions: str = ""
    transcript: str = ""
    audience: str = Audience.EVERYONE
    clusters: int = 0
    guests: tuple[Person, ...] = ()
    chapters: tuple[int, ...] = ()
    soundbite: tuple[int | None, int | None] = (None, None)
    language: str = ""
    spoken: str = ""
    comes_later: bool = False

    @property
    def is_recorded(self) -> bool:
        return bool(self.audio or self.video or self.embed)

    @property
    def is_announced(self) -> bool:
        """Whether there is nothing to play, and need not be."""
        return self.comes_later and not self.is_recorded

    @property
    def length(self) -> int | None:
        """Of the recording that plays first, in seconds, where it is known."""
        file = self.video or self.audio
        return file.duration if file and not self.embed else None


class Reason(NamedTuple):
    """Why it is not published: the field where that can be mended, of which row, and the sentence."""

    field: str
    sentence: str
    row: int | None = None


def reasons(content: Content) -> list[Reason]:
    """What must be mended before this is published, in the order of the editor's page; nothing when all is well."""
    return [
        *_recording(content),
        *_words(content),
        *_people(content),
        *_chapters(content),
        *_soundbite(content),
        *_readers(content),
    ]


def _recording(content: Content) -> Iterator[Reason]:
    if not content.is_recorded and not content.comes_later:
        yield Reason("audio", _("Choose the recording: sound, film, or an address at YouTube or Vimeo."))
    yield from kinds(content.audio, content.video, content.embed)


def kinds(audio: File | None, video: File | None, embed: str) -> Iterator[Reason]:
    """What is chosen as sound must be sound, and so on: asked of a draft, too."""
    if audio and not audio.media_type.startswith("audio/"):
        yield Reason("audio", _("This file is not sound. Choose an MP3 or M4A file."))
    if video and not video.media_type.startswith("video/"):
        yield Reason("video", _("This file is not film. Choose an MP4 file."))
    if embed and read_embed(embed) is None:
        yield Reason("embed", _("Only films at YouTube and Vimeo can be shown. Or upload the file itself."))
    elif embed and video:
        yield Reason("embed", _("There is a film file, too. Keep one of the two."))


def _words(content: Content) -> Iterator[Reason]:
    if content.captions:
        yield from (Reason("captions", problem) for problem in take_in(content.captions, content.length).problems)
        if content.spoken:
            sentence = _(
                "The captions are in %(spoken)s, the page is in %(language)s. Choose captions in %(language)s, or move"
                " this to a page in %(spoken)s."
            )
            yield Reason("captions", sentence % {"spoken": content.spoken, "language": content.language})
    elif content.video:
        yield Reason(
            "captions", _("Film needs captions, for those who cannot hear it: paste them, or choose the file.")
        )
    elif not content.transcript.strip() and not content.is_announced:
        yield Reason("captions", _("Add captions or a transcript, for those who cannot hear it."))


def _people(content: Content) -> Iterator[Reason]:
    for row, person in enumerate(() if content.is_announced else content.guests):
        if person.consent_on is None:
            sentence = _("Write when %(name)s agreed to publishing. Until then this stays a draft.")
            yield Reason("consent_on", sentence % {"name": person.name or _("this guest")}, row)
        elif person.consent_on > content.today:
            sentence = _("%(name)s agrees to publishing on a day to come. Publish then, or mend the date.")
            yield Reason("consent_on", sentence % {"name": person.name or _("This guest")}, row)


def _chapters(content: Content) -> Iterator[Reason]:
    before = -1
    for row, start in enumerate(content.chapters):
        if row == 0 and start:
            yield Reason("start", _("The first chapter starts at 0:00."), row)
        elif start <= before:
            sentence = _(
                "This chapter starts at %(start)s, not after the one above it (%(before)s). Put them in order."
            )
            yield Reason("start", sentence % {"start": clock(start), "before": clock(before)}, row)
        elif content.length is not None and start >= content.length:
            yield Reason("start", _past(start, content.length), row)
        before = max(before, start)


def _soundbite(content: Content) -> Iterator[Reason]:
    start, seconds = content.soundbite
    if start is None and seconds is None:
        return
    if start is None or seconds is None:
        missing = "soundbite_start" if start is None else "soundbite_seconds"
        yield Reason(missing, _("A taste needs both: where it starts, and how long it lasts."))
    elif not MIN_BITE <= seconds <= MAX_BITE:
        sentence = _("A taste lasts %(least)s to %(most)s seconds.")
        yield Reason("soundbite_seconds", sentence % {"least": MIN_BITE, "most": MAX_BITE})
    elif content.length is not None and start + seconds > content.length:
        yield Reason("soundbite_start", _past(start + seconds, content.length))


def _past(moment: int, length: int) -> str:
    sentence = _("%(moment)s is past the recording, which is over at %(length)s.")
    return sentence % {"moment": clock(moment), "length": clock(length)}


def _readers(content: Content) -> Iterator[Reason]:
    if not content.topics:
        yield Reason("topics", str(NO_TOPIC))
    if content.audience == Audience.CLUSTERS and not content.clusters:
        yield Reason("clusters", _("Choose at least one cluster, or nobody may see it."))


def by_field(found: Sequence[Reason]) -> dict[str, list[str]]:
    """The sentences by field; those about one row of several stand as a whole."""
    sentences: dict[str, list[str]] = {}
    for reason in found:
        sentences.setdefault(reason.field if reason.row is None else "", []).append(reason.sentence)
    return sentences
