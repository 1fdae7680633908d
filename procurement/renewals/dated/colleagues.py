"""A part of a questionnaire that a colleague at the vendor was given with a day: the colleague is reminded, then the
contact whom the whole was sent to is told."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.questionnaires.emails import about
from procurement.questionnaires.given import GivenByADay, given_by_a_day, given_with_a_day
from procurement.renewals.dated.thing import Dated, DatedKind
from procurement.renewals.rhythms import Series
from procurement.renewals.threads import DatedSubject
from vendors.calendar.clock import local_day
from vendors.reports.reasons import gettext_noop

NAME = "colleague"


def _find(vendor_ids: Collection[int]) -> Iterable[Dated]:
    for part in given_by_a_day(vendor_ids):
        is_the_whole = part.contact == part.assessment.contact and part.due_on == part.assessment.due_on
        if part.contact.is_active and not is_the_whole:  # which is reminded of by itself
            yield _as_dated(part)


def _as_dated(part: GivenByADay) -> Dated:
    assessment, colleague = part.assessment, part.contact
    contact = assessment.contact if assessment.contact and assessment.contact.is_active else None
    page = assessment.get_absolute_url()
    return Dated(
        # All that one colleague has to do by one day is one reminder; day and colleague stand in its claim.
        id=assessment.pk,
        part=f"{colleague.pk}-{part.due_on:%Y%m%d}",
        vendor=assessment.vendor,
        since=local_day(part.since),
        owner=colleague.user,
        then_tell=contact.user if contact and contact != colleague else None,
        tier=assessment.engagement.tier,
        marked=_("part of a questionnaire due"),
        subject=DatedSubject(
            kind=NAME,
            title=_("The part of “%(title)s” given to %(name)s")
            % {"title": assessment.version.title, "name": colleague.name},
            detail="; ".join(part.titles),
            detail_label=_("Open"),
            verb_ahead=_("is due"),
            verb_past=_("was due"),
            day=part.due_on,
            todo=_("What to do: answer what is open. What is answered already is kept."),
            because=_("You get this because %(name)s gave it to you.") % {"name": part.by},
            because_escalated=_("You get this because the questionnaire was sent to you."),
            link=f"{page}?mine=1",
            link_label=_("Open what was given to you"),
            link_escalated=page,
            link_label_escalated=_("Open the questionnaire"),
            about=about(assessment),
            reviewer=assessment.sent_by,
        ),
    )


COLLEAGUES = DatedKind(
    name=NAME,
    label=gettext_lazy("Part of a questionnaire given to a colleague"),
    series=Series.COLLEAGUE,
    what=gettext_noop("a part of the questionnaire is due ({day})"),
    late=gettext_noop("A part of the questionnaire was due on {day}, {days} ago."),
    find=_find,
    open_ones=given_with_a_day,
    vendor_field="assessment__vendor_id",
)
