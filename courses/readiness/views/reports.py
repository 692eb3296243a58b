"""Closing an assessment into a report, and reading it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.readiness import actions, selectors
from courses.readiness.sections import sections
from courses.readiness.shown import report_shown
from courses.readiness.views.answering import company_of
from courses.views.access import signed_in


@require_POST
@login_required
def finish(request: HttpRequest) -> HttpResponse:
    """Make the report. Pressed twice, it is the same one."""
    company = company_of(request)
    assessment = selectors.open_assessment(company) or selectors.newest_assessment(company)
    if assessment is None:
        return redirect("readiness:overview")
    try:
        report = actions.finish(assessment, by=signed_in(request))
    except actions.Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("readiness:overview")
    return redirect("readiness:report", pk=report.pk)


@require_safe
@login_required
@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A finished report, for the people of the company."""
    found = get_object_or_404(selectors.reports_visible_to(signed_in(request)), pk=pk)
    context = {**report_shown(request, found), "sections": sections(request, found)}
    return render(request, "readiness/report.html", context)
