"""The bad days. Each is a function of a stage on which the reminders are due: it breaks something while they leave.

A fault ends with everything mended; what is still missing then has to arrive by itself (`Stage.recover`).
`TWICE_ALLOWED` says how often a fault may make one mail arrive a second time, under the same Message-ID: where the
server's answer is lost, nobody can know whether the mail was taken (RFC 1047).
"""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from procurement.accounts.models import User
from procurement.renewals import services as renewals
from procurement.renewals.morning import mailing_day
from tests.databases import in_threads
from tests.smtp import hang_up, refuse, take
from tests.soak.reports_asked import ask_every_vendor_while_the_web_process_dies, cut_an_upload
from tests.soak.stage import STRIKES, Stage, leases_run_out
from vendors.calendar import clock
from vendors.correspondence import delivery
from vendors.correspondence import services as correspondence
from vendors.correspondence.queries import undelivered

Fault = Callable[[Stage], None]
# A sender tries to write what it owes at least this often (`vendors.correspondence.marks`), a busy machine included.
A_MARK_WAITS_SECONDS = 5


def worker_killed(stage: Stage) -> None:
    """kill -9 of the worker and its children, wherever they are."""
    stage.scan_reminders()
    for _ in range(stage.strikes):
        stage.wait_for_mails(stage.sent_so_far() + stage.goes_wrong_after(0.05, 0.3))
        stage.worker.kill()
        leases_run_out()
        stage.restart_worker()
        stage.scan_mail()
        stage.scan_reminders()


def web_killed(stage: Stage) -> None:
    """kill -9 of the web processes while a reviewer asks every vendor, and while a vendor sends a file."""
    stage.scan_reminders()
    ask_every_vendor_while_the_web_process_dies(stage)
    cut_an_upload(stage)


def broker_flushed(stage: Stage) -> None:
    """FLUSHALL while tasks wait, five times."""
    stage.scan_reminders()
    for _ in range(5):
        stage.wait_for_mails(stage.sent_so_far() + stage.goes_wrong_after(0.02, 0.15), seconds=5)
        stage.broker.flush()
        stage.scan_mail()


def broker_dead(stage: Stage) -> None:
    """The broker is killed and comes back empty after a while."""
    stage.scan_reminders()
    stage.wait_for_mails(stage.goes_wrong_after(0.05, 0.6))
    stage.broker.kill()
    stage.scan_reminders()
    time.sleep(stage.chance.uniform(0.2, 2))
    stage.broker.start()


def smtp_down(stage: Stage) -> None:
    """The mail server goes away in the middle, and comes back."""
    stage.scan_reminders()
    stage.wait_for_mails(stage.goes_wrong_after(0.05, 0.6))
    stage.mail.stop()
    stage.scan_mail()
    time.sleep(stage.chance.uniform(0.2, 2))
    stage.mail.start()


def smtp_asks_to_wait(stage: Stage) -> None:
    """Every third mail is greylisted at its first try."""
    stage.mail.next(*_scripted(stage, refuse("451 4.7.1 Greylisted, come back later"), one_in=3))
    stage.scan_reminders()


def smtp_refuses(stage: Stage) -> None:
    """Every fifth mail is refused for good; a person sends each again, as the page of undelivered mail offers."""
    stage.mail.next(*_scripted(stage, refuse("550 5.7.1 Blocked by policy"), one_in=5))
    stage.recover()
    reviewer = User.objects.filter(is_administrator=True).first() or User.objects.get(is_reviewer=True)
    for email in undelivered():
        if email.sealed_secret is None and not hasattr(email, "sent_again"):
            correspondence.resend(email=email, by=reviewer, now=clock.now())


def smtp_drops_after_data(stage: Stage) -> None:
    """The server has the whole mail and hangs up without an answer: once, at a mail of the day's choice."""
    stage.mail.next(*[take()] * stage.goes_wrong_after(0, 0.8), hang_up(after="DATA"))
    stage.scan_reminders()


def disk_full(stage: Stage) -> None:
    """The disk with database and vault is full for a while. Needs a small file system under the stage's folder.

    A mail that could be claimed with the last bytes is marked by its sender as soon as there is room again. What is
    then still claimed was left by a sender that could not go on.
    """
    stage.scan_reminders()
    stage.wait_for_mails(stage.goes_wrong_after(0.05, 0.5))
    filler = Path(stage.database_url.removeprefix("sqlite:///")).parent / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)
    assert os.statvfs(filler).f_bavail == 0
    stage.scan_reminders()
    stage.scan_mail()
    time.sleep(stage.chance.uniform(0.5, 2))
    filler.unlink()
    time.sleep(A_MARK_WAITS_SECONDS)
    leases_run_out(of_claims_older_than=A_MARK_WAITS_SECONDS)


def clock_jumps(stage: Stage) -> None:
    """The machine's clock jumps an hour back, up to a day ahead, and home, with two scanners and senders at work.

    The clock is the `now` that the edge reads, so the senders run here and the worker, whose clock is right, rests.
    A mail that is in hand while the clock jumps past its lease may arrive twice; here the senders pause for the jump.
    """
    stage.worker.kill()
    leases_run_out()
    for offset in (timedelta(hours=-1), timedelta(minutes=stage.chance.randint(60, 24 * 60)), timedelta(0)):

        def live(_number: int, offset: timedelta = offset) -> None:
            now = clock.now() + offset
            renewals.send_due(on=mailing_day(now), now=now)
            delivery.deliver_due(now, seconds=1)

        problems = [each for each in in_threads(2, live) if each]
        assert not problems, problems
    stage.restart_worker()


def _scripted(stage: Stage, answer: object, *, one_in: int) -> list:
    """The answers for as many mails as there are, with this one at random places."""
    return [answer if stage.chance.randrange(one_in) == 0 else take() for _ in range(stage.expected)]


FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        worker_killed,
        web_killed,
        broker_flushed,
        broker_dead,
        smtp_down,
        smtp_asks_to_wait,
        smtp_refuses,
        smtp_drops_after_data,
        disk_full,
        clock_jumps,
    )
}
# A killed worker has one mail in hand in each of its two children, and is killed three times.
TWICE_ALLOWED = {"worker_killed": 2 * STRIKES, "smtp_drops_after_data": 1}
# A mail is sent again once, whatever happens to its senders.
AT_MOST = 2
ON_SQLITE_ONLY = {"disk_full"}


def why_not(name: str) -> str | None:
    """Why this machine cannot have this bad day; None when it can."""
    if name == "disk_full" and (os.geteuid() != 0 or not _can_mount()):
        return "A full disk needs a file system of its own: root, and leave to mount. To run it: sudo make soak"
    return None


def _can_mount() -> bool:
    done = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
    return done.returncode == 0
