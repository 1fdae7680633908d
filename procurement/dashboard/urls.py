"""Addresses of the pages that show everything."""

from django.urls import path

from procurement.dashboard import (
    finding_views,
    memo_views,
    portal_views,
    review_views,
    sent_views,
    today_views,
    vendor_views,
)

app_name = "dashboard"

urlpatterns = [
    path("", today_views.today, name="today"),
    path("vendors/", vendor_views.vendors, name="vendors"),
    path("vendors/<int:pk>/", vendor_views.vendor, name="vendor"),
    path("reviews/", review_views.reviews, name="reviews"),
    path("reviews/<int:pk>/", review_views.review, name="review"),
    path("reviews/<int:pk>/checklist/", review_views.checklist_page, name="checklist"),
    path("findings/", finding_views.findings, name="findings"),
    path("questionnaires/sent/", sent_views.sent_questionnaires, name="sent_questionnaires"),
    path("questionnaires/sent/list.csv", sent_views.sent_questionnaires_csv, name="sent_questionnaires_csv"),
    path("memos/", memo_views.memos, name="memos"),
    path("memos/export.zip", memo_views.export, name="export_memos"),
    path("portal/", portal_views.portal, name="portal"),
]
