"""Reading the clock: the only place where the product asks for the time. Views, tasks and commands call it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Today in the organisation's time zone."""
    return timezone.localdate(timezone.now(), organisation_zone())


def organisation_zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def local_moment(day: date, hour: int) -> datetime:
    """`hour` o'clock of that day in the organisation's time zone, as an aware datetime.

    Around a change to summer time an hour that does not exist is read as the hour after it.
    """
    return datetime.combine(day, time(hour), tzinfo=organisation_zone())


def local_day(moment: datetime) -> date:
    """The organisation's calendar day of an aware moment."""
    return moment.astimezone(organisation_zone()).date()
