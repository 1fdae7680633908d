"""The `Actor` protocol: what an act needs to know about whoever performs it (DESIGN.md, "Who uses it")."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What sort of account acts. A contact reaches /portal/ only, staff everything else."""

    STAFF = "staff"
    CONTACT = "contact"
    SYSTEM = "system"


class Role(StrEnum):
    """What a member of staff may do. A person may hold several; four-eyes rules ask the person."""

    REQUESTER = "requester"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Reach(Protocol):
    """The vendor a contact speaks for in this session (`vendors.contacts.models.Contact` fits it)."""

    @property
    def pk(self) -> int: ...
    @property
    def vendor_id(self) -> int: ...


class Actor(Protocol):
    """Whoever performs an act: `accounts.User` or `SYSTEM`.

    label    how the ledger names them, for example "Ines Varga"
    email    the address they sign in with; empty for the system
    kind     staff, contact or system
    roles    empty for contacts and for the system
    contact  set in a portal session only: the reach chosen at the door
    """

    @property
    def pk(self) -> int | None: ...
    @property
    def label(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    @property
    def contact(self) -> Reach | None: ...


@dataclass(frozen=True)
class System:
    """Countersign itself: the scan, a remediation that opens by itself."""

    pk: None = None
    label: str = "Countersign"
    email: str = ""
    kind: str = Kind.SYSTEM
    roles: frozenset[Role] = field(default_factory=frozenset)
    contact: None = None


SYSTEM = System()


class NotAllowed(Exception):
    """This person may not do this. The text is a sentence for them."""


class Refused(Exception):
    """The act is not possible now. The text is a sentence: what is wrong, where, what to do.

    `field` names the form field the sentence belongs to, where there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


def passes(check: Callable[..., None], *arguments: object, **keywords: object) -> bool:
    """Whether a `check_can_…` lets the act through: the `can_…` half of each pair."""
    try:
        check(*arguments, **keywords)
    except (NotAllowed, Refused):
        return False
    return True
