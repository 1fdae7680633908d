"""Addresses of people and roles, and of tokens for programs."""

from django.urls import path

from procurement.accounts import token_views, views

app_name = "accounts"

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/new/", views.new_person, name="new_person"),
    path("people/<int:pk>/", views.edit_person, name="edit_person"),
    path("people/<int:pk>/set-up-mail/", views.send_set_up_mail, name="send_set_up_mail"),
    path("tokens/", token_views.tokens, name="tokens"),
    path("tokens/new/", token_views.new_token, name="new_token"),
    path("tokens/<int:pk>/revoke/", token_views.revoke_token, name="revoke_token"),
]
