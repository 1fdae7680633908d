"""Pieces of a page, rendered by themselves."""

import re
from typing import Any

from django.template import Context, RequestContext, Template
from django.test import RequestFactory


def rendered(text: str, **known: Any) -> str:
    """The text with the library loaded, white space between tags taken out."""
    return tidy(Template("{% load countersign i18n %}" + text).render(Context(known)))


def rendered_at(address: str, text: str, **known: Any) -> str:
    request = RequestFactory().get(address)
    return tidy(
        Template("{% load countersign %}" + text).render(RequestContext(request, {"request": request, **known}))
    )


def tidy(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", html)).strip()
