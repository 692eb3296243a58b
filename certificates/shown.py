"""Certificates on the pages of others."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from certificates import selectors
from lms.accounts.models import Membership


def colleague_section(request: HttpRequest, colleague: Membership) -> SafeString:
    """What a colleague has earned with the company, finished; nothing where it is nothing. One statement."""
    certificates = selectors.certificates_earned_for(colleague)
    if not certificates:
        return SafeString()
    return render_to_string("certificates/_colleague.html", {"certificates": certificates}, request)
