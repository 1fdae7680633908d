"""Pages of requests and reports. The facts page stands with the review it is opened from (procurement.reviews)."""

from django.urls import path

from vendors.reports import auditor_views, evidence_views, portal_views, reading_views, statement_views, views

app_name = "reports"

urlpatterns = [
    path("vendors/<int:vendor_pk>/requests/new/", views.new_request, name="new-request"),
    path("vendors/<int:vendor_pk>/requests/<int:pk>/due/", views.change_due_date, name="change-due-date"),
    path("vendors/<int:vendor_pk>/requests/<int:pk>/cancel/", views.cancel_request, name="cancel-request"),
    path("vendors/<int:vendor_pk>/reports/upload/", views.upload, name="upload"),
    path("vendors/<int:vendor_pk>/next-report/", statement_views.state, name="state-next-report"),
    path("statements/<int:pk>/file/", statement_views.file, name="statement-file"),
    path("statements/<int:pk>/withdraw/", statement_views.withdraw, name="withdraw-statement"),
    path("auditors/", auditor_views.auditors, name="auditors"),
    path("auditors/<int:pk>/", auditor_views.auditor, name="auditor"),
    path("vendors/<int:vendor_pk>/evidence/new/", evidence_views.record, name="record-evidence"),
    path("vendors/<int:vendor_pk>/evidence/<int:pk>/withdraw/", evidence_views.withdraw, name="withdraw-evidence"),
    path("reports/<int:pk>/read/", reading_views.read, name="read"),
    path("reports/<int:pk>/file/", views.file, name="file"),
    path("reports/<int:pk>/pages/<int:number>.png", views.page, name="page"),
    path("portal/requests/<int:pk>/", portal_views.request_page, name="request"),
    path("portal/requests/<int:pk>/upload/", portal_views.upload, name="send"),
    path("portal/requests/<int:pk>/not-ready/", portal_views.not_ready, name="not-ready"),
    path("portal/requests/<int:pk>/next-report/", statement_views.next_report, name="next-report"),
    path("portal/statements/new/", statement_views.send_statement, name="send-statement"),
    path("portal/statements/<int:pk>/file/", statement_views.own_file, name="own-statement-file"),
    path("portal/reports/<int:pk>/receipt/", portal_views.receipt, name="receipt"),
    path("portal/reports/<int:pk>/file/", portal_views.file, name="own-file"),
]
