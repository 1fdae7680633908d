"""`read_report`: the bytes of a PDF → everything that a reviewer is asked about it, each with its ground."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from vendors.reading.document import Document, load
from vendors.reading.facts import Fact, Reading, Unreadable
from vendors.reading.fingerprints import Fingerprint, fingerprint
from vendors.reading.opening import CannotRead, is_restricted, opened
from vendors.reading.recognised import Picture
from vendors.reading.rules import (
    basis,
    categories,
    controls,
    cuecs,
    exceptions,
    opinion,
    parties,
    period,
    services,
    signature,
    subservice,
    treated,
)
from vendors.reading.rules.checks import notes
from vendors.reading.rules.kind import kind
from vendors.reading.rules.letters import read_bridge_letter, read_certificate
from vendors.reading.rules.report_type import report_type
from vendors.reading.sections import Part, Sections, map_of


def read_report(data: bytes, recognised: Mapping[int, Picture] | None = None) -> Reading:
    """Read one file. Never raises for what a file may be: `Reading.error` says why nothing was read.

    recognised  the words of pages that are pictures, where somebody recognised them
    """
    try:
        with opened(data) as pdf:
            restricted = is_restricted(pdf)
            document = load(pdf, recognised)
    except CannotRead as refusal:
        return Reading(error=refusal.why)
    return replace(read_document(document), restricted=restricted)


def read_document(document: Document) -> Reading:
    """The facts of a document whose text was taken out."""
    reading = Reading(pages=document.pages, pages_without_text=document.without_text, recognised=document.recognised)
    if not any(document.rows.values()):
        return replace(reading, error=Unreadable.NO_TEXT)
    sections = map_of(document)
    reading = replace(reading, kind=kind(document, sections), sections=sections.spans())
    if reading.kind.value == "bridge_letter":
        return read_bridge_letter(document, reading)
    if reading.kind.value == "iso27001_certificate":
        return read_certificate(document, reading)
    if reading.kind.value == "other":
        return reading
    return _read_soc(document, sections, reading)


def _read_soc(document: Document, sections: Sections, reading: Reading) -> Reading:
    read_type: Fact[int] = report_type(sections)
    if reading.kind.value == "soc3":
        read_type = Fact(looked_on=read_type.looked_on)
    first, last = period.ends(period.period(sections))
    as_of: Fact[date] = period.as_of(sections) if read_type.value == 1 else Fact()
    if read_type.value == 1:
        first, last = Fact(), Fact()
    found_opinion = _by_eye(opinion.opinion(sections), reading)
    system = parties.system(sections)
    company = parties.service_organization(sections, system.value)
    used, more = treated.with_treated(sections, subservice.subservice_organizations(sections), company.value or "")
    reading = replace(
        reading,
        type=read_type,
        service_organization=company,
        system=system,
        auditor=signature.auditor(document, sections),
        report_date=signature.report_date(sections),
        period_start=first,
        period_end=last,
        as_of=as_of,
        opinion=found_opinion,
        modified_criteria=opinion.modified_criteria(sections, found_opinion),
        opinion_basis=basis.opinion_basis(sections, found_opinion),
        categories=categories.categories(sections) if reading.kind.value != "soc1" else Fact(()),
        subservice_organizations=services.with_services(sections, used),
        cuecs=cuecs.cuecs(sections) if reading.kind.value != "soc3" else (),
    )
    if reading.kind.value != "soc3" and read_type.value != 1:
        listed = controls.listed_controls(sections)
        told = exceptions.results(sections, listed.controls)
        criteria, count, strange = exceptions.criteria_tested(sections, listed)
        reading = replace(
            reading,
            exceptions=told.exceptions,
            criteria_tested=criteria if reading.kind.value == "soc2" else Fact(()),
            criteria_not_tested=told.untested if reading.kind.value == "soc2" else (),
            controls_tested=count,
            notes=(*told.notes, *strange),
        )
    return replace(
        reading,
        notes=(*reading.notes, *notes(sections, reading), *more),
        fingerprints=_fingerprints(sections, reading),
    )


def _by_eye(found: Fact[str], reading: Reading) -> Fact[str]:
    """An unqualified opinion in a picture is not proposed: a misread "except for" would make it of a qualified one."""
    if found.value == "unqualified" and found.page in reading.recognised:
        return Fact(looked_on=found.looked_on)
    return found


def _fingerprints(sections: Sections, reading: Reading) -> dict[str, Fingerprint]:
    """To know the long texts again by in reports of other vendors."""
    names = [name for name in (reading.service_organization.value, reading.auditor.value, reading.system.value) if name]
    parts = [part for part in (Part.LETTER, Part.DESCRIPTION, Part.TESTS) if part in sections]
    return {part.value: fingerprint(sections.flow(part).text, names) for part in parts}
