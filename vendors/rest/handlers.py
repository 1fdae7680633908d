"""What Django answers outside of any view: a page for people, a problem for programs."""

from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found, server_error

from vendors.rest.problems import problem

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(404) if request.path_info.startswith(API) else page_not_found(request, exception)


def our_fault(request: HttpRequest) -> HttpResponse:
    return problem(500) if request.path_info.startswith(API) else server_error(request)
