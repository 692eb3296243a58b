"""The public page: what it says first, to whom, and on paper."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from certificates.actions import revoke
from certificates.models import Certificate
from certificates.rules import State
from tests.factories.certificates import CertificateFactory, statement

pytestmark = pytest.mark.django_db
ONE_PAGE = re.compile(rb"/Type\s*/Page[^s]")


def opened(certificate: Certificate) -> str:
    response = Client().get(certificate.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_valid_certificate_says_so_and_all_it_states():
    shown = opened(CertificateFactory(snapshot=statement(company="Example Medtech AS").as_json()))
    told = ["Valid", "Kari Eksempel", "Foundations of the US health market", "Example Medtech AS", "Foundation"]
    told += [
        "a course of 15 lessons",
        "All 15 lessons, and 70 % on each of 3 quizzes",
        "20 November 2026",
        "About 8 hours",
    ]
    assert [words for words in told if words not in shown] == []
    assert shown.index("Valid") < shown.index("<h1")


def test_an_expired_certificate_says_so_first():
    past = timezone.now() - timedelta(days=1)
    shown = opened(CertificateFactory(expires_at=past))
    assert "Expired on" in shown[: shown.index("<h1")]
    assert "Was valid until" in shown


def test_a_certificate_that_will_expire_is_valid_until_then():
    shown = opened(CertificateFactory(expires_at=timezone.now() + timedelta(days=1)))
    assert "Valid until" in shown
    assert "Expired" not in shown


def test_a_revoked_certificate_says_so_first_and_why():
    certificate = CertificateFactory(expires_at=timezone.now() - timedelta(days=1))
    revoke(certificate, by=None, reason="Issued with the wrong name.")
    shown = opened(certificate)
    assert "Revoked on" in shown[: shown.index("<h1")]
    assert "Do not rely on this certificate." in shown
    assert "Issued with the wrong name." in shown
    assert "was said to have completed" in shown


def test_revoking_shows_in_the_next_request():
    """Nothing keeps the page, not even for the seconds anonymous pages are kept."""
    certificate = CertificateFactory()
    assert "Revoked" not in opened(certificate)
    revoke(certificate, by=None, reason="Wrong.")
    assert "Revoked" in opened(certificate)


def test_nobody_keeps_the_page_and_search_engines_leave_it_alone():
    response = Client().get(CertificateFactory().get_absolute_url())
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in response.content.decode()
    assert 'rel="canonical"' not in response.content.decode()


def test_the_holder_s_address_is_not_on_the_page():
    certificate = CertificateFactory(holder__email="secret@example.org")
    assert "secret@example.org" not in opened(certificate)


def test_the_page_states_the_name_as_of_issue_also_after_the_person_is_erased():
    certificate = CertificateFactory(holder__full_name="Kari Eksempel")
    certificate.holder.full_name = "Kari Nytt"
    certificate.holder.save()
    assert "Kari Eksempel" in opened(certificate)
    certificate.holder.delete()
    assert "Kari Eksempel" in opened(certificate)


def test_a_person_without_a_name_is_not_a_gap():
    assert "Name not given" in opened(CertificateFactory(snapshot=statement(holder="").as_json()))


def test_an_address_one_has_guessed_or_broken_is_not_there():
    certificate = CertificateFactory()
    address = certificate.get_absolute_url()
    for guess in (str(certificate.pk)[:-1], "1", "%00", "x" * 36):
        assert Client().get(address.replace(str(certificate.pk), guess)).status_code == 404


def test_the_page_is_read_only():
    assert Client().post(CertificateFactory().get_absolute_url()).status_code == 405


def test_every_hostile_name_is_text(inputs: Path):
    names = json.loads((inputs / "hostile" / "blns.json").read_text())
    names += (inputs / "hostile" / "xss-payloads.txt").read_text().splitlines()
    certificate = CertificateFactory.build(holder=None, snapshot={}, revoked_reason="")
    names = [name[:150] for name in names if name.strip()]
    for start in range(0, len(names), 20):
        name = " \u2003 ".join(names[start : start + 20])
        told = statement(holder=name, course=name, company=name, criteria=name)
        shown = render_to_string(
            "certificates/_certificate.html", {"certificate": certificate, "statement": told, "state": State.VALID}
        )
        assert shown.count(escape(name)) >= 4
        assert "<script" not in shown
        assert "<img" not in shown


def test_a_hostile_name_is_text_on_the_whole_page():
    payload = '</title><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    shown = opened(CertificateFactory(snapshot=statement(holder=payload, course=payload).as_json()))
    assert "<script>" not in shown
    assert "<img" not in shown
    assert shown.count(escape(payload)) == 3


def test_a_snapshot_is_read_in_two_statements_at_most(django_assert_max_num_queries):
    address = CertificateFactory().get_absolute_url()
    Client().get(address)
    with django_assert_max_num_queries(2):
        Client().get(address)


# --- On paper --------------------------------------------------------------------------------------------------------

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz " * 4


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "told",
    [
        {},
        {"holder": LONG[:150].strip(), "course": LONG[:255].strip(), "company": LONG[:200].strip()},
        {"holder": "W" * 150, "course": "W" * 255, "company": "W" * 200, "criteria": "W" * 120},
    ],
)
@pytest.mark.parametrize("state", ["valid", "revoked"])
def test_it_prints_on_one_page_of_a4_across(live_server: Any, page: Any, told: dict[str, Any], state: str):
    certificate = CertificateFactory(snapshot=statement(**{"company": "Example Medtech AS", **told}).as_json())
    if state == "revoked":
        revoke(certificate, by=None, reason="Issued with the wrong name. " * 10)
    page.goto(live_server.url + certificate.get_absolute_url())
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(ONE_PAGE.findall(printed)) == 1
    width, height = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed).groups()
    assert (round(float(width)), round(float(height))) == (842, 595)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_is_cut_off_on_paper(live_server: Any, page: Any):
    told = {"holder": "W" * 150, "course": "W" * 255, "company": "W" * 200, "criteria": "W" * 120}
    certificate = CertificateFactory(snapshot=statement(**told).as_json())
    revoke(certificate, by=None, reason="W " * 149)
    page.set_viewport_size(
        {"width": 1032, "height": 703}
    )  # 273 x 186 mm at 96 dots an inch: A4 across without its margin
    page.goto(live_server.url + certificate.get_absolute_url())
    page.emulate_media(media="print")
    hidden = page.eval_on_selector(".certificate", "one => one.scrollHeight - one.clientHeight")
    assert hidden <= 1
