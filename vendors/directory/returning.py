"""Where a person goes after an act: back to the page they came from, if it is one of ours."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def local_path(text: str | None, *, under: str = "/") -> str:
    """The text when it is a path on this site below `under`, else empty."""
    if text and text.startswith(under) and url_has_allowed_host_and_scheme(text, allowed_hosts=None):
        return text
    return ""


def return_from(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """Back to `next` of the form or the address when it is a local path, else to `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next")
    return HttpResponseRedirect(local_path(wanted) or otherwise)
