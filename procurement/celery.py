"""The Celery application: a worker delivers, beat nudges. Truth stays in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procurement.settings")
os.environ.setdefault("COUNTERSIGN_MODE", "production")

app = Celery("countersign")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["vendors", "procurement"])
app.steps["worker"].add("procurement.operations.deafness:Listening")
