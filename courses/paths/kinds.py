"""What the company's people are told by mail: an advisor changed their path. Once a day at most."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import LearningPath
from courses.paths.actions import CHANGED
from lms.accounts.models import Membership
from lms.accounts.rules import MembershipState
from lms.core.letters import Mail
from lms.notifications.models import Message


class Changed:
    """To everybody of the company who is still in it when the mail goes out."""

    name = CHANGED

    def compose(self, message: Message) -> Mail | None:
        pk = int(message.subject.removeprefix("path:"))
        path = LearningPath.objects.select_related("company", "adjusted_by").filter(pk=pk).first()
        if path is None or path.adjusted_at is None or not _is_in(message, path):
            return None
        courses = path.steps.count()
        words = {"advisor": path.adjusted_by or _("Your advisor"), "company": path.company, "courses": courses}
        how_many = ngettext("It has %(courses)s course now", "It has %(courses)s courses now", courses)
        how = _("to take one after the other.") if path.ordered else _("to take in any order.")
        return Mail(
            subject=_("%(advisor)s changed the learning path of %(company)s") % words,
            paragraphs=[
                f"{how_many % words}, {how}",
                _("Each course says why it is there. What you have done in a course is kept, on the path or not."),
            ],
            button=(_("See the path"), reverse("paths:path")),
            preheader=_("Which courses, in which order, and why."),
        )


def _is_in(message: Message, path: LearningPath) -> bool:
    active = Membership.objects.filter(company=path.company_id, state=MembershipState.ACTIVE)
    return active.filter(user=message.recipient).exists()
