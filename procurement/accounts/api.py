"""Who asks the API: a person's session, or a program's token. And how much a token may do."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions, permissions
from rest_framework.request import Request

from procurement.accounts import services
from procurement.accounts.models import ApiToken, Scope, User
from procurement.accounts.second_factor import has_second_factor
from procurement.accounts.services.api_tokens import TooManyWrongTokens, hash_of
from vendors.calendar import clock
from vendors.people.actors import Kind
from vendors.people.requests import client_address

SCHEME = "Bearer"


class _TooMany(exceptions.APIException):
    """Too many wrong tokens; `wait` becomes Retry-After."""

    status_code = 429

    def __init__(self, refusal: TooManyWrongTokens) -> None:
        super().__init__(str(refusal))
        self.wait = refusal.wait


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer countersign_…`. What the owner may not do any more ends with the next request."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, token = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
        if scheme.casefold() != SCHEME.casefold():
            return None
        now = clock.now()
        found = (
            ApiToken.objects.working_on(clock.today())
            .select_related("owner")
            .filter(token_hash=hash_of(token.strip()))
            .first()
        )
        if found is None:
            self._refuse(request)
        assert found is not None
        services.note_use(token=found, now=now)
        return found.owner, found

    def authenticate_header(self, _request: Request) -> str:
        return f'{SCHEME} realm="Countersign"'

    def _refuse(self, request: Request) -> None:
        try:
            services.refuse_token(ip=client_address(request._request), now=clock.now())
        except TooManyWrongTokens as refusal:
            raise _TooMany(refusal) from refusal
        raise exceptions.AuthenticationFailed(_("This token does not work: unknown, revoked, or run out."))


class SessionAuthentication(authentication.SessionAuthentication):
    """A staff session, with the token against forged requests on every write. A contact's is none here."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found = super().authenticate(request)
        if found is None or found[0].kind != Kind.STAFF:
            return None
        user: User = found[0]
        if settings.REQUIRE_SECOND_FACTOR and not has_second_factor(user.pk):
            raise exceptions.PermissionDenied(_("Add a second factor to your account first, then come again."))
        return user, None


class WithinScope(permissions.BasePermission):
    """Staff only; a token that may read reads."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user: Any = request.user
        if not user or not user.is_authenticated:
            return False
        if request.method not in view.allowed_methods:
            return True  # answered with 405, whatever the scope
        token = request.auth
        if isinstance(token, ApiToken) and request.method not in permissions.SAFE_METHODS:
            self.message = _("This token may read only. Make one that may write.")
            return token.scope == Scope.WRITE
        return True


class _TokenInSchema(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": _("A token of yours, made under “API tokens”.")}


class _SessionInSchema(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = SessionAuthentication
    name = "session"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": _("The session of a browser. Writing also sends the CSRF token in `X-CSRFToken`."),
        }
