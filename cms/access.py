"""Who somebody is, as far as it decides what they may see, and what pages ask of them. See `cms.rules.Access`."""

from collections.abc import Callable, Collection, Container, Hashable, Sequence

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import PageViewRestriction

from cms.rules import ANYBODY, Restriction, Visitor
from lms.accounts.models import ClusterMembership, Membership, User
from lms.accounts.rules import MembershipState
from lms.events.rules import Visibility
from lms.events.selectors import events_visible_to

Begun = Callable[[int], Collection[Hashable]]
"""What the person with this id has begun, in the values that `Access.begun` has. One query."""

_begun: dict[str, Begun] = {}


def register_begun(name: str, begun: Begun) -> None:
    """Make known what opens to those who begin it: courses do. Registering the same name again replaces it."""
    _begun[name] = begun


def visitor_of(request: HttpRequest) -> Visitor:
    """The one who asks. No query for a signed-out visitor; a few, once a request, for a person."""
    if not hasattr(request, "_visitor"):
        request._visitor = _visitor(request)  # type: ignore[attr-defined]
    return request._visitor  # type: ignore[attr-defined]


def _visitor(request: HttpRequest) -> Visitor:
    session = getattr(request, "session", None)
    key = PageViewRestriction.passed_view_restrictions_session_key
    passed = frozenset(session.get(key, ())) if session is not None else frozenset()
    user = getattr(request, "user", None)
    if isinstance(user, User):
        return visitor_for(user, passed=passed)
    return Visitor(passed=passed) if passed else ANYBODY


def visitor_for(user: User, *, passed: frozenset[int] = frozenset()) -> Visitor:
    """A person, also one who is not here: a feed reader asks in their name. Four queries."""
    active = Membership.objects.filter(user=user, state=MembershipState.ACTIVE)
    companies = list(active.values_list("company_id", flat=True))
    today = timezone.localdate()
    current = ClusterMembership.objects.filter(company__in=companies, since__lte=today).exclude(until__lte=today)
    return Visitor(
        signed_in=True,
        works_here=user.is_staff,
        is_superuser=user.is_superuser,
        is_member=bool(companies),
        groups=frozenset(user.groups.values_list("pk", flat=True)),
        clusters=frozenset(current.values_list("cluster_id", flat=True)) if companies else frozenset(),
        passed=passed,
        begun=frozenset(one for begun in _begun.values() for one in begun(user.pk)),
        events=EventsSeen(user),
    )


class EventsSeen(Container[int]):
    """The ids of the events a person sees: asked only when somebody wants to know, once. One query."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def ids(self) -> frozenset[int]:
        for_some = events_visible_to(self.user).exclude(visibility=Visibility.EVERYONE)
        return frozenset(for_some.values_list("pk", flat=True))

    def __contains__(self, event: object) -> bool:
        return event in self.ids


def restrictions_by_path() -> Sequence[tuple[str, Restriction]]:
    """(path, restriction) of every private page of the site. One query."""
    found: dict[int, tuple[str, str, set[int]]] = {}
    rows = PageViewRestriction.objects.values_list("pk", "page__path", "restriction_type", "groups")
    for pk, path, kind, group in rows:
        found.setdefault(pk, (path, kind, set()))[2].update({group} - {None})
    return [(path, Restriction(pk, kind, frozenset(groups))) for pk, (path, kind, groups) in found.items()]


def restrictions_of(path: str, restrictions: Sequence[tuple[str, Restriction]]) -> tuple[Restriction, ...]:
    """Those that hold for the page with this path."""
    return tuple(restriction for root, restriction in restrictions if path.startswith(root))
