"""Formats besides JSON. The bytes are made or streamed by the view; these say in `Accept` what can be had."""

from typing import Any

from rest_framework.renderers import BaseRenderer


class _AsFile(BaseRenderer):
    charset = None
    render_style = "binary"

    def render(self, data: Any, *_how: Any) -> Any:
        return data


class AsPdf(_AsFile):
    media_type = "application/pdf"
    format = "pdf"


class AsXlsx(_AsFile):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"


class AsCsv(_AsFile):
    media_type = "text/csv"
    format = "csv"
