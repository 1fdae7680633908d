"""`manage.py deliver_mail`: send what is due, as the worker does every minute. Cron alone suffices."""

from typing import Any

from django.core.management.base import BaseCommand

from vendors.calendar.clock import now
from vendors.correspondence import outages
from vendors.correspondence.delivery import deliver_due


class Command(BaseCommand):
    help = "Send the mail that is due."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        tally = deliver_due(now())
        for outcome, count in sorted(tally.items()):
            self.stdout.write(f"{outcome}: {count}")
        outage = outages.current()
        if outage is not None:
            self.stdout.write(f"{outage.last_error} Next try: {outage.next_try_at:%Y-%m-%d %H:%M} UTC.")
        elif not tally:
            self.stdout.write("Nothing is due.")
