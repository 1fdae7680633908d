"""The answers as OSCAL assessment results: each question that is asked or covered an observation, each finding of ours
a finding, each file relevant evidence with its hash. Pure."""

import json
from urllib.parse import quote

from procurement.exports.oscal import Json, control_id, filled, in_one_line, metadata, prop, props_of, uuid_of
from procurement.exports.record import Answered, AssessmentRecord, FindingRaised, FurtherField, SentFile, Stands

REMARKS = (
    "Answers to a questionnaire, as the vendor gave them. Whatever OSCAL has no place for stands in properties or in "
    "the export as JSON (countersign-assessment/1)."
)
NO_PLAN = (
    "There is no assessment plan. The questionnaire stands in for it: its version is the resource named here, and can "
    "be exported as an OSCAL catalog."
)
ANSWERS = "vendor"
SETTLED = "closed"


def assessment_results(record: AssessmentRecord) -> bytes:
    """The document as JSON."""
    version = record.version
    questions = uuid_of("version", version.questionnaire, version.number, version.sha256)
    title = f"{record.vendor.name}: {version.title}, version {version.number}"
    document = {
        "assessment-results": filled(
            uuid=uuid_of("results", record.id, record.exported.at.isoformat()),
            metadata={
                **metadata(
                    title,
                    version=record.exported.at.isoformat(timespec="seconds"),
                    changed=record.exported.at,
                    organisations=[record.exported.organisation, _vendor(record)],
                    remarks=REMARKS,
                ),
                "roles": [{"id": ANSWERS, "title": "Vendor, who stands for the answers"}],
            },
            import_ap={"href": f"#{questions}", "remarks": NO_PLAN},
            results=[_result(record, title)],
            back_matter={"resources": [_questions(record, questions), *_files(record)]},
        )
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _result(record: AssessmentRecord, title: str) -> Json:
    course = record.course
    told = [each for each in record.answers if each.stands is not Stands.HIDDEN]
    return filled(
        uuid=uuid_of("result", record.id),
        title=in_one_line(title),
        description=f"{record.service or record.vendor.name}: questionnaire sent to the vendor and what it answered.",
        start=course.sent_at.isoformat(timespec="seconds"),
        end=course.completed_at.isoformat(timespec="seconds") if course.completed_at else "",
        props=_props(record),
        reviewed_controls={
            "control-selections": [
                {"include-controls": [{"control-id": control_id(each.key)} for each in record.answers]}
                if record.answers
                else {"include-all": {}}
            ]
        },
        attestations=_attestations(record),
        observations=[_observation(record, each) for each in told],
        findings=[_finding(record, each, found) for each in told for found in each.findings],
    )


def _props(record: AssessmentRecord) -> list[Json]:
    counts, scores = record.counts, record.scores
    told = props_of(
        state=record.course.state,
        review=record.review,
        due_on=record.course.due_on,
        asked=counts.asked,
        answered=counts.answered,
        covered=counts.covered,
        hidden=counts.hidden,
        carried=counts.carried,
        accepted=counts.accepted,
        sent_back=counts.sent_back,
    )
    if scores is None:
        return told
    return [
        *told,
        *props_of(score=scores.score, risk=scores.risk),
        *(prop("knocked-out", ref) for ref in scores.knocked_out),
    ]


def _attestations(record: AssessmentRecord) -> list[Json]:
    """Who stands for the answers at the vendor; where nobody does, whence they came."""
    course = record.course
    if course.submitted_at is None:
        return []
    if course.handed_over_by:
        files = ", ".join(f"{each.name} ({each.received_from}, brought in by {each.by})" for each in course.brought_in)
        day = course.submitted_at.date().isoformat()
        taken = f"Nobody signed. Taken as handed over by {course.handed_over_by} on {day}, from {files}."
        return [{"parts": [{"name": "statement", "prose": in_one_line(taken)}]}]
    signed = f"Signed by {course.signer_name}, {course.signer_title}, on {course.submitted_at.date().isoformat()}."
    return [
        {
            "responsible-parties": [{"role-id": ANSWERS, "party-uuids": [uuid_of("party", _vendor(record))]}],
            "parts": [{"name": "statement", "prose": signed}],
        }
    ]


def _observation(record: AssessmentRecord, answered: Answered) -> Json:
    course = record.course
    collected = answered.answered_at or course.submitted_at or course.sent_at
    return filled(
        uuid=_observed(record, answered),
        title=in_one_line(f"{answered.ref} {answered.question}"),
        description=_said(answered),
        props=_props_of(answered),
        methods=["EXAMINE" if answered.stands is Stands.COVERED else "INTERVIEW"],
        types=["control-objective"],
        relevant_evidence=[_evidence(record, file) for file in answered.files],
        collected=collected.isoformat(timespec="seconds"),
        remarks=answered.comment,
    )


def _said(answered: Answered) -> str:
    if answered.stands is Stands.COVERED and answered.report:
        return answered.report.reason
    return answered.answer or ("A file." if answered.files else "No answer yet.")


def _props_of(answered: Answered) -> list[Json]:
    judged, worth, report = answered.judgement, answered.worth, answered.report
    return [
        prop("control-id", control_id(answered.key)),
        *props_of(
            ref=answered.ref,
            kind=answered.kind,
            stands=answered.stands.value,
            value=json.dumps(answered.value, ensure_ascii=False) if answered.value is not None else "",
            is_not_applicable=answered.is_not_applicable,
            answered_by=answered.answered_by,
            verdict=judged.verdict if judged else "",
            judged_by=judged.by if judged else "",
            weight=worth.weight if worth else None,
            score=worth.score if worth else None,
            report=report.report if report else "",
            report_level=report.level if report else "",
            report_pages=", ".join(str(page) for page in report.pages) if report else "",
        ),
        *(_further_field(field) for field in answered.companions),
        *(prop("flag", flag.text or flag.option, group=flag.severity) for flag in answered.flags),
        *(prop("criterion", each) for each in answered.criteria),
    ]


def _further_field(field: FurtherField) -> Json:
    """Its key as the group, its title as the remark; OSCAL's groups begin with a letter."""
    return {**prop("further-field", field.said, group=f"f.{field.key}"), "remarks": in_one_line(field.title)}


def _finding(record: AssessmentRecord, answered: Answered, found: FindingRaised) -> Json:
    """OSCAL asks whether the objective is met: not while what we found is open, nor when it was not settled."""
    return {
        "uuid": uuid_of("finding", record.id, answered.key, found.label),
        "title": in_one_line(f"{found.label} {found.title}"),
        "description": found.title,
        "props": props_of(severity=found.severity, state=found.state, owner=found.owner, due_on=found.due_on),
        "target": {
            "type": "objective-id",
            "target-id": control_id(answered.key),
            "status": {"state": "satisfied" if found.state == SETTLED else "not-satisfied"},
        },
        "related-observations": [{"observation-uuid": _observed(record, answered)}],
    }


def _observed(record: AssessmentRecord, answered: Answered) -> str:
    return uuid_of("observation", record.id, answered.key)


def _evidence(record: AssessmentRecord, file: SentFile) -> Json:
    return {
        "href": f"#{_file_id(record, file)}",
        "description": in_one_line(file.name),
        "props": props_of(kind=file.kind, as_of=file.as_of, sent_by=file.sent_by),
    }


def _questions(record: AssessmentRecord, uuid: str) -> Json:
    version = record.version
    return {
        "uuid": uuid,
        "title": in_one_line(f"{version.title}, version {version.number}"),
        "description": "The version of the questionnaire, pinned by the SHA-256 of its content.",
        "props": props_of(questionnaire=version.questionnaire, number=version.number, sha256=version.sha256),
    }


def _files(record: AssessmentRecord) -> list[Json]:
    """Each file once, however many answers it stands beside. Its bytes stay in the vault."""
    files = {_file_id(record, file): file for each in record.answers for file in each.files}
    return [
        {
            "uuid": id,
            "title": in_one_line(file.name),
            "rlinks": [{"href": quote(file.name), "hashes": [{"algorithm": "SHA-256", "value": file.sha256}]}],
        }
        for id, file in files.items()
    ]


def _file_id(record: AssessmentRecord, file: SentFile) -> str:
    return uuid_of("file", record.id, file.name, file.sha256)


def _vendor(record: AssessmentRecord) -> str:
    return record.vendor.legal_name or record.vendor.name
