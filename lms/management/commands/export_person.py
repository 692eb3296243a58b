"""Writes what is kept of one person: the same ZIP they get at /me/data/."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.accounts.models import User
from lms.accounts.privacy.actions import write_own_data


class Command(BaseCommand):
    help = "Write what is kept of a person to a ZIP. Exit code 1: no such person; 2: the path exists or cannot be made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("path", type=Path, metavar="PATH", help="the file to write; it must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError(f"Nobody is registered with {options['email']}. Nothing was written.", returncode=1)
        try:
            with options["path"].open("xb") as file:
                write_own_data(person, file, now=timezone.now())
        except FileExistsError as error:
            raise CommandError(f"{options['path']} exists. Nothing was written.", returncode=2) from error
        except OSError as error:
            raise CommandError(f"{options['path']} cannot be written: {error.strerror}.", returncode=2) from error
        self.stdout.write(self.style.SUCCESS(f"What is kept of {person} is in {options['path']}."))
