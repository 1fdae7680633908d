"""The tasks that a worker runs are the ones that services and beat name."""

import pytest
from django.conf import settings

from tests.factories.correspondence import mail
from vendors import tasks
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail, State
from vendors.correspondence.services import DELIVER_EMAIL

pytestmark = pytest.mark.django_db


def test_the_nudge_names_the_task_that_delivers(mailoutbox):
    email = mail(now=clock.now())
    assert tasks.deliver_email.name == DELIVER_EMAIL
    tasks.deliver_email(email.pk)
    tasks.deliver_email(email.pk)
    assert len(mailoutbox) == 1


def test_beat_asks_every_minute_for_what_is_due(mailoutbox):
    entry = settings.CELERY_BEAT_SCHEDULE["send-the-mail-that-is-due"]
    assert (entry["task"], entry["schedule"]) == (tasks.deliver_due_mail.name, 60.0)
    mail(now=clock.now()), mail(now=clock.now())
    tasks.deliver_due_mail()
    assert len(mailoutbox) == 2
    assert set(OutgoingEmail.objects.values_list("state", flat=True)) == {State.SENT}
