"""Index: every task of vendors. Re-exports only, so that Celery finds them."""

from vendors.correspondence.tasks import deliver_due_mail, deliver_email
from vendors.ndas.tasks import make_certificate, make_missing_certificates
from vendors.portal.tasks import forget_old_codes
from vendors.reports.tasks import compare_texts, read_report, read_waiting_reports
from vendors.vault.tasks import remove_orphans, tidy_page_images

__all__ = [
    "compare_texts",
    "deliver_due_mail",
    "deliver_email",
    "forget_old_codes",
    "make_certificate",
    "make_missing_certificates",
    "read_report",
    "read_waiting_reports",
    "remove_orphans",
    "tidy_page_images",
]
