"""What other rooms show on a report's page. They register a section from their AppConfig.ready()."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from courses.readiness.models import Report

_sections: list[Callable[[HttpRequest, Report], SafeString]] = []


def register(section: Callable[[HttpRequest, Report], SafeString]) -> None:
    """`section` gives HTML, or nothing, at one statement. Registering the same again changes nothing."""
    if section not in _sections:
        _sections.append(section)


def sections(request: HttpRequest, report: Report) -> list[SafeString]:
    return [html for section in _sections if (html := section(request, report))]
