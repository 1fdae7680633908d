"""When reminders leave: at 09:00 on the organisation's clock, whatever daylight saving does to it."""

from datetime import date, datetime

from vendors.calendar.clock import organisation_zone
from vendors.calendar.days import plus_days

MAIL_HOUR = 9


def mailing_day(moment: datetime) -> date:
    """The day whose reminders may leave at this moment: today from 09:00 on, yesterday before."""
    local = moment.astimezone(organisation_zone())
    return local.date() if local.hour >= MAIL_HOUR else plus_days(local.date(), -1)
