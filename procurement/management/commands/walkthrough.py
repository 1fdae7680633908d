"""`manage.py walkthrough`: the main job without a browser, and the year that follows."""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from procurement.demo.paper import NoFacts, paper_from
from procurement.demo.plots import tale_of
from procurement.demo.scenarios import SCENARIOS, Scenario, the_main_job
from procurement.demo.walkthrough import Failures, Walkthrough
from vendors.calendar import clock
from vendors.directory.models import Vendor


class Command(BaseCommand):
    help = "Run one vendor review from the request to next year's reminders, printing each act and each mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("--report", type=Path, help="a SOC 2 report; its facts stand beside it as FILE.json")
        parser.add_argument(
            "--scenario", choices=SCENARIOS, help="which story our own sample report tells (main); not with --report"
        )
        parser.add_argument("--out", type=Path, help="where the memo's PDF is left (a new temporary folder)")

    def handle(self, *_args: Any, report: Path | None, scenario: str | None, out: Path | None, **_options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The walkthrough invents vendors: it does not run in production.")
        try:
            chosen = self._chosen(report, scenario)
            tale = chosen.tale(clock.today())
            self._empty_the_stage()
            walk = Walkthrough(
                tale=tale, out=out or Path(tempfile.mkdtemp(prefix="countersign-")), tell=self.stdout.write
            )
            memo = chosen.tell(walk)
        except (*Failures, NoFacts) as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(f"Done. The memo: {memo}" if memo else "Done. Nothing was approved, as the policy demands.")

    @staticmethod
    def _chosen(report: Path | None, scenario: str | None) -> Scenario:
        if report is None:
            return SCENARIOS[scenario or "main"]
        if scenario is not None:
            raise CommandError("A report of your own has its own story: leave --scenario out.")
        if not report.is_file():
            raise CommandError(f"There is no file {report}.")
        paper = paper_from(report)
        return Scenario(lambda _today: tale_of(paper), the_main_job)

    @staticmethod
    def _empty_the_stage() -> None:
        """An empty database; no broker is asked, and mail is kept in memory to be printed."""
        call_command("migrate", verbosity=0)
        if Vendor.objects.exists():
            raise CommandError("This database holds vendors. Name an empty one in DATABASE_URL.")
        settings.CELERY_BROKER_URL = ""
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        mail.outbox = []
