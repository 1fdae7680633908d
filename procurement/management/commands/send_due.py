"""`manage.py send_due`: the scan that Celery beat runs every 15 minutes. Cron alone suffices."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from procurement.renewals.morning import mailing_day
from procurement.renewals.services import send_due
from vendors.calendar import clock


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise ArgumentTypeError(f"“{typed}” is no day. Write it like 2026-06-30.") from error


class Command(BaseCommand):
    help = "Queue the reminders that are due. Running it again, or many times at once, changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=_day, help="the day to work for (today from 09:00 on)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be queued and change nothing")

    def handle(self, *_arguments: Any, on: date | None, dry_run: bool, **_options: Any) -> None:
        now = clock.now()
        day = on or mailing_day(now)
        if settings.PRODUCTION and day > clock.today() and not dry_run:
            raise CommandError(f"{day} is still to come. Add --dry-run to see what would leave that day.")
        result = send_due(on=day, now=now, dry_run=dry_run)
        for reminder in result.queued:
            self.stdout.write(str(reminder))
        for reminder in result.held:
            self.stdout.write(f"held  {reminder}")
        if not result.queued and not result.held:
            self.stdout.write(f"Nothing is due on {day}.")
        if result.superseded:
            self.stdout.write(f"{result.superseded} older reminders are superseded by later ones.")
        if result.failed:
            raise CommandError(f"{result.failed} failed and will be tried again. The log says why.")
