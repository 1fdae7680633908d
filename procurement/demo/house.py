"""`make run`: the whole of Countersign on this machine, for somebody who wants to see it.

Prepares the database and the demo, starts every process on loopback, and ends with a box that says where.
Ctrl-C stops everything; the data stays in var/. A second start while one runs says where that one is.
"""

import fcntl
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from procurement.demo import servers
from procurement.demo.processes import Household, Logs
from procurement.demo.record import HOST, Ports, read_ports, write_ports

ROOT = Path(__file__).resolve().parent.parent.parent
PREFERRED = Ports(web=8000, broker=6379, mail=1025)
PATIENCE = 90.0
ATTEMPTS = 4


class CannotStart(Exception):
    """Says in a sentence what keeps the demo from starting."""


def main() -> int:
    """Runs until Ctrl-C. Returns the exit code: 0 when somebody stopped it or it already runs."""
    mode = os.environ["COUNTERSIGN_MODE"]
    if mode != "demo":
        print(f"make run starts the demo, and COUNTERSIGN_MODE is {mode}. Production: docker-compose.yml.")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procurement.settings")
    var = ROOT / "var"
    var.mkdir(mode=0o700, exist_ok=True)
    with alone(var) as nobody_else:
        if not nobody_else:
            ports = read_ports(var)
            print(f"Countersign already runs at {ports.address if ports else 'an address it is choosing'}/")
            return 0
        try:
            return run(var)
        except CannotStart as reason:
            print(reason, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("\nStopped before the start was complete.")
            return 130


@contextmanager
def alone(var: Path) -> Iterator[bool]:
    """Holds the house for this process, however it ends; yields False when another one holds it."""
    with (var / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def run(var: Path) -> int:
    """Prepares the demo and runs it until somebody stops it; chooses again where another program took a port first."""
    logs = Logs(var / "log")
    ports = choose_ports(read_ports(var) or PREFERRED)
    write_ports(var, ports)
    prepare(logs, ports.environment())
    for attempt in range(1, ATTEMPTS + 1):
        # Preparing and starting take seconds, in which another program may have taken a port that was free.
        ports = choose_ports(ports)
        write_ports(var, ports)
        ended = live(ports, var, logs).ended
        if ended is None:
            print("\nStopped. The data stays in var/; make run brings it back.")
            return 0
        if choose_ports(ports) == ports or attempt == ATTEMPTS:
            print(f"\nStopped: {ended} ended by itself. The end of var/log/{ended}.log:")
            print(*logs.last_lines(ended), sep="\n")
            return 1
        print(f"Another program took a port of ours first: {ended} could not start. Choosing again …")
    raise AssertionError


def live(ports: Ports, var: Path, logs: Logs) -> Household:
    """Every process on these ports, until one of them ends or somebody stops us."""
    try:
        commands = servers.demo(ports, var)
    except FileNotFoundError as reason:
        raise CannotStart(str(reason)) from reason
    household = Household(logs)
    over = threading.Event()
    announcer = threading.Thread(target=announce, args=(ports, var, over), daemon=True)
    announcer.start()
    household.start(commands, folder=ROOT, environment={**ports.environment(), "PYTHONUNBUFFERED": "1"})
    over.set()
    announcer.join(timeout=10)
    return household


def choose_ports(wanted: Ports) -> Ports:
    """The ports of the last start where they are free, else the next free ones.

    A broker or a mail server named in the environment is used instead of one of ours: its port is 0.
    """
    return Ports(
        web=free_port(wanted.web or PREFERRED.web),
        broker=0 if os.environ.get("BROKER_URL") else free_port(wanted.broker or PREFERRED.broker),
        mail=0 if os.environ.get("EMAIL_URL") else free_port(wanted.mail or PREFERRED.mail),
    )


def free_port(first: int) -> int:
    """The first port from `first` on that nobody listens on. Raises CannotStart when a hundred are taken."""
    for port in range(first, first + 100):
        with socket.socket() as caller:
            caller.settimeout(0.5)
            if caller.connect_ex((HOST, port)) == 0:
                continue
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CannotStart(f"No port from {first} to {first + 99} is free.")


def prepare(logs: Logs, environment: dict[str, str]) -> None:
    """Database, seed and static files, before anything listens. Raises CannotStart with the log's end."""
    print("Preparing the database and the demo …", flush=True)
    # Nothing takes a nudge yet; what the seed queues is found by the first scan.
    quiet = {**os.environ, **environment, "BROKER_URL": ""}
    command = [sys.executable, "-m", "procurement.demo.prepare"]
    with (logs.folder / "start.log").open("w", encoding="utf-8") as log:
        result = subprocess.run(
            command, cwd=ROOT, env=quiet, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
    if result.returncode:
        end = "\n".join(logs.last_lines("start", 25))
        raise CannotStart(f"{end}\n\nThe demo could not be prepared. The whole story: var/log/start.log")


def announce(ports: Ports, var: Path, over: threading.Event) -> None:
    """Waits until the site answers, then prints the box."""
    deadline = time.monotonic() + PATIENCE
    while not over.is_set() and time.monotonic() < deadline:
        if ask(ports, "/healthz") is not None:
            print(box(ports, var, ask(ports, "/readyz")), flush=True)
            send_what_the_seed_queued(ports, over)
            return
        time.sleep(0.2)
    if not over.is_set():
        print(f"The site does not answer after {PATIENCE:.0f} s. Its words are in var/log/web.log", flush=True)


def send_what_the_seed_queued(ports: Ports, over: threading.Event) -> None:
    """Once, so that the mailbox of a fresh demo is not empty until beat's first minute has passed."""
    sending = subprocess.Popen(
        [sys.executable, "manage.py", "deliver_mail"],
        cwd=ROOT,
        env={**os.environ, **ports.environment()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while sending.poll() is None:
        if over.wait(0.1):
            sending.terminate()
            sending.wait()


def ask(ports: Ports, path: str) -> str | None:
    """The body of an answer, also of a 503 that says why; None while nobody answers. Past any proxy."""
    site = http.client.HTTPConnection(HOST, ports.web, timeout=5)
    try:
        site.request("GET", path)
        answer = site.getresponse()
        return answer.read().decode() if answer.status in {200, 503} else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        site.close()


def box(ports: Ports, var: Path, readiness: str | None) -> str:
    """Address, people and what is pending, in a frame that fits the terminal's letters."""
    people = json.loads((var / "people.json").read_text(encoding="utf-8"))
    wide = max((len(name) for name, _ in people), default=0)
    lines = [f"Countersign runs at {ports.address}/", ""]
    lines += ["The sign-in page has a button for each of them:"]
    lines += [f"  {name:<{wide}}  {roles}" for name, roles in people]
    lines += ["", f"Vendors' people come in by the links in {ports.address}/mailbox/"]
    lines += pending(readiness)
    lines += ["", "Ctrl-C stops it. Data and logs are in var/."]
    return frame(lines)


def pending(readiness: str | None) -> list[str]:
    """What the newcomer should know of /readyz: missing libraries for PDFs, and whatever is failing."""
    try:
        parts = json.loads(readiness or "")["parts"]
    except (ValueError, KeyError, TypeError):
        return []
    return [
        part["says"]
        for name, part in parts.items()
        if part["state"] == "failing" or (name == "pdf" and part["state"] != "ok")
    ]


def frame(lines: list[str]) -> str:
    wide = max(map(len, lines))
    plain = "utf" not in (sys.stdout.encoding or "").lower()
    line, side, corners = ("-", "|", "++++") if plain else ("─", "│", "┌┐└┘")
    top_left, top_right, bottom_left, bottom_right = list(corners)
    top = f"{top_left}{line * (wide + 4)}{top_right}"
    bottom = f"{bottom_left}{line * (wide + 4)}{bottom_right}"
    return "\n".join(["", top, *(f"{side}  {text:<{wide}}  {side}" for text in lines), bottom])


if __name__ == "__main__":
    sys.exit(main())
