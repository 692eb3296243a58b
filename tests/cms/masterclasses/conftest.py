"""A masterclass with chapters, guests and what goes with it; sound that a browser can play."""

import io
import math
import struct
import wave
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from cms.models import Chapter, Document, Guest, MasterclassPage, RelatedPage
from cms.published import bump
from tests.factories.cms import CAPTIONS, masterclass, sound


def captions(cues: int, *, seconds: int = 5) -> str:
    """WebVTT of so many cues, one after the other, two voices in turn; each says its number."""

    def moment(second: int) -> str:
        return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000"

    blocks = [
        f"{moment(n * seconds)} --> {moment(n * seconds + seconds)}\n<v Voice {n // 2 % 2}>Words number {n}."
        for n in range(cues)
    ]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def many(parent: Page, size: int) -> list[MasterclassPage]:
    """That many published masterclasses, made as an import makes them: at once, with one recording."""
    audio = sound()
    made = []
    for n in range(size):
        one = MasterclassPage(title=f"Another {n}", slug=f"another-{n}", summary="In short.", captions=CAPTIONS)
        one.audio, one.locale, one.first_published_at = audio, parent.locale, timezone.now()
        made.append(parent.add_child(instance=one))
    bump()
    return made


def with_parts(*, size: int = 3, **fields: Any) -> MasterclassPage:
    """A published masterclass with so many cues, chapters, guests, documents and related pages."""
    fields = {"audio": sound(duration=size * 5), **fields}
    page = masterclass(publish=False, captions=captions(size), **fields)
    page.chapters = [Chapter(start=n * 5, title=f"Chapter {n}") for n in range(size)]
    page.guests = [
        Guest(name=f"Guest {n}", role="Founder of an example", consent_on=date(2026, 1, 1)) for n in range(size)
    ]
    page.documents.set(
        Document.objects.bulk_create(
            Document(title=f"Paper {n}", kind="document", audience="everyone", link=f"https://p.example/{n}")
            for n in range(size)
        )
    )
    page.related = [RelatedPage(target=target) for target in many(page.get_parent(), size)]
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def playable(seconds: int = 60, name: str = "talk.wav") -> Document:
    """A quiet tone, in a format every browser can play, with its facts as they are read from a file."""
    rate = 8000
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        turn = [int(800 * math.sin(2 * math.pi * 220 * n / rate)) for n in range(rate)]
        sound.writeframes(struct.pack(f"<{rate}h", *turn) * seconds)
    data = kept.getvalue()
    facts = {"media_type": "audio/wav", "duration": seconds, "file_size": len(data)}
    return Document.objects.create(title="Talk", file=ContentFile(data, name), **facts)
