"""One's tokens for other programs: see, make, revoke. A token is shown once, on the page that answers its making."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from procurement.accounts import access, services
from procurement.accounts.forms import TokenForm
from procurement.accounts.fresh import fresh_authentication_required
from procurement.accounts.models import User
from procurement.accounts.services.api_tokens import LONGEST_MONTHS
from vendors.calendar import clock
from vendors.calendar.days import plus_months
from vendors.people.actors import Refused, Role
from vendors.people.requests import actor


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens; an administrator's page lists everybody's."""
    user, today = actor(request), clock.today()
    found = access.tokens_visible_to(user)
    context = {
        "rows": [(token, token.works_on(today), access.can_revoke_token(user, token)) for token in found],
        "of_everybody": Role.ADMINISTRATOR in user.roles,
        "may_make": access.can_make_token(user),
    }
    return render(request, "procurement/accounts/tokens.html", context)


@fresh_authentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token; the answer shows it, this once."""
    user, today = actor(request), clock.today()
    access.check_can_make_token(user)
    assert isinstance(user, User)
    form = TokenForm(request.POST or None, initial={"works_until": plus_months(today, LONGEST_MONTHS)})
    if request.method == "POST" and form.is_valid():
        try:
            row, token = services.make_token(**form.cleaned_data, by=user, on=today, now=clock.now())
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            answer = render(request, "procurement/accounts/token_made.html", {"row": row, "token": token})
            add_never_cache_headers(answer)
            return answer
    return render(request, "procurement/accounts/new_token.html", {"form": form})


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token at once."""
    token = access.token_for(actor(request), pk)
    services.revoke_token(token=token, by=actor(request), now=clock.now())
    messages.success(request, _("“%(name)s” is revoked. What used it is refused from now on.") % {"name": token.name})
    return redirect("accounts:tokens")
