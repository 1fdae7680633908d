"""Health checks, at the addresses that orchestrators know."""

from django.urls import path

from procurement.operations import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
