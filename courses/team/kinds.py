"""The mail that asks a colleague to go on. Registered with the outbox from `courses.apps`."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courses.selectors.outline import outline_in
from courses.team.selectors import KIND, Tasks, tasks_of
from lms.accounts.models import Membership, User
from lms.accounts.rules import MembershipState
from lms.notifications.kinds import Mail
from lms.notifications.models import Message


class Nudge:
    """`team.nudge`: an administrator asks a colleague to go on, and with what."""

    name = KIND

    def compose(self, message: Message) -> Mail | None:
        """None when the person has left, or when nothing waits for them any more."""
        _membership, membership_id, _by, by_id = message.subject.split(":")
        found = Membership.objects.select_related("company", "user").filter(pk=int(membership_id))
        membership = found.filter(state=MembershipState.ACTIVE, user=message.recipient_id).first()
        asker = User.objects.filter(pk=int(by_id)).first()
        if membership is None or asker is None:
            return None
        tasks = tasks_of(membership, outline_in(get_language() or settings.LANGUAGE_CODE))
        if not tasks.anything:
            return None
        title, button = way_on(tasks)
        words = {"name": str(asker), "title": title, "company": membership.company.name}
        return Mail(
            subject=_("%(name)s asks you to go on with “%(title)s”") % words
            if title
            else _("%(name)s asks you to begin") % words,
            paragraphs=[
                _("%(name)s asks you to go on with what you do for %(company)s on Landfall.") % words,
                *lines(tasks),
            ],
            button=button,
            preheader=_("What waits for you, and the way to it."),
        )


def way_on(tasks: Tasks) -> tuple[str, tuple[str, str]]:
    """What the subject names, or nothing, and the button."""
    if tasks.going_on:
        first = tasks.going_on[0]
        lesson = first.next
        assert lesson is not None  # noqa: S101 - only courses with a next lesson are gone on with
        return first.course.title, (_("Go on with lesson %(number)s") % {"number": lesson.number}, lesson.url)
    if tasks.asked:
        return tasks.asked[0].title, (_("Look at the course"), tasks.asked[0].url)
    if tasks.readiness.left:
        return _("How ready you are"), (_("Answer"), reverse("readiness:overview"))
    return "", (_("See the courses"), reverse("courses:catalog"))


def lines(tasks: Tasks) -> list[str]:
    """One sentence for each thing that waits."""
    found = [
        _("Next in “%(course)s”: lesson %(number)s, %(lesson)s.")
        % {"course": one.course.title, "number": one.next.number, "lesson": one.next.title.rstrip(".")}
        for one in tasks.going_on
        if one.next
    ]
    found += [_("On your company’s path: “%(course)s”.") % {"course": course.title} for course in tasks.asked]
    if left := tasks.readiness.left:
        words = ngettext(
            "The readiness assessment has %(left)d question left. Any colleague can answer.",
            "The readiness assessment has %(left)d questions left. Any colleague can answer.",
            left,
        )
        found.append(words % {"left": left})
    return found or [_("You have not begun a course yet. The first lesson of each is open to everybody.")]
