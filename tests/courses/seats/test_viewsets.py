"""Agreements as staff keep them: seats for everybody who has one, days in order, and nothing deleted that is used."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from wagtail.models import Locale, ModelLogEntry

from courses.models import Seat, SeatAgreement
from courses.seats import selectors
from courses.seats.actions import give
from courses.seats.forms import AgreementForm
from lms.accounts import roles
from tests.courses.seats.conftest import House
from tests.factories.accounts import CompanyFactory
from tests.factories.courses import catalog_page, make_course
from tests.factories.seats import SeatAgreementFactory, SeatFactory
from tests.factories.world import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Client:
    """A programme owner."""
    client = Client()
    client.force_login(staff(roles.PROGRAMME_OWNERS))
    return client


def sent(house: House, **changed: Any) -> dict[str, Any]:
    """What the form posts."""
    given = {"company": house.company.pk, "name": "Next", "courses": [house.page.pk], "agreed": 2, "extra": 0}
    return {**given, "starts": "", "ends": "", **changed}


def edit(client: Client, house: House, **changed: Any) -> Any:
    return client.post(reverse("seatagreement:edit", args=[house.agreement.pk]), sent(house, **changed))


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return {field: list(found) for field, found in answer.context["form"].errors.items()}


def kept(house: House) -> SeatAgreement:
    house.agreement.refresh_from_db()
    return house.agreement


def test_a_new_agreement(owner: Client, house: House):
    answer = owner.post(reverse("seatagreement:add"), sent(house, name="Later", agreed=4, extra=1, ends="2027-06-30"))
    assert answer.status_code == 302
    made = SeatAgreement.objects.get(name="Later")
    assert (made.company, made.total, made.ends) == (house.company, 5, date(2027, 6, 30))
    assert list(made.courses.all()) == [house.page]


def test_it_never_goes_to_another_company(owner: Client, house: House):
    edit(owner, house, company=CompanyFactory().pk, agreed=3)
    assert (kept(house).company, house.agreement.agreed) == (house.company, 3)


def test_not_fewer_seats_than_are_used_and_the_field_says_how_many(owner: Client, house: House):
    SeatAgreement.objects.filter(pk=house.agreement.pk).update(agreed=3, extra=1)
    for _n in range(4):
        SeatFactory(agreement=house.agreement)
    for agreed, extra, field in ((1, 0, "agreed"), (1, 1, "agreed"), (3, 0, "extra")):
        found = errors(edit(owner, house, agreed=agreed, extra=extra))
        assert list(found) == [field]
        assert "4 seats are taken, so there cannot be fewer." in found[field][0]
    assert kept(house).total == 4


def test_as_many_as_are_used_will_do(owner: Client, house: House):
    SeatFactory(agreement=house.agreement)
    assert edit(owner, house, agreed=1).status_code == 302


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"agreed": 0}, "agreed"),
    ({"agreed": -1}, "agreed"),
    ({"agreed": 10_001}, "agreed"),
    ({"agreed": "9" * 30}, "agreed"),
    ({"agreed": "many"}, "agreed"),
    ({"extra": -1}, "extra"),
    ({"extra": ""}, "extra"),
    ({"starts": "2027-01-02", "ends": "2027-01-01"}, "ends"),
    ({"ends": "2027-02-30"}, "ends"),
    ({"name": " "}, "name"),
    ({"name": "a\nb"}, "name"),
    ({"name": "\u200b"}, "name"),
    ({"name": "x" * 151}, "name"),
    ({"courses": []}, "courses"),
    ({"courses": [999_999]}, "courses"),
]


def test_what_cannot_be_is_refused_at_its_field(owner: Client, house: House):
    """Each by the form that the page shows, which one of them comes back in."""
    answer = edit(owner, house, agreed=-1)
    assert list(errors(answer)) == ["agreed"]
    form = type(answer.context["form"])
    for changed, field in REFUSED:
        data = QueryDict(urlencode(sent(house, **changed), doseq=True))
        assert list(form(data, instance=kept(house)).errors) == [field], changed
    assert form(QueryDict(urlencode(sent(house), doseq=True)), instance=kept(house)).is_valid()
    assert kept(house).agreed == 2


def test_the_same_name_twice_in_a_company_is_refused_and_in_another_it_is_not(owner: Client, house: House):
    add = reverse("seatagreement:add")
    assert "has an agreement of this name" in errors(owner.post(add, sent(house)))["name"][0]
    assert owner.post(add, sent(house, company=CompanyFactory().pk)).status_code == 302


def test_hostile_names_come_back_as_typed(owner: Client, house: House, inputs: Path):
    """All of them at the form's field; a few of those that may be kept and of those that may not on the whole page."""
    field = AgreementForm.base_fields["name"]
    refused, good = [], []
    texts = json.loads((inputs / "hostile/blns.json").read_text())
    for name in dict.fromkeys(text[:150].strip() for text in texts if text.strip()):
        try:
            assert field.clean(name) == name
        except ValidationError:
            refused.append(name)
        else:
            good.append(name)
    for name in refused[:2]:
        assert edit(owner, house, name=name).context["form"]["name"].value() == name
    for name in good[::100]:
        assert edit(owner, house, name=name).status_code == 302
        assert kept(house).name == name


def test_one_with_seats_used_is_not_deleted_and_the_sentence_says_what_to_do(owner: Client, house: House):
    SeatFactory(agreement=house.agreement)
    delete = reverse("seatagreement:delete", args=[house.agreement.pk])
    answer = owner.post(delete, follow=True)
    assert "To end it, set its last day" in answer.content.decode()
    assert kept(house).pk
    house.agreement.seats.all().delete()
    owner.post(delete)
    assert not SeatAgreement.objects.exists()


def test_the_history_says_who_gave_what_to_whom(owner: Client, house: House):
    colleague = house.colleague()
    give(house.agreement, colleague, by=house.admin.user)
    edit(owner, house, agreed=5)
    page = owner.get(reverse("seatagreement:history", args=[house.agreement.pk])).content.decode()
    assert f"Gave a seat to {colleague.user}" in page
    assert ModelLogEntry.objects.filter(object_id=str(house.agreement.pk), action="wagtail.edit").exists()


def test_a_course_is_offered_once_in_whatever_language_it_is_and_published_or_not(house: House):
    with translation.override("en"):
        norsk = Locale.objects.get_or_create(language_code="nb")[0]
        translated = make_course(language=catalog_page("nb").locale.language_code, title="Å få betalt")
    translated.translation_key, translated.locale = house.page.translation_key, norsk
    translated.save()
    draft = make_course(title="Not ready")
    draft.unpublish()
    assert list(selectors.first_pages()) == [house.page, draft]


@pytest.mark.parametrize("number", [3, 60])
def test_the_list_counts_in_the_statement_that_reads_it(
    owner: Client, house: House, number: int, django_assert_max_num_queries: Any
):
    held = SeatAgreement.objects.bulk_create(
        SeatAgreement(company=house.company, name=f"Agreement {n}", agreed=7) for n in range(number)
    )
    Seat.objects.bulk_create(Seat(agreement=one, user=house.admin.user) for one in held)
    url = reverse("seatagreement:index")
    owner.get(url)
    with django_assert_max_num_queries(12):
        answer = owner.get(url, {"q": "Agreement"})
    assert answer.context["object_list"][0].used == 1
    rows = answer.content.decode()
    assert rows.count("<td") >= min(number, 50) * 7


def test_the_list_can_be_in_the_order_of_seats_taken(owner: Client, house: House):
    SeatFactory(agreement=SeatAgreementFactory(name="Used"))
    found = owner.get(reverse("seatagreement:index"), {"ordering": "-used"}).context["object_list"]
    assert [one.name for one in found] == ["Used", "Next"]
