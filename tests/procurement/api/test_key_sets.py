"""What each answer holds, key by key: a new one is written here on purpose or not at all."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from procurement.decisions.models import Decision, Memo
from tests.conftest import member_of_staff
from tests.factories.tokens import program_of
from vendors.directory.models import Vendor
from vendors.people.actors import Role

pytestmark = pytest.mark.django_db

ROWS = {
    "vendors": "id name legal_name domain category trust_center_url launched_on added_at tier newest_period_end "
    "is_under_review",
    "contacts": "id vendor name email title added_at joined_at is_active",
    "ndas": "id vendor paper title text_version text_sha256 text_address starts_on ends_on ended_on ended_reason "
    "survives_until destroy_by accepted_at signer_name signer_title signs_for recorded_by in_force",
    "report-requests": "id vendor what system period_start period_end due_on message contact requested_by "
    "requested_at not_ready_until not_ready_note answered_at cancelled_at cancelled_reason is_open",
    "reports": "id vendor request nda state received_at received_from page_count file kind type service_organization "
    "system_name categories period_start period_end as_of report_date auditor opinion controls_tested revision "
    "accepted_at accepted_by",
    "engagements": "id vendor title description data_classes verticals criticality uptime_promised tier "
    "suggested_tier tier_reason owner opened_at",
    "reviews": "id number vendor vendor_name engagement title state state_since requested_by requested_at wanted_by "
    "reviewer approver predecessor",
    "questionnaires": "id key title purpose versions newest_published",
    "questionnaire-versions": "id questionnaire key number title intro state sha256 published_at questions sections "
    "times_sent",
    "questionnaire-sections": "id version parent position title intro visible_if questions",
    "questionnaire-questions": "id version section position key ref text help kind options shape companions required "
    "allows_na weight good_answer is_knock_out evidence evidence_if evidence_kinds evidence_max_months visible_if "
    "criteria tags sha256",
    "questionnaire-imports": "id name state begun_at begun_by version",
    "questionnaire-mappings": "id name heads kept_at kept_by",
    "assessments": "id vendor engagement review questionnaire version version_number title state sent_at sent_by "
    "contact due_on is_overdue submitted_at signer_name signer_title handed_over_by brought_in completed_at "
    "cancelled_at cancelled_reason leans_on_report wants_second_reviewer only_theirs asked answered accepted sent_back",
    "answers": "id assessment vendor key ref section question kind criteria state value answer is_not_applicable "
    "comment companions files revision answered_by answered_at brought_in is_changed note judged_by judged_at "
    "seconded_by weight score rating flags findings coverage",
    "brought-answers": "id assessment vendor name sha256 received_from kind state taken begun_by begun_at ended_by "
    "ended_at",
    "answer-comments": "id answer assessment vendor text state is_question by at",
    "assignments": "id assessment vendor section question contact due_on assigned_by assigned_at",
    "campaigns": "id title version due_on leans_on_report wants_second_reviewer only_theirs created_by created_at "
    "vendors waiting overdue handed_over complete cancelled queued failed",
    "campaign-recipients": "id campaign vendor review engagement state why assessment",
    "findings": "id review review_number vendor number title description severity owner due_on found_in "
    "found_where state opened_at ended_at ended_because",
    "decisions": "id review review_number vendor summary residual_risk residual_note drafted_by drafted_at "
    "submitted_at outcome decided_by decided_at reason valid_until valid_because revoked_on memo conditions",
    "memos": "number decision review vendor issued_at content_sha256 pdf_sha256",
    "reminders": "id vendor subject_type subject_id anchor milestone due_on recipient state reason claimed_at",
}
# What the single object holds on top.
DETAILS = {
    "vendors": "clearance",
    "reports": "state_reason opinion_basis opinion_criteria criteria_tested pages citations "
    "states_no_exceptions states_no_cuecs states_no_subservice exceptions cuecs subservice successor_statements",
    "reviews": "waiting_for evidence",
    "questionnaire-versions": "to_settle",
    "questionnaire-imports": "reading",
    "assessments": "counts scores",
    "decisions": "standing",
    "memos": "content",
}
EVIDENCE = "state_by state_reason report scope_fit scope_page scope_ours policy_version settled asked missing checks"
JSON = ("application/json", "application/vnd.oai.openapi", "application/vnd.oai.openapi+json")
# Whose lists hold something; everybody else's are empty.
REACH = {
    "reviewer": set(ROWS),
    "auditor": set(ROWS) - {"questionnaire-imports", "questionnaire-mappings"},
    "approver": {
        "vendors",
        "engagements",
        "reviews",
        "assessments",
        "answers",
        "brought-answers",
        "answer-comments",
        "assignments",
        "findings",
        "decisions",
        "memos",
        "reminders",
    },
    "requester": {"engagements", "reviews", "findings", "decisions", "memos"},
    "administrator": {
        "questionnaires",
        "questionnaire-versions",
        "questionnaire-sections",
        "questionnaire-questions",
        "questionnaire-imports",
        "questionnaire-mappings",
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("person", REACH)
def test_each_person_reads_exactly_these_keys(person, seven_vendors, request):
    program = program_of(request.getfixturevalue(person))
    for resource, keys in ROWS.items():
        rows = program.get(f"/api/v1/{resource}/").json()["results"]
        assert bool(rows) == (resource in REACH[person]), resource
        for row in rows:
            assert set(row) == set(keys.split()), resource
        if rows:
            one = program.get(f"/api/v1/{resource}/{rows[0].get('id', rows[0].get('number'))}/").json()
            assert set(one) == set(keys.split()) | set(DETAILS.get(resource, "").split()), resource


@pytest.mark.parametrize("person", ["reviewer", "auditor", "approver", "requester"])
def test_the_evidence_of_a_review_is_for_whoever_works_on_it(person, seven_vendors, request):
    program = program_of(request.getfixturevalue(person))
    pk = Decision.objects.first().review_id
    evidence = program.get(f"/api/v1/reviews/{pk}/").json()["evidence"]
    assert (evidence is None) == (person == "requester")
    if evidence is not None:
        assert set(evidence) == set(EVIDENCE.split())
        assert set(evidence["checks"][0]) == {"key", "title", "result", "reason", "pages", "action"}


@pytest.mark.parametrize("person", ["reviewer", "requester"])
def test_a_draft_is_for_whoever_works_on_the_review(person, seven_vendors, request):
    decision = Decision.objects.first()
    Memo.objects.filter(decision=decision).delete()
    Decision.objects.filter(pk=decision.pk).update(outcome="", decided_by=None, decided_at=None)
    program = program_of(request.getfixturevalue(person))
    status = program.get(f"/api/v1/decisions/{decision.pk}/").status_code
    assert status == (200 if person == "reviewer" else 404)
    assert len(program.get("/api/v1/decisions/").json()["results"]) == (7 if person == "reviewer" else 6)


def test_a_person_who_only_asked_for_one_review_reads_about_that_one(seven_vendors, reviewer, approver):
    nora = member_of_staff("Nora Lake", Role.REQUESTER)
    one = Vendor.objects.get(name="Vendor 0003").reviews.get()
    one.requested_by = nora
    one.save()
    program = program_of(nora)
    assert [row["id"] for row in program.get("/api/v1/reviews/").json()["results"]] == [one.pk]
    assert [row["id"] for row in program.get("/api/v1/engagements/").json()["results"]] == [one.engagement_id]
    assert [row["review"] for row in program.get("/api/v1/decisions/").json()["results"]] == [one.pk]
    assert [row["review"] for row in program.get("/api/v1/memos/").json()["results"]] == [one.pk]


@pytest.mark.slow
def test_every_operation_shows_an_example_and_how_it_refuses():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            answers = operation["responses"]
            good = [answer for status, answer in answers.items() if status.startswith("2")]
            bodies = [body for answer in good for body in answer.get("content", {}).values()]
            is_file = any(kind not in JSON for answer in good for kind in answer.get("content", {}))
            assert is_file or path.endswith("/schema/") or all("examples" in body for body in bodies), where
            asked = operation.get("requestBody", {}).get("content", {})
            assert all("examples" in body for kind, body in asked.items() if kind == "application/json"), where
            assert {"401", "403", "406", "429"} <= set(answers), where
            assert operation["security"] == [{"token": []}, {"session": []}], where
            assert operation["description"], where
