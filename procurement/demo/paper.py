"""A report to send, together with the facts a careful person reads out of it."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from procurement.demo.sample_report import FACT_PAGES, SCOPE_PAGE, SampleReport, sample_report
from vendors.reports.facts import CuecRow, ExceptionRow, RecordedFacts, SubserviceRow


@dataclass(frozen=True)
class Paper:
    file_name: str
    content: bytes
    facts: RecordedFacts
    scope_page: int


class NoFacts(Exception):
    """The file cannot be told of in a story. The text is a sentence."""


def paper_of(sample: SampleReport) -> Paper:
    """Our own sample report and its facts."""
    pages = FACT_PAGES
    return Paper(
        file_name=f"{sample.short_name}-SOC2-TypeII-{sample.period_end.year}.pdf",
        content=sample_report(sample),
        facts=RecordedFacts(
            kind="soc2",
            type="type2",
            service_organization=sample.vendor,
            system_name=sample.system,
            categories=[category.value for category in sample.categories],
            period_start=sample.period_start,
            period_end=sample.period_end,
            report_date=sample.signed_on,
            auditor=sample.auditor,
            opinion=sample.opinion.value,
            opinion_basis=sample.basis,
            opinion_criteria=list(sample.criteria_not_met),
            criteria_tested=sample.criteria_tested,
            controls_tested=sample.controls_tested,
            pages={
                "kind": pages["kind"],
                "service_organization": pages["service_organization"],
                "system_name": pages["system_name"],
                "categories": pages["categories"],
                "criteria_tested": pages["criteria_tested"],
                "period_start": pages["period"],
                "period_end": pages["period"],
                "report_date": pages["report_date"],
                "auditor": pages["auditor"],
                "opinion": pages["opinion"],
            },
            states_no_exceptions=not sample.exceptions,
            states_no_cuecs=not sample.cuecs,
            states_no_subservice=not sample.subservice,
            exceptions=tuple(
                ExceptionRow(row.criterion, row.control, row.found, row.sample, row.response, pages["exceptions"])
                for row in sample.exceptions
            ),
            cuecs=tuple(CuecRow(row.text, row.reference, row.criterion, pages["cuecs"]) for row in sample.cuecs),
            subservice=tuple(
                SubserviceRow(row.name, row.service, row.method.value, pages["subservice"]) for row in sample.subservice
            ),
        ),
        scope_page=SCOPE_PAGE,
    )


def paper_from(file: Path) -> Paper:
    """A report of somebody's own, with its facts in FILE's neighbour of the same name ending in .json.

    The JSON is what `read_report --json` prints. Raises NoFacts when there is none, or when the file is no
    readable SOC 2 report.
    """
    neighbour = file.with_suffix(".json")
    if not neighbour.is_file():
        raise NoFacts(
            f"{neighbour.name} is missing beside the report. It holds the facts a person reads out of it, "
            "in the form that read_report prints."
        )
    facts = json.loads(neighbour.read_text())
    if facts.get("error") or facts.get("kind") != "soc2":
        raise NoFacts(f"{file.name} is no readable SOC 2 report, so there is nothing to review.")
    return Paper(file.name, file.read_bytes(), _facts_from(facts), scope_page=_first(facts, "system") or 1)


def _facts_from(facts: dict[str, Any]) -> RecordedFacts:
    cited = ("period_start", "opinion", "auditor", "report_date", "categories")
    pages = {name: page for name in cited if (page := _first(facts, name))}
    if page := _first(facts, "system"):
        pages["system_name"] = page
    return RecordedFacts(
        kind="soc2",
        type=f"type{facts['type']}",
        service_organization=facts["service_organization"],
        system_name=facts["system"],
        categories=facts["categories"],
        period_start=_day(facts["period_start"]),
        period_end=_day(facts["period_end"]),
        as_of=_day(facts["as_of"]),
        report_date=_day(facts["report_date"]),
        auditor=facts["auditor"],
        opinion=facts["opinion"] or "",
        opinion_basis="As the auditor's letter says." if facts["modified_criteria"] else "",
        opinion_criteria=facts["modified_criteria"],
        criteria_tested=facts.get("criteria_tested") or [],
        controls_tested=facts["controls_tested"],
        pages=pages,
        states_no_exceptions=not facts["exceptions"],
        states_no_cuecs=not facts["cuecs"],
        states_no_subservice=not facts["subservice_organizations"],
        exceptions=tuple(
            ExceptionRow(
                criterion=(row["criteria"] or [""])[0],
                control=row["control"],
                description=row.get("text", "As the report says."),
                page=row["page"],
            )
            for row in facts["exceptions"]
        ),
        cuecs=tuple(CuecRow(text=row["text"], page=row["page"]) for row in facts["cuecs"]),
        subservice=tuple(
            SubserviceRow(name=row["name"], method=row["method"]) for row in facts["subservice_organizations"]
        ),
    )


def _first(facts: dict[str, Any], name: str) -> int | None:
    pages: list[int] = facts.get("citations", {}).get(name) or []
    return pages[0] if pages else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
