"""The organiser's list: who comes, and one answer for several."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from lms.accounts.models import User
from lms.events import actions, selectors
from lms.events.list_forms import Answer, AnswerForm
from lms.events.models import Event, Order, Registration
from lms.events.rules import RegistrationState, held_for
from lms.events.selectors import Wanted
from lms.events.views.access import organised_event, signed_in

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@vary_on_headers("HX-Request")
def registrations(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is registered, in the order of the line; an answer to those chosen comes back to the same part of it."""
    event = organised_event(request, pk)
    if request.method == "POST":
        return answer(request, event)
    return show(request, event, Wanted.of(request.GET.dict()), AnswerForm())


def answer(request: HttpRequest, event: Event) -> HttpResponse:
    """Answer the chosen ones, each on its own; a refused form comes back as it was sent."""
    form, asked = AnswerForm(request.POST), Wanted.of(request.POST.dict())
    sent = request.POST.getlist("registration")
    ids = [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 16]
    chosen = list(Registration.objects.filter(event=event, pk__in=ids[:PAGE]).order_by("queued_at", "pk"))
    if not chosen:
        form.add_error(None, _("Choose at least one person in the list. Nothing was changed."))
    if not form.is_valid():
        return show(request, event, asked, form, chosen=ids)
    answered = ANSWERS[form.cleaned_data["answer"]](chosen, signed_in(request), form.cleaned_data["reason"])
    for sentence in told(answered):
        messages.info(request, sentence)
    return redirect(f"{reverse('events:registrations', args=[event.pk])}?{urlencode(asked.fields)}")


def show(
    request: HttpRequest, event: Event, asked: Wanted, form: AnswerForm, *, chosen: list[int] | None = None
) -> HttpResponse:
    """The page, or for htmx the list alone."""
    found = selectors.registrations_listed(event, asked)
    page = Paginator(found, PAGE).get_page(request.GET.get("page") or request.POST.get("page"))
    taken = selectors.taken_places(event)
    line = taken.line
    kept = held_for([party for party, _members in line], taken.free)
    context: dict[str, Any] = {
        "event": event,
        "asked": asked,
        "query": urlencode(asked.fields),
        "form": form,
        "chosen": chosen or [],
        "page": page,
        "rows": selectors.rows(page.object_list, selectors.questions_of(event)),
        "states": facets(asked, [one.state for one in taken.all]),
        "total": len(taken.all),
        "taken": taken,
        "companies": selectors.companies_at(event),
        "kept": kept,
        "head": next((one for one in taken.all if kept and one.id == line[0][1][0]), None),
    }
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    part = bool(htmx) and not htmx.history_restore_request
    return render(request, "events/_registrations.html" if part else "events/registrations.html", context)


def facets(asked: Wanted, states: list[str]) -> list[dict[str, Any]]:
    """The states there are people in, with how many, and the address of each."""
    others = {name: value for name, value in asked.fields.items() if name != "state"}
    every = {"label": _("Everybody"), "count": len(states), "query": urlencode(others), "here": not asked.state}
    return [
        every,
        *(
            {
                "label": state.label,
                "count": states.count(state),
                "query": urlencode({**others, "state": state.value}),
                "here": asked.state == state,
            }
            for state in RegistrationState
            if state in states or asked.state == state
        ),
    ]


def offer_each(chosen: list[Registration], by: User, reason: str) -> actions.Answered:
    """Offer each of them a place before their turn, as far as there are places."""
    answered = actions.Answered()
    for one in chosen:
        try:
            offered = actions.offer_out_of_turn(one, by=by, reason=reason)
        except actions.Refused as refused:
            answered.refused.append((one, refused.sentence))
        else:
            answered.done.extend(offered)
    return answered


ANSWERS: dict[str, Callable[[list[Registration], User, str], actions.Answered]] = {
    Answer.APPROVE: lambda chosen, by, _reason: actions.approve(chosen, by=by),
    Answer.DECLINE: lambda chosen, by, reason: actions.decline(chosen, by=by, reason=reason),
    Answer.CANCEL: lambda chosen, by, reason: actions.cancel_for(chosen, by=by, reason=reason),
    Answer.OFFER: offer_each,
}


def told(answered: actions.Answered) -> list[str]:
    """What was done and how they stand now, and what was not done, in sentences."""
    done = len(answered.done)
    words = ngettext("Done for %(done)s person.", "Done for %(done)s people.", done) % {"done": done}
    stand = Counter(one.get_state_display() for one in answered.done)
    words = " ".join([words, *(f"{state}: {number}." for state, number in stand.items())])
    return [words if done else _("Nothing was changed."), *(why for _one, why in answered.refused)]


@require_POST
@login_required
def split_order(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Let each of a group come as a place comes free."""
    event = organised_event(request, pk)
    actions.split(get_object_or_404(Order, pk=order, event=event), by=signed_in(request))
    messages.success(request, _("The group is split: each has a place as it comes free, and keeps their turn."))
    return redirect("events:registrations", event.pk)
