"""The page about mail that went wrong."""

from django.urls import path

from vendors.correspondence import views

app_name = "correspondence"

urlpatterns = [
    path("mail/", views.undelivered, name="undelivered"),
    path("mail/<int:pk>/send-again/", views.send_again, name="send_again"),
]
