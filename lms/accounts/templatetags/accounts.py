"""What the templates of sign-in pages need."""

from django import template
from django.urls import reverse

from lms.accounts import dev_mail

register = template.Library()


@register.simple_tag
def dev_mail_address() -> str:
    """Where a developer finds the mail that was just sent; nothing on a real site."""
    return reverse("accounts:dev_mail") if dev_mail.is_there() else ""
