"""All that is kept of a person is in the download or has a reason; nobody else and no secret is in it."""

import io
import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.models import CoursePage
from lms.accounts.models import Company, User
from lms.accounts.privacy import own_data
from lms.accounts.privacy.export import archive
from tests.factories.accounts import PASSWORD, MembershipFactory, UserFactory
from tests.factories.courses import make_course
from tests.factories.own_data import everything_else, evidence_of
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db
DOWNLOAD = "/me/data/download/"


def opened(file: Any) -> dict[str, Any]:
    """Every part as read from the ZIP."""
    with ZipFile(file) as zipped:
        assert zipped.testzip() is None
        return {
            name.removesuffix(".json"): json.loads(zipped.read(name))
            for name in zipped.namelist()
            if name.endswith(".json")
        }


def of(user: User) -> dict[str, Any]:
    return opened(archive(user, now=timezone.now()))


# --- Nothing is forgotten --------------------------------------------------------------------------------------------


def fields_that_point_to_people() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.model is model and field.remote_field and field.remote_field.model is User
    }


def test_every_field_that_points_to_a_person_is_given_or_has_a_reason() -> None:
    there, told = fields_that_point_to_people(), own_data.covered() | set(own_data.LEFT_OUT)
    assert sorted(there - told) == [], "neither in a part of own_data nor left out with a reason"
    assert sorted(told - there) == [], "told of a field that is not there any more"
    assert not own_data.covered() & set(own_data.LEFT_OUT)
    assert all(len(reason) > 20 for reason in own_data.LEFT_OUT.values())


def test_every_part_can_be_told_of_everybody() -> None:
    """Rows of every part for the people of two companies: a field that is misspelt or not JSON breaks here."""
    world = make_world()
    learner = world.people["learner"]
    assert learner
    everything_else(
        learner,
        company=Company.objects.get(pk=world.own["company"]),
        course=CoursePage.objects.get(pk=world.own["course"]),
        event=world.own["event"],
    )
    full: set[str] = set()
    for person in User.objects.all():
        full |= {name for name, rows in of(person).items() if rows}
    assert {part.name for part in own_data.parts()} - full == set()


def test_it_holds_ones_own_and_nobody_elses(client: Client) -> None:
    mine = MembershipFactory(user__full_name="Åse «Demo» Ø", company__name="Sensors AS")
    other = MembershipFactory(company=mine.company, user__full_name="Otto Other")
    parts = of(mine.user)
    assert parts["account"][0]["full_name"] == "Åse «Demo» Ø"
    assert parts["companies"] == [
        {"company_name": "Sensors AS", "role": "member", "state": "active", "since": parts["companies"][0]["since"]}
    ]
    whole = json.dumps(parts, ensure_ascii=False)
    assert other.user.email not in whole
    assert other.user.full_name not in whole


def test_no_secret_is_in_it(client: Client) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    person = UserFactory()
    client.force_login(person)
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    totp = TOTP.activate(person, secret).instance
    codes = RecoveryCodes.activate(person)
    whole = json.dumps(of(person))
    kept = [person.password, secret, totp.data["secret"], codes.instance.data["seed"], client.session.session_key]
    for hidden in [*kept, *codes.get_unused_codes()]:
        assert hidden not in whole
    assert [way["type"] for way in of(person)["ways-to-sign-in"]] == ["totp", "recovery_codes"]


def test_files_are_in_it_under_safe_names_and_none_from_elsewhere(tmp_path: Path, settings: Any) -> None:
    kept = settings.PRIVATE_ROOT / "evidence"
    kept.mkdir(parents=True)
    (kept / "a1").write_bytes(b"%PDF mine")
    (tmp_path / "secret_key").write_text("the key")
    person, course = UserFactory(), make_course()
    evidence_of(person, course, file="evidence/a1", file_name="../../etc/pass wd\u202e.pdf", text="Se her")
    evidence_of(person, course, file="../secret_key", file_name="key.txt")
    evidence_of(person, course, file="gone", file_name="gone.pdf")
    evidence_of(person, course, file="evidence/a1", file_name="advisor.pdf", by=UserFactory(), text="Godt")
    with ZipFile(archive(person, now=timezone.now())) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist() if "/" in name}
        read_me = zipped.read("README.txt").decode()
        told = json.loads(zipped.read("evidence.json"))
    assert list(files.values()) == [b"%PDF mine"]
    assert not any(".." in name or " " in name for name in files)
    assert "gone.pdf" in read_me
    assert (told[0]["said"][0]["by"], told[0]["said"][0]["text"]) == ("you", "Se her")
    assert told[0]["said"][-1]["by"] == "advisor"


# --- Asking for it ---------------------------------------------------------------------------------------------------


def test_the_page_says_what_is_kept_and_the_file_asks_for_the_password(client: Client) -> None:
    person = MembershipFactory(company__name="Sensors AS").user
    client.force_login(person)
    page = client.get("/me/data/")
    assert "Companies you are, were or asked to be in" in page.text
    assert DOWNLOAD not in page.text
    assert client.post(DOWNLOAD).url == "/me/data/"
    [way] = re.findall(r'href="(/accounts/reauthenticate/[^"]+)"', page.text)
    assert client.post(way, {"password": "wrong"}).status_code == 200
    assert client.post(DOWNLOAD).url == "/me/data/"
    assert not ModelLogEntry.objects.filter(action="accounts.own_data").exists()
    assert client.post(way, {"password": PASSWORD}).url == "/me/data/"
    assert f'action="{DOWNLOAD}"' in client.get("/me/data/").text
    file = client.post(DOWNLOAD)
    assert file["Content-Type"] == "application/zip"
    assert "no-store" in file["Cache-Control"]
    parts = opened(io.BytesIO(b"".join(file.streaming_content)))
    assert parts["companies"][0]["company_name"] == "Sensors AS"
    assert ModelLogEntry.objects.filter(action="accounts.own_data", user=person).count() == 1
    assert client.get(DOWNLOAD).status_code == 405


@pytest.mark.parametrize("count", [3, 300])
def test_three_or_three_hundred_rows_cost_the_same(
    client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    person = UserFactory()
    MembershipFactory.create_batch(count, user=person)
    client.force_login(person)
    client.get("/me/data/")
    with django_assert_max_num_queries(40):
        client.get("/me/data/")
    with django_assert_max_num_queries(60):
        of(person)


# --- The command -----------------------------------------------------------------------------------------------------


def test_the_command_writes_the_same_file(tmp_path: Path) -> None:
    person = MembershipFactory(user__email="kari@example.org").user
    place = tmp_path / "kari.zip"
    call_command("export_person", "Kari@example.org", str(place))
    assert opened(place)["account"] == of(person)["account"]
    assert ModelLogEntry.objects.filter(action="accounts.own_data", user=None).count() == 1


def test_the_command_refuses_with_its_code(tmp_path: Path) -> None:
    there = tmp_path / "there.zip"
    there.write_bytes(b"kept")
    UserFactory(email="kari@example.org")
    for email, place, code in [("nobody@example.org", tmp_path / "new.zip", 1), ("kari@example.org", there, 2)]:
        with pytest.raises(CommandError) as refused:
            call_command("export_person", email, str(place))
        assert refused.value.returncode == code
    assert there.read_bytes() == b"kept"
    assert [one.name for one in tmp_path.iterdir()] == ["there.zip"]
