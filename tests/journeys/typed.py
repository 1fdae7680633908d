"""What a careful person types on the facts page, field by field, from a paper whose facts are known."""

from procurement.demo.paper import Paper
from tests.journeys.browser import Values
from vendors.reports.facts import RecordedFacts


def typed_facts(paper: Paper, checked_on: str) -> Values:
    """Every field of the form but the rows."""
    facts = paper.facts
    pages = {f"{name}_page": page for name, page in facts.pages.items() if name not in {"period_start", "period_end"}}
    return {
        "kind": facts.kind,
        "type": facts.type,
        "service_organization": facts.service_organization,
        "system_name": facts.system_name,
        "categories": list(facts.categories),
        "period_start": facts.period_start,
        "period_end": facts.period_end,
        "period_page": facts.pages["period_start"],
        "auditor": facts.auditor,
        "auditor_checked_on": checked_on,
        "auditor_check_note": "Licence active; last peer review passed.",
        "report_date": facts.report_date,
        "opinion": facts.opinion,
        "criteria_tested": ", ".join(facts.criteria_tested),
        "controls_tested": facts.controls_tested,
        **pages,
    }


def typed_rows(facts: RecordedFacts) -> dict[str, list[Values]]:
    """The rows of each section, in the order of the report."""
    return {
        "subservice": [
            {"name": row.name, "service": row.service, "method": row.method, "page": row.page}
            for row in facts.subservice
        ],
        "cuecs": [
            {"reference": row.reference, "criterion": row.criterion, "page": row.page, "text": row.text}
            for row in facts.cuecs
        ],
        "exceptions": [
            {
                "criterion": row.criterion,
                "control": row.control,
                "sample": row.sample,
                "page": row.page,
                "description": row.description,
                "response": row.response,
            }
            for row in facts.exceptions
        ],
    }
