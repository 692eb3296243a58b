"""Many invitations at once: what comes of each address, all or nobody, and the day's limit."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.accounts import actions
from lms.accounts.importing import selectors
from lms.accounts.importing.actions.inviting import invitations, invite_many
from lms.accounts.importing.rules.addresses import MOST_ADDRESSES, Outcome, pasted
from lms.accounts.models import Invitation, Membership
from lms.accounts.rules import INVITATIONS_A_DAY, MAIL_ATTEMPTS, MembershipRole
from tests.factories.accounts import MembershipFactory
from tests.lms.accounts.test_races import without_locks
from tests.races import at_once

pytestmark = pytest.mark.django_db
PAGE = "/company/invite/many/"


@pytest.fixture
def admin() -> Membership:
    return MembershipFactory(admin=True, company__name="Sensors AS")


@pytest.fixture
def site(admin: Membership, client: Client) -> Client:
    client.force_login(admin.user)
    return client


# --- Reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("a@x.no\r\nb@x.no\n\n", ["a@x.no", "b@x.no"]),
        ("a@x.no, b@x.no;c@x.no", ["a@x.no", "b@x.no", "c@x.no"]),
        ("a@x.no b@x.no\tc@x.no", ["a@x.no", "b@x.no", "c@x.no"]),
        ("Kari Nordmann <KARI@x.no>", ["kari@x.no"]),
        ('"Nordmann, Kari; CEO" <kari@x.no>, b@x.no', ["kari@x.no", "b@x.no"]),
        ("Nordmann, Kari <kari@x.no>; Hansen, Ola <ola@x.no>", ["kari@x.no", "ola@x.no"]),
        ("mailto:a@x.no", ["a@x.no"]),
        ("nonsense, b@x.no", ["", "b@x.no"]),
        ("nonsense", [""]),
        ("a@x.no>\n<b@x.no\na@@x.no\n<>", ["", "", "", ""]),
        (",;, ;\n", []),
        ("a@" + "x" * 250 + ".no", [""]),
    ],
)
def test_addresses_as_people_have_them(text: str, emails: list[str]) -> None:
    assert [one.email for one in pasted(text, MembershipRole.MEMBER)] == emails


def outcomes(admin: Membership, text: str) -> dict[str, Outcome]:
    typed = pasted(text, MembershipRole.MEMBER)
    return {fate.typed.text: fate.outcome for fate in selectors.invite_plan(admin.company, typed, timezone.now()).fates}


def test_each_address_has_its_outcome(admin: Membership) -> None:
    MembershipFactory(company=admin.company, user__email="in@x.no")
    MembershipFactory(company=admin.company, user__email="left@x.no", state="left")
    MembershipFactory(user__email="elsewhere@x.no")
    for email in ("open@x.no", "expired@x.no", "lost@x.no", "withdrawn@x.no"):
        actions.invite(admin.company, email=email, role="member", by=admin.user)
    past = timezone.now() - timedelta(days=1)
    Invitation.objects.filter(email="expired@x.no").update(expires_at=past)
    Invitation.objects.filter(email="lost@x.no").update(mail_attempts=MAIL_ATTEMPTS, mail_next_try=past)
    Invitation.objects.filter(email="withdrawn@x.no").update(withdrawn_at=past)
    text = "in@x.no\nleft@x.no\nelsewhere@x.no\nopen@x.no\nexpired@x.no\nlost@x.no\nwithdrawn@x.no\nOPEN@x.no\nx"
    assert outcomes(admin, text) == {
        "in@x.no": Outcome.PRESENT,
        "left@x.no": Outcome.INVITED,
        "elsewhere@x.no": Outcome.INVITED,
        "open@x.no": Outcome.OPEN,
        "expired@x.no": Outcome.INVITED,
        "lost@x.no": Outcome.INVITED,
        "withdrawn@x.no": Outcome.INVITED,
        "OPEN@x.no": Outcome.DOUBLED,
        "x": Outcome.NOT_AN_ADDRESS,
    }


@pytest.mark.parametrize("count", [3, 300])
def test_looking_costs_the_same(admin: Membership, count: int, django_assert_num_queries: Any) -> None:
    typed = pasted("\n".join(f"p{number}@x.no" for number in range(count)), MembershipRole.MEMBER)
    with django_assert_num_queries(3):
        selectors.invite_plan(admin.company, typed, timezone.now())


# --- Doing -----------------------------------------------------------------------------------------------------------


def invite(admin: Membership, emails: Iterable[str], seen: str | None = None) -> list[Invitation]:
    typed = pasted("\n".join(emails), MembershipRole.MEMBER)
    plan = selectors.invite_plan(admin.company, typed, timezone.now())
    return invite_many(admin.company, typed, seen=seen or plan.fingerprint, by=admin.user)


def test_all_are_invited_and_their_mails_wait(admin: Membership) -> None:
    actions.invite(admin.company, email="expired@x.no", role="member", by=admin.user)
    Invitation.objects.update(expires_at=timezone.now())
    made = invite(admin, ["a@x.no", "expired@x.no", "a@x.no", "nonsense"])
    assert [(one.email, one.sent_at, one.mail_attempts) for one in made] == [
        ("a@x.no", None, 0),
        ("expired@x.no", None, 0),
    ]
    assert Invitation.objects.exclude(withdrawn_at=None).get().email == "expired@x.no"
    assert ModelLogEntry.objects.filter(action="accounts.invite", user=admin.user).count() == 3
    assert invite(admin, ["a@x.no", "expired@x.no"]) == [], "asking again invites nobody"


def test_what_has_changed_since_is_refused_whole(admin: Membership) -> None:
    typed = pasted("a@x.no\nb@x.no", MembershipRole.MEMBER)
    seen = selectors.invite_plan(admin.company, typed, timezone.now()).fingerprint
    MembershipFactory(company=admin.company, user__email="b@x.no")
    with pytest.raises(actions.Refused, match="Since you looked"):
        invite(admin, ["a@x.no", "b@x.no"], seen)
    assert not Invitation.objects.exists()


def test_more_than_a_days_number_is_refused_whole(admin: Membership) -> None:
    people = [(admin.company, f"p{number}@x.no", MembershipRole.MEMBER) for number in range(INVITATIONS_A_DAY - 2)]
    invitations(people, by=admin.user, now=timezone.now())
    with pytest.raises(actions.Refused, match="2 are left"):
        invite(admin, ["a@x.no", "b@x.no", "c@x.no"])
    assert len(invite(admin, ["a@x.no", "b@x.no"])) == 2


def invite_at_once(admin: Membership, *, alone: bool = True) -> list[Any]:
    typed = pasted("a@x.no\nb@x.no", MembershipRole.MEMBER)
    seen = selectors.invite_plan(admin.company, typed, timezone.now()).fingerprint
    confirm = partial(invite_many, admin.company, typed, seen=seen, by=admin.user)
    return at_once(confirm, confirm, before='INSERT INTO "accounts_invitation"', alone=alone)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_list_confirmed_twice_at_once_invites_once(admin: Membership) -> None:
    results = invite_at_once(admin)
    assert sorted(type(result).__name__ for result in results) == ["Refused", "list"]
    assert Invitation.objects.count() == 2


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_one_fails(admin: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: both have looked, and only the table's own constraint keeps the second away."""
    without_locks(monkeypatch)
    results = invite_at_once(admin, alone=False)
    assert sorted(type(result).__name__ for result in results) == ["IntegrityError", "list"]


# --- The page --------------------------------------------------------------------------------------------------------


def carried(page: Any) -> str:
    value: str = page.context["list"]
    return value


def test_a_pasted_list_is_shown_and_then_invited(site: Client, admin: Membership) -> None:
    page = site.post(PAGE, {"text": f"Kari <kari@x.no>\nno address\n{admin.user.email}", "role": "admin"})
    for seen in ("1 person gets an invitation", "kari@x.no", "no address", "Is in the company already"):
        assert seen in page.text
    assert not Invitation.objects.exists()
    done = site.post(PAGE, {"list": carried(page)}, follow=True)
    assert "1 person is invited" in done.text
    assert Invitation.objects.get().role == "admin"
    again = site.post(PAGE, {"list": carried(page)})
    assert "Since you looked" in again.text
    assert Invitation.objects.count() == 1


def test_a_file_with_roles(site: Client) -> None:
    file = SimpleUploadedFile("a.csv", "\ufeffE-post;Rolle\na@x.no;Administrator\nb@x.no;\n".encode())
    page = site.post(PAGE, {"file": file, "role": "member"})
    site.post(PAGE, {"list": carried(page)})
    assert sorted(Invitation.objects.values_list("email", "role")) == [("a@x.no", "admin"), ("b@x.no", "member")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Paste the addresses here"),
        ({"text": " \n"}, "Paste the addresses here"),
        ({"text": "a@x.no", "file": b"email\nb@x.no"}, "Send one of the two"),
        ({"file": b"PK\x03\x04"}, "This is a workbook"),
        ({"file": b""}, "The file is empty"),
        ({"file": b"name\nx"}, "The column email is missing"),
        ({"file": b"email,role\na@x.no,boss"}, "“boss” is not known here"),
        ({"text": "a@x.no,\0"}, "Null characters"),
        ({"text": "a@x.no\n" * (MOST_ADDRESSES + 1)}, "more than 1000 addresses"),
    ],
)
def test_a_list_that_cannot_be_taken_comes_back(site: Client, data: dict[str, Any], said: str) -> None:
    if "file" in data:
        data = data | {"file": SimpleUploadedFile("a.csv", data["file"])}
    page = site.post(PAGE, data | {"role": "member"})
    assert page.status_code == 200
    assert said in page.text
    if data.get("text") == "a@x.no":
        assert ">\na@x.no</textarea>" in page.text


def test_too_many_are_told_before_anyone_presses(site: Client, admin: Membership) -> None:
    text = "\n".join(f"p{number}@x.no" for number in range(INVITATIONS_A_DAY + 3))
    page = site.post(PAGE, {"text": text, "role": "member"})
    assert "That is 3 more than you may invite today" in page.text
    assert "list" not in page.context
    assert "more people today" not in site.get(PAGE).text, "nobody has been invited"
    actions.invite(admin.company, email="p1@x.no", role="member", by=admin.user)
    assert f"may invite {INVITATIONS_A_DAY - 1} more people today" in site.get(PAGE).text


@pytest.mark.parametrize("text", ["", "nonsense", "a:b:c"])
def test_a_list_that_is_not_ours_is_refused(site: Client, text: str) -> None:
    page = site.post(PAGE, {"list": text}, follow=True)
    assert "Nobody was invited. Send the list again" in page.text


def test_a_list_shown_for_one_company_invites_to_no_other(site: Client, admin: Membership) -> None:
    page = site.post(PAGE, {"text": "a@x.no", "role": "member"})
    other = MembershipFactory(user=admin.user, admin=True)
    site.post(f"/company/choose/{other.company_id}/")
    assert "too old to go on from" in site.post(PAGE, {"list": carried(page)}, follow=True).text
    assert not Invitation.objects.exists()
