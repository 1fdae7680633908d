from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from procurement import celery  # noqa: F401 - tasks that are nudged go to our application
        from procurement.operations import checks  # noqa: F401 - registers what `manage.py check` says
