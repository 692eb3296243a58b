"""Lets somebody in again who has lost their second step: the password alone signs them in."""

from argparse import ArgumentParser
from smtplib import SMTPException
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from lms.accounts.letters import second_step_removed_letter
from lms.accounts.models import User
from lms.accounts.second_step import actions


class Command(BaseCommand):
    help = (
        "Remove a person's authenticator app, passkeys and recovery codes, sign them out everywhere and tell them by "
        "mail. Make sure first that it is they who ask. Exit code 1: no such person."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError(f"Nobody is registered with {options['email']}. Nothing was changed.", returncode=1)
        if not actions.reset(person):
            self.stdout.write(f"{person} has no second step. Nothing was changed.")
            return
        self.stdout.write(self.style.SUCCESS(f"{person} signs in with the password alone, and is signed out now."))
        try:
            with translation.override(person.language):
                second_step_removed_letter(person).send()
        except (OSError, SMTPException) as error:
            self.stderr.write(self.style.WARNING(f"The mail to {person.email} was not sent ({error}): tell them."))
