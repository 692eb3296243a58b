"""“Import companies” in the editors' part, and the command."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from lms.accounts.importing.views.carrying import LASTS
from lms.accounts.models import Company
from lms.accounts.roles import PROGRAMME_OWNERS
from tests.factories.accounts import CompanyFactory, UserFactory
from tests.lms.accounts.importing.conftest import company_file
from tests.lms.accounts.importing.numbers import ONE, TWO, numbers

pytestmark = pytest.mark.django_db
PAGE = "/admin/companies/import/"


@pytest.fixture
def site(client: Client) -> Client:
    owner = UserFactory()
    owner.groups.add(Group.objects.get(name=PROGRAMME_OWNERS))
    client.force_login(owner)
    return client


def send(site: Client, data: bytes) -> Any:
    return site.post(PAGE, {"file": SimpleUploadedFile("companies.csv", data)})


def test_the_list_of_companies_leads_there(site: Client) -> None:
    assert PAGE in site.get("/admin/company/").text


def test_a_file_is_shown_and_then_imported(site: Client) -> None:
    CompanyFactory(name="Old name", organisation_number=ONE)
    page = send(site, company_file({"name": "<b>New</b>"}, {"organisation_number": TWO}))
    for seen in ("1 new, 1 changed, 0 unchanged", "name: Old name → &lt;b&gt;New&lt;/b&gt;", TWO):
        assert seen in page.text
    assert Company.objects.count() == 1
    done = site.post(PAGE, {"list": page.context["list"]}, follow=True)
    assert "2 companies are written" in done.text
    assert set(Company.objects.values_list("name", flat=True)) == {"<b>New</b>", "Sensors AS"}
    again = site.post(PAGE, {"list": page.context["list"]})
    assert "The companies have changed since you looked" in again.text
    assert "There is nothing to import" in again.text


def test_errors_are_listed_and_nothing_can_be_confirmed(site: Client) -> None:
    page = send(site, company_file({"kind": "club"}, {"name": "\x07", "organisation_number": TWO}))
    assert "2 things are wrong in the file" in page.text
    assert "“club” is not known here" in page.text
    assert "list" not in page.context
    many = [{"organisation_number": one, "kind": "club"} for one in numbers(300)]
    assert "And 100 more." in send(site, company_file(*many)).text


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "The file is empty"), (b"PK\x03\x04", "This is a workbook"), (b"a,b\n1,2", "not a column")]
)
def test_a_file_that_is_none(site: Client, data: bytes, said: str) -> None:
    assert said in send(site, data).text


def test_without_a_file_the_form_comes_back(site: Client) -> None:
    assert "This field is required" in site.post(PAGE, {}).text


def test_guessed_letters_are_told(site: Client) -> None:
    page = send(site, f"navn;orgnr\nBlåbær AS;{ONE}".encode("cp1252"))
    assert "Blåbær AS" in page.text
    assert "does not say how its letters are written" in page.text
    site.post(PAGE, {"list": page.context["list"]})
    assert Company.objects.get().name == "Blåbær AS"


def test_the_template_can_be_sent_as_it_is(site: Client) -> None:
    data = site.get(f"{PAGE}template/").content
    assert data.startswith(b"\xef\xbb\xbf")
    assert "1 new, 0 changed, 0 unchanged. 1 person gets an invitation as administrator." in send(site, data).text


def test_what_is_old_or_anothers_is_not_gone_on_with(site: Client) -> None:
    listed = send(site, company_file({})).context["list"]
    other = Client()
    other.force_login(UserFactory(is_superuser=True, is_staff=True))
    for client, text in ((other, listed), (site, listed[:-1]), (site, "")):
        assert "Nothing was written. Send the file again" in client.post(PAGE, {"list": text}, follow=True).text
    with time_machine.travel(timezone.now() + LASTS * 1.1):
        assert "too old to go on from" in site.post(PAGE, {"list": listed}, follow=True).text
    assert not Company.objects.exists()


# --- The command -----------------------------------------------------------------------------------------------------


def run(*arguments: Any) -> list[str]:
    output = StringIO()
    call_command("import_companies", *map(str, arguments), stdout=output, stderr=output)
    return output.getvalue().splitlines()


def test_the_command_shows_and_writes(tmp_path: Path) -> None:
    file = tmp_path / "companies.csv"
    file.write_bytes(company_file({"stage": "idea"}))
    line = f"+ row 2 “Sensors AS” {ONE}: name: Sensors AS; stage: idea; country: NO; organisation_number: {ONE}"
    summary = "1 companies: 1 new, 0 changed, 0 unchanged; 0 invitations."
    assert run(file, "--dry-run") == [line, f"{summary} Nothing was written."]
    assert not Company.objects.exists()
    assert run(file) == [line, summary]
    assert run(file) == ["1 companies: 0 new, 0 changed, 1 unchanged; 0 invitations. Nothing was written."]


@pytest.mark.parametrize(("data", "code"), [(b"name\nx", 1), (b"", 1), (None, 2)])
def test_the_commands_exit_codes(tmp_path: Path, data: bytes | None, code: int) -> None:
    file = tmp_path / "companies.csv"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(CommandError) as caught:
        run(file)
    assert caught.value.returncode == code
