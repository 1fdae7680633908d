"""Health, for machines: a process that lives, an installation that is ready. Nobody signs in for these."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from procurement.operations.health import is_ready, readiness
from vendors.calendar.clock import now


@login_not_required
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """This process answers. It asks nothing else: a database that is down must not restart web processes."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when people may be sent here, 503 when the database, migrations or vault keys are not there."""
    findings = readiness(now=now())
    ready = is_ready(findings)
    parts = {name: {"state": finding.state, "says": finding.says} for name, finding in findings.items()}
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)
