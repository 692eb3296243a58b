"""The list of registrations as a file for a spreadsheet: for invoices, badges and hotels."""

from collections.abc import Iterator
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.core.exports import csv_response, xlsx_response
from lms.events import selectors
from lms.events.models import Event, Question
from lms.events.selectors import Wanted
from lms.events.views.access import organised_event


@require_safe
@login_required
def registrations_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Those of the list the organiser came from, as CSV."""
    event = organised_event(request, pk)
    questions = selectors.questions_of(event)
    lines = cells(event, Wanted.of(request.GET.dict()), questions)
    return csv_response(f"registrations-{event.pk}.csv", header(questions), lines)


@require_safe
@login_required
def registrations_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Those of the list the organiser came from, as a workbook."""
    event = organised_event(request, pk)
    questions = selectors.questions_of(event)
    lines = cells(event, Wanted.of(request.GET.dict()), questions)
    return xlsx_response(f"registrations-{event.pk}.xlsx", header(questions), lines)


def header(questions: list[Question]) -> list[str]:
    return [
        _("Name"),
        _("E-mail"),
        _("Company"),
        _("Organisation number"),
        _("State"),
        _("Since"),
        _("Registered"),
        _("Order"),
        _("Registered by"),
        _("Comes together"),
        _("Sessions"),
        _("Fee in NOK"),
        _("Invoice reference"),
        _("Place kept until"),
        *(question.text for question in questions),
    ]


def cells(event: Event, asked: Wanted, questions: list[Question]) -> Iterator[list[object]]:
    """A row for each registration. Times are in the event's zone."""
    for row in selectors.rows(selectors.registrations_listed(event, asked), questions):
        one, order = row.one, row.one.order
        yield [
            one.name,
            one.email,
            one.company.name if one.company else "",
            one.company.number if one.company else "",
            one.get_state_display(),
            one.state_since.astimezone(event.zone).replace(microsecond=0),
            order.placed_at.astimezone(event.zone).replace(microsecond=0),
            order.pk,
            str(order.placed_by),
            _("Yes") if order.together else "",
            "; ".join(row.sessions),
            Decimal(one.fee) / 100,
            order.invoice_reference,
            one.offered_until.astimezone(event.zone).replace(microsecond=0) if one.offered_until else "",
            *(selectors.answer_to(question, one) for question in questions),
        ]
