"""Addresses of decisions and memos."""

from django.urls import path

from procurement.decisions import memo_views, views

app_name = "decisions"

urlpatterns = [
    path("reviews/<int:pk>/decision/", views.draft, name="draft"),
    path("reviews/<int:pk>/submit/", views.submit, name="submit"),
    path("reviews/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("reviews/<int:pk>/decide/", views.decide, name="decide"),
    path("conditions/<int:pk>/met/", views.meet_condition, name="meet_condition"),
    path("memos/<str:number>/", memo_views.memo, name="memo"),
    path("memos/<str:number>/pdf/", memo_views.memo_pdf, name="memo_pdf"),
    path("memos/<str:number>/json/", memo_views.memo_json, name="memo_json"),
    path("memos/<str:number>/print/", memo_views.print_again, name="print_again"),
    path("memos/<str:number>/zip/", memo_views.memo_zip, name="memo_zip"),
    path("memos/<str:number>/mail/", memo_views.mail_memo, name="mail_memo"),
    path("memos/<str:number>/revoke/", memo_views.revoke, name="revoke"),
]
