"""The company's path, for its people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.models import LearningPath
from courses.paths import actions, selectors
from courses.paths.forms import PeopleForm
from courses.paths.shown import path_shown
from courses.selectors import outline, states
from courses.views.access import signed_in
from lms.accounts.models import Membership
from lms.accounts.rules import MembershipRole
from lms.accounts.selectors import current_membership


def membership_of(request: HttpRequest, *, admin: bool = False) -> Membership:
    """The reader's membership in the company they act for, with `admin` as its administrator; or 404."""
    membership = current_membership(request)
    if membership is None or (admin and membership.role != MembershipRole.ADMIN):
        raise Http404
    return membership


def back_to(step_id: int) -> HttpResponse:
    return redirect(f"{reverse('paths:path')}#step-{step_id}")


@require_safe
@login_required
@never_cache
def path(request: HttpRequest) -> HttpResponse:
    """Which courses the company takes, in which order, why, and how far it is."""
    membership = current_membership(request)
    if membership is None:
        return render(request, "paths/path.html", {"company": None})
    context = path_shown(request, membership.company_id, signed_in(request).pk)
    context |= {"company": membership.company, "administers": membership.role == MembershipRole.ADMIN}
    return render(request, "paths/path.html", context)


@require_POST
@login_required
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one takes a course."""
    step = get_object_or_404(selectors.steps_of(membership_of(request).company_id), pk=pk)
    actions.take(step, by=signed_in(request))
    messages.success(request, _("You take this course."))
    return back_to(step.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes a course, and how far each is: for administrators, who choose."""
    company = membership_of(request, admin=True).company
    found = get_object_or_404(selectors.steps_of(company.pk), pk=pk)
    path = selectors.path_of(company.pk)
    step = next((one for one in path.steps if one.id == found.pk), None) if path else None
    if path is None or step is None:
        raise Http404
    form = PeopleForm(path.people, step.people, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.choose_people(found, form.cleaned_data["people"], by=signed_in(request))
        except actions.Refused as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return back_to(step.id)
    course = outline(request).by_id.get(step.course_id)
    done = states([person.id for person in path.people])
    colleagues = [
        (person, done[person.id].enrolments.get(step.course_id), done[person.id].progress(course) if course else None)
        for person in path.takers(step)
    ]
    context = {"step": step, "course": course, "form": form, "colleagues": colleagues, "company": company}
    return render(request, "paths/people.html", context)


@require_POST
@login_required
def suggestion(request: HttpRequest) -> HttpResponse:
    """Make the path where there is none: anybody of the company; take what a newer report suggests: administrators."""
    membership = membership_of(request)
    path = LearningPath.objects.filter(company=membership.company_id).first()
    report = selectors.newest_report(membership.company_id)
    if report is None:
        raise Http404
    if path is None:
        actions.follow(report)
        return redirect("paths:path")
    membership_of(request, admin=True)
    try:
        actions.take_suggestion(path, version=sent_number(request, "version"), by=signed_in(request))
    except actions.Conflict:
        messages.error(request, _("The path was changed while you were here. Nothing was done: look at it now."))
    else:
        messages.success(request, _("The path follows your newest report now."))
    return redirect("paths:path")


def sent_number(request: HttpRequest, name: str) -> int:
    """A whole number that was sent; -1, which is no id and no version, where there is none."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1
