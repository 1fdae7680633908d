"""The deployment, proven without Docker: `python -m tests.soak.deployment`, the last step of `make soak`.

Follows the Dockerfile in a Debian 12 of its own, starts what docker-compose.yml starts (migrate, web, worker, beat)
with the environment it gives them, on PostgreSQL and Redis of this machine, and tells the main job over HTTP. What is
moved off the ports of a real installation stands in `moved`; everything else is as the two files say.
"""

import base64
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import yaml
from django.conf import settings

from tests.repository.tree import ROOT
from tests.soak.image import CannotReplay, Image, build

FOLDER = ROOT / "var" / "soak"
VALUE = re.compile(r"\$\{(\w+)[^}]*\}")


def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def operators_file(*, password: str, base_url: str, mail_url: str) -> dict[str, str]:
    """What an operator writes into the environment file before the first start."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "VAULT_KEYS": f"first:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "POSTGRES_PASSWORD": password,
        "BASE_URL": base_url,
        "EMAIL_URL": mail_url,
        "ORGANISATION_NAME": "Northmoor Health",
        "TIME_ZONE": settings.TIME_ZONE,
    }


def environment_of(service: str, file: dict[str, str]) -> dict[str, str]:
    """The environment that compose gives this service: the operator's values filled in, or passed on by their name."""
    given = {name: f"${{{name}}}" if text is None else text for name, text in compose()[service]["environment"].items()}
    passed_on = {name: text for name, text in given.items() if name in file or text != f"${{{name}}}"}
    return {name: VALUE.sub(lambda found: file[found.group(1)], text) for name, text in passed_on.items()}


@contextmanager
def running(house: "House", service: str, command: list[str]) -> Iterator[subprocess.Popen]:
    log = FOLDER / f"{service}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            house.image.inside(command, house.environment(service)),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        yield process
        if process.poll() is not None:
            raise CannotReplay(f"{service} ended by itself:\n{log.read_text()[-3000:]}")
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class House:
    """The image with this machine's database and broker in the places of compose's."""

    def __init__(self, image: Image, *, file: dict[str, str], moved: dict[str, str]) -> None:
        self.image, self.file, self.moved = image, file, moved

    def environment(self, service: str) -> dict[str, str]:
        given = environment_of(service, self.file)
        for there, here in self.moved.items():
            given = {name: value.replace(there, here) for name, value in given.items()}
        return given

    def command(self, service: str) -> list[str]:
        command = compose()[service].get("command") or self.image.command
        return [self.moved.get(word, word) for word in command]

    def run(self, service: str, command: list[str], **further: str) -> str:
        """One command to its end. Raises CannotReplay unless it exits 0."""
        done = subprocess.run(
            self.image.inside(command, {**self.environment(service), **further}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotReplay(f"{' '.join(command)} exits {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
        return done.stdout


def main() -> int:
    """Exit code: 0 when the story was told to its end, or the machine cannot replay and says so; 1 otherwise."""
    print("\nThe deployment, without Docker:", flush=True)
    try:
        with ExitStack() as stack:
            _prove(stack)
    except CannotReplay as reason:
        is_lack = "To run it:" in str(reason)
        print(f"{'SKIPPED' if is_lack else 'FAILED'} the deployment: {reason}", flush=True)
        return 0 if is_lack else 1
    except Exception as reason:
        print(f"FAILED the deployment: {type(reason).__name__}: {reason}", flush=True)
        for log in sorted(FOLDER.glob("*.log")):
            print(f"--- the end of {log.name}\n{log.read_text()[-1500:]}")
        return 1
    print("  The deployment works.", flush=True)
    return 0


def _prove(stack: ExitStack) -> None:
    from tests import machine
    from tests.broker import Process
    from tests.journeys.house import wait_until
    from tests.journeys.visitor import Visitor
    from tests.postgres import Server
    from tests.smtp import SmtpServer, free_port
    from tests.soak.story import ADMINISTRATOR, PASSWORD, Telling
    from vendors.calendar import clock

    url, redis = machine.postgres_url(), shutil.which("redis-server") or shutil.which("valkey-server")
    if not url or not redis:
        raise CannotReplay("It needs PostgreSQL and Redis. To run it: sudo make machine; apt-get install redis-server")
    image = build(FOLDER)
    server, address = Server(url), urlsplit(url)
    database = server.create()
    stack.callback(server.drop, database)
    web, broker, mail = free_port(), free_port(), SmtpServer(port=free_port())
    mail.start()
    stack.callback(mail.stop)
    base = f"http://127.0.0.1:{web}"
    file = operators_file(password=address.password or "none", base_url=base, mail_url=mail.url)
    owner = f"{compose()['postgres']['environment']['POSTGRES_USER']}:{file['POSTGRES_PASSWORD']}"
    moved = {
        f"{owner}@postgres:5432/countersign": f"{address.netloc}/{database}",
        "redis:6379": f"127.0.0.1:{broker}",
        "0.0.0.0:8000": f"127.0.0.1:{web}",
    }
    house = House(image, file=file, moved=moved)
    (FOLDER / "redis").mkdir(exist_ok=True)
    _program, *options = compose()["redis"]["command"]
    keeper = Process(
        [redis, *options, "--port", str(broker), "--bind", "127.0.0.1", "--dir", str(FOLDER / "redis")],
        FOLDER / "redis.log",
    )
    keeper.start()
    stack.callback(keeper.stop)

    house.run("migrate", house.command("migrate"))
    print("  migrate has run", flush=True)
    house.run(
        "web",
        ["python", "manage.py", "createsuperuser", "--noinput", "--email", ADMINISTRATOR],
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
        DJANGO_SUPERUSER_NAME="Mei Okafor",
    )
    for service in ("web", "worker", "beat"):
        stack.enter_context(running(house, service, house.command(service)))
    visitor = Visitor(base)

    def is_ready() -> bool:
        try:
            visitor.go("/readyz")
        except OSError:
            return False
        return visitor.status == 200

    wait_until(is_ready, lambda: f"/readyz says {visitor.status}: {visitor.content[:500]!r}", seconds=120)
    print(f"  web, worker and beat run as user {image.user}; /readyz says {visitor.status}", flush=True)
    Telling(base, mail, clock.today()).tell()
    for command in ("verify_ledger", "verify_vault"):
        print(f"    {command}: {house.run('web', ['python', 'manage.py', command]).strip().splitlines()[-1]}")


if __name__ == "__main__":
    os.environ["COUNTERSIGN_MODE"] = "test"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procurement.settings")
    import django

    django.setup()
    sys.exit(main())
