"""What people thought: the form, for who is signed in and for whoever has their own link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.events.actions import feedback as actions
from lms.events.actions.moving import Refused
from lms.events.feedback_forms import FeedbackForm
from lms.events.models import Registration
from lms.events.rules.feedback import CHANGEABLE, may_change
from lms.events.selectors.attendance import registration_at
from lms.events.selectors.feedback import for_feedback, questions_of, reply_of
from lms.events.views.access import signed_in, visible_event
from lms.events.views.joining import by_key


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, for somebody with a registration of their own."""
    own = registration_at(visible_event(request, pk), signed_in(request).pk)
    if own is None:
        raise Http404
    return answer(request, own, reverse("events:feedback", args=[pk]))


@by_key
def feedback_by_key(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The form, for whoever has the link: colleagues without an account, and mail read on another machine."""
    here = reverse("events:feedback_by_key", args=[registration.join_key])
    return answer(request, registration, here, by_link=True)


def answer(request: HttpRequest, registration: Registration, here: str, *, by_link: bool = False) -> HttpResponse:
    """Show the form or keep the answers. A refused form comes back filled."""
    event, now = registration.event, timezone.now()
    found = for_feedback(Registration.objects.filter(pk=registration.pk)).get()
    context = {"event": event, "registration": registration, "here": here, "by_link": by_link}
    try:
        actions.refuse_answer(found, event, now)
    except Refused as refusal:
        return render(request, "events/feedback.html", {**context, "refused": refusal.sentence})
    reply = reply_of(registration)
    given = reply.answers if reply else {}
    sent = request.POST if request.method == "POST" else None
    form = FeedbackForm(sent, questions=questions_of(event), answers=given)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(registration, form.answers, now=now)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Thank you. Your answers are with the organisers, without your name."))
            return redirect(here)
    context |= {
        "form": form,
        "reply": reply,
        "changeable": reply is None or may_change(reply.given_at, now),
        "until": reply.given_at + CHANGEABLE if reply else None,
    }
    return render(request, "events/feedback.html", context)
