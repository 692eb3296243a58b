"""Notes of organisers: kept while they are written, by two at once, and what was agreed."""

from datetime import date

import pytest
from django.urls import reverse

from lms.events.actions import Refused, notes
from lms.events.models import ActionItem, Note
from lms.events.selectors.notes import action_items_of, companies_at, notes_of, open_action_items_for
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, at
from tests.lms.events.forms_of import sent_by
from tests.lms.events.test_arranging import coming, dated

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def event(client):
    event = dated(10, 11)
    client.force_login(event.owner)
    return event


def started(event, text: str = "", **fields) -> Note:
    note = notes.start_note(event, **{"session": None, "company": None, "by": event.owner, **fields})
    return notes.write_note(note, text, version=1).note if text else note


def address(note: Note) -> str:
    return reverse("events:note", args=[note.event_id, note.pk])


# --- Keeping a text --------------------------------------------------------------------------------------------------


def test_starting_twice_starts_one_note_and_a_written_one_is_left_alone(event):
    first = started(event)
    assert started(event) == first
    assert started(event, session=event.sessions.first()) != first
    notes.write_note(first, "Who pays?", version=1)
    assert started(event) != first


def test_a_text_is_kept_and_the_same_again_changes_nothing(event):
    note = started(event)
    assert notes.write_note(note, "Who\r\npays?\0", version=1, now=at(2026, 3, 10)).note.version == 2
    kept = notes.write_note(note, "Who\npays?", version=1)  # sent twice
    assert (kept.note.version, kept.conflict, kept.note.text) == (2, False, "Who\npays?")
    assert kept.note.changed_at == at(2026, 3, 10)


def test_a_text_over_a_newer_one_changes_nothing(event):
    note = started(event, "Theirs")
    kept = notes.write_note(note, "Mine", version=1)
    assert (kept.conflict, kept.note.text, kept.note.version) == (True, "Theirs", 2)


@pytest.mark.parametrize(("keep", "text"), [("mine", "Mine"), ("theirs", "Theirs"), ("both", "Theirs\n\nMine")])
def test_who_decides_gets_what_they_chose(event, keep, text):
    note = started(event, "Theirs")
    kept = notes.write_note(note, "Mine", version=1, keep=keep, seen=2)
    assert (kept.conflict, kept.note.text) == (False, text)


def test_a_decision_about_an_older_text_is_asked_anew(event):
    note = started(event, "Theirs")
    notes.write_note(note, "Theirs, and more", version=2)
    for keep in ("mine", "theirs", "both", "nonsense"):
        assert notes.write_note(note, "Mine", version=1, keep=keep, seen=2).conflict
    note.refresh_from_db()
    assert note.text == "Theirs, and more"


def test_a_text_that_is_too_long_is_refused_also_when_two_are_joined(event):
    note = started(event, "x" * 15_000)
    with pytest.raises(Refused):
        notes.write_note(note, "y" * 20_001, version=2)
    with pytest.raises(Refused):
        notes.write_note(note, "y" * 15_000, version=1, keep="both", seen=2)
    note.refresh_from_db()
    assert note.text == "x" * 15_000


# --- The page --------------------------------------------------------------------------------------------------------


def test_a_note_is_started_of_a_session_and_about_a_company_there(client, event):
    company = coming(event).company
    page = reverse("events:notes", args=[event.pk])
    session = event.sessions.last()
    answer = client.post(page, {"session": session.pk, "company": company.pk})
    note = Note.objects.get()
    assert answer["Location"] == f"{page}#note-{note.pk}"
    assert (note.session, note.company, note.written_by) == (session, company, event.owner)
    other = EventFactory()
    assert client.post(page, {"session": other.sessions.get().pk}).status_code == 200
    assert client.post(page, {"company": coming(other).company_id}).status_code == 200
    assert Note.objects.count() == 1


def test_it_is_kept_while_it_is_written_and_only_what_became_of_it_comes_back(client, event):
    note = started(event)
    answer = client.post(address(note), {"text": "Who <b>pays</b>?", "version": "1"}, headers=HTMX)
    assert answer.templates[0].name == "events/_note_state.html"
    assert b'name="version" value="2"' in answer.content
    assert b"<textarea" not in answer.content
    assert f'data-draft-done="note-{note.pk}-{event.owner_id}"' in answer.content.decode()
    page = client.get(reverse("events:notes", args=[event.pk])).content.decode()
    assert "Who &lt;b&gt;pays&lt;/b&gt;?" in page


def test_two_organisers_at_once_and_the_second_gets_both(client, event):
    note = started(event, "Theirs <i>")
    answer = client.post(address(note), {"text": "Mine", "version": "1"}, headers=HTMX).content.decode()
    assert "Theirs &lt;i&gt;" in answer
    assert 'name="seen" value="2"' in answer
    assert 'name="version" value="1"' in answer
    sent = {"text": "Mine", "version": "1", "seen": "2", "keep": "both"}
    whole = client.post(address(note), sent, headers=HTMX)
    assert whole.templates[0].name == "events/_note.html"
    assert "Theirs &lt;i&gt;\n\nMine</textarea>" in whole.content.decode()


def test_without_a_script_it_is_saved_by_its_button_and_both_texts_come_back(client, event):
    note, page = started(event), reverse("events:notes", args=[event.pk])
    sent = {**sent_by(client.get(page)), "text": "First"}
    assert client.post(address(note), sent)["Location"] == f"{page}#note-{note.pk}"
    answer = client.post(address(note), {**sent, "text": "Second"})
    both = sent_by(answer)
    assert (both["text"], both["version"], both["seen"]) == (["Second"], ["1"], ["2"])
    assert '<blockquote class="theirs">First</blockquote>' in answer.content.decode()
    assert client.post(address(note), {**both, "keep": "mine"}).status_code == 302
    note.refresh_from_db()
    assert note.text == "Second"


def test_what_is_too_long_comes_back_with_why(client, event):
    note = started(event)
    long = "x" * 20_001
    answer = client.post(address(note), {"text": long, "version": "1"})
    assert sent_by(answer)["text"] == [long]
    assert b"20,000 fit" in answer.content
    part = client.post(address(note), {"text": long, "version": "1"}, headers=HTMX)
    assert b"20,000 fit" in part.content


def test_a_nonsense_version_is_a_conflict_and_no_error(client, event):
    note = started(event, "Theirs")
    for version in ("", "x", "-1", "²", "9" * 30):
        sent = {"text": "Mine", "version": version}
        assert client.post(address(note), sent, headers=HTMX).status_code == 200, version
    note.refresh_from_db()
    assert note.text == "Theirs"


def test_a_note_of_another_event_is_not_there(client, event):
    other = started(dated(10))
    assert client.post(reverse("events:note", args=[event.pk, other.pk]), {"text": "x"}).status_code == 404
    assert client.post(address(other), {"text": "x", "version": "1"}).status_code == 404


# --- What was agreed -------------------------------------------------------------------------------------------------


def test_what_was_agreed_is_added_once_done_and_undone(client, event):
    company = coming(event).company
    add = reverse("events:agree", args=[event.pk])
    sent = {"text": "Send the price list", "who": "Kari", "due": "2026-04-01", "company": company.pk}
    for _turn in range(2):
        assert client.post(add, sent).status_code == 302
    item = ActionItem.objects.get()
    assert (item.who, item.due, item.company, item.written_by) == ("Kari", date(2026, 4, 1), company, event.owner)
    done = reverse("events:agreed", args=[event.pk, item.pk])
    part = client.post(done, {"done": "1"}, headers=HTMX)
    assert part.templates[0].name == "events/_agreed.html"
    item.refresh_from_db()
    first = item.done_at
    assert first is not None
    client.post(done, {"done": "1"})
    item.refresh_from_db()
    assert item.done_at == first
    client.post(done, {"done": "0"})
    item.refresh_from_db()
    assert item.done_at is None


def test_what_is_wrong_with_it_is_said_and_what_was_typed_comes_back(client, event):
    for name, value in [("text", ""), ("text", "x" * 251), ("due", "9999-01-01"), ("company", "7")]:
        sent = {"text": "Send it", "who": "Kari", "due": "", "company": "", name: value}
        answer = client.post(reverse("events:agree", args=[event.pk]), sent)
        assert answer.context["new_item"].errors.get(name), (name, value)
        assert answer.context["new_item"]["who"].value() == "Kari"
    assert not ActionItem.objects.exists()


def test_an_item_of_another_event_is_not_there(client, event):
    other = notes.agree(dated(10), text="Theirs", by=UserFactory())
    assert client.post(reverse("events:agreed", args=[event.pk, other.pk]), {"done": "1"}).status_code == 404


def test_open_ones_of_every_event_somebody_organises_first_what_is_due_first(event):
    later = notes.agree(event, text="Later", by=event.owner, due=date(2026, 5, 1))
    undated = notes.agree(event, text="Some day", by=event.owner)
    soon = notes.agree(EventFactory(owner=event.owner), text="Soon", by=event.owner, due=date(2026, 4, 1))
    notes.agree(EventFactory(), text="Not theirs", by=event.owner)
    notes.set_done(notes.agree(event, text="Done", by=event.owner), True)
    assert list(open_action_items_for(event.owner)) == [soon, later, undated]
    assert len(action_items_of(event)) == 3


def test_companies_are_those_who_come_and_those_written_about(event):
    one = coming(event)
    elsewhere = coming(EventFactory()).company
    assert list(companies_at(event)) == [one.company]
    started(event, company=elsewhere)
    assert set(companies_at(event)) == {one.company, elsewhere}


def test_notes_stand_in_the_order_of_the_sessions(event):
    second, first = started(event, session=event.sessions.last()), started(event, session=event.sessions.first())
    whole = started(event)
    assert list(notes_of(event)) == [whole, first, second]


@pytest.mark.parametrize("number", [3, 100])
def test_the_page_costs_the_same_for_few_and_many(client, event, number, django_assert_max_num_queries):
    session = event.sessions.first()
    Note.objects.bulk_create(
        Note(event=event, session=session, text=f"Note {one}", written_by=event.owner) for one in range(number)
    )
    ActionItem.objects.bulk_create(
        ActionItem(event=event, text=f"Item {one}", written_by=event.owner) for one in range(number)
    )
    client.get(reverse("events:notes", args=[event.pk]))
    with django_assert_max_num_queries(14):
        client.get(reverse("events:notes", args=[event.pk]))
