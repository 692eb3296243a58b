"""What waits for whom, on a company's page.

Other rooms and the apps above register a provider from `AppConfig.ready()`: a function of the request and the team that
says what waits, at a fixed and small number of queries.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.team.selectors import Team

NAMED = 3
"""How many people a line names before it counts the others."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: for whom, in words; the way to it, or none where only others can do it."""

    title: str
    who: str
    url: str = ""
    label: str = ""


Provider = Callable[[HttpRequest, Team], Iterable[Waiting]]


def named(names: Sequence[str]) -> str:
    """“Kari, Ola, Liv and 2 more”."""
    first, more = ", ".join(names[:NAMED]), len(names) - NAMED
    if more <= 0:
        return first
    return ngettext("%(names)s and %(number)d more", "%(names)s and %(number)d more", more) % {
        "names": first,
        "number": more,
    }


def asks(request: HttpRequest, team: Team) -> list[Waiting]:
    """People who want to join wait for the administrators. Only these learn who it is."""
    if not team.asks:
        return []
    number = len(team.asks)
    title = ngettext("%(number)d person asks to join", "%(number)d people ask to join", number) % {"number": number}
    who = named([one.name for one in team.administrators])
    return [Waiting(title, who, *(("#asks", _("Answer")) if team.administers else ()))]


def invitations(request: HttpRequest, team: Team) -> list[Waiting]:
    """Invitations wait for those who got them; an expired one for an administrator to send it again."""
    if not team.invitations:
        return []
    number = len(team.invitations)
    words = ngettext("%(number)d invitation is not answered", "%(number)d invitations are not answered", number)
    title, who = words % {"number": number}, _("Whoever was invited")
    return [Waiting(title, who, *(("#invite", _("Look at them")) if team.administers else ()))]


def assessment(request: HttpRequest, team: Team) -> list[Waiting]:
    """An assessment waits for everybody: to begin it, to answer what is left, then for its report."""
    ready, address = team.readiness, reverse("readiness:overview")
    if ready.unbegun:
        return [Waiting(_("The readiness assessment is not begun"), _("Everybody"), address, _("Begin"))]
    if not ready.under_way:
        return []
    if not ready.left:
        return [Waiting(_("The assessment is answered: make the report"), _("Everybody"), address, _("Make it"))]
    words = ngettext(
        "The readiness assessment has %(left)d question left",
        "The readiness assessment has %(left)d questions left",
        ready.left,
    )
    return [Waiting(words % {"left": ready.left}, _("Everybody"), address, _("Answer"))]


def idle(request: HttpRequest, team: Team) -> list[Waiting]:
    """Who has begun nothing, and who has been away for two weeks from something they have begun."""
    fresh = [one for one in team.idle if not one.courses]
    away = [one for one in team.idle if one.courses]
    found = []
    if len(team.people) > 1 and fresh:
        words = ngettext("%(number)d person has not begun", "%(number)d people have not begun", len(fresh))
        found.append((words % {"number": len(fresh)}, fresh))
    if away:
        words = ngettext(
            "%(number)d person has been away for two weeks",
            "%(number)d people have been away for two weeks",
            len(away),
        )
        found.append((words % {"number": len(away)}, away))
    address = reverse("team:company") + "?show=idle#people"
    listed = [Waiting(title, named([one.name for one in whom]), address, _("See who")) for title, whom in found]
    if fresh and len(team.people) == 1:
        alone = Waiting(
            _("You have not begun a course"), fresh[0].name, reverse("courses:catalog"), _("See the courses")
        )
        listed.append(alone)
    return listed


_providers: list[Provider] = [asks, invitations, assessment, idle]


def register(provider: Provider) -> None:
    """Registering the same provider again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def collect(request: HttpRequest, team: Team) -> list[Waiting]:
    """All that waits, in the order of the providers."""
    return [one for provider in _providers for one in provider(request, team)]
