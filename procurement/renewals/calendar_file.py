"""The dates of the feed as an iCalendar file (RFC 5545): one all-day event each, dates and titles only."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from procurement.renewals.threads import Marked
from vendors.calendar.days import plus_days

REFRESH = "PT6H"


def calendar_file(marked: Iterable[Marked], *, now: datetime) -> bytes:
    """The file's bytes. An event keeps its UID when its date moves, so that calendars move it too."""
    house = urlsplit(settings.BASE_URL).hostname
    calendar = Calendar()
    calendar.add("prodid", "-//Countersign//Renewals//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Vendor reviews of %(organisation)s") % {"organisation": settings.ORGANISATION_NAME})
    calendar.add("x-published-ttl", REFRESH)
    for one in marked:
        event = Event()
        event.add("uid", f"{one.uid}@{house}")
        event.add("dtstamp", now)
        event.add("dtstart", one.day)
        event.add("dtend", plus_days(one.day, 1))
        event.add("summary", one.title)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
