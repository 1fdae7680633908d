"""Addresses of people and roles."""

from django.urls import path

from procurement.accounts import views

app_name = "accounts"

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/new/", views.new_person, name="new_person"),
    path("people/<int:pk>/", views.edit_person, name="edit_person"),
    path("people/<int:pk>/set-up-mail/", views.send_set_up_mail, name="send_set_up_mail"),
]
