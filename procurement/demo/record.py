"""Where the demo of this machine listens: kept in var/run.json, so that a restart keeps its addresses."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """The ports that `make run` chose; 0 for a broker or a mail server that the environment names."""

    web: int
    broker: int
    mail: int

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.web}"

    def environment(self) -> dict[str, str]:
        """What the processes of the demo, and commands beside it, need to know."""
        found = {"BASE_URL": self.address}
        if self.broker:
            found["BROKER_URL"] = f"redis://{HOST}:{self.broker}/0"
        if self.mail:
            found["EMAIL_URL"] = f"smtp://{HOST}:{self.mail}"
        return found


def read_ports(var: Path) -> Ports | None:
    """The ports of the last start, or None before the first one (or when the file is damaged)."""
    try:
        return Ports(**json.loads((var / "run.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write_ports(var: Path, ports: Ports) -> None:
    draft = var / "run.json.new"
    draft.write_text(json.dumps(asdict(ports)) + "\n")
    draft.replace(var / "run.json")


def recorded_environment(var: Path) -> dict[str, str]:
    ports = read_ports(var)
    return ports.environment() if ports else {}
