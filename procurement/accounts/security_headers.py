"""What browsers are told about every page: load from here only, show in nobody's frame, keep addresses to yourself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)

PERMISSIONS_POLICY = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer",
                "camera",
                "display-capture",
                "geolocation",
                "gyroscope",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "usb",
            )
        ),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)

# Addresses that carry a link's token.
TOKEN_PATHS = ("/portal/i/", "/account/password/reset/key/", "/renewals/feed/")


class SecurityHeaders:
    """Sets the policies unless a view has set its own (a download sandboxes itself, a framed document says by whom).

    An answer under TOKEN_PATHS that leads on says `no-referrer`. One that shows a form says `strict-origin`: the token
    never leaves in a Referer either, and the form can be sent. Under `no-referrer` browsers send `Origin: null`
    with a form, and no check against forged requests may take that (Fetch standard, "append a request Origin header").
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Referrer-Policy", _referrer_policy(request, response))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response


def _referrer_policy(request: HttpRequest, response: HttpResponse) -> str:
    if not request.path_info.startswith(TOKEN_PATHS):
        return "same-origin"
    return "no-referrer" if 300 <= response.status_code < 400 else "strict-origin"
