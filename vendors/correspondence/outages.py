"""When the mail server does not answer, the whole queue waits; one probe at a time asks again."""

from datetime import datetime, timedelta

from vendors.correspondence.models import MailOutage

THE_ONLY_ROW = 1
WAIT_MINUTES = (1, 2, 5)


def current() -> MailOutage | None:
    """The outage that lasts, if there is one."""
    return MailOutage.objects.filter(pk=THE_ONLY_ROW).first()


def may_try(now: datetime) -> bool:
    """Whether to connect now: no outage, or its next probe is due."""
    outage = current()
    return outage is None or outage.next_try_at <= now


def note(now: datetime, sentence: str) -> None:
    """The server did not answer: wait 1, 2, then every 5 minutes."""
    outage, is_new = MailOutage.objects.get_or_create(
        pk=THE_ONLY_ROW,
        defaults={"since": now, "next_try_at": _next_try(now, 1), "last_error": sentence[:400]},
    )
    if not is_new:
        tries = outage.tries + 1
        MailOutage.objects.filter(pk=THE_ONLY_ROW, tries=outage.tries).update(
            tries=tries, next_try_at=_next_try(now, tries), last_error=sentence[:400]
        )


def is_over() -> None:
    """The server answers again."""
    MailOutage.objects.filter(pk=THE_ONLY_ROW).delete()


def _next_try(now: datetime, tries: int) -> datetime:
    return now + timedelta(minutes=WAIT_MINUTES[min(tries, len(WAIT_MINUTES)) - 1])
