"""The pages of the demo's events where the events are not there."""

import pytest

from cms.demo import ensure_site
from cms.models import DelegationPage, WebinarPage
from lms.demo.presented import ensure_presented

pytestmark = pytest.mark.django_db


def test_without_its_event_there_is_no_page() -> None:
    ensure_site()
    ensure_presented()
    assert not WebinarPage.objects.exists()
    assert not DelegationPage.objects.exists()
