"""The door of the portal. Pages behind it belong to the capabilities they show."""

from django.urls import path

from vendors.portal import views

app_name = "portal"

urlpatterns = [
    path("portal/i/<str:token>/", views.invitation, name="invitation"),
    path("portal/i/", views.ask_by_invitation, name="ask-by-invitation"),
    path("portal/sign-in/", views.sign_in, name="sign-in"),
    path("portal/code/", views.code, name="code"),
    path("portal/code/again/", views.ask_again, name="ask-again"),
    path("portal/choose/", views.choose, name="choose"),
    path("portal/sign-out/", views.sign_out, name="sign-out"),
]
