"""Addresses of campaigns."""

from django.urls import path

from procurement.campaigns import views

app_name = "campaigns"

urlpatterns = [
    path("campaigns/", views.index, name="index"),
    path("questionnaires/versions/<int:version_pk>/send/", views.new, name="new"),
    path("campaigns/<int:campaign_pk>/", views.campaign, name="campaign"),
    path("campaigns/<int:campaign_pk>/progress/", views.progress, name="progress"),
    path("campaigns/<int:campaign_pk>/list.csv", views.recipients_csv, name="csv"),
    path("campaigns/<int:campaign_pk>/chase/", views.chase, name="chase"),
    path("campaigns/<int:campaign_pk>/due/", views.change_due, name="change_due"),
    path("campaigns/<int:campaign_pk>/cancel/", views.cancel, name="cancel"),
    path("campaigns/<int:campaign_pk>/retry/", views.retry, name="retry"),
]
