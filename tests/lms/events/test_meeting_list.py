"""The meeting tools' lists, as they really look; and files that are none."""

from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from lms.events.actions import attending
from lms.events.models import Attendance, Event, Registration
from lms.events.rules.meeting_list import Row, Unreadable, UnreadableList, people_in
from lms.events.rules.meeting_match import Known, joined_at, matching
from tests.factories.events import EventFactory, at, person, registered, registration

OSLO = ZoneInfo("Europe/Oslo")

ZOOM_MEETING = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,
812 3456 7890,Reimbursement in the US,05/04/2026 09:55:12 AM,05/04/2026 11:02:40 AM,host@example.org,68,3,

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
Kari Eksempel (Kari E.),Kari@Example.org,05/04/2026 09:58:01 AM,05/04/2026 10:20:00 AM,22,No,,No
Kari Eksempel (Kari E.),Kari@Example.org,05/04/2026 10:25:00 AM,05/04/2026 11:02:00 AM,37,No,,No
Ola Demo,,05/04/2026 10:01:30 AM,05/04/2026 11:02:00 AM,61,Yes,,Yes
iPhone,,05/04/2026 10:03:00 AM,05/04/2026 10:04:00 AM,1,Yes,,Yes
"""

ZOOM_WEBINAR = """Attendee Report
Report Generated:,05/04/2026 11:30:00 AM
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers
Reimbursement in the US,812 3456 7890,05/04/2026 09:55:12 AM,68,3,0,2
Host Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Siri Host,host@example.org,05/04/2026 09:55:12 AM,05/04/2026 11:02:40 AM,68,No,Norway
Attendee Details,
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Join Time,Leave Time
Yes,Kari Eksempel,Kari,Eksempel,kari@example.org,04/20/2026 08:00:00 AM,05/04/2026 10:00:05 AM,05/04/2026 11:02:00 AM
No,Ola Demo,Ola,Demo,ola@example.org,04/20/2026 08:00:00 AM,--,--
"""

TEAMS = """1. Summary
Meeting title\tReimbursement in the US
Attended participants\t2
Start time\t5/4/26, 9:55:12 AM
End time\t5/4/26, 11:02:40 AM
Meeting duration\t1h 7m 28s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Kari Eksempel\t5/4/26, 9:58:01 AM\t5/4/26, 11:02:00 AM\t59m\tkari@example.org\tkari@example.org\tPresenter
Ola Demo (Guest)\t5/4/26, 10:01:30 AM\t5/4/26, 11:02:00 AM\t1h\t\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Kari Eksempel\t5/4/26, 9:58:01 AM\t5/4/26, 10:20:00 AM\t22m\tkari@example.org\tPresenter
Kari Eksempel\t5/4/26, 10:25:00 AM\t5/4/26, 11:02:00 AM\t37m\tkari@example.org\tPresenter
Ola Demo (Guest)\t5/4/26, 10:01:30 AM\t5/4/26, 11:02:00 AM\t1h\t\tAttendee
"""

TEAMS_NORWEGIAN = """1. Sammendrag
Møtetittel\tRefusjon i USA

2. Deltakere
Navn\tFørste deltakelse\tSiste utgang\tVarighet i møtet\tE-postadresse\tDeltaker-ID (UPN)\tRolle
Bjørn Ærlig\t04.05.2026, 09:58:01\t04.05.2026, 11:02:00\t1t\tbjorn@example.org\tbjorn@example.org\tDeltaker
"""

EXCEL_NORWEGIAN = "sep=;\r\nNavn;E-post\r\nBjørn Ærlig;bjorn@example.org\r\nKari Eksempel;\r\n"


def emails(content: str, encoding: str = "utf-8") -> list[tuple[str, str, int]]:
    return [(one.name, one.email, one.times) for one in people_in(content.encode(encoding))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_zooms_report_of_a_meeting(encoding):
    assert emails(ZOOM_MEETING, encoding) == [
        ("Kari Eksempel (Kari E.)", "Kari@Example.org", 2),
        ("Ola Demo", "", 1),
        ("iPhone", "", 1),
    ]


def test_of_zooms_webinar_those_who_did_not_come_are_left_out():
    assert emails(ZOOM_WEBINAR) == [("Siri Host", "host@example.org", 1), ("Kari Eksempel", "kari@example.org", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_teams_lists_everybody_twice_and_how_often_they_came_in(encoding):
    assert emails(TEAMS, encoding) == [("Kari Eksempel", "kari@example.org", 2), ("Ola Demo (Guest)", "", 1)]


def test_teams_in_norwegian():
    rows = people_in(TEAMS_NORWEGIAN.encode("utf-16"))
    assert rows == [Row("Bjørn Ærlig", "bjorn@example.org", "04.05.2026, 09:58:01")]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
def test_a_table_out_of_excel_with_a_gap_in_it(encoding):
    assert emails(EXCEL_NORWEGIAN, encoding) == [("Bjørn Ærlig", "bjorn@example.org", 1), ("Kari Eksempel", "", 1)]


def test_addresses_alone_are_a_list():
    assert emails("Email\nkari@example.org\n\nola@example.org\n") == [
        ("", "kari@example.org", 1),
        ("", "ola@example.org", 1),
    ]


def test_first_and_last_names_are_put_together():
    assert emails("First name,Last name\nKari,Eksempel\n") == [("Kari Eksempel", "", 1)]


def test_somebody_called_like_a_heading_is_a_person():
    assert [name for name, *_rest in emails("Name,Email\nDeltaker,d@example.org\nName,n@example.org\n")] == [
        "Deltaker",
        "Name",
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Name,Email\n" + b"x" * (2 * 1024 * 1024), Unreadable.TOO_LARGE),
        (b"PK\x03\x04rest of a workbook", Unreadable.WORKBOOK),
        (b"Name,Email\nKari\0,k@example.org\n", Unreadable.NO_TEXT),
        (bytes(range(256)) * 10, Unreadable.NO_TEXT),
        (b"\xff\xfe" + b"odd", Unreadable.NO_TEXT),
        ("Name,Email\n".encode("utf-16-le"), Unreadable.NO_TEXT),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Unreadable.NO_TEXT),
        (b"Colour,Size\nblue,4\n", Unreadable.NO_TABLE),
        (b"kari@example.org\nola@example.org\n", Unreadable.NO_TABLE),
        (b'Name,Email\n"' + b"x" * 200_000 + b"\n", Unreadable.NO_TABLE),
        (b"Name,Email\n", Unreadable.NO_ROWS),
        (b"Name,Email\n,\n ,\n", Unreadable.NO_ROWS),
        (
            b"Name,Email\n" + b"".join(b"P%d,p%d@example.org\n" % (n, n) for n in range(20_000)),
            Unreadable.TOO_MANY_ROWS,
        ),
    ],
)
def test_what_is_no_list_is_refused(content, why):
    with pytest.raises(UnreadableList) as refusal:
        people_in(content)
    assert refusal.value.why == why


def test_formulas_are_names_like_others():
    assert emails('Name,Email\n"=HYPERLINK(""http://x"",""a"")",=1+1\n') == [('=HYPERLINK("http://x","a")', "", 1)]


# --- Who is who ------------------------------------------------------------------------------------------------------

KARI, OLA, OLA2 = (
    Known(1, "Kari Eksempel", "kari@example.org"),
    Known(2, "Ola Demo", "ola@example.org"),
    Known(3, "Ola  demo", "ola2@example.org"),
)


def who(*rows: Row, known=(KARI, OLA)):
    found = matching(rows, known)
    return [(m.known.id, m.by.value) for m in found.matched], list(found.unmatched)


def test_an_address_in_any_case_says_who_it_is():
    assert who(Row("Anything", "KARI@example.ORG")) == ([(1, "email")], [])


def test_a_name_says_it_where_only_one_has_it():
    assert who(Row("ola  DEMO (Guest)", "")) == ([(2, "name")], [])
    assert who(Row("Ola Demo", ""), known=(OLA, OLA2)) == ([], [Row("Ola Demo", "")])


def test_an_address_nobody_has_leaves_the_name():
    assert who(Row("Ola Demo", "private@example.com")) == ([(2, "name")], [])


def test_who_is_there_under_two_names_is_matched_once_and_the_address_goes_first():
    found = matching([Row("Ola Demo", ""), Row("O.", "ola@example.org")], [OLA])
    assert [(m.row.name, m.by) for m in found.matched] == [("O.", "email")]
    assert [m.row.name for m in found.doubled] == ["Ola Demo"]


@pytest.mark.parametrize(
    "text",
    [
        "05/04/2026 10:01:30 AM",
        "5/4/26, 10:01:30 AM",
        "04.05.2026, 10:01:30",
        "2026-05-04T10:01:30",
        "04/05/2026 10:01:30",
    ],
)
def test_the_time_is_read_so_that_it_fits_the_session(text):
    assert joined_at(text, OSLO, at(2026, 5, 4, 8), at(2026, 5, 4, 9)) == at(2026, 5, 4, 8, 1) + timedelta(seconds=30)


@pytest.mark.parametrize("text", ["", "--", "yesterday", "05/04/2025 10:00:00 AM", "99/99/9999 10:00"])
def test_a_time_that_is_not_to_be_read_is_the_sessions(text):
    assert joined_at(text, OSLO, at(2026, 5, 4, 8), at(2026, 5, 4, 9)) == at(2026, 5, 4, 8)


# --- The pages -------------------------------------------------------------------------------------------------------


def meeting() -> tuple[Event, Registration, Registration]:
    starts = at(2026, 5, 4, 8)
    event = EventFactory(
        sessions=[{"starts_at": starts, "ends_at": starts + timedelta(hours=1)}], closes_at=at(2100, 1, 1)
    )
    order = registered(
        event,
        person(name="Kari Eksempel", email="kari@example.org"),
        person(name="Ola Demo", email="ola@example.org"),
        by=event.owner,
    )
    kari, ola = order.registrations.order_by("pk")
    return event, kari, ola


def organiser(event: Event) -> Client:
    client = Client()
    client.force_login(event.owner)
    return client


def upload(client: Client, event: Event, content: bytes, name: str = "list.csv"):
    file = BytesIO(content)
    file.name = name
    address = reverse("events:meeting_list", args=[event.pk])
    return client.post(address, {"session": event.sessions.get().pk, "file": file})


def record(client: Client, event: Event, preview, **typed: str):
    address = reverse("events:record_list", args=[event.pk])
    return client.post(address, {"read": preview.context["read"], **typed}, follow=True)


@pytest.mark.django_db
def test_looking_at_the_list_notes_nothing_and_shows_who_is_nobody():
    event, kari, ola = meeting()
    answer = upload(organiser(event), event, ZOOM_MEETING.encode())
    assert not Attendance.objects.exists()
    assert [one.known.id for one in answer.context["new"]] == [kari.pk, ola.pk]
    page = answer.content.decode()
    assert "iPhone" in page
    assert "2 times in the list" in page


@pytest.mark.django_db
def test_record_these_notes_them_with_the_time_they_joined():
    event, kari, ola = meeting()
    client = organiser(event)
    record(client, event, upload(client, event, TEAMS.encode("utf-16")))
    noted = {one.registration_id: one for one in Attendance.objects.all()}
    assert set(noted) == {kari.pk, ola.pk}
    assert noted[ola.pk].seen_at == at(2026, 5, 4, 8, 1) + timedelta(seconds=30)
    assert noted[ola.pk].how == "list"
    assert noted[ola.pk].by == event.owner


@pytest.mark.django_db
def test_what_was_noted_before_is_shown_and_stays():
    event, kari, _ola = meeting()
    attending.note(event.pk, event.sessions.get().pk, [(kari.pk, at(2026, 5, 4, 8))], how="code", now=at(2026, 5, 4, 8))
    client = organiser(event)
    preview = upload(client, event, ZOOM_MEETING.encode())
    assert [one.known.id for one in preview.context["already"]] == [kari.pk]
    record(client, event, preview)
    assert Attendance.objects.get(registration=kari).how == "code"


@pytest.mark.django_db
def test_a_row_is_matched_by_hand():
    event, _kari, _ola = meeting()
    siri = registration(event)
    client = organiser(event)
    preview = upload(client, event, ZOOM_MEETING.encode())
    record(client, event, preview, **{"person-0": siri.email.upper()})
    assert Attendance.objects.filter(registration=siri).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["nobody@example.org", "kari@example.org", "=1+1", "\x00"])
def test_a_wrong_match_by_hand_is_refused_at_its_field_and_kept(typed):
    event, _kari, _ola = meeting()
    client = organiser(event)
    answer = record(client, event, upload(client, event, ZOOM_MEETING.encode()), **{"person-0": typed})
    page = answer.content.decode()
    assert 'aria-describedby="error-0"' in page
    assert typed.replace("\x00", "") in page
    assert not Attendance.objects.exists()


@pytest.mark.django_db
def test_a_preview_that_was_changed_or_is_another_events_notes_nothing():
    event, _kari, _ola = meeting()
    client = organiser(event)
    preview = upload(client, event, ZOOM_MEETING.encode())
    address = reverse("events:record_list", args=[event.pk])
    assert client.post(address, {"read": preview.context["read"] + "x"}, follow=True).status_code == 200
    assert client.post(address, follow=True).status_code == 200
    other = EventFactory(owner=event.owner)
    moved = reverse("events:record_list", args=[other.pk])
    assert client.post(moved, {"read": preview.context["read"]}).status_code == 404
    assert not Attendance.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty"),
        (b"PK\x03\x04", "Excel workbook"),
        (b"Name\0", "no table of text"),
        (b"a,b\n1,2\n", "No row of this file names"),
        (b"Name,Email\n" + b"".join(b"P%d,\n" % n for n in range(20_000)), "more than 5,000 rows"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_a_bad_file_is_refused_at_the_field_in_words(content, words):
    event, _kari, _ola = meeting()
    answer = upload(organiser(event), event, content)
    assert words in answer.content.decode()
    assert answer.context["list_form"].errors["file"]
    assert not Attendance.objects.exists()


@pytest.mark.django_db
def test_no_file_is_said_too():
    event, _kari, _ola = meeting()
    address = reverse("events:meeting_list", args=[event.pk])
    answer = organiser(event).post(address, {"session": event.sessions.get().pk})
    assert "Choose the file." in answer.content.decode()


@pytest.mark.django_db
def test_hostile_strings_are_text_on_the_page(inputs):
    event, _kari, _ola = meeting()
    hostile = [*(inputs / "hostile" / "csv-formula.txt").read_text().splitlines(), "<script>alert(1)</script>"]
    lines = "\n".join('"{}",'.format(one.replace('"', '""')) for one in hostile if one.isprintable())
    answer = upload(organiser(event), event, f"Name,Email\n{lines}\n".encode())
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
