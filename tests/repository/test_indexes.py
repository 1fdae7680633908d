"""models.py and tasks.py at the root of an app are indexes: they name what capabilities hold, and hold nothing."""

import ast

import pytest
from django.apps import apps
from django.conf import settings

from procurement.celery import app as celery
from tests.repository.tree import ROOT, modules

APPS = ("vendors", "procurement")


def capability_modules(app: str, name: str) -> set[str]:
    """The dotted names of every `<app>.<capability>.<name>`; apps of their own left out."""
    own_apps = {config.name for config in apps.get_app_configs()} - {app}
    found = set()
    for module in modules(app):
        parts = module.split(".")
        if len(parts) == 3 and parts[2] == name and ".".join(parts[:2]) not in own_apps:
            found.add(module)
    return found


def imported_by(app: str, name: str) -> dict[str, set[str]]:
    """What the index imports: names by module."""
    tree = ast.parse((ROOT / app / f"{name}.py").read_text())
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found.setdefault(node.module or "", set()).update(alias.name for alias in node.names)
    return found


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("name", ["models", "tasks"])
def test_the_index_imports_from_every_capability_that_has_some(app, name):
    assert capability_modules(app, name) <= set(imported_by(app, name))


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("name", ["models", "tasks"])
def test_the_index_holds_re_exports_only(app, name):
    tree = ast.parse((ROOT / app / f"{name}.py").read_text())
    for statement in tree.body:
        is_docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        is_all = isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__"
        assert isinstance(statement, ast.ImportFrom) or is_docstring or is_all, ast.unparse(statement)


def test_django_finds_every_model_through_an_index():
    for app in APPS:
        listed = set().union(*imported_by(app, "models").values())
        for model in apps.get_app_config(app).get_models():
            assert model.__name__ in listed, f"{model.__name__} is missing in {app}/models.py"


def test_a_worker_knows_every_task_that_beat_sends():
    celery.loader.import_default_modules()
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        assert entry["task"] in celery.tasks, f"“{name}” sends {entry['task']}"


def test_every_task_says_its_name_after_its_capability():
    celery.loader.import_default_modules()
    ours = {name for name in celery.tasks if celery.tasks[name].__module__.split(".")[0] in APPS}
    assert ours
    for name in ours:
        assert name.split(".")[0] == celery.tasks[name].__module__.split(".")[1], name
