"""Dockerfile and docker-compose.yml say what settings, commands and ports say; no engine is needed for that."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from urllib.parse import urlsplit

import pytest
import yaml

from procurement import settings
from procurement.demo import servers
from tests.repository.tree import ROOT

SAMPLES = {
    "SECRET_KEY": "x" * 60,
    "VAULT_KEYS": "one:" + "A" * 43 + "=",
    "POSTGRES_PASSWORD": "letters1",
    "BASE_URL": "https://reviews.northmoor.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.northmoor.example:587",
}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions in order, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines]


def image() -> list[tuple[str, str]]:
    """The instructions of the last stage."""
    found = instructions()
    last = max(number for number, (word, _) in enumerate(found) if word == "FROM")
    return found[last:]


def said(word: str) -> list[str]:
    return [rest for each, rest in image() if each == word]


def image_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for rest in said("ENV") for pair in rest.split())


def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def service(name: str) -> dict:
    return compose()["services"][name]


def variables_that_settings_read() -> set[str]:
    """Every NAME of env.str("NAME"), env.db("NAME") and so on."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / "procurement" / "settings.py").read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_env = isinstance(node.func.value, ast.Name) and node.func.value.id == "env"
            if is_env and node.args and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


def filled(values: dict[str, str | None]) -> dict[str, str]:
    """The environment that a container gets when an operator sets SAMPLES."""

    def value(match: re.Match[str]) -> str:
        return SAMPLES[match.group(1)]

    return {name: re.sub(r"\$\{(\w+)[^}]*\}", value, text) for name, text in values.items() if text is not None}


def test_both_stages_start_from_the_same_debian_and_pin_it():
    assert {rest.split()[0] for word, rest in instructions() if word == "FROM"} == {"debian:12-slim"}


def test_packages_are_installed_by_their_hashes_from_the_lock():
    install = next(rest for word, rest in instructions() if word == "RUN" and "pip install" in rest)
    assert "--require-hashes --no-deps" in install
    assert "requirements/base.txt" in (ROOT / "Dockerfile").read_text()


def test_everything_that_is_copied_exists_and_nothing_else_gets_in():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignored
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert f"!{source}" in ignored


def test_the_container_has_a_user_without_rights_and_production_mode():
    assert said("USER") == ["10001"]
    assert image()[-1][0] == "CMD"
    assert max(i for i, (word, _) in enumerate(image()) if word in {"COPY", "RUN"}) < image().index(("USER", "10001"))
    assert image_environment()["COUNTERSIGN_MODE"] == "production"


def test_no_secret_lies_in_the_image():
    text = (ROOT / "Dockerfile").read_text()
    for name in settings.REQUIRED_IN_PRODUCTION:
        assert name not in image_environment()
        assert f"{name}=" not in text


def test_the_image_starts_the_same_web_server_as_make_run():
    assert json.loads(said("CMD")[0]) == servers.web("0.0.0.0:8000")
    assert said("EXPOSE") == ["8000"]


def test_the_health_check_asks_the_web_process():
    command = json.loads(said("HEALTHCHECK")[0].split("CMD", 1)[1])
    assert (ROOT / command[1]).exists()


def test_worker_and_beat_start_like_those_of_make_run():
    assert service("worker")["command"] == servers.worker()
    assert service("beat")["command"] == servers.beat("var/beat/schedule")
    assert "command" not in service("web")
    assert service("beat").get("deploy") is None, "one beat"


def test_compose_has_the_services_and_the_volumes_it_names():
    assert set(compose()["services"]) == {"web", "worker", "beat", "migrate", "postgres", "redis"}
    named = {mount.split(":")[0] for each in compose()["services"].values() for mount in each.get("volumes", [])}
    assert named == set(compose()["volumes"])


def test_the_image_is_named_after_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    for name in ("web", "worker", "beat", "migrate"):
        assert service(name)["image"] == f"countersign:{version}"


@pytest.mark.parametrize("name", ["web", "worker", "beat", "migrate"])
def test_every_process_gets_what_production_needs_and_nothing_unknown(name):
    given = service(name)["environment"]
    assert set(settings.REQUIRED_IN_PRODUCTION) <= set(given)
    assert set(given) <= variables_that_settings_read()
    assert set(image_environment()) - {"PATH", "PYTHONUNBUFFERED", "XDG_CACHE_HOME"} <= variables_that_settings_read()


def test_compose_stops_when_a_secret_is_not_set():
    text = (ROOT / "docker-compose.yml").read_text()
    for name in SAMPLES:
        uses = re.findall(rf"\$\{{{name}([^}}]*)\}}", text)
        assert uses, name
        assert all(use.startswith(":?") for use in uses), name


def test_addresses_inside_lead_to_services_of_this_file():
    given = filled(service("web")["environment"])
    for name, port in (("DATABASE_URL", 5432), ("BROKER_URL", 6379)):
        address = urlsplit(given[name])
        assert address.hostname in compose()["services"]
        assert address.port == port
    database = urlsplit(given["DATABASE_URL"])
    made = filled(service("postgres")["environment"])
    assert (database.username, database.password) == (made["POSTGRES_USER"], made["POSTGRES_PASSWORD"])
    assert database.path == f"/{made['POSTGRES_DB']}"


def test_only_the_web_process_is_reachable_and_only_from_this_machine():
    published = {name: each["ports"] for name, each in compose()["services"].items() if "ports" in each}
    assert set(published) == {"web"}
    for port in published["web"]:
        assert port.startswith("127.0.0.1:")
        assert port.endswith(f":{said('EXPOSE')[0]}")


def test_files_outlive_the_container_where_the_product_keeps_them():
    for name in ("web", "worker"):
        mounts = dict(mount.split(":") for mount in service(name)["volumes"])
        assert mounts["files"] == image_environment()["STORAGE_ROOT"]


def test_processes_wait_for_the_migration_and_say_whether_they_are_well():
    for name in ("web", "worker", "beat"):
        assert service(name)["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    for name in ("worker", "beat", "postgres", "redis"):
        assert service(name)["healthcheck"]["test"]
    assert service("migrate")["restart"] == "no"


def settings_load(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import procurement.settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "COUNTERSIGN_MODE": "production", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_settings_start_with_what_compose_gives_and_refuse_without_it():
    given = filled(service("web")["environment"])
    loaded = settings_load(given)
    assert loaded.returncode == 0, loaded.stderr
    for name in settings.REQUIRED_IN_PRODUCTION:
        refused = settings_load({key: value for key, value in given.items() if key != name})
        assert refused.returncode != 0
        assert name in refused.stderr
