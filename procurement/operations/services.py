"""Writing the heartbeat."""

from datetime import datetime

from procurement.operations.models import Heartbeat

WORKER = "worker"


def record_heartbeat(*, name: str, now: datetime) -> None:
    """Keeps the moment at which `name` was last alive. Not a business act: nobody's ledger needs it."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": now})
