"""Adjusting a company's path: for those who advise it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.private import may_view
from courses.advising import companies_run_by
from courses.models import LearningPath
from courses.paths import actions
from courses.paths.forms import AddForm, ReasonForm
from courses.paths.shown import path_shown
from courses.paths.views.company import sent_number
from courses.selectors import outline
from courses.views.access import signed_in
from lms.accounts.models import Company


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """The path of a company the reader advises. A POST changes one thing; refused, it comes back as it was filled."""
    company = get_object_or_404(companies_run_by(signed_in(request)), pk=pk)
    path = LearningPath.objects.filter(company=company).first() if request.method == "POST" else None
    if path is None:
        return page(request, company)
    return CHANGES.get(request.POST.get("do", ""), move)(request, company, path)


def page(request: HttpRequest, company: Company, **sent: forms.Form) -> HttpResponse:
    """The page; `sent` are forms that were refused: `add`, or `reason` of the step that was sent."""
    context: dict[str, Any] = {"company": company, **path_shown(request, company.pk, 0)}
    if context["path"]:
        step = sent_number(request, "step") if "reason" in sent else -1
        context["lines"] = [
            (one, sent["reason"] if one.step.id == step else ReasonForm(one.step.id, one.step.reason))
            for one in context["steps"]
        ]
        context["form"] = sent.get("add") or add_form(request, context["path"])
    return render(request, "paths/adjust.html", context)


def add_form(request: HttpRequest, path: Any, data: Any = None) -> AddForm:
    return AddForm([one for one in outline(request).courses if may_view(request, one.restrictions)], path, data)


def attempt(request: HttpRequest, change: Callable[[], object], form: forms.Form | None = None) -> bool:
    """Whether a change was made. If not, the form or else a message says why."""
    try:
        change()
    except actions.Refused as refusal:
        problem, field = refusal.sentence, refusal.field
    except actions.Conflict as conflict:
        words = {"name": conflict.path.adjusted_by or _("Somebody")}
        sentence = _("%(name)s changed this path while you were here. Look at it as it is now, then send yours again.")
        problem, field = sentence % words, ""
    else:
        return True
    if form is None:
        messages.error(request, problem)
    else:
        form.add_error(field or None, problem)
    return False


def back(company: Company, step: int) -> HttpResponse:
    place = f"#step-{step}" if step > 0 else ""
    return redirect(f"{reverse('paths:adjust', args=[company.pk])}{place}")


def add(request: HttpRequest, company: Company, path: LearningPath) -> HttpResponse:
    shown = path_shown(request, company.pk, 0)["path"]
    form, made = add_form(request, shown, request.POST), []
    who, version = signed_in(request), sent_number(request, "version")
    if form.is_valid():
        told = form.cleaned_data
        add_it = lambda: made.append(  # noqa: E731
            actions.add(path, told["course"], reason=told["reason"], version=version, by=who)
        )
        if attempt(request, add_it, form):
            messages.success(request, _("Added at the end of the path."))
            return back(company, made[0].pk)
    return page(request, company, add=form)


def reason(request: HttpRequest, company: Company, path: LearningPath) -> HttpResponse:
    step, who, version = sent_number(request, "step"), signed_in(request), sent_number(request, "version")
    form = ReasonForm(step, "", request.POST)
    if form.is_valid():
        words = form.cleaned_data["reason"]
        if attempt(request, lambda: actions.give_reason(path, step, words, version=version, by=who), form):
            messages.success(request, _("Saved."))
            return back(company, step)
    return page(request, company, reason=form)


def move(request: HttpRequest, company: Company, path: LearningPath) -> HttpResponse:
    step, place = sent_number(request, "step"), sent_number(request, "place")
    who, version = signed_in(request), sent_number(request, "version")
    if place >= 0 and attempt(request, lambda: actions.move(path, step, place, version=version, by=who)):
        messages.success(request, _("Moved to place %(place)s.") % {"place": place + 1})
    return back(company, step)


def take_out(request: HttpRequest, company: Company, path: LearningPath) -> HttpResponse:
    step, who, version = sent_number(request, "step"), signed_in(request), sent_number(request, "version")
    if attempt(request, lambda: actions.take_out(path, step, version=version, by=who)):
        messages.success(request, _("Taken off the path. What people did in the course is theirs."))
    return back(company, 0)


def order(request: HttpRequest, company: Company, path: LearningPath) -> HttpResponse:
    ordered, who, version = request.POST.get("ordered") == "1", signed_in(request), sent_number(request, "version")
    if attempt(request, lambda: actions.set_order(path, ordered=ordered, version=version, by=who)):
        messages.success(request, _("Saved."))
    return back(company, 0)


def suggestion(request: HttpRequest, company: Company, path: LearningPath) -> HttpResponse:
    who, version = signed_in(request), sent_number(request, "version")
    if attempt(request, lambda: actions.take_suggestion(path, version=version, by=who)):
        messages.success(request, _("The path follows the newest report now. What you added is still there."))
    return back(company, 0)


CHANGES: dict[str, Callable[[HttpRequest, Company, LearningPath], HttpResponse]] = {
    "add": add,
    "reason": reason,
    "out": take_out,
    "order": order,
    "suggestion": suggestion,
}
