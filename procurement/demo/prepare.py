"""What stands before the demo's processes: database, seed, static files, and the people for the box."""

import json
from pathlib import Path

import django


def prepare(var: Path) -> None:
    """Migrates, seeds and collects. Runs in a process of its own, before any server of the demo."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    call_command("seed_demo")
    call_command("collectstatic", interactive=False, verbosity=0)
    (var / "people.json").write_text(json.dumps(people(), ensure_ascii=False) + "\n", encoding="utf-8")


def people() -> list[list[str]]:
    """Name and roles of each member of staff in the demo, as the box shows them."""
    from procurement.accounts.models import User
    from vendors.people.actors import Kind

    staff = User.objects.filter(kind=Kind.STAFF, is_active=True)
    return [[user.name, " and ".join(sorted(user.roles)) or "no role"] for user in staff]


if __name__ == "__main__":
    django.setup()
    from django.conf import settings

    prepare(Path(settings.VAR))
