"""The company's page of seats, and what its administrators do there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.models import Seat, SeatAgreement
from courses.seats import actions, selectors
from courses.seats.forms import ColleagueForm
from courses.seats.rules import may_be_taken_back
from courses.seats.shown import administers, agreement_shown
from courses.selectors import outline
from courses.views.access import signed_in
from lms.accounts.models import Membership
from lms.accounts.selectors import current_membership

SEATS_A_PAGE = 50


@require_safe
@login_required
@never_cache
def seats(request: HttpRequest) -> HttpResponse:
    """Every agreement of the company; of one of them who holds a seat, since when. Colleagues read."""
    return seats_page(request, request.GET.get("agreement", ""))


def seats_page(request: HttpRequest, wanted: str, *, form: ColleagueForm | None = None) -> HttpResponse:
    membership = current_membership(request)
    if membership is None:
        raise Http404
    agreements = list(selectors.agreements_of(membership.company).prefetch_related("courses"))
    today = selectors.today()
    shown = [
        {"own": one, **_words(request, one, agreement_shown(selectors.terms(one, used=one.used), today))}  # type: ignore[attr-defined]
        for one in agreements
    ]
    chosen = next((one for one in shown if str(one["own"].pk) == wanted), None) if wanted else _first(shown)
    if wanted and chosen is None:
        raise Http404
    context: dict[str, Any] = {
        "membership": membership,
        "company": membership.company,
        "agreements": shown,
        "chosen": chosen,
        "administers": administers(membership),
    }
    if chosen:
        context |= {"holders": _holders(request, chosen["own"]), "query": f"agreement={chosen['own'].pk}"}
        if context["administers"] and chosen["shown"].changes:
            context["form"] = form or ColleagueForm(chosen["own"])
    return render(request, "seats/seats.html", context)


def _words(request: HttpRequest, agreement: SeatAgreement, shown: Any) -> dict[str, Any]:
    """The agreement in words, and its courses: (title, address), without an address where one is not open now."""
    by_id = outline(request).by_id
    courses = []
    for page in agreement.courses.all():
        open_now = by_id.get(page.pk)
        courses.append((open_now.title, open_now.url) if open_now else (page.title, ""))
    return {"shown": shown, "courses": courses}


def _first(shown: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The agreement a page begins with: one that counts now, else one to come."""
    order = ("now", "ahead", "over")
    return min(shown, key=lambda one: order.index(one["shown"].state), default=None)


class Counted(Paginator):
    """Pages of seats whose number is known already."""

    def __init__(self, seats: Any, number: int) -> None:
        super().__init__(seats, SEATS_A_PAGE)
        self.count = number


def _holders(request: HttpRequest, agreement: SeatAgreement) -> Any:
    seats = selectors.holders(Seat.objects.filter(agreement=agreement).order_by("-taken_at", "-pk"))
    page = Counted(seats, agreement.used).get_page(request.GET.get("page"))  # type: ignore[attr-defined]
    page.object_list = list(page.object_list)
    for seat in page.object_list:
        seat.movable = may_be_taken_back(at_work=seat.at_work, in_company=seat.in_company)
    return page


@require_POST
@login_required
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a seat for a colleague."""
    agreement = _administered(request, pk)
    form = ColleagueForm(agreement, request.POST)
    if not form.is_valid() and _is_here(request, agreement):
        return seats_page(request, str(agreement.pk), form=form)
    if not form.is_valid():
        return _back(request, agreement)
    membership: Membership = form.cleaned_data["membership"]
    said = _("%(name)s has a seat now.") % {"name": membership.user}
    return _done(request, agreement, lambda: actions.give(agreement, membership, by=signed_in(request)), said)


@require_POST
@login_required
def take_back(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Free the seat of a person. One that is free already stays so."""
    agreement = _administered(request, pk)
    seat = selectors.seat_of(agreement, person)
    if seat is None:
        return _gone(request, agreement)
    said = _("The seat of %(name)s is free again.") % {"name": seat.user}
    return _done(request, agreement, lambda: actions.take_back(seat, by=signed_in(request)), said)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def move(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Give the seat of a person to a colleague."""
    agreement = _administered(request, pk)
    seat = selectors.seat_of(agreement, person)
    if seat is None:
        return _gone(request, agreement)
    form = ColleagueForm(agreement, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"seat": seat, "form": form, "back": _address(request, agreement)}
        return render(request, "seats/move.html", context)
    membership: Membership = form.cleaned_data["membership"]
    said = _("The seat is %(name)s’s now.") % {"name": membership.user}
    return _done(request, agreement, lambda: actions.move(seat, membership, by=signed_in(request)), said)


def _administered(request: HttpRequest, pk: int) -> SeatAgreement:
    return get_object_or_404(selectors.agreements_administered_by(signed_in(request)), pk=pk)


def _gone(request: HttpRequest, agreement: SeatAgreement) -> HttpResponse:
    messages.info(request, _("This person has no seat now. Nothing more was changed."))
    return _back(request, agreement)


def _done(request: HttpRequest, agreement: SeatAgreement, do: Callable[[], object], said: str) -> HttpResponse:
    """Do it, say so or say why not, and go back to the page of seats."""
    try:
        do()
    except actions.Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    return _back(request, agreement)


def _is_here(request: HttpRequest, agreement: SeatAgreement) -> bool:
    """Whether the agreement is one of the company the visitor acts for now."""
    membership = current_membership(request)
    return membership is not None and membership.company_id == agreement.company_id


def _address(request: HttpRequest, agreement: SeatAgreement) -> str:
    return reverse("seats:seats") + (f"?agreement={agreement.pk}" if _is_here(request, agreement) else "")


def _back(request: HttpRequest, agreement: SeatAgreement) -> HttpResponse:
    return redirect(_address(request, agreement))
