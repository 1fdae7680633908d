"""The vault's nightly tidying."""

from celery import shared_task

from vendors.calendar.clock import now
from vendors.vault import orphans, page_images, page_text


@shared_task(name="vault.remove_orphans")
def remove_orphans() -> None:
    orphans.remove_orphans(now=now())


@shared_task(name="vault.tidy_page_images")
def tidy_page_images() -> None:
    page_images.tidy(now=now())
    page_text.tidy(now=now())
