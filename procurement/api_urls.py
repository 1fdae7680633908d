"""The site map of the API: one router, built from what each capability offers."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from procurement.campaigns.api import CampaignViews, RecipientViews
from procurement.clearance.api import ClearanceView
from procurement.dashboard.api.reminders import ReminderViews
from procurement.dashboard.api.vendors import VendorViews
from procurement.decisions.api.decisions import DecisionViews
from procurement.decisions.api.memos import MemoViews
from procurement.exports.api import AssessmentFiles, VersionFiles
from procurement.questionnaires.api.imports import ImportViews
from procurement.questionnaires.api.mappings import MappingViews
from procurement.questionnaires.api.questionnaires import QuestionnaireViews
from procurement.questionnaires.api.questions import QuestionViews
from procurement.questionnaires.api.sections import SectionViews
from procurement.questionnaires.api.versions import VersionViews
from procurement.reviews.api.answer_comments import AnswerCommentViews
from procurement.reviews.api.answers import AnswerViews
from procurement.reviews.api.assessments import AssessmentViews
from procurement.reviews.api.assignments import AssignmentViews
from procurement.reviews.api.brought_answers import BroughtFileViews
from procurement.reviews.api.engagements import EngagementViews
from procurement.reviews.api.findings import FindingViews
from procurement.reviews.api.reviews import ReviewViews
from vendors.contacts.api import ContactViews
from vendors.ndas.api import NdaViews
from vendors.reports.api.reports import ReportViews
from vendors.reports.api.requests import RequestViews
from vendors.rest.reference import reference

router = SimpleRouter(use_regex_path=True)
router.register("vendors", VendorViews, basename="api-vendor")
router.register("contacts", ContactViews, basename="api-contact")
router.register("ndas", NdaViews, basename="api-nda")
router.register("report-requests", RequestViews, basename="api-report-request")
router.register("reports", ReportViews, basename="api-report")
router.register("engagements", EngagementViews, basename="api-engagement")
router.register("reviews", ReviewViews, basename="api-review")
router.register("questionnaires", QuestionnaireViews, basename="api-questionnaire")
router.register("questionnaire-versions", VersionViews, basename="api-questionnaire-version")
router.register("questionnaire-versions", VersionFiles, basename="api-questionnaire-version-file")
router.register("questionnaire-sections", SectionViews, basename="api-questionnaire-section")
router.register("questionnaire-questions", QuestionViews, basename="api-questionnaire-question")
router.register("questionnaire-imports", ImportViews, basename="api-questionnaire-import")
router.register("questionnaire-mappings", MappingViews, basename="api-questionnaire-mapping")
router.register("assessments", AssessmentViews, basename="api-assessment")
router.register("assessments", AssessmentFiles, basename="api-assessment-file")
router.register("answers", AnswerViews, basename="api-answer")
router.register("brought-answers", BroughtFileViews, basename="api-brought-answers")
router.register("answer-comments", AnswerCommentViews, basename="api-answer-comment")
router.register("assignments", AssignmentViews, basename="api-assignment")
router.register("campaigns", CampaignViews, basename="api-campaign")
router.register("campaign-recipients", RecipientViews, basename="api-campaign-recipient")
router.register("findings", FindingViews, basename="api-finding")
router.register("decisions", DecisionViews, basename="api-decision")
router.register("memos", MemoViews, basename="api-memo")
router.register("reminders", ReminderViews, basename="api-reminder")

urlpatterns = [
    path("", reference, name="api"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("clearance/", ClearanceView.as_view(), name="api-clearance"),
    *router.urls,
]
