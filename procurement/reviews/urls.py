"""Addresses of the acts of a review. The review's own page and the list are in procurement's dashboard."""

from django.urls import path

from procurement.reviews.views import asking, comments, findings, judging, moves, remediations, reports

app_name = "reviews"

urlpatterns = [
    path("reviews/new/", asking.new, name="new"),
    path("reviews/new/tier/", asking.suggest_tier, name="suggest_tier"),
    path("reviews/<int:pk>/again/", asking.again, name="again"),
    path("reviews/<int:pk>/take/", moves.take, name="take"),
    path("reviews/<int:pk>/assign/", moves.assign, name="assign"),
    path("reviews/<int:pk>/hand-over/", moves.hand_over, name="hand_over"),
    path("reviews/<int:pk>/begin/", moves.begin, name="begin"),
    path("reviews/<int:pk>/return/", moves.return_to_collecting, name="return_to_collecting"),
    path("reviews/<int:pk>/withdraw/", moves.withdraw, name="withdraw"),
    path("reviews/<int:pk>/exceptions/", judging.exceptions, name="exceptions"),
    path("reviews/<int:pk>/exceptions/<int:exception_pk>/", judging.exception, name="exception"),
    path("reviews/<int:pk>/controls/", judging.controls, name="controls"),
    path("reviews/<int:pk>/reports/<int:report_pk>/use/", reports.use_report, name="use_report"),
    path("reviews/<int:pk>/remediations/<int:remediation_pk>/plan/", remediations.plan, name="plan_remediation"),
    path("reviews/<int:pk>/remediations/<int:remediation_pk>/close/", remediations.close, name="close_remediation"),
    path("reviews/<int:pk>/comment/", comments.comment, name="comment"),
    path("reviews/<int:pk>/findings/new/", findings.new, name="new_finding"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/assign/", findings.assign, name="assign_finding"),
    path("findings/<int:pk>/due/", findings.move_due, name="move_finding_due"),
    path("findings/<int:pk>/close/", findings.close, name="close_finding"),
    path("findings/<int:pk>/withdraw/", findings.withdraw, name="withdraw_finding"),
    path("findings/<int:pk>/comment/", comments.comment_on_finding, name="comment_on_finding"),
    path("comments/<int:pk>/withdraw/", comments.withdraw_comment, name="withdraw_comment"),
]
