"""Registering oneself and colleagues in one go: who comes, then what each of them is asked, where anything is."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.accounts.models import Company
from lms.accounts.selectors import belonging
from lms.events import actions, selectors
from lms.events.actions import Person, Refused
from lms.events.models import Order
from lms.events.rules import FeeFor, RegistrationState
from lms.events.selectors import Desk
from lms.events.views.access import signed_in, visible_event
from lms.events.views.details_form import DetailsForm
from lms.events.views.people_form import PeopleForm
from lms.events.views.way_in import company_left_said, needs_company, places_said, way_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, in one step or two. Every refusal comes back with what was typed."""
    user = signed_in(request)
    desk = selectors.desk_for(visible_event(request, pk), user, _company(request))
    if request.method != "POST":
        return _people_page(request, desk, PeopleForm(desk, user=user))
    form = PeopleForm(desk, user=user, data=request.POST)
    if not form.is_valid() or request.POST.get("step") == "back":
        return _people_page(request, desk, form)
    details: list[DetailsForm] = []
    if _asks_more(desk):
        details = _details(request, desk, form)
        if request.POST.get("step") != "details":
            return _second_step(request, desk, form, details)
        wrong = [one for one in details if not one.is_valid()]  # each says what is wrong, not only the first
        if wrong:
            return _details_page(request, desk, form, details)
    return _registered(request, desk, form, details)


def _second_step(request: HttpRequest, desk: Desk, form: PeopleForm, details: Sequence[DetailsForm]) -> HttpResponse:
    """What each is asked, if these people can be registered at all."""
    try:
        actions.check_people(desk.event, desk.taken, _people(form, []), desk.company)
    except Refused as refusal:
        form.refuse(refusal)
        return _people_page(request, desk, form)
    return _details_page(request, desk, form, details)


def _registered(request: HttpRequest, desk: Desk, form: PeopleForm, details: Sequence[DetailsForm]) -> HttpResponse:
    """Register these people, or say why not where it is wrong."""
    try:
        order = actions.register(
            desk.event,
            _people(form, details),
            by=signed_in(request),
            company=desk.company,
            token=form.token,
            together=form.cleaned_data.get("together", False),
            invoice_reference=form.cleaned_data.get("invoice_reference", ""),
        )
    except Refused as refusal:
        if refusal.field.startswith("sessions-") and details:
            details[int(refusal.field.removeprefix("sessions-"))].refuse(refusal.sentence)
            return _details_page(request, desk, form, details)
        form.refuse(refusal)
        return _people_page(request, desk, form)
    messages.success(request, _told(order))
    return redirect(desk.event)


def _company(request: HttpRequest) -> Company | None:
    """The company the form is for: the one it names, of those the visitor is in; else the one they act for now."""
    asked = request.POST.get("company") or request.GET.get("company")
    memberships = belonging(request).memberships
    named = next((one.company for one in memberships if str(one.company_id) == asked), None)
    return named or (memberships[0].company if memberships else None)


def _asks_more(desk: Desk) -> bool:
    """Whether there is a second step: questions, sessions to choose, or a sum that depends on how many come."""
    by_head = desk.price.amount and desk.price.each == FeeFor.PERSON
    return bool(desk.asked.is_anything or by_head)


def _people(form: PeopleForm, details: Sequence[DetailsForm]) -> list[Person]:
    people = [Person(one.name, one.email, one.user) for one in form.chosen]
    return [
        Person(one.name, one.email, one.user, its.answers, its.sessions)
        for one, its in zip(people, details, strict=True)
    ] if details else people  # fmt: skip


def _details(request: HttpRequest, desk: Desk, form: PeopleForm) -> list[DetailsForm]:
    """A form for each who is chosen. Coming from the first step they are not looked at yet, but filled as before."""
    if request.POST.get("step") == "details":
        return [DetailsForm(desk.asked, prefix=f"d-{one.key}", data=request.POST) for one in form.chosen]
    found = [DetailsForm(desk.asked, prefix=f"d-{one.key}") for one in form.chosen]
    for one in found:
        one.take_over(request.POST)
    return found


def _people_page(request: HttpRequest, desk: Desk, form: PeopleForm) -> HttpResponse:
    amount = actions.sum_for(desk.price, desk.taken, desk.company, 1)
    context = {
        **_shared(request, desk, form),
        "asks_more": _asks_more(desk),
        "amount": None if desk.price.each == FeeFor.PERSON else amount,
        "needs_company": needs_company(desk.event, desk.company),
        "others": [one.company for one in belonging(request).memberships if one.company != desk.company],
        # What was answered in the second step, while somebody has gone back to the first.
        "kept": [
            (name, value) for name in request.POST if name.startswith("d-") for value in request.POST.getlist(name)
        ],
    }
    return render(request, "events/register.html", context)


def _details_page(request: HttpRequest, desk: Desk, form: PeopleForm, details: Sequence[DetailsForm]) -> HttpResponse:
    people = len(form.chosen)
    context = {
        **_shared(request, desk, form),
        "people": list(zip(form.chosen, details, strict=True)),
        "amount": actions.sum_for(desk.price, desk.taken, desk.company, people),
    }
    return render(request, "events/register_details.html", context)


def _shared(request: HttpRequest, desk: Desk, form: PeopleForm) -> dict[str, Any]:
    event, company = desk.event, desk.company
    return {
        "event": event,
        "company": company,
        "desk": desk,
        "form": form,
        "token": request.POST.get("token") or uuid4(),
        "way": way_in(event, desk.counted, company),
        "places": places_said(event, desk.counted),
        "company_left": company_left_said(event, desk.counted, company),
    }


def _told(order: Order) -> str:
    """What became of whom, in a sentence for each outcome."""
    sentences = {
        RegistrationState.CONFIRMED: _("Registered: %(names)s."),
        RegistrationState.WAITING: _("On the waiting list: %(names)s."),
        RegistrationState.REQUESTED: _("Asked for a place: %(names)s. An organiser answers."),
    }
    states: dict[str, list[str]] = {}
    for name, state in order.registrations.order_by("pk").values_list("name", "state"):
        states.setdefault(state, []).append(name)
    told = [sentences[RegistrationState(state)] % {"names": get_text_list(names, _("and"))}
            for state, names in states.items() if state in sentences]  # fmt: skip
    return " ".join(told) or _("You are registered already. Nothing was changed.")
