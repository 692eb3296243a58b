"""Seats as pages show them: before a course is started, and on the company's page."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.seats import actions, rules, selectors, sentences
from courses.seats.rules import Terms, Verdict
from courses.selectors import Course
from courses.team.selectors import Team
from lms.accounts.models import Membership, User
from lms.accounts.rules import MembershipRole
from lms.accounts.selectors import current_membership


@dataclass(frozen=True, slots=True)
class BeforeStart:
    """What stands where a course is started. Without `may_start` the sentence takes the button's place."""

    sentence: str
    may_start: bool


def before_start(request: HttpRequest, course: Course) -> BeforeStart | None:
    """What starting this course means for the visitor's seats; None where nothing limits it, or nobody is signed in.

    One statement beside that for the company they act for; one more where no seat is left.
    """
    membership = current_membership(request)
    if membership is None or not isinstance(request.user, User):
        return None
    company = membership.company
    current = selectors.terms_for(request.user.pk, course.id, company.pk, selectors.today())
    ruling = rules.ruling(current)
    if ruling.verdict is Verdict.FULL:
        return BeforeStart(actions.why_not(request.user, company, current), may_start=False)
    if ruling.terms is None:
        return None
    said = sentences.holds if ruling.verdict is Verdict.HELD else sentences.takes
    return BeforeStart(said(ruling.terms), may_start=True)


@dataclass(frozen=True, slots=True)
class AgreementShown:
    """An agreement in words: how full it is, and when it counts. `state` is `now`, `ahead` or `over`."""

    terms: Terms
    state: str
    when: str

    @property
    def used(self) -> str:
        """“2 of 5 seats taken”."""
        words = ngettext("%(used)s of %(total)s seat taken", "%(used)s of %(total)s seats taken", self.terms.total)
        return words % {"used": self.terms.used, "total": self.terms.total}

    @property
    def left(self) -> str:
        left = self.terms.remaining
        return ngettext("%(left)s left", "%(left)s left", left) % {"left": left} if left > 0 else _("none left")

    @property
    def sentence(self) -> str:
        """“2 of 5 seats taken, 3 left”."""
        return f"{self.used}, {self.left}"

    @property
    def changes(self) -> bool:
        """Whether its seats may still change hands."""
        return self.state != "over"


def agreement_shown(terms: Terms, today: date) -> AgreementShown:
    if rules.has_ended(terms.ends, today):
        state, when = "over", _("ended on %(ends)s")
    elif not rules.is_current(terms.starts, terms.ends, today):
        state, when = "ahead", _("from %(starts)s") if terms.ends is None else _("from %(starts)s until %(ends)s")
    else:
        state, when = "now", _("until %(ends)s") if terms.ends else _("without an end")
    days = {name: date_format(day) if day else "" for name, day in (("starts", terms.starts), ("ends", terms.ends))}
    return AgreementShown(terms, state, when % days)


def administers(membership: Membership) -> bool:
    return membership.role == MembershipRole.ADMIN


def company_section(request: HttpRequest, team: Team) -> SafeString:
    """The section on seats for the page of the visitor's company, finished; nothing where it has no agreement.

    One statement. Agreements that have ended are on the page of seats only, unless there are no others.
    """
    today = selectors.today()
    every = [agreement_shown(terms, today) for terms in selectors.seats_of(team.company)]
    if not every:
        return SafeString()
    listed = [one for one in every if one.changes] or every
    return render_to_string("seats/_company.html", {"agreements": listed, "administers": team.administers})
