"""The people of the demo and the walkthrough: one for each role, all invented."""

from dataclasses import dataclass

from procurement.accounts.models import User
from vendors.people.actors import Role


@dataclass(frozen=True)
class Person:
    name: str
    title: str
    roles: frozenset[Role]
    here_for: str

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@northmoor.example"


PEOPLE = (
    Person("Adaeze Lind", "People Operations", frozenset({Role.REQUESTER}), "asks for vendors to be reviewed"),
    Person("Ines Varga", "Security review", frozenset({Role.REVIEWER}), "runs reviews"),
    Person("Laszlo Oduya", "Security review", frozenset({Role.REVIEWER}), "runs reviews, closes remediations"),
    Person("Tomasz Reyk", "Chief information security officer", frozenset({Role.APPROVER}), "decides"),
    Person("Priya Holm", "Internal audit", frozenset({Role.AUDITOR}), "reads everything, changes nothing"),
    Person("Mei Okafor", "Security engineering", frozenset({Role.ADMINISTRATOR}), "people, NDA texts, mail"),
)


@dataclass(frozen=True)
class Cast:
    """The people of a story, by what they do in it."""

    requester: User
    reviewer: User
    second_reviewer: User
    approver: User
    auditor: User
    administrator: User


def bring_in_the_cast() -> Cast:
    """Everybody of `PEOPLE`, made where they do not exist yet."""
    users = [
        User.objects.filter(email=person.email).first()
        or User.objects.create_staff(email=person.email, name=person.name, title=person.title, roles=person.roles)
        for person in PEOPLE
    ]
    requester, reviewer, second_reviewer, approver, auditor, administrator = users
    return Cast(requester, reviewer, second_reviewer, approver, auditor, administrator)
