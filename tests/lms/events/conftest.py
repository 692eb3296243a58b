"""Who fills in the forms of those who come."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.accounts import MembershipFactory


@pytest.fixture
def mine(client: Client) -> Any:
    """Somebody signed in, in a company with one colleague: `mine.colleague`."""
    membership = MembershipFactory(user__full_name="Kari Eksempel")
    membership.colleague = MembershipFactory(company=membership.company, user__full_name="Ola Demo").user
    client.force_login(membership.user)
    return membership
