"""The report's own words in a memo: what each fact that was taken from a reading was read from.

A fact without such words adds no key, so that what was submitted before there were any still compares equal.
"""

from django.utils.translation import gettext as _

from procurement.decisions.canonical import Content
from vendors.reading.quoting import cut, shortened
from vendors.reports.citations import citations_of
from vendors.reports.facts import COLUMNS
from vendors.reports.models import Cuec, Report, ReportException, SubserviceOrganization
from vendors.reports.wording import fact_named

LONGEST = 160
# The period is printed once, for both its days.
QUOTED = ["auditor", *(name for name in COLUMNS if name != "period_end")]


def words_of(report: Report) -> Content:
    """Under "words" fact, page and short quotation of every fact that has them; nothing where all were typed."""
    citations = citations_of(report.citations)
    words = [
        {"fact": _named(name), "page": citations[name].page, "quote": shortened(citations[name].quote, LONGEST)}
        for name in QUOTED
        if name in citations and citations[name].quote
    ]
    return {"words": words} if words else {}


def quoted(row: ReportException | Cuec | SubserviceOrganization) -> Content:
    """The words a row was taken from, under "quote"; nothing for a row that was typed."""
    return {"quote": _short(row.quote)} if row.quote else {}


def quoted_part(row: ReportException | Cuec | SubserviceOrganization, part: str) -> Content:
    """Page and words of a field that has a place of its own: "response_page", "response_quote"."""
    cited = row.cited.get(part)
    return {f"{part}_page": cited["page"], f"{part}_quote": _short(cited["quote"])} if cited else {}


def _short(quote: str) -> str:
    return cut(quote, LONGEST)


def _named(name: str) -> str:
    return _("audit period") if name == "period_start" else fact_named(name)
