"""Pages of the policy: the version in force, earlier ones, issuing the next."""

from django.urls import path

from procurement.policy import views

app_name = "policy"

urlpatterns = [
    path("policy/", views.current, name="current"),
    path("policy/new/", views.issue, name="issue"),
    path("policy/<int:version>/", views.version, name="version"),
]
