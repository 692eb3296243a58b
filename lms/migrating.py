"""Bringing the database up to date."""

import gc

from django.core.management import call_command


def migrate() -> None:
    """Run the migrations that are missing.

    They make thousands of classes that know each other and are wanted until the end. Looking for rubbish among them
    again and again takes a fifth of the time, so nobody looks before all is done.
    """
    looking = gc.isenabled()
    gc.disable()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        if looking:
            gc.enable()
