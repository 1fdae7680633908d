"""The vendor's pages of a questionnaire, and the pages where staff make them. The page on which answers are reviewed
stands with its review (procurement.reviews)."""

from django.urls import include, path

from procurement.questionnaires import portal_views
from procurement.questionnaires import views as staff_views

app_name = "questionnaires"

of_answer = [
    path("", portal_views.answer, name="answer"),
    path("thread/", portal_views.thread, name="thread"),
    path("assign/", portal_views.assign_question, name="assign_question"),
    path("correct/", portal_views.correct, name="correct"),
    path("attach/", portal_views.attach, name="attach"),
    path("files/<int:attachment_pk>/", portal_views.file, name="file"),
    path("files/<int:attachment_pk>/use/", portal_views.use_file, name="use"),
    path("files/<int:attachment_pk>/remove/", portal_views.remove_file, name="remove"),
]
of_section = [
    path("", portal_views.section, name="section"),
    path("assign/", portal_views.assign, name="assign"),
    path("submit/", portal_views.submit_section, name="submit_section"),
    path("take-back/", portal_views.take_back, name="take_back"),
]
of_offline = [
    path("", portal_views.offline, name="offline"),
    path("workbook.xlsx", portal_views.workbook, name="workbook"),
    path("<int:import_pk>/", portal_views.answer_import, name="answer_import"),
    path("<int:import_pk>/discard/", portal_views.discard_answers, name="discard_answers"),
    path("<int:import_pk>/undo/", portal_views.undo_answers, name="undo_answers"),
]
of_draft = [
    path("sections/new/", staff_views.add_section, name="add_section"),
    path("sections/<int:part_pk>/", staff_views.section, name="edit_section"),
    path("sections/<int:part_pk>/move/", staff_views.move_section, name="move_section"),
    path("sections/<int:part_pk>/remove/", staff_views.remove_section, name="remove_section"),
    path("sections/<int:part_pk>/questions/new/", staff_views.add_question, name="add_question"),
    path("questions/<int:question_pk>/", staff_views.question, name="question"),
    path("questions/<int:question_pk>/move/", staff_views.move_question, name="move_question"),
    path("questions/<int:question_pk>/remove/", staff_views.remove_question, name="remove_question"),
]
of_version = [
    path("", staff_views.version, name="version"),
    path("edit/", staff_views.edit, name="edit"),
    path("copy/", staff_views.copy, name="copy"),
    path("publish/", staff_views.publish, name="publish"),
    path("retire/", staff_views.retire, name="retire"),
    path("remove/", staff_views.remove, name="remove"),
    path("preview/", staff_views.preview, name="preview"),
    path("json/", staff_views.as_json, name="json"),
    *of_draft,
]
of_import = [
    path("", staff_views.import_job, name="import_job"),
    path("sheets/<int:number>/", staff_views.import_sheet, name="import_sheet"),
    path("make/", staff_views.make_draft, name="make_draft"),
    path("keep/", staff_views.keep_profile, name="keep_profile"),
    path("discard/", staff_views.discard_import, name="discard_import"),
]
urlpatterns = [
    path("questionnaires/", staff_views.index, name="index"),
    path("questionnaires/new/", staff_views.new, name="new"),
    path("questionnaires/import/", staff_views.import_file, name="import"),
    path("questionnaires/profiles/<int:profile_pk>/forget/", staff_views.forget_profile, name="forget_profile"),
    path("questionnaires/imports/<int:import_pk>/", include(of_import)),
    path("questionnaires/versions/<int:version_pk>/", include(of_version)),
    path("portal/questionnaires/<int:pk>/", portal_views.page, name="page"),
    path("portal/questionnaires/<int:pk>/submit/", portal_views.submit, name="submit"),
    path("portal/questionnaires/<int:pk>/offline/", include(of_offline)),
    path("portal/questionnaires/<int:pk>/answers/<int:answer_pk>/", include(of_answer)),
    path("portal/questionnaires/<int:pk>/sections/<int:section_pk>/", include(of_section)),
]
