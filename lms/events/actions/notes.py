"""Notes during an event: kept while they are written, by two people at once too. Nothing anybody wrote is lost."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.accounts.models import Company, User
from lms.events.actions.moving import Refused, locked
from lms.events.models import ActionItem, Event, Note, Session

MAX_TEXT = 20_000
"""Characters of one note: six pages."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A note after somebody wrote it. `conflict`: it has another text by now, and nothing was changed."""

    note: Note
    conflict: bool = False


@transaction.atomic
def start_note(event: Event, *, session: Session | None, company: Company | None, by: User) -> Note:
    """An empty note to write in; the one that is there where somebody started it and has not written."""
    event = locked(event.pk)
    empty = Note.objects.filter(event=event, session=session, company=company, written_by=by, text="")
    return empty.first() or Note.objects.create(event=event, session=session, company=company, written_by=by, text="")


@transaction.atomic
def write_note(
    note: Note, text: str, *, version: int, keep: str = "", seen: int = 0, now: datetime | None = None
) -> Kept:
    """Keep a text that was written over `version`. The same text again changes nothing.

    Over a newer version it is a conflict. Then `keep` says what becomes of it: `mine`, `theirs` or `both`, decided
    about the version `seen`. Raises Refused for a text that is too long.
    """
    text = text.replace("\0", "").replace("\r\n", "\n")
    note = Note.objects.select_for_update().get(pk=note.pk)
    decided = keep if seen == note.version else ""
    if text == note.text or decided == "theirs":
        return Kept(note)
    if version != note.version and decided not in {"mine", "both"}:
        return Kept(note, conflict=True)
    if decided == "both" and note.text.strip():
        text = f"{note.text.rstrip()}\n\n{text}"
    if len(text) > MAX_TEXT:
        words = {"size": f"{len(text):,}", "limit": f"{MAX_TEXT:,}"}
        sentence = _("This has %(size)s characters; %(limit)s fit. Nothing is lost: go on in another note.")
        raise Refused(sentence % words, "text")
    note.text, note.version, note.changed_at = text, note.version + 1, now or timezone.now()
    note.save(update_fields=["text", "version", "changed_at"])
    return Kept(note)


@transaction.atomic
def agree(
    event: Event, *, text: str, by: User, who: str = "", due: date | None = None, company: Company | None = None
) -> ActionItem:
    """Write down something that was agreed. The same again, while it is not done, is the same one."""
    event = locked(event.pk)
    said = {"event": event, "text": text, "who": who, "due": due, "company": company}
    same = ActionItem.objects.filter(**said, done_at=None).first()
    return same or ActionItem.objects.create(**said, written_by=by)


@transaction.atomic
def set_done(item: ActionItem, done: bool, *, now: datetime | None = None) -> ActionItem:
    """Say that it is done, or that it is not. Saying so again changes nothing."""
    item = ActionItem.objects.select_for_update().get(pk=item.pk)
    if done != (item.done_at is not None):
        item.done_at = (now or timezone.now()) if done else None
        item.save(update_fields=["done_at"])
    return item
