"""Addresses of the demo: sign-in by a button, and the mailbox. They exist in demo mode only."""

from django.urls import path

from procurement.demo import views

app_name = "demo"

urlpatterns = [
    path("demo/sign-in/", views.sign_in, name="sign-in"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<str:name>/", views.letter, name="letter"),
    path("mailbox/<str:name>/html/", views.letter_html, name="letter_html"),
]
