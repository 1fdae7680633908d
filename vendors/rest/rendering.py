"""Formats besides JSON. The bytes are streamed by the view; these say in `Accept` what can be had."""

from typing import Any

from rest_framework.renderers import BaseRenderer


class AsPdf(BaseRenderer):
    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"

    def render(self, data: Any, *_how: Any) -> Any:
        return data
