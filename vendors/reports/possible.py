"""What cannot be true of a report. A draft may lack anything; it may not hold what no report can say."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vendors.people.actors import Refused
from vendors.reports import labels
from vendors.reports.completeness import asks_for_tests
from vendors.reports.criteria import is_criterion
from vendors.reports.facts import RecordedFacts, Row
from vendors.reports.terms import Opinion, ReportFacts, ReportKind, ReportType, impossible_dates

ROWS = ("exceptions", "cuecs", "subservice")


class ImpossibleFacts(Refused):
    """The facts as typed contradict the calendar, the document or each other.

    `sentences` maps a field's name to what is wrong with it; a field of a row is named "exceptions.0.criterion".
    """

    def __init__(self, sentences: dict[str, str]) -> None:
        field, sentence = next(iter(sentences.items()))
        super().__init__(sentence, field=field)
        self.sentences = sentences


def check_possible(facts: RecordedFacts, *, on: date, page_count: int) -> None:
    """Raises ImpossibleFacts with every impossible value, each with a sentence for its field.

    `page_count` is how many pages the file has; 0 when nobody could count them.
    """
    sentences = impossible_facts(facts, on=on, page_count=page_count)
    if sentences:
        raise ImpossibleFacts(sentences)


def impossible_facts(facts: RecordedFacts, *, on: date, page_count: int) -> dict[str, str]:
    """Field name -> sentence, for every value that cannot be; the first thing wrong with a field is named."""
    found: dict[str, str] = {}
    for field, sentence in (
        *_unknown_words(facts),
        *_dates(facts, on),
        *_contradictions(facts),
        *_unknown_criteria(facts),
        *_pages_beyond(facts, page_count),
    ):
        found.setdefault(field, sentence)
    return found


def _unknown_words(facts: RecordedFacts) -> list[tuple[str, str]]:
    found = []
    for field, choices in (("kind", labels.KINDS), ("type", labels.TYPES), ("opinion", labels.OPINIONS)):
        value = getattr(facts, field)
        if value and value not in dict(choices):
            found.append((field, _("Choose one of the list.")))
    if set(facts.categories) - set(dict(labels.CATEGORIES)):
        found.append(("categories", _("Choose from the five categories.")))
    for number, row in enumerate(facts.subservice):
        if row.method and row.method not in dict(labels.METHODS):
            found.append((f"subservice.{number}.method", _("Choose one of the list.")))
    return found


def _dates(facts: RecordedFacts, on: date) -> list[tuple[str, str]]:
    type_ = ReportType(facts.type) if facts.type in dict(labels.TYPES) else None
    dates = ReportFacts(
        type=type_,
        period_start=facts.period_start,
        period_end=facts.period_end,
        as_of=facts.as_of,
        report_date=facts.report_date,
    )
    return [(field, reason.render(_)) for field, reason in impossible_dates(dates, on)]


def _contradictions(facts: RecordedFacts) -> list[tuple[str, str]]:
    found = []
    if facts.kind in {ReportKind.SOC3, ReportKind.OTHER} and facts.type:
        found.append(("type", _("Only SOC 1 and SOC 2 reports have a type. Leave it open, or change the kind.")))
    if facts.opinion == Opinion.UNQUALIFIED and (facts.opinion_basis or facts.opinion_criteria):
        field = "opinion_basis" if facts.opinion_basis else "opinion_criteria"
        found.append(
            (
                field,
                _("An unqualified opinion has no basis for a modification. Clear it, or change the opinion."),
            )
        )
    if facts.criteria_tested and facts.kind and not (_may_hold_tests(facts) and facts.kind == ReportKind.SOC2):
        found.append(
            (
                "criteria_tested",
                _("Only a SOC 2 Type II report holds tests of these criteria. Clear them, or change kind and type."),
            )
        )
    for listed, tick in zip(ROWS, ("states_no_exceptions", "states_no_cuecs", "states_no_subservice"), strict=True):
        if getattr(facts, listed) and getattr(facts, tick):
            found.append((tick, _("Some are listed here. Take the tick away, or remove the rows.")))
    if facts.exceptions and facts.kind and not _may_hold_tests(facts):
        found.append(
            (
                "exceptions.0.description",
                _("Only a Type II report holds tests, and so exceptions. Remove the rows, or change kind and type."),
            )
        )
    return found


def _may_hold_tests(facts: RecordedFacts) -> bool:
    return asks_for_tests(facts.kind, facts.type or ReportType.TYPE2)


def _unknown_criteria(facts: RecordedFacts) -> list[tuple[str, str]]:
    if facts.kind == ReportKind.SOC1:  # control objectives, numbered by each report in its own way
        return []
    found = []
    for field in ("opinion_criteria", "criteria_tested"):
        strangers = [criterion for criterion in getattr(facts, field) if not is_criterion(criterion)]
        if strangers:
            found.append((field, _no_such_criterion(strangers)))
    for listed in ("exceptions", "cuecs"):
        for number, row in enumerate(getattr(facts, listed)):
            if row.criterion and not is_criterion(row.criterion):
                found.append((f"{listed}.{number}.criterion", _no_such_criterion([row.criterion])))
    return found


def _no_such_criterion(typed: list[str]) -> str:
    return ngettext(
        "%(typed)s is not among the 61 Trust Services Criteria. They run from CC1.1 to P8.1.",
        "%(typed)s are not among the 61 Trust Services Criteria. They run from CC1.1 to P8.1.",
        len(typed),
    ) % {"typed": ", ".join(typed)}


def _pages_beyond(facts: RecordedFacts, page_count: int) -> list[tuple[str, str]]:
    if not page_count:
        return []
    sentence = ngettext(
        "The file has %(count)s page. Count from its first page, whatever number is printed there.",
        "The file has %(count)s pages. Count from its first page, whatever number is printed there.",
        page_count,
    ) % {"count": page_count}
    found = [(f"{field}_page", sentence) for field, page in facts.pages.items() if not 1 <= page <= page_count]
    for listed in ROWS:
        rows: tuple[Row, ...] = getattr(facts, listed)
        found += [
            (f"{listed}.{number}.page", sentence)
            for number, row in enumerate(rows)
            if row.page is not None and not 1 <= row.page <= page_count
        ]
    return found
