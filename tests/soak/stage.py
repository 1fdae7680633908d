"""The stage of one bad day: a database full of reminders that are due, a broker, a mail server, a worker, a web server.

Nothing is stubbed. Only the cadence is ours: what beat sends every minute, `scan_mail` and `scan_reminders` send when
the day says so, and `time_passes` makes every wait of a mail be over.
"""

import contextlib
import random
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.test import override_settings

from procurement.celery import app
from procurement.demo import servers
from procurement.renewals import services as renewals
from procurement.renewals import tasks as renewal_tasks
from procurement.renewals.models import ReminderDue, ReminderState
from procurement.renewals.morning import mailing_day
from procurement.renewals.plans import current_plan
from tests.broker import Process, Valkey, point_nudges_at
from tests.factories.renewals import a_paper, approved_review, copies_of
from tests.factories.stories import cast_of
from tests.smtp import SmtpServer, free_port
from vendors.calendar import clock
from vendors.calendar.days import plus_days, plus_months
from vendors.correspondence.marks import LEASE
from vendors.correspondence.models import MailOutage, OutgoingEmail, State
from vendors.correspondence.tasks import deliver_due_mail
from vendors.nudging import services as nudging

PATIENCE_SECONDS = 240
# The approval ends in so many days: its reminders of this morning are due, and none falls due within the next days,
# so that a clock that runs a day ahead owes nobody anything more.
DAYS_LEFT = 20
# The brake for too many mails at once has tests of its own.
MOST_AT_ONCE = 100_000
# How often a process is killed in one day; a small sample is hit once.
STRIKES, SMALL = 3, 50


def fill(reminders: int) -> int:
    """As many approved vendors as it takes until so many reminders are due this morning. Returns how many are."""
    today = mailing_day(clock.now())
    cast = cast_of()
    opened, now = current_plan().number, clock.now()
    renewals.change_most_at_once(
        most=MOST_AT_ONCE, note="Nothing is held here.", opened=opened, by=cast.administrator, now=now
    )
    end = plus_months(plus_days(today, DAYS_LEFT), -12)
    review = approved_review(cast, paper=a_paper((plus_days(plus_months(end, -12), 1), end)), on=plus_days(today, -100))
    each = len(_due())
    assert each, "no reminder is due on this stage"
    assert len(_due(days_ahead=1)) == each
    copies_of(review, -(-reminders // each) - 1)
    return len(_due())


def _due(*, days_ahead: int = 0) -> list[renewals.Reminder]:
    now = clock.now() + timedelta(days=days_ahead)
    return renewals.send_due(on=mailing_day(now), now=now, dry_run=True).queued


@dataclass
class Stage:
    """One house on one database. `chance` decides when things break: the same seed breaks them in the same order."""

    database_url: str
    folder: Path
    expected: int
    chance: random.Random
    broker: Valkey
    mail: SmtpServer
    worker: Process
    web: Process
    web_port: int
    environment: dict[str, str]

    def start(self) -> None:
        self.mail.start()
        self.broker.start()
        self.worker.start()
        self.worker_is_ready()

    def stop(self) -> None:
        for process in (self.web, self.worker, self.broker.process):
            process.kill()
        self.mail.stop()

    def worker_is_ready(self) -> None:
        self.worker.wait_until(lambda: self.worker.printed("ready."), "The worker")

    def restart_worker(self) -> None:
        self.worker.log = self.worker.log.with_name(f"worker-{secrets.token_hex(3)}.log")
        self.worker.start()
        self.worker_is_ready()

    def scan_reminders(self) -> None:
        _nudge(renewal_tasks.send_due.name)

    def scan_mail(self) -> None:
        _nudge(deliver_due_mail.name)

    @property
    def strikes(self) -> int:
        return 1 if self.expected < SMALL else STRIKES

    def sent_so_far(self) -> int:
        return len(self.mail.received)

    def goes_wrong_after(self, least: float, most: float) -> int:
        """How many of the mails may have left when the fault strikes."""
        return self.chance.randint(int(self.expected * least), int(self.expected * most))

    def wait_for_mails(self, count: int, *, seconds: float = 20) -> None:
        """So many mails have come, or the time is over: a fault does not wait for ever."""
        until(lambda: self.sent_so_far() >= count, seconds=seconds)

    def recover(self, wanted: Callable[[], bool] | None = None) -> bool:
        """Life goes on: scans come, hours pass, until every reminder has arrived. Whether that happened in time."""
        done = wanted or self.everything_arrived
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if self.worker.has_ended:  # one that went deaf: whoever runs it starts it anew
                self.restart_worker()
            self.scan_reminders()
            time_passes()
            self.scan_mail()
            if until(done, seconds=5):
                return True
        return False

    def everything_arrived(self) -> bool:
        with contextlib.suppress(DatabaseError):
            waiting = OutgoingEmail.objects.waiting().count()
            claimed = ReminderDue.objects.filter(state=ReminderState.SENT).count()
            return not waiting and claimed >= self.expected
        return False

    def verdict(self) -> "Verdict":
        """What became of every reminder, by what the mail server holds."""
        arrived = Counter(str(each.message["Message-ID"]) for each in self.mail.received)
        claimed = dict(
            ReminderDue.objects.filter(state=ReminderState.SENT, email_id__isnull=False).values_list("pk", "email_id")
        )
        ids = dict(OutgoingEmail.objects.values_list("pk", "message_id"))
        again = dict(OutgoingEmail.objects.filter(resend_of__isnull=False).values_list("resend_of_id", "pk"))

        def copies(email_id: int) -> int:
            return arrived[ids[email_id]] + (copies(again[email_id]) if email_id in again else 0)

        got = [copies(email_id) for email_id in claimed.values()]
        return Verdict(
            reminders=self.expected,
            lost=max(0, self.expected - len(claimed)) + got.count(0),
            doubled=sum(count - 1 for count in got if count > 1) + max(0, len(claimed) - self.expected),
            most=max(arrived.values(), default=0),
        )


@dataclass(frozen=True)
class Verdict:
    """One bad day: how many reminders there were, how many never arrived, how many arrived once too often.

    most  how often the same mail arrived, of all mails of that day
    """

    reminders: int
    lost: int
    doubled: int
    most: int


def time_passes() -> None:
    """Every wait is over: retries, leases of dead senders, the pause of an outage."""
    past = clock.now() - timedelta(minutes=1)
    with contextlib.suppress(DatabaseError):
        OutgoingEmail.objects.filter(state=State.QUEUED).update(next_try_at=past)
        MailOutage.objects.update(next_try_at=past)


def leases_run_out(*, of_claims_older_than: float = 0) -> None:
    """Ten minutes after a sender died in the middle of a mail. A sender that lives is done with its mail by then."""
    now = clock.now()
    dead = OutgoingEmail.objects.filter(
        state=State.SENDING, lease_until__lte=now + LEASE - timedelta(seconds=of_claims_older_than)
    )
    dead.update(lease_until=now - timedelta(minutes=1))


def until(ready: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        time.sleep(0.05)
    return ready()


@contextmanager
def stage(database_url: str, folder: Path, *, expected: int, seed: int) -> Iterator[Stage]:
    """A house on this database, its mail server and broker running, its worker ready. Gone at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    mail, port, web_port = SmtpServer(port=free_port()), free_port(), free_port()
    environment = {
        "COUNTERSIGN_MODE": "test",
        "DATABASE_URL": database_url,
        "BROKER_URL": f"redis://127.0.0.1:{port}/0",
        "EMAIL_URL": mail.url,
        "VAULT_KEYS": settings.VAULT_KEYS,
        "STORAGE_ROOT": str(settings.STORAGE_ROOT),
        "BASE_URL": f"http://127.0.0.1:{web_port}",
    }
    command = [servers.bundled_broker(), "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    house = Stage(
        database_url=database_url,
        folder=folder,
        expected=expected,
        chance=random.Random(seed),
        broker=Valkey(port, Process([*command, "--save", ""], folder / "valkey.log")),
        mail=mail,
        worker=Process([sys.executable, "-m", *servers.worker()], folder / "worker.log", environment),
        web=Process([sys.executable, "-m", *servers.web(f"127.0.0.1:{web_port}")], folder / "web.log", environment),
        web_port=web_port,
        environment=environment,
    )
    before, known_dead = app.conf.broker_url, nudging._found_dead_at
    point_nudges_at(house.broker.url)
    try:
        # This process nudges and sends like one of the house.
        with override_settings(
            CELERY_BROKER_URL=house.broker.url,
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=mail.port,
        ):
            house.start()
            yield house
    finally:
        house.stop()
        nudging._found_dead_at = known_dead
        point_nudges_at(before)


def _nudge(task: str) -> None:
    """As beat does: to a dead broker as well, without remembering that it was dead."""
    nudging._found_dead_at = None
    nudging.nudge(task)
