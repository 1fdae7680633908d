"""Which reminder is due when, to whom, and why (issue 2, story item 8; SECURITY.md R1 to R7). Pure.

The year of a report that covers 1 Jul 2025 – 30 Jun 2026 and came 45 days later. The owner is the business
owner. "Said" is a vendor that named its next report in writing on 20 May 2027, and again on 10 Aug 2027;
"silent" one that never answers. Its report is current until 30 Jun 2027, relief can last until 30 Sep 2027.

    day             to      milestone               silent  said
    1 Apr 2027      owner   90 days before the end    x      x
    1 May           owner   60 days before            x      x
    1 May           vendor  when does the next come?  x      x    a date, and a statement or bridge letter
    31 May          owner   30 days before            x      x
    16, 27 Jun      vendor  14, 3 days before         x           still asks for the statement
    23 Jun          owner   7 days before             x      x
    30 Jun          owner   the day itself            x      x
    30 Jun          vendor  asks for the report       x      x    the next period is over; stands for "day 0"
    5, 16, 19 Aug   vendor  14, 3, 0 days before             x    what it said in May counts until 19 Aug; those
                                                                  after it says so again on 10 Aug are left out
    21 Aug, 4 Sep   vendor  7, 21 days overdue        x      x    expected on 14 Aug
    9, 16, 23, 30 Sep vendor  weekly                  x      x    to the end of the relief
    16, 27, 30 Sep  vendor  14, 3, 0 days before             x    the relief ends; one mail a day
    30 Sep          owner   escalation                x      x

How they interleave:
- "-14, -3, 0" count to the last day on which the report counts *as things stand in writing*: the end of
  currency, or the day to which the vendor's statement carries it. A statement moves that day: a new series.
- The weekly ones start when everything dated has been tried: after the later of that day and the second
  chase, and early enough that the fourth falls no later than the end of the relief. A report that is ready
  long before (a 6-month period) is therefore followed up weekly right after the end of currency. None goes
  out before the date that the vendor named itself.
- The vendor hears from us once a day at most: a request goes before a chase, a chase before a countdown, a
  countdown before the question for a date. A weekly one within three days of any of them is left out.
- What fell due before the approval, or before the vendor last wrote, is nobody's reminder any more; only the
  two requests are made good the day after, since without them nothing would ever be asked.
- "Not ready until" keeps us quiet until that day, and the report is expected then. It is no statement: it
  carries no approval.
- After the end of the relief nobody writes to the vendor: the owner has been told, and a person decides.

A Type I report that stands in by an interim waiver is no report to count from: its Type II is asked for 60 days before
the day the vendor promised it for, 14, 3 and 0 days before that day, and chased 7 and 21 days after (`interims`).

Every milestone carries the date it was counted from (`anchor`) in its key, so that moving a date opens a new
series, and is picked with "due on or before today", so that a day of downtime delays and never loses.
"""

from procurement.renewals.milestones import (
    Ask,
    Audience,
    Due,
    Milestone,
    MilestoneKey,
    Superseded,
    Wording,
    due_now,
)
from procurement.renewals.rhythms import Rhythm
from procurement.renewals.schedule.approvals import milestone_for_arrival, milestones_for_approval
from procurement.renewals.schedule.dated import escalation_for, milestones_for_dated
from procurement.renewals.schedule.interims import milestones_for_interim
from procurement.renewals.schedule.reports import milestones_for_report
from procurement.renewals.schedule.requests import milestones_for_request

__all__ = [
    "Ask",
    "Audience",
    "Due",
    "Milestone",
    "MilestoneKey",
    "Rhythm",
    "Superseded",
    "Wording",
    "due_now",
    "escalation_for",
    "milestone_for_arrival",
    "milestones_for_approval",
    "milestones_for_dated",
    "milestones_for_interim",
    "milestones_for_report",
    "milestones_for_request",
]
