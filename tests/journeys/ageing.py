"""Time that passes for a session: done in a thread, because Playwright's own thread may not ask the database."""

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from procurement.accounts.models import User
from tests.databases import in_threads
from tests.signing_in import AUTHENTICATION_METHODS_SESSION_KEY


def an_hour_passes(person: User) -> None:
    """This person's sessions prove themselves an hour earlier than they did."""

    def age(_number: int) -> int:
        aged = 0
        for row in Session.objects.all():
            session = SessionStore(row.session_key)
            if session.get("_auth_user_id") != str(person.pk):
                continue
            for proof in session[AUTHENTICATION_METHODS_SESSION_KEY]:
                proof["at"] -= 3600
            session.modified = True
            session.save()
            aged += 1
        return aged

    assert in_threads(1, age) == [1]
