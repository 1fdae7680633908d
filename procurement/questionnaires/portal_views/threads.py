"""What the vendor and we say to each other about one answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from procurement.questionnaires import access, services, threads
from procurement.questionnaires.forms import RemarkForm
from procurement.questionnaires.portal_views.places import place_of
from vendors.calendar import clock
from vendors.people.requests import actor
from vendors.portal.session import portal_page as behind_the_door
from vendors.reports.forms.fields import sent

UNPROCESSABLE = 422


@behind_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """The thread with the form for one more comment.."""
    found = access.answer_for(actor(request), pk, answer_pk)
    threads.check_can_comment(actor(request), found.assessment, is_shared=True)
    form = RemarkForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        services.comment_on_answer(
            answer=found, text=form.cleaned_data["text"], is_shared=True, by=actor(request), now=clock.now()
        )
        messages.success(request, _("We can read your comment now."))
        return HttpResponseRedirect(place_of(found))
    context = {
        "answer": found,
        "assessment": found.assessment,
        "form": form,
        "remarks": threads.threads_for_vendor(found.assessment, [found]).get(found.pk, ()),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "procurement/questionnaires/portal_thread.html", context, status=status)
