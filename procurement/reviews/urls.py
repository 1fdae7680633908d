"""Addresses of the acts of a review. The review's own page and the list are in procurement's dashboard."""

from django.urls import path

from procurement.reviews.views import (
    asking,
    comments,
    evidence,
    exemptions,
    findings,
    judging,
    moves,
    questionnaires,
    remediations,
    reports,
    scores,
)

app_name = "reviews"

urlpatterns = [
    path("reviews/new/", asking.new, name="new"),
    path("reviews/new/tier/", asking.suggest_tier, name="suggest_tier"),
    path("reviews/<int:pk>/again/", asking.again, name="again"),
    path("reviews/<int:pk>/take/", moves.take, name="take"),
    path("reviews/<int:pk>/assign/", moves.assign, name="assign"),
    path("reviews/<int:pk>/hand-over/", moves.hand_over, name="hand_over"),
    path("reviews/<int:pk>/begin/", moves.begin, name="begin"),
    path("reviews/<int:pk>/return/", moves.return_to_collecting, name="return_to_collecting"),
    path("reviews/<int:pk>/withdraw/", moves.withdraw, name="withdraw"),
    path("reviews/<int:pk>/exceptions/", judging.exceptions, name="exceptions"),
    path("reviews/<int:pk>/exceptions/<int:exception_pk>/", judging.exception, name="exception"),
    path("reviews/<int:pk>/controls/", judging.controls, name="controls"),
    path("reviews/<int:pk>/reports/<int:report_pk>/use/", reports.use_report, name="use_report"),
    path("reviews/<int:pk>/ask/", questionnaires.ask_vendor, name="ask_vendor"),
    path("reviews/<int:pk>/questionnaires/send/", questionnaires.send, name="send_questionnaire"),
    path("reviews/<int:pk>/questionnaires/<int:assessment_pk>/", questionnaires.page, name="questionnaire"),
    path(
        "reviews/<int:pk>/questionnaires/<int:assessment_pk>/workbook.xlsx",
        questionnaires.workbook,
        name="questionnaire_workbook",
    ),
    path(
        "reviews/<int:pk>/questionnaires/<int:assessment_pk>/return/",
        questionnaires.return_to_vendor,
        name="return_questionnaire",
    ),
    path(
        "reviews/<int:pk>/questionnaires/<int:assessment_pk>/complete/",
        questionnaires.complete,
        name="complete_questionnaire",
    ),
    path(
        "reviews/<int:pk>/questionnaires/<int:assessment_pk>/cancel/",
        questionnaires.cancel,
        name="cancel_questionnaire",
    ),
    path(
        "reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/accept/",
        questionnaires.accept,
        name="accept_answer",
    ),
    path(
        "reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/send-back/",
        questionnaires.send_back,
        name="send_back_answer",
    ),
    path(
        "reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/require/",
        questionnaires.require,
        name="require_answer",
    ),
    path(
        "reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/second/",
        questionnaires.second,
        name="second_answer",
    ),
    path("reviews/<int:pk>/questionnaires/<int:assessment_pk>/scores/", scores.page, name="scores"),
    path(
        "reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/rate/",
        scores.rate,
        name="rate_answer",
    ),
    path(
        "reviews/<int:pk>/questionnaires/<int:assessment_pk>/files/<int:attachment_pk>/",
        questionnaires.file,
        name="answers_file",
    ),
    path("reviews/<int:pk>/waivers/new/", exemptions.propose_waiver, name="propose_waiver"),
    path("reviews/<int:pk>/waivers/interim/", exemptions.propose_interim, name="propose_interim"),
    path("reviews/<int:pk>/waivers/<int:waiver_pk>/answer/", exemptions.answer, name="answer_waiver"),
    path("reviews/<int:pk>/waivers/<int:waiver_pk>/revoke/", exemptions.revoke, name="revoke_waiver"),
    path("reviews/<int:pk>/risks/new/", exemptions.propose_risk_acceptance, name="propose_risk"),
    path("reviews/<int:pk>/risks/<int:risk_pk>/answer/", exemptions.answer, name="answer_risk"),
    path("reviews/<int:pk>/risks/<int:risk_pk>/revoke/", exemptions.revoke, name="revoke_risk"),
    path("evidence/<int:pk>/file/", evidence.file, name="evidence_file"),
    path("reviews/<int:pk>/remediations/<int:remediation_pk>/plan/", remediations.plan, name="plan_remediation"),
    path("reviews/<int:pk>/remediations/<int:remediation_pk>/close/", remediations.close, name="close_remediation"),
    path("reviews/<int:pk>/comment/", comments.comment, name="comment"),
    path("reviews/<int:pk>/findings/new/", findings.new, name="new_finding"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/assign/", findings.assign, name="assign_finding"),
    path("findings/<int:pk>/due/", findings.move_due, name="move_finding_due"),
    path("findings/<int:pk>/close/", findings.close, name="close_finding"),
    path("findings/<int:pk>/withdraw/", findings.withdraw, name="withdraw_finding"),
    path("findings/<int:pk>/comment/", comments.comment_on_finding, name="comment_on_finding"),
    path("comments/<int:pk>/withdraw/", comments.withdraw_comment, name="withdraw_comment"),
]
