"""The page on which a reviewer reads a report and records its facts."""

from django.urls import path

from procurement.reviews import compare_views, facts_views, proposal_views

app_name = "facts"

urlpatterns = [
    path("reviews/<int:review_pk>/reports/<int:report_pk>/facts/", facts_views.facts, name="page"),
    path("reviews/<int:review_pk>/reports/<int:report_pk>/compare/", compare_views.compare, name="compare"),
    path("reviews/<int:review_pk>/reports/<int:report_pk>/open/", facts_views.open_report, name="open"),
    path("reviews/<int:review_pk>/reports/<int:report_pk>/scope/", facts_views.scope, name="scope"),
    path("reviews/<int:review_pk>/reports/<int:report_pk>/auditor/", facts_views.check_auditor, name="check-auditor"),
    path("reviews/<int:review_pk>/reports/<int:report_pk>/send-back/", facts_views.send_back, name="send-back"),
    path("reviews/<int:review_pk>/reports/<int:report_pk>/reading/", proposal_views.progress, name="reading"),
    path("reviews/<int:review_pk>/reports/<int:report_pk>/read-again/", proposal_views.read_again, name="read-again"),
    path("reviews/<int:review_pk>/reports/<int:report_pk>/seen/", proposal_views.seen, name="seen"),
    path("reviews/<int:review_pk>/reports/<int:report_pk>/withdraw/", facts_views.withdraw, name="withdraw"),
]
