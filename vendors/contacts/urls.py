"""Staff pages of a vendor's contacts."""

from django.urls import path

from vendors.contacts import views

app_name = "contacts"

urlpatterns = [
    path("vendors/<int:vendor_pk>/contacts/", views.people, name="people"),
    path("vendors/<int:vendor_pk>/contacts/invite/", views.invite, name="invite"),
    path("vendors/<int:vendor_pk>/contacts/<int:pk>/resend/", views.resend, name="resend"),
    path("vendors/<int:vendor_pk>/contacts/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("vendors/<int:vendor_pk>/contacts/<int:pk>/deactivate/", views.deactivate, name="deactivate"),
]
