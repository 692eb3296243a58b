"""What a company says of itself."""

from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from lms.accounts import actions
from tests.factories.accounts import CompanyFactory, UserFactory

pytestmark = pytest.mark.django_db


def log_of(action: str) -> Any:
    return ModelLogEntry.objects.filter(action=action)


def test_facts_that_did_not_change_are_not_logged() -> None:
    company = CompanyFactory(name="A")
    actions.change_facts(company, {"name": "A"}, by=UserFactory())
    assert not log_of("accounts.facts").exists()
    actions.change_facts(company, {"name": "B", "website": ""}, by=UserFactory())
    assert log_of("accounts.facts").get().data == {"changed": ["name"]}
