"""Addresses of decisions and memos."""

from django.urls import path

from procurement.decisions import views

app_name = "decisions"

urlpatterns = [
    path("reviews/<int:pk>/decision/", views.draft, name="draft"),
    path("reviews/<int:pk>/submit/", views.submit, name="submit"),
    path("reviews/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("reviews/<int:pk>/decide/", views.decide, name="decide"),
    path("conditions/<int:pk>/met/", views.meet_condition, name="meet_condition"),
    path("memos/<str:number>/", views.memo, name="memo"),
    path("memos/<str:number>/pdf/", views.memo_pdf, name="memo_pdf"),
    path("memos/<str:number>/json/", views.memo_json, name="memo_json"),
    path("memos/<str:number>/print/", views.print_again, name="print_again"),
]
