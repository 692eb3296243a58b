from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.notifications.rules import MessageState
from lms.notifications.tasks import sweep


class Command(BaseCommand):
    help = "Sends the messages that are due, as the cluster does every minute. Exit code 1 when one could not be sent."

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep()
        sent, cancelled = swept.states[MessageState.SENT], swept.states[MessageState.CANCELLED]
        summary = f"{sent} sent, {cancelled} no longer applied, {len(swept.failed)} could not be sent."
        if swept.failed:
            raise CommandError(f"{summary} Look at messages {', '.join(map(str, swept.failed))} in the admin.")
        self.stdout.write(summary)
