"""What a person says about a row of a report, as one value: the form makes it, `services` keeps it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Judgement:
    """Our decision on one exception, as typed."""

    exception_id: int
    decision: str
    reason: str


@dataclass(frozen=True)
class ControlStatus:
    """Our status of one user entity control, as typed.

    owner        who of ours sees to it; may be empty where the control does not apply to our use
    our_control  the control of ours that answers it, or why it does not apply
    """

    cuec_id: int
    status: str
    owner: str = ""
    our_control: str = ""
