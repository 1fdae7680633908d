"""Pages of the vendor's record. The vendor's own page and the list are in procurement's dashboard."""

from django.urls import path

from vendors.directory import views

app_name = "directory"

urlpatterns = [
    path("vendors/new/", views.add, name="add"),
    path("vendors/load-providers/", views.load_providers, name="load-providers"),
    path("vendors/<int:pk>/edit/", views.edit, name="edit"),
]
