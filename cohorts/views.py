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
from cohorts.models import Participation
from cohorts.rules import Stage
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
        "page": Paginator(desk.needing_help, PAGE).get_page(request.GET.get("page")),
        "may_write": selectors.cohorts_run_by(person(request)).exists(),
    }
    return render(request, "cohorts/advisor.html", context)


@require_safe
@login_required
def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    """The companies of a cohort. A company's own people see their own line and nothing of the others."""
    found = get_object_or_404(selectors.cohorts_visible_to(person(request)), slug=slug)
    seen = selectors.participations_visible_to(person(request)).filter(cohort=found)
    counts = selectors.stage_counts(seen)
    stage = request.GET.get("stage", "")
    if stage in Stage.values:
        seen = seen.filter(stage=stage)
    page = Paginator(selectors.lines(seen, timezone.now()), PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": found,
        "oversees": selectors.cohorts_overseen_by(person(request)).filter(pk=found.pk).exists(),
        "stage": stage if stage in Stage.values else "",
        "counts": counts,
        "total": sum(number for _stage, number in counts),
        "page": page,
    }
    return render(request, "cohorts/cohort.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@vary_on_headers("HX-Request")
def participation(request: HttpRequest, pk: int) -> HttpResponse:
    """A company on its way: where it is, its people, its history, and for its advisors the move."""
    if request.method == "POST":
        return move(request, pk)
    found = get_object_or_404(selectors.participations_visible_to(person(request)), pk=pk)
    return show(request, found)


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the company; a refused move comes back filled, with a sentence."""
    found = get_object_or_404(selectors.participations_run_by(person(request)), pk=pk)
    form = MoveForm(request.POST, participation=found)
    if form.is_valid():
        told = form.cleaned_data
        try:
            found = actions.move_to(found, told["stage"], by=person(request), reason=told["reason"])
        except actions.MoveRefused as refused:
            form.add_error("stage", refused.sentence)
    if not form.is_valid():
        return show(request, found, form=form)
    sentence = _("%(company)s is now at “%(stage)s”.") % {
        "company": found.company.name,
        "stage": found.get_stage_display(),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return show(request, found, moved=sentence)
    messages.success(request, sentence)
    return redirect(found)


def show(request: HttpRequest, found: Participation, *, form: MoveForm | None = None, moved: str = "") -> HttpResponse:
    """The page of a company, or for htmx the same fragment alone."""
    who = person(request)
    runs = selectors.participations_run_by(who).filter(pk=found.pk).exists()
    oversees = runs or selectors.sees_every_cohort(who)
    facts = selectors.facts_of(found) if runs else None
    context: dict[str, Any] = {
        "participation": found,
        "cohort": found.cohort,
        "oversees": oversees,
        "steps": rules.steps(found.stage),
        "days": rules.days(found.stage_since, timezone.now()),
        "people": selectors.people_of(found) if oversees or selectors.administers(who, found.company_id) else None,
        "moves": selectors.moves_of(found),
        "moved": moved,
    }
    if facts is not None:
        ways = rules.next_stages(found.stage)
        context["missing"] = [(to, missing) for to in ways if (missing := rules.missing_for(to, facts))]
        context["form"] = form or (MoveForm(participation=found) if ways else None)
    template = "cohorts/_participation.html" if request.htmx else "cohorts/participation.html"  # type: ignore[attr-defined]
    return render(request, template, context)
