"""Version 1 of the policy: the rows that ship."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from procurement.policy.defaults import DEFAULT_ROWS


def issue_first_policy(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    PolicyVersion = apps.get_model("procurement", "PolicyVersion")
    PolicyVersion.objects.get_or_create(
        number=1,
        defaults={"rows": DEFAULT_ROWS, "issued_at": timezone.now(), "issued_by": "Countersign"},
    )


class Migration(migrations.Migration):
    dependencies = [("procurement", "0001_initial")]

    operations = [migrations.RunPython(issue_first_policy, migrations.RunPython.noop)]
