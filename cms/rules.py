"""What is decided in cms without a database: levels, kinds of content, who may see what. Pure."""

from collections.abc import Container, Hashable, Iterable
from dataclasses import dataclass, field

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Level(IntegerChoices):
    FOUNDATION = 1, _("Foundation")
    INTERMEDIATE = 2, _("Intermediate")
    ADVANCED = 3, _("Advanced")


class Kind(TextChoices):
    """What something that visitors find is: the type they filter and search by."""

    MASTERCLASS = "masterclass", _("Masterclass")
    WEBINAR = "webinar", _("Webinar")
    RECORDING = "recording", _("Recording")
    COURSE = "course", _("Course")
    LESSON = "lesson", _("Lesson")
    DELEGATION = "delegation", _("Delegation")
    DOCUMENT = "document", _("Document")
    REPORT = "report", _("Report")
    GUIDELINE = "guideline", _("Guideline")
    STANDARD = "standard", _("Standard")
    LAW = "law", _("Law")
    OFFER = "offer", _("Offer")
    PAGE = "page", _("Page")


SMALLEST_COVER = 1400
"""Pixels a side of a podcast's cover, which is a square: less, and Apple refuses the podcast."""

IN_LIBRARY = (Kind.DOCUMENT, Kind.REPORT, Kind.GUIDELINE, Kind.STANDARD, Kind.LAW)
"""The kinds a library entry may have."""


class Audience(TextChoices):
    """Whom something published is for."""

    EVERYONE = "everyone", _("Everyone")
    MEMBERS = "members", _("Members: people who belong to a company here")
    CLUSTERS = "clusters", _("Members of the clusters named below")


@dataclass(frozen=True, slots=True)
class Restriction:
    """Who may see a page: Wagtail's private pages. `kind` is login, groups or password."""

    id: int
    kind: str
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class Access:
    """Whom one thing is open to: its audience, and the restrictions of every private page it stands under.

    `begun` is what a person must have begun first, such as `("course", 12)`; None where nothing need be. `event` is
    the id of the event it presents: whoever that event is shown to sees it too, whatever the audience. An event for
    those who are invited has the audience "invited", which is nobody's.
    """

    audience: str = Audience.EVERYONE
    clusters: frozenset[int] = frozenset()
    restrictions: tuple[Restriction, ...] = ()
    begun: Hashable = None
    event: int | None = None

    @property
    def is_open(self) -> bool:
        """Open to everybody who comes by."""
        return self.audience == Audience.EVERYONE and not self.restrictions and self.begun is None


@dataclass(frozen=True, slots=True)
class Visitor:
    """What decides what somebody may see.

    `passed` are the ids of password restrictions they have met, `begun` is what they have begun: see `Access.begun`.
    `events` has the ids of the events they are invited to, registered at or organise; it may ask the database then.
    """

    signed_in: bool = False
    works_here: bool = False
    is_superuser: bool = False
    is_member: bool = False
    groups: frozenset[int] = frozenset()
    clusters: frozenset[int] = frozenset()
    passed: frozenset[int] = frozenset()
    begun: frozenset[Hashable] = frozenset()
    events: Container[int] = field(default=frozenset(), compare=False)

    def may_see(self, access: Access) -> bool:
        """Whether something published is open to this visitor. Those who work here see every audience's."""
        begun = access.begun is None or self.works_here or access.begun in self.begun
        return begun and self.in_audience(access) and self.meets(access.restrictions)

    def in_audience(self, access: Access) -> bool:
        if access.audience == Audience.EVERYONE or self.works_here:
            return True
        if access.audience == Audience.MEMBERS and self.is_member:
            return True
        if access.audience == Audience.CLUSTERS and access.clusters & self.clusters:
            return True
        return access.event is not None and access.event in self.events

    def meets(self, restrictions: Iterable[Restriction]) -> bool:
        return all(self._meets(restriction) for restriction in restrictions)

    def _meets(self, restriction: Restriction) -> bool:
        if restriction.kind == "password":
            return restriction.id in self.passed
        if restriction.kind == "groups":
            return self.is_superuser or bool(restriction.groups & self.groups)
        return self.signed_in


ANYBODY = Visitor()
"""Somebody of whom nothing is known: what they may see is public."""
