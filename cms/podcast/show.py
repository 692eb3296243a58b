"""What the podcast is made of, as data: the show and its episodes. `cms.podcast.selectors` builds them."""

from dataclasses import dataclass, field
from datetime import datetime

from cms.rules import Access, Visitor


@dataclass(frozen=True, slots=True)
class Recording:
    """The file a podcast program plays. `size` in bytes, `seconds` None where the file does not say."""

    id: int
    url: str
    size: int
    media_type: str
    seconds: int | None
    extension: str
    access: Access

    @property
    def name(self) -> str:
        """What the file is called where an address carries a token: podcast programs go by the ending."""
        kind = "film" if self.media_type.startswith("video/") else "sound"
        return f"{kind}.{self.extension}"


@dataclass(frozen=True, slots=True)
class Episode:
    """A published masterclass with its recording. `url` is the page's whole address, `notes` HTML with whole ones."""

    id: int
    guid: str
    language: str
    title: str
    summary: str
    notes: str
    url: str
    level: int
    published: datetime
    changed: datetime
    recording: Recording
    has_captions: bool
    soundbite: tuple[int, int] | None
    access: Access
    speakers: tuple[tuple[str, bool], ...] = ()
    """Names, and whether they ask the questions."""
    chapters: tuple[tuple[int, str], ...] = ()

    @property
    def is_open(self) -> bool:
        """Everybody may hear it: the page and the file are open."""
        return self.access.is_open and self.recording.access.is_open

    def is_for(self, visitor: Visitor) -> bool:
        return visitor.may_see(self.access) and visitor.may_see(self.recording.access)

    @property
    def minutes(self) -> int | None:
        seconds = self.recording.seconds
        return None if seconds is None else max(1, round(seconds / 60))


@dataclass(frozen=True, slots=True)
class Show:
    """The podcast in one language: what its list's page says of it, and all its episodes, newest first."""

    guid: str
    language: str
    title: str
    summary: str
    author: str
    email: str
    cover: str
    funding: tuple[str, str] | None
    masterclasses_url: str
    changed: datetime | None
    access: Access
    episodes: tuple[Episode, ...] = field(repr=False)

    def for_everybody(self) -> list[Episode]:
        return [episode for episode in self.episodes if episode.is_open]

    def for_visitor(self, visitor: Visitor) -> list[Episode]:
        return [episode for episode in self.episodes if episode.is_for(visitor)]
