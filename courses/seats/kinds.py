"""The mail to somebody who is given a seat. Registered with the outbox from `courses.apps`."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.models import Seat, SeatAgreement
from courses.seats.actions import GIVEN
from courses.seats.rules import has_ended
from courses.seats.selectors import today
from courses.selectors.outline import outline_in
from courses.selectors.structure import Course
from lms.accounts.models import Membership
from lms.accounts.rules import MembershipState
from lms.core.letters import Mail
from lms.notifications.models import Message


class Given:
    """`seats.given`: an administrator keeps a seat for a colleague."""

    name = GIVEN

    def compose(self, message: Message) -> Mail | None:
        """None when the seat is somebody else's by now, or its time is over, or its holder has left."""
        pk = int(message.subject.removeprefix("seat:"))
        held = Seat.objects.select_related("agreement__company", "given_by").filter(pk=pk, user=message.recipient_id)
        seat = held.first()
        if seat is None or not _counts(seat):
            return None
        agreement, courses = seat.agreement, courses_of(seat.agreement)
        words = {"giver": seat.given_by or agreement.company, "company": agreement.company, "agreement": agreement.name}
        paragraphs = [
            _("%(giver)s keeps one of the seats that %(company)s has on “%(agreement)s” for you.") % words,
            *[f"“{course.title}”" for course in courses],
            _("It is yours before you start, so nobody else of the company can take it first."),
        ]
        if agreement.ends:
            paragraphs.append(
                _("Start by %(day)s: the agreement ends on that day.") % {"day": date_format(agreement.ends)}
            )
        return Mail(
            subject=_("%(giver)s has given you a seat on “%(agreement)s”") % words,
            paragraphs=paragraphs,
            button=(_("Look at the course"), courses[0].url)
            if len(courses) == 1
            else (_("See the courses"), reverse("courses:catalog")),
            preheader=_("Which courses it opens, and until when."),
        )


def courses_of(agreement: SeatAgreement) -> list[Course]:
    """The published courses of an agreement, as readers of the active language see them. Two statements at most."""
    outline = outline_in(get_language() or settings.LANGUAGE_CODE)
    found = agreement.courses.order_by("pk").values_list("pk", flat=True)
    return [course for pk in found if (course := outline.by_id.get(pk))]


def _counts(seat: Seat) -> bool:
    here = Membership.objects.filter(company=seat.agreement.company_id, state=MembershipState.ACTIVE)
    return not has_ended(seat.agreement.ends, today()) and here.filter(user=seat.user_id).exists()
