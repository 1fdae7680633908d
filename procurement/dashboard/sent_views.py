"""The list of sent questionnaires. A questionnaire's own page stands with its review."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.dashboard import sent_list
from procurement.dashboard.forms import SentFilters
from procurement.listing.csv_files import as_csv
from procurement.listing.lists import address_with, chosen_sort, order_by, page_of, segments_of
from procurement.questionnaires.access import check_can_list_sent
from procurement.questionnaires.models import Assessment
from vendors.calendar import clock
from vendors.people.requests import actor


@require_safe
def sent_questionnaires(request: HttpRequest) -> HttpResponse:
    """Everything that was sent, with whose turn it is and what is late; each filter lives in the address."""
    check_can_list_sent(actor(request))
    conditions = sent_list.conditions(clock.today())
    found = sent_list.matching(request.GET)
    counts = found.aggregate(**{f"n_{name}": Count("pk", filter=each) for name, each in conditions.items()})
    segment = _segment(request)
    sort = chosen_sort(request.GET.get("sort"), sent_list.SORTS, "due")
    rows = sent_list.listed(found.filter(conditions[segment])).order_by(*order_by(sort, sent_list.SORTS))
    page = page_of(rows, request.GET.get("page"), count=counts[f"n_{segment}"])
    context = {
        "page": page,
        "rows": sent_list.rows_of(list(page.object_list)),
        "segments": segments_of(sent_list.labels(), counts, current=segment, first="open", query=request.GET),
        "filters": SentFilters(request.GET),
        "shown": counts[f"n_{segment}"],
        "total": Assessment.objects.count(),
        "csv": address_with(request.GET),
        "sort": sort,
        "on": clock.today(),
    }
    return render(request, "procurement/dashboard/sent_questionnaires.html", context)


@require_safe
def sent_questionnaires_csv(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered and sorted, all pages of it."""
    check_can_list_sent(actor(request))
    today = clock.today()
    sort = chosen_sort(request.GET.get("sort"), sent_list.SORTS, "due")
    found = sent_list.matching(request.GET).filter(sent_list.conditions(today)[_segment(request)])
    rows = sent_list.listed(found).order_by(*order_by(sort, sent_list.SORTS))
    body = as_csv(sent_list.csv_header(), sent_list.as_csv_rows(list(rows), today))
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sent-questionnaires.csv"'
    return answer


def _segment(request: HttpRequest) -> str:
    asked = request.GET.get("segment", "")
    return asked if asked in sent_list.labels() else "open"
