"""Issue every certificate that is owed, now: what the cluster does each minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certificates.models import Certificate
from certificates.tasks import issue_owed_certificates


class Command(BaseCommand):
    help = "Issue every certificate that is owed. Safe to run at any time, also beside the cluster."

    def handle(self, *args: Any, **options: Any) -> None:
        before = Certificate.objects.count()
        try:
            issue_owed_certificates()
        except RuntimeError as failure:
            raise CommandError(str(failure)) from failure
        issued = Certificate.objects.count() - before
        self.stdout.write(f"{issued} issued.")
