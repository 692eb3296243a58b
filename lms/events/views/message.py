"""An organiser writes to those in the list."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lms.accounts.models import User
from lms.events import actions, selectors
from lms.events.list_forms import MessageForm
from lms.events.models import Event
from lms.events.rules import RegistrationState
from lms.events.selectors import Wanted
from lms.events.views.access import organised_event, signed_in

NAMED = 100
"""How many of those who will get it are named on the page."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """To whom it goes, and then the words. The people are those of the list the organiser came from."""
    event = organised_event(request, pk)
    asked = Wanted.of(request.POST.dict() if request.method == "POST" else request.GET.dict())
    people = list(selectors.registrations_listed(event, asked))
    recipients = actions.recipients_of(people)
    if request.method != "POST":
        form = MessageForm(initial={"token": uuid.uuid4(), "people": len(recipients)})
        return page(request, event, asked, form, recipients)
    form = MessageForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            written = actions.announce(
                event,
                people,
                subject=told["subject"],
                text=told["text"],
                by=signed_in(request),
                token=told["token"],
                expected=told["people"],
            )
        except actions.Refused as refused:
            form.add_error(None, refused.sentence)
    if not form.is_valid():
        form.data = {**request.POST.dict(), "people": str(len(recipients))}  # as many as this page names now
        return page(request, event, asked, form, recipients)
    messages.success(request, _("“%(subject)s” is on its way.") % {"subject": written.subject})
    return redirect(f"{reverse('events:registrations', args=[event.pk])}?{urlencode(asked.fields)}")


def page(request: HttpRequest, event: Event, asked: Wanted, form: MessageForm, recipients: list[User]) -> HttpResponse:
    """The form under the names of those who will get it."""
    count = len(recipients)
    context = {
        "event": event,
        "asked": asked,
        "query": urlencode(asked.fields),
        "form": form,
        "recipients": recipients[:NAMED],
        "more": max(0, count - NAMED),
        "state": RegistrationState(asked.state).label if asked.state else "",
        "heading": ngettext("A message to %(count)s person", "A message to %(count)s people", count) % {"count": count},
    }
    return render(request, "events/message.html", context)
