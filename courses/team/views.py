"""A company's page, and the page of each of its people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.selectors import outline
from courses.team import actions, sections, selectors, waiting
from courses.team.forms import ReassignForm
from courses.team.selectors import Person, Team
from courses.views.access import signed_in
from lms.accounts.forms import InviteForm
from lms.accounts.models import Membership
from lms.accounts.rules import MembershipRole, MembershipState
from lms.accounts.selectors import asks_of, belonging, cluster_memberships_of, current_membership, people_of, reach_of

PEOPLE_A_PAGE = 50
SEEN_AT_ONCE = 10
"""How many people and open invitations are found without a box to type a name into."""
MOST = 50
"""How many requests and invitations the page lists; the name box finds the others."""


@require_safe
@login_required
@never_cache
def company(request: HttpRequest) -> HttpResponse:
    """What waits for whom, how ready the company is, its path and its people; for who is in none, the ways in."""
    membership = current_membership(request)
    if membership is None:
        return no_company(request)
    team = selectors.team_of(membership, timezone.now())
    name, show = " ".join(request.GET.get("name", "").split())[:100], request.GET.get("show", "")
    people = Paginator(found(team, name, show), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    people.object_list = selectors.with_courses(people.object_list, outline(request))
    wanted = [one for one in team.invitations if name.casefold() in one.email.casefold()] or team.invitations
    context = {
        "membership": membership,
        "company": membership.company,
        "team": team,
        "others": belonging(request).memberships[1:],
        "reach": [one for one in reach_of(signed_in(request)) if one.is_open],
        "waiting": waiting.collect(request, team),
        "sections": sections.of_company.collect(request, team),
        "people": people,
        "reminded": {one.membership_id for one in people.object_list if one.was_reminded(team.now)},
        "name": name,
        "may_search": bool(name or show) or max(len(team.people), len(team.invitations)) > SEEN_AT_ONCE,
        "show": show,
        "query": urlencode({key: value for key, value in (("name", name), ("show", show)) if value}),
        "clusters": cluster_memberships_of(membership.company),
        "asks": team.asks[:MOST],
        "invitations": wanted[:MOST],
        "more_invitations": max(0, len(wanted) - MOST),
        "invite_form": InviteForm(),
    }
    return render(request, "team/company.html", context)


def found(team: Team, name: str, show: str) -> list[Person]:
    """The people to list: all, or those who wait to begin or go on, or those with `name` in theirs."""
    listed = team.idle if show == "idle" else team.people
    return [person for person in listed if name.casefold() in person.name.casefold()]


def no_company(request: HttpRequest) -> HttpResponse:
    """What became of the visitor's requests, and which companies their confirmed addresses let them ask to join.

    It says nothing of a company but the number they typed, unless its mail domain is theirs.
    """
    reach = reach_of(signed_in(request))
    asks = list(asks_of(signed_in(request)))
    context = {
        "asks": asks,
        "waits": any(one.state == MembershipState.ASKED for one in asks),
        "reach": [one for one in reach if one.is_open],
        "known": {one.domain.company_id for one in reach},
    }
    return render(request, "team/no_company.html", context)


@require_safe
@login_required
@never_cache
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a colleague is in the company's courses and what they are asked to take."""
    return person_page(request, *both(request, pk))


def person_page(
    request: HttpRequest, own: Membership, colleague: Membership, form: ReassignForm | None = None
) -> HttpResponse:
    """The page; with the form that was refused, if one was."""
    tasks = selectors.tasks_of(colleague, outline(request))
    administers = own.role == MembershipRole.ADMIN
    context = {
        "membership": own,
        "company": own.company,
        "colleague": colleague,
        "is_oneself": own.pk == colleague.pk,
        "administers": administers,
        "tasks": tasks,
        "seats": selectors.seats_held(colleague),
        "sections": sections.of_colleague.collect(request, colleague),
        "reminded": administers and selectors.reminded_today(colleague, timezone.now()),
    }
    if administers:
        context["handed_on"] = bool(context["seats"]) or selectors.steps_naming(colleague).exists()
        context["form"] = form or ReassignForm(giver=colleague)
    return render(request, "team/person.html", context)


def both(request: HttpRequest, pk: int) -> tuple[Membership, Membership]:
    """The visitor's own membership and a colleague's in the same company; nobody else's exists for them."""
    own = current_membership(request)
    if own is None:
        raise Http404
    colleague = get_object_or_404(people_of(own.company), pk=pk)
    colleague.company = own.company
    return own, colleague


def administered(request: HttpRequest, pk: int) -> tuple[Membership, Membership]:
    """As `both`, for the company's administrators."""
    own, colleague = both(request, pk)
    if own.role != MembershipRole.ADMIN:
        raise Http404
    return own, colleague


@require_POST
@login_required
def nudge(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind one colleague."""
    _own, colleague = administered(request, pk)
    name = {"name": str(colleague.user)}
    try:
        fresh = actions.nudge(colleague, by=signed_in(request))
    except actions.Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        said = _("%(name)s gets a mail from you in a minute.") if fresh else _("%(name)s was reminded today already.")
        messages.success(request, said % name)
    return redirect("team:person", pk=pk)


@require_POST
@login_required
def nudge_idle(request: HttpRequest) -> HttpResponse:
    """Remind everybody who has not begun or has been away."""
    own = current_membership(request)
    if own is None or own.role != MembershipRole.ADMIN:
        raise Http404
    number = actions.nudge_idle(own, by=signed_in(request))
    said = ngettext(
        "%(number)d person gets a mail from you in a minute.",
        "%(number)d people get a mail from you in a minute.",
        number,
    )
    messages.success(request, said % {"number": number} if number else _("Everybody was reminded today already."))
    return redirect("team:company")


@require_POST
@login_required
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a colleague what another was asked to take."""
    own, colleague = administered(request, pk)
    form = ReassignForm(request.POST, giver=colleague)
    if form.is_valid():
        taker = form.cleaned_data["to"]
        try:
            number = actions.reassign(colleague, taker, by=signed_in(request))
        except actions.Refused as refusal:
            form.add_error("to", refusal.sentence)
        else:
            words = {"number": number, "name": str(taker.user)}
            said = ngettext(
                "%(name)s takes %(number)d thing instead.", "%(name)s takes %(number)d things instead.", number
            )
            messages.success(request, said % words if number else _("There was nothing to give on."))
            return redirect("team:person", pk=pk)
    return person_page(request, own, colleague, form)
