"""What organisers write down during an event, and what was agreed there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.events.actions import Refused
from lms.events.actions import notes as actions
from lms.events.forms import ActionItemForm, NewNoteForm
from lms.events.models import Event
from lms.events.selectors.notes import action_items_of, notes_of
from lms.events.views.access import organised_event, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """The notes and what was agreed; sent to, it starts a note."""
    event = organised_event(request, pk)
    form = NewNoteForm(request.POST if request.method == "POST" else None, event=event)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        note = actions.start_note(event, session=said["session"], company=said["company"], by=signed_in(request))
        return redirect(f"{reverse('events:notes', args=[event.pk])}#note-{note.pk}")
    return _page(request, event, new_note=form)


@require_POST
@login_required
def note(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Keep a note: every few seconds while it is written, or by its button."""
    event = organised_event(request, pk)
    found = get_object_or_404(notes_of(event), pk=note)
    typed, sent = request.POST.get("text", ""), request.POST
    shown: dict[str, Any] = {"note": found}
    try:
        kept = actions.write_note(
            found,
            typed,
            version=_number(sent.get("version", "")),
            keep=sent.get("keep", ""),
            seen=_number(sent.get("seen", "")),
        )
    except Refused as refused:
        shown |= {"typed": typed, "error": refused.sentence, "version": _number(sent.get("version", ""))}
    else:
        found.text, found.version, found.changed_at = kept.note.text, kept.note.version, kept.note.changed_at
        if kept.conflict:
            shown |= {"typed": typed, "conflict": True, "version": _number(sent.get("version", ""))}
        else:
            shown["saved"] = True
    if request.htmx:  # type: ignore[attr-defined]
        template = "events/_note.html" if "keep" in sent else "events/_note_state.html"
        return render(request, template, {"event": event, **shown})
    if "saved" in shown:
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('events:notes', args=[event.pk])}#note-{found.pk}")
    return _page(request, event, unsaved=shown)


@require_POST
@login_required
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down something that was agreed."""
    event = organised_event(request, pk)
    form = ActionItemForm(request.POST, event=event)
    if not form.is_valid():
        return _page(request, event, new_item=form)
    actions.agree(event, by=signed_in(request), **form.cleaned_data)
    return redirect(f"{reverse('events:notes', args=[event.pk])}#agreed")


@require_POST
@login_required
def agreed(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Say that something agreed is done, or that it is not."""
    event = organised_event(request, pk)
    found = get_object_or_404(action_items_of(event), pk=item)
    actions.set_done(found, request.POST.get("done") == "1")
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "events/_agreed.html", _agreed(event))
    return redirect(f"{reverse('events:notes', args=[event.pk])}#agreed")


def _agreed(event: Event) -> dict[str, Any]:
    items = list(action_items_of(event))
    open_items, done = [one for one in items if not one.done_at], [one for one in items if one.done_at]
    return {"event": event, "open_items": open_items, "done_items": done, "today": timezone.localdate()}


def _page(
    request: HttpRequest,
    event: Event,
    *,
    new_note: NewNoteForm | None = None,
    new_item: ActionItemForm | None = None,
    unsaved: dict[str, Any] | None = None,
) -> HttpResponse:
    """`unsaved` is a note that was not kept, with what was typed and why."""
    shown = [unsaved if unsaved and one == unsaved["note"] else {"note": one} for one in notes_of(event)]
    words = {
        **_agreed(event),
        "notes": shown,
        "new_note": new_note or NewNoteForm(event=event),
        "new_item": new_item or ActionItemForm(event=event),
    }
    return render(request, "events/notes.html", words)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
