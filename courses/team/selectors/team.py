"""A company as its page shows it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from courses.readiness.models import Answer, Assessment, Edition, Report
from courses.readiness.rules import headline
from courses.readiness.selectors import content_of
from courses.readiness.shown import stated_scores
from courses.team.selectors.people import Person, roster
from lms.accounts.models import Company, Invitation, Membership
from lms.accounts.rules import MembershipRole
from lms.accounts.selectors import invitations_of


@dataclass(frozen=True, slots=True)
class Readiness:
    """The company's newest report with its headline, and how many questions of one under way are left.

    `unbegun`: there are questions, and the company has never begun to answer.
    """

    report: Report | None = None
    headline: str = ""
    under_way: bool = False
    asked: int = 0
    left: int = 0
    unbegun: bool = False


def readiness_of(company: Company) -> Readiness:
    """At most two queries."""
    known = (
        Assessment.objects.filter(company=company).select_related("edition", "report").order_by("-started_at", "-pk")
    )
    newest = list(known[:2])
    under_way = next((one for one in newest if one.finished_at is None), None)
    finished = next((one for one in newest if one.finished_at is not None), None)
    report = getattr(finished, "report", None) if finished else None
    words, asked, left = "", 0, 0
    if finished and report:
        content = content_of(finished.edition)
        words = headline(content, stated_scores(report, content))
    if under_way:
        keys = {one.key for one in content_of(under_way.edition).asked(company.product_class, company.stage)}
        answered = Answer.objects.filter(Q(worth__isnull=False) | Q(not_relevant=True), assessment=under_way)
        asked = len(keys)
        left = len(keys - set(answered.values_list("question_key", flat=True)))
    unbegun = not newest and Edition.objects.exists()
    return Readiness(report, words, under_way is not None, asked, left, unbegun)


@dataclass(frozen=True, slots=True)
class Team:
    """A company, seen by one of its people. `people` are in it, `asks` want to be; invitations are not answered yet."""

    reader: Membership
    company: Company
    now: datetime
    people: list[Person] = field(default_factory=list)
    asks: list[Person] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    readiness: Readiness = field(default_factory=Readiness)

    @property
    def administers(self) -> bool:
        return self.reader.role == MembershipRole.ADMIN

    @property
    def administrators(self) -> list[Person]:
        return [person for person in self.people if person.is_admin and person.can_sign_in]

    @property
    def idle(self) -> list[Person]:
        """Who has begun nothing, or has been away for two weeks from something they have begun."""
        return [person for person in self.people if person.can_sign_in and person.is_idle(self.now)]

    @property
    def to_remind(self) -> list[Person]:
        """The idle ones whom the reader may remind now."""
        return [one for one in self.idle if one.user_id != self.reader.user_id and not one.was_reminded(self.now)]


def team_of(reader: Membership, now: datetime) -> Team:
    """The company of this membership. Four queries, however many people."""
    everybody = roster(reader.company)
    return Team(
        reader=reader,
        company=reader.company,
        now=now,
        people=[person for person in everybody if not person.asks],
        asks=sorted((person for person in everybody if person.asks), key=lambda one: one.since),
        invitations=list(invitations_of(reader.company)),
        readiness=readiness_of(reader.company),
    )
