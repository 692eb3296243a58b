"""Answering the questionnaire, with colleagues, in any order."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget

from courses.readiness import actions, selectors
from courses.readiness.forms import THEIRS, AnswerForm
from courses.readiness.models import Answer, Assessment
from courses.readiness.rules import Content, Question
from courses.readiness.shown import topics_shown
from courses.views.access import signed_in
from lms.accounts.models import Company
from lms.accounts.selectors import current_membership


def company_of(request: HttpRequest) -> Company:
    membership = current_membership(request)
    if membership is None:
        raise Http404
    return membership.company


@require_safe
@login_required
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """Where the company is: topics under way, or the way to begin; and the reports there are."""
    membership = current_membership(request)
    if membership is None:
        return render(request, "readiness/overview.html", {"company": None})
    assessment = selectors.open_assessment(membership.company)
    context: dict[str, Any] = {"company": membership.company, "assessment": assessment}
    if assessment:
        assessment.company = membership.company
        content, answers = selectors.content_of(assessment.edition), selectors.answers_of(assessment)
        topics = topics_shown(assessment, content, answers)
        context |= {
            "topics": topics,
            "next_topic": next((topic for topic in topics if not topic.done), None),
            "answered": sum(topic.answered for topic in topics),
            "asked": sum(len(topic.questions) for topic in topics),
        }
    else:
        context["edition"] = selectors.newest_edition()
    context["reports"] = list(selectors.reports_of(membership.company))
    return render(request, "readiness/overview.html", context)


@require_POST
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Begin, or go on with what a colleague began."""
    try:
        assessment = actions.start(company_of(request), by=signed_in(request))
    except actions.Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("readiness:overview")
    assessment.company = company_of(request)
    topics = topics_shown(assessment, selectors.content_of(assessment.edition), selectors.answers_of(assessment))
    first = next((topic for topic in topics if not topic.done), topics[0])
    return redirect("readiness:topic", key=first.topic.key)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """The questions of one topic. A POST saves them all, or with `only` the one it names."""
    company = company_of(request)
    assessment = selectors.open_assessment(company)
    if assessment is None:
        return redirect("readiness:overview")
    assessment.company = company
    content, answers = selectors.content_of(assessment.edition), selectors.answers_of(assessment)
    questions = {one.key: one for one in content.asked(company.product_class, company.stage) if one.topic == key}
    if not questions:
        raise Http404
    if request.method != "POST":
        forms = [AnswerForm(question, answers.get(question.key)) for question in questions.values()]
        return topic_page(request, assessment, content, answers, key, forms)
    if only := request.POST.get("only"):
        questions = {name: question for name, question in questions.items() if name == only}
    forms = save(request, assessment, questions, answers)
    if request.htmx and only and forms:  # type: ignore[attr-defined]
        return one_alone(request, key, forms[0])
    if only or any(form.errors or form.theirs for form in forms):
        answers = selectors.answers_of(assessment)
        sent = {form.question.key: form for form in forms}
        shown = [
            sent.get(one.key) or AnswerForm(one, answers.get(one.key))
            for one in content.asked(company.product_class, company.stage)
            if one.topic == key
        ]
        return topic_page(request, assessment, content, answers, key, shown)
    messages.success(request, _("Saved."))
    return redirect(next_address(assessment, content, key, request))


def one_alone(request: HttpRequest, key: str, form: AnswerForm) -> HttpResponse:
    """For htmx: what became of one answer, without the fields typed into; with them where a colleague's is kept."""
    context = {"form": form, "key": key, "swapped": True}
    if form.is_bound or request.POST.get(form["keep"].html_name) != THEIRS:
        return render(request, "readiness/_state.html", context)
    whole = render(request, "readiness/_question.html", context)
    return retarget(reswap(whole, "outerHTML"), f"#question-{form.question.key}")


def save(
    request: HttpRequest,
    assessment: Assessment,
    questions: Mapping[str, Question],
    answers: Mapping[str, Answer],
) -> list[AnswerForm]:
    """Save what can be saved; each form comes back with its errors, or with a colleague's answer in `theirs`."""
    return [_saved(request, assessment, question, answers.get(key)) for key, question in questions.items()]


def _saved(request: HttpRequest, assessment: Assessment, question: Question, answer: Answer | None) -> AnswerForm:
    form = AnswerForm(question, answer, request.POST)
    if not form.is_valid() or form.says_nothing:
        return form
    if form.keeps_theirs:
        return AnswerForm(question, answer)
    try:
        return AnswerForm(question, actions.answer(assessment, question.key, form.said, by=signed_in(request)))
    except actions.Refused as refusal:
        form.add_error(refusal.field or None, refusal.sentence)
    except actions.Conflict as conflict:
        form.theirs = form.answer = conflict.theirs
    return form


def next_address(assessment: Assessment, content: Content, key: str, request: HttpRequest) -> str:
    """The next topic; after the last one the overview, where the report is made."""
    keys = [one.topic.key for one in topics_shown(assessment, content, {})]
    place = keys.index(key) + 1
    if "stay" in request.POST:
        return reverse("readiness:topic", args=[key])
    return reverse("readiness:topic", args=[keys[place]]) if place < len(keys) else reverse("readiness:overview")


def topic_page(
    request: HttpRequest,
    assessment: Assessment,
    content: Content,
    answers: Mapping[str, Answer],
    key: str,
    forms: list[AnswerForm],
) -> HttpResponse:
    topics = topics_shown(assessment, content, answers)
    context = {
        "assessment": assessment,
        "company": assessment.company,
        "topics": topics,
        "topic": next(one.topic for one in topics if one.topic.key == key),
        "is_last": topics[-1].topic.key == key,
        "key": key,
        "forms": forms,
        "problems": sum(bool(form.errors or form.theirs) for form in forms),
    }
    return render(request, "readiness/topic.html", context)
