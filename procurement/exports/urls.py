"""Addresses of files that are made of answers, below the page each is taken from."""

from django.urls import path

from procurement.exports import portal_views, views

app_name = "exports"

urlpatterns = [
    path("reviews/<int:pk>/questionnaires/<int:assessment_pk>/export/<str:form>/", views.answers, name="answers"),
    path("questionnaires/versions/<int:version_pk>/export/<str:form>/", views.version, name="version"),
    path("portal/questionnaires/<int:pk>/export/<str:form>/", portal_views.own_answers, name="own_answers"),
]
