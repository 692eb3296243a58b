"""The advisor's part: whom to answer, and the answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses import selectors as courses
from courses.evidence import actions, selectors
from courses.evidence.forms import ACCEPT, DecideForm
from courses.evidence.views.learners import read_first, show
from courses.models import Evidence
from courses.rules import EvidenceState
from courses.views.access import signed_in

PAGE = 50


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, the longest first, then what was answered. For those who answer; nobody else has such a page."""
    user = signed_in(request)
    if not selectors.may_decide(user):
        raise Http404
    page = Paginator(selectors.desk(user), PAGE).get_page(request.GET.get("page"))
    outline, rows = courses.outline(request), list(page.object_list)
    for row in rows:
        known = outline.by_id.get(row.course_id)
        row.course_title = known.title if known else row.course.title  # type: ignore[attr-defined]
    context = {
        "page": page,
        "waiting": [row for row in rows if row.state == EvidenceState.SENT],
        "answered": [row for row in rows if row.state != EvidenceState.SENT],
    }
    return render(request, "evidence/desk.html", context)


@require_POST
@login_required
@never_cache
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, or ask. What was said meanwhile is shown first, with the words kept."""
    evidence = get_object_or_404(selectors.evidence_decided_by(signed_in(request)), pk=pk)
    form = DecideForm(request.POST)
    if form.is_valid() and decided(request, evidence, form):
        return redirect("evidence:one", pk=pk)
    evidence.refresh_from_db()
    return show(request, evidence, deciding=form)


def decided(request: HttpRequest, evidence: Evidence, form: DecideForm) -> bool:
    """Whether it was done; if not, the reason is in the form."""
    told, user, name = form.cleaned_data, signed_in(request), evidence.user.full_name
    try:
        if told["decision"] == ACCEPT:
            actions.accept(evidence, by=user, version=told["version"], words=told["words"])
            sentence = _("Accepted. The course is open to %(name)s, who gets a mail.")
        else:
            actions.ask(evidence, by=user, version=told["version"], question=told["words"])
            sentence = _("Asked. %(name)s gets a mail; the answer comes back here.")
    except actions.Refused as refused:
        form.add_error(refused.field or None, refused.sentence)
        return False
    except actions.Conflict as conflict:
        read_first(form, conflict.evidence)
        return False
    messages.success(request, sentence % {"name": name})
    return True
