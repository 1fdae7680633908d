"""`manage.py review_states [--check]`: draws docs/review-states.md from the table of moves."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from procurement.reviews.diagram import review_states_page


class Command(BaseCommand):
    help = "Draws docs/review-states.md from the table of moves; --check only says whether it is fresh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when the page is stale")

    def handle(self, *_args: Any, **options: Any) -> None:
        page = Path(settings.BASE_DIR) / "docs" / "review-states.md"
        drawn = review_states_page()
        if not options["check"]:
            page.parent.mkdir(exist_ok=True)
            page.write_text(drawn, encoding="utf-8")
            self.stdout.write("docs/review-states.md is drawn.")
        elif not page.exists() or page.read_text(encoding="utf-8") != drawn:
            raise CommandError("docs/review-states.md differs from the table. Run manage.py review_states.")
        else:
            self.stdout.write("docs/review-states.md is fresh.")
