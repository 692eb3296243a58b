"""An administrator, and a browser they are signed in with."""

import pytest

from lms.accounts.models import Membership
from tests.factories.accounts import MembershipFactory


@pytest.fixture
def admin() -> Membership:
    return MembershipFactory(admin=True, company__name="Sensors AS")
