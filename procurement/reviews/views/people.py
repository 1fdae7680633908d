"""Who acts, for views whose acts name a member of staff."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from procurement.accounts.models import User


def person(request: HttpRequest) -> User:
    """The person who is signed in. Raises PermissionDenied when nobody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
