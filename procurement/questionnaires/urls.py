"""The vendor's pages of a questionnaire. The reviewer's page stands with its review (procurement.reviews)."""

from django.urls import path

from procurement.questionnaires import portal_views

app_name = "questionnaires"

urlpatterns = [
    path("portal/questionnaires/<int:pk>/", portal_views.page, name="page"),
    path("portal/questionnaires/<int:pk>/submit/", portal_views.submit, name="submit"),
    path("portal/questionnaires/<int:pk>/answers/<int:answer_pk>/", portal_views.answer, name="answer"),
    path("portal/questionnaires/<int:pk>/answers/<int:answer_pk>/attach/", portal_views.attach, name="attach"),
    path("portal/questionnaires/<int:pk>/answers/<int:answer_pk>/remove/", portal_views.remove_file, name="remove"),
    path("portal/questionnaires/<int:pk>/answers/<int:answer_pk>/file/", portal_views.file, name="file"),
]
