"""The vendor's pages of a questionnaire. The reviewer's page stands with its review (procurement.reviews)."""

from django.urls import include, path

from procurement.questionnaires import portal_views as views

app_name = "questionnaires"

of_answer = [
    path("", views.answer, name="answer"),
    path("attach/", views.attach, name="attach"),
    path("files/<int:attachment_pk>/", views.file, name="file"),
    path("files/<int:attachment_pk>/use/", views.use_file, name="use"),
    path("files/<int:attachment_pk>/remove/", views.remove_file, name="remove"),
]
of_section = [
    path("", views.section, name="section"),
    path("assign/", views.assign, name="assign"),
    path("submit/", views.submit_section, name="submit_section"),
    path("take-back/", views.take_back, name="take_back"),
]
urlpatterns = [
    path("portal/questionnaires/<int:pk>/", views.page, name="page"),
    path("portal/questionnaires/<int:pk>/submit/", views.submit, name="submit"),
    path("portal/questionnaires/<int:pk>/answers/<int:answer_pk>/", include(of_answer)),
    path("portal/questionnaires/<int:pk>/sections/<int:section_pk>/", include(of_section)),
]
