"""The advisor's pages."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from cohorts import actions, rules, selectors
from cohorts.forms import MoveForm
from cohorts.rules import Stage
from courses.evidence import selectors as evidence
from lms.accounts.models import User

PAGE = 50


def person(request: HttpRequest) -> User:
    """Who is signed in. Only behind `login_required`."""
    return cast(User, request.user)


@require_safe
@login_required
def advisor(request: HttpRequest) -> HttpResponse:
    """Whom to call first, then each cohort by stage. For people who oversee a cohort; nobody else has such a page."""
    cohorts = list(selectors.cohorts_overseen_by(person(request)))
    if not cohorts and not selectors.may_advise(person(request)):
        raise Http404
    desk = selectors.desk(cohorts, timezone.now())
    context = {
        "desk": desk,
        "evidence_waiting": evidence.waiting_for(person(request)),
        "page": Paginator(desk.needing_help, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "cohorts/advisor.html", context)


@require_safe
@login_required
def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    """The companies of a cohort. A company's own people see their own line and nothing of the others."""
    found = get_object_or_404(selectors.cohorts_visible_to(person(request)), slug=slug)
    seen = selectors.participations_visible_to(person(request)).filter(cohort=found)
    lines = selectors.lines(seen, timezone.now())
    stage = request.GET.get("stage", "")
    shown = [line for line in lines if line.stage == stage] if stage in Stage.values else lines
    context = {
        "cohort": found,
        "stage": stage if stage in Stage.values else "",
        "groups": selectors.by_stage(lines),
        "total": len(lines),
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "cohorts/cohort.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@vary_on_headers("HX-Request")
def participation(request: HttpRequest, pk: int) -> HttpResponse:
    """A company on its way: where it is, its people, its history, and for its advisors the move."""
    if request.method == "POST":
        return move(request, pk)
    return show(request, pk)


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the company; a refused move comes back filled, with a sentence."""
    found = get_object_or_404(selectors.participations_run_by(person(request)), pk=pk)
    form = MoveForm(request.POST, participation=found)
    if form.is_valid():
        told = form.cleaned_data
        try:
            found = actions.move_to(found, told["stage"], by=person(request), reason=told["reason"])
        except actions.MoveRefused as refused:
            form.add_error("reason" if told["stage"] in rules.next_stages(found.stage) else "stage", refused.sentence)
    if not form.is_valid():
        return show(request, pk, form=form)
    names = {"company": found.company.name, "stage": found.get_stage_display()}
    sentence = _("%(company)s is now at “%(stage)s”.") % names
    if request.htmx:  # type: ignore[attr-defined]
        return show(request, pk, moved=sentence)
    messages.success(request, sentence)
    return redirect(found)


def show(request: HttpRequest, pk: int, *, form: MoveForm | None = None, moved: str = "") -> HttpResponse:
    """The page of a company, or for htmx the same fragment alone."""
    who = person(request)
    found: Any = get_object_or_404(selectors.participations_visible_to(who), pk=pk)  # with the marks of that selector
    context: dict[str, Any] = {
        "participation": found,
        "cohort": found.cohort,
        "steps": rules.steps(found.stage),
        "days": rules.days(found.stage_since, timezone.now()),
        "people": selectors.people_of(found)
        if found.overseen or selectors.administers(who, found.company_id)
        else None,
        "moves": selectors.moves_of(found),
        "moved": moved,
    }
    if found.run and (ways := rules.next_stages(found.stage)):
        facts = selectors.facts_of(found)
        forward = [to for to in ways if rules.is_forward(found.stage, to)]
        context["missing"] = [(to, missing) for to in forward if (missing := rules.missing_for(to, facts))]
        context["form"] = form or MoveForm(participation=found)
    template = "cohorts/_participation.html" if request.htmx else "cohorts/participation.html"  # type: ignore[attr-defined]
    return render(request, template, context)
