"""What is said of seats: the same words before a button is pressed and when it is refused."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.seats.rules import Terms

MOST_NAMES = 3


def takes(terms: Terms) -> str:
    """What starting costs."""
    words = ngettext(
        "Takes the last seat of “%(agreement)s”.",
        "Takes one of %(left)s seats left in “%(agreement)s”.",
        terms.remaining,
    )
    return words % {"left": terms.remaining, "agreement": terms.name}


def holds(terms: Terms) -> str:
    return _("Your seat in “%(agreement)s” opens this course.") % {"agreement": terms.name}


def all_taken(current: Sequence[Terms], administrators: Sequence[str], *, administers: bool) -> str:
    """Why somebody cannot start, and what to do. `administrators` are names; `administers`: the person is one."""
    total = sum(one.total for one in current)
    names = get_text_list([f"“{one.name}”" for one in current], _("and"))
    if total:
        taken = ngettext("The one seat of %(names)s is taken.", "All %(total)s seats of %(names)s are taken.", total)
    else:
        taken = _("There is no seat in %(names)s.")
    return f"{taken % {'names': names, 'total': total}} {_way_out(administrators, administers=administers)}"


def _way_out(administrators: Sequence[str], *, administers: bool) -> str:
    if administers:
        return _("Free one on your company’s page of seats, or write to the programme for more.")
    if not administrators:
        return _("Write to the programme.")
    names = get_text_list([*administrators[:MOST_NAMES]], _("or"))
    return _("Ask %(names)s to give you one, or write to the programme.") % {"names": names}
