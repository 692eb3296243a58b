"""A company's way through the programme, on the home of its people."""

import pytest
from django.test import Client

from cohorts.rules import Stage
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cohorts import ParticipationFactory
from tests.factories.courses import catalog_page

pytestmark = pytest.mark.django_db


def home(user) -> str:
    catalog_page()
    client = Client()
    client.force_login(user)
    return client.get("/me/").content.decode()


def test_people_see_where_their_company_is():
    member = MembershipFactory()
    participation = ParticipationFactory(company=member.company, stage=Stage.DRAFTING)
    ParticipationFactory(stage=Stage.REVIEW)
    shown = home(member.user)
    assert shown.count('class="stepper"') == 1
    assert participation.get_absolute_url() in shown
    assert '<li aria-current="step">Drafting' in shown


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.DECLINED])
def test_a_way_that_was_left_is_not_drawn(stage):
    member = MembershipFactory()
    ParticipationFactory(company=member.company, stage=stage)
    assert 'class="stepper"' not in home(member.user)


def test_without_a_company_there_is_no_way():
    assert 'class="stepper"' not in home(UserFactory())
