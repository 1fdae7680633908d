"""Pages of NDAs: our texts, agreements on file, the contact's own."""

from django.urls import path

from vendors.ndas import portal_views, text_views, views

app_name = "ndas"

urlpatterns = [
    path("ndas/texts/", text_views.texts, name="texts"),
    path("ndas/texts/new/", text_views.issue, name="issue"),
    path("ndas/texts/<int:version>/", text_views.text, name="text"),
    path("ndas/<int:pk>/", views.nda, name="nda"),
    path("ndas/<int:pk>/certificate/", views.certificate, name="certificate"),
    path("ndas/<int:pk>/file/", views.text_file, name="file"),
    path("ndas/<int:pk>/end/", views.end, name="end"),
    path("vendors/<int:vendor_pk>/ndas/record/", views.record, name="record"),
    path("portal/nda/", portal_views.current, name="portal-current"),
    path("portal/nda/<int:pk>/", portal_views.one, name="portal-nda"),
    path("portal/nda/<int:pk>/certificate/", portal_views.certificate, name="portal-certificate"),
]
