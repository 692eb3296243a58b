"""A letter: what a mail to a person says, and how it becomes a mail of text and HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in plain words. Nothing in it is HTML; everything is escaped when rendered.

    `button` is (label, absolute address or a path of this site). `preheader` is the line a mail program shows beside
    the subject. `code` is a code to type, shown large.
    """

    subject: str
    paragraphs: list[str] = field(default_factory=list)
    button: tuple[str, str] | None = None
    preheader: str = ""
    code: str = ""


def absolute(address: str) -> str:
    """An address of this site as it must stand in a mail."""
    return settings.SITE_URL + address if address.startswith("/") else address


def letter(
    mail: Mail, *, to: str, name: str = "", why: str = "", headers: Mapping[str, str] | None = None
) -> EmailMultiAlternatives:
    """The mail to send to the address `to`, in the active language: text, and HTML that says the same.

    `name` is greeted; `why` says at the foot why the person gets it.
    """
    subject = " ".join(mail.subject.split())  # a line break in a subject would begin another header
    words = {
        "mail": mail,
        "subject": subject,
        "name": name,
        "why": why,
        "site": settings.SITE_URL,
        "button": (mail.button[0], absolute(mail.button[1])) if mail.button else None,
    }
    message = EmailMultiAlternatives(
        subject, render_to_string("letters/letter.txt", words), to=[to], headers=dict(headers or {})
    )
    message.attach_alternative(render_to_string("letters/letter.html", words), "text/html")
    return message
