"""Pages of a memo: on screen, as files, mailed, and ending the approval it proves. The list is in the dashboard."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from procurement.accounts.fresh import fresh_authentication_required
from procurement.decisions import access, services
from procurement.decisions.forms import RevokeForm
from procurement.decisions.memo_pdf import tone_of, verdict_of
from procurement.decisions.models import Memo
from procurement.decisions.queries import superseding_memo
from procurement.decisions.standings import standings_of
from vendors.calendar import clock
from vendors.people.requests import actor, client_address
from vendors.reports.viewing import reading_address
from vendors.vault import downloads


@require_GET
def memo(request: HttpRequest, number: str) -> HttpResponse:
    """The memo on screen: verdict, how it stands today, content, where the PDF is."""
    user = actor(request)
    found = access.memo_for(user, number)
    decision = found.decision
    context = {
        "memo": found,
        "content": found.content,
        "document": reading_address(decision.review.report, user, clock.today()),
        "verdict": verdict_of(found.content),
        "tone": tone_of(found.content),
        "standing": standings_of([decision.review.vendor_id], on=clock.today()).get(decision.pk),
        "superseding": superseding_memo(access.memos_visible_to(user), decision),
        "may_print": access.can_print(user),
        "may_mail": access.can_mail_memo(user),
        "may_revoke": access.can_revoke(user, decision),
    }
    return render(request, "procurement/decisions/memo_page.html", context)


@require_GET
def memo_pdf(request: HttpRequest, number: str) -> StreamingHttpResponse:
    """The PDF as issued, byte for byte."""
    found = access.memo_for(actor(request), number)
    if found.pdf is None:
        raise Http404
    return downloads.as_attachment(
        found.pdf, by=actor(request), purpose="memo", at=clock.now(), ip=client_address(request)
    )


@require_GET
def memo_json(request: HttpRequest, number: str) -> JsonResponse:
    """The memo's content, as attached to the PDF."""
    found: Memo = access.memo_for(actor(request), number)
    return JsonResponse(found.content, json_dumps_params={"ensure_ascii": False, "sort_keys": True})


@require_POST
def print_again(request: HttpRequest, number: str) -> HttpResponse:
    """Try again to make a PDF that is still missing."""
    found = access.memo_for(actor(request), number)
    access.check_can_print(actor(request))
    services.make_pdf(memo_id=found.pk, now=clock.now())
    return redirect(found)


@require_GET
def memo_zip(request: HttpRequest, number: str) -> StreamingHttpResponse:
    """PDF, content and manifest of one memo."""
    found = access.memo_for(actor(request), number)
    content = services.export_memos(
        memos=[found], by=actor(request), on=clock.today(), now=clock.now(), ip=client_address(request)
    )
    return downloads.zip_attachment(content, name=f"{found.number}.zip")


@require_POST
def mail_memo(request: HttpRequest, number: str) -> HttpResponse:
    """Send whoever asked the memo's link."""
    found = access.memo_for(actor(request), number)
    services.mail_memo(memo=found, by=actor(request), on=clock.today(), now=clock.now())
    name = found.decision.review.requested_by.name
    messages.success(request, _("%(name)s gets a mail with the link.") % {"name": name})
    return redirect(found)


@fresh_authentication_required
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    """End the approval, with a reason."""
    found = access.memo_for(actor(request), number)
    access.check_can_revoke(actor(request), found.decision)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.revoke(
            decision=found.decision,
            reason=form.cleaned_data["reason"],
            by=actor(request),
            on=clock.today(),
            now=clock.now(),
        )
        messages.success(request, _("The approval is revoked. Everybody in the review is told."))
        return redirect(found)
    return render(request, "procurement/decisions/revoke.html", {"memo": found, "form": form})
