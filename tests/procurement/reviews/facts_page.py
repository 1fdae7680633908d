"""What a browser sends from the facts page, for the tests of recording and of reading."""

import re
from datetime import timedelta

from tests.factories.reports import last_period

ROWS = ("exceptions", "cuecs", "subservice")


def page_of(review, report, part: str = "facts") -> str:
    return f"/reviews/{review.pk}/reports/{report.pk}/{part}/"


def sent(report, *, rows: dict | None = None, **changes) -> dict:
    """What the browser sends for a whole report; `rows` are lists of fields by section."""
    start, end = last_period()
    rows = {
        "exceptions": [{"criterion": "cc 6.2", "description": "Two of 25 leavers were late.", "page": "10"}],
        "cuecs": [{"text": "Withdraw access of leavers.", "criterion": "CC6.2", "page": "8"}],
        "subservice": [{"name": "Tarnfield Hosting, Inc.", "method": "carve_out", "page": "7"}],
        **(rows or {}),
    }
    form = {
        "revision": str(report.revision),
        "do": "save",
        "kind": "soc2",
        "type": "type2",
        "kind_page": "1",
        "service_organization": "Quillhaven Software, Inc.",
        "system_name": "People Cloud",
        "categories": ["security", "availability"],
        "categories_page": "3",
        "period_start": start.isoformat(),
        "period_end": end.isoformat(),
        "period_page": "3",
        "auditor": "Rookhope CPA Group",
        "report_date": (end + timedelta(days=20)).isoformat(),
        "opinion": "unqualified",
        "opinion_page": "4",
        **changes,
    }
    for listed in ROWS:
        form[f"{listed}-TOTAL_FORMS"] = str(len(rows[listed]))
        form[f"{listed}-INITIAL_FORMS"] = "0"
        for number, row in enumerate(rows[listed]):
            form.update({f"{listed}-{number}-{name}": value for name, value in row.items()})
    return form


def fields_in_error(page: str) -> set[str]:
    return set(re.findall(r'id="id_([\w-]+)_error"', page))
