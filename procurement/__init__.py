"""What we do with a vendor: requests for a review, decisions, memos, renewals. Also the project itself."""

from procurement.celery import app as celery_app

__all__ = ["celery_app"]
