"""Addresses of the pages that show everything."""

from django.urls import path

from procurement.dashboard import portal_views, review_views, today_views, vendor_views

app_name = "dashboard"

urlpatterns = [
    path("", today_views.today, name="today"),
    path("vendors/", vendor_views.vendors, name="vendors"),
    path("vendors/<int:pk>/", vendor_views.vendor, name="vendor"),
    path("reviews/", review_views.reviews, name="reviews"),
    path("reviews/<int:pk>/", review_views.review, name="review"),
    path("portal/", portal_views.portal, name="portal"),
]
