"""The "Core" set: what a service that holds more than public data is asked when its SOC 2 report leaves much open."""

from procurement.questionnaires.starters.blocks import starter_set
from procurement.questionnaires.starters.core.company import GOVERNANCE, PEOPLE, SERVICE
from procurement.questionnaires.starters.core.operation import CONTINUITY, INCIDENTS, RUNNING, SUPPLIERS
from procurement.questionnaires.starters.core.protection import ACCESS, DATA, SOFTWARE

CORE = starter_set(
    "core",
    "Core security questions",
    SERVICE,
    GOVERNANCE,
    PEOPLE,
    ACCESS,
    DATA,
    SOFTWARE,
    RUNNING,
    INCIDENTS,
    CONTINUITY,
    SUPPLIERS,
    intro=(
        "Some questions open others, so you see fewer than there are. “Partial” is a good answer when you say what is "
        "missing and when it comes. What your SOC 2 report says already need not be told twice: name the page in the "
        "comment."
    ),
    purpose="When the vendor holds personal or confidential data and its report leaves much open.",
)
