"""`manage.py walkthrough`: the main job without a browser, and the year that follows."""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from procurement.demo.paper import NoFacts, Paper, paper_from, paper_of
from procurement.demo.sample_report import SampleReport
from procurement.demo.seeding import QUILLHAVEN, the_last_period
from procurement.demo.walkthrough import Failures, Walkthrough
from vendors.calendar import clock
from vendors.directory.models import Vendor


class Command(BaseCommand):
    help = "Run one vendor review from the request to next year's reminders, printing each act and each mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("--report", type=Path, help="a SOC 2 report; its facts stand beside it as FILE.json")
        parser.add_argument("--out", type=Path, help="where the memo's PDF is left (a new temporary folder)")

    def handle(self, *_args: Any, report: Path | None, out: Path | None, **_options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The walkthrough invents vendors: it does not run in production.")
        call_command("migrate", verbosity=0)
        if Vendor.objects.exists():
            raise CommandError("This database holds vendors. Name an empty one in DATABASE_URL.")
        self._work_without_outside()
        start = clock.today()
        try:
            walkthrough = Walkthrough(
                plot=QUILLHAVEN,
                paper=self._paper(report),
                start=start,
                out=out or Path(tempfile.mkdtemp(prefix="countersign-")),
                tell=self.stdout.write,
            )
            memo = walkthrough.run()
        except (*Failures, NoFacts) as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(f"Done. The memo: {memo}")

    @staticmethod
    def _paper(report: Path | None) -> Paper:
        if report is None:
            period_start, period_end = the_last_period(clock.today(), months_ago=3)
            return paper_of(SampleReport(period_start, period_end))
        if not report.is_file():
            raise CommandError(f"There is no file {report}.")
        return paper_from(report)

    @staticmethod
    def _work_without_outside() -> None:
        """No broker is asked, and mail is kept in memory to be printed."""
        settings.CELERY_BROKER_URL = ""
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        mail.outbox = []
