"""Fills the demo once. A second call, or one in production, changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from procurement.demo import seeding
from vendors.calendar import clock


class Command(BaseCommand):
    help = "Fill an empty demo with invented vendors, one review waiting for each role."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo's vendors are invented: they have no place in production.")
        if seeding.is_seeded():
            self.stdout.write("The demo has its data already.")
            return
        with transaction.atomic():
            seeding.seed(on=clock.today())
        self.stdout.write("The demo is filled: six vendors, one review waiting for each role.")
