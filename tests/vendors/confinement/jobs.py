"""What a hostile or unlucky job does. Each runs in a confined child of the tests only."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from vendors.confinement.errors import JobRefused

Answer = tuple[dict[str, Any], bytes]


def echo(params: dict[str, Any], data: bytes) -> Answer:
    print("a library says something on standard output")
    return {"params": params, "pid": os.getpid()}, data


def sleep(params: dict[str, Any], _data: bytes) -> Answer:
    time.sleep(params["seconds"])
    return {}, b""


def spin(_params: dict[str, Any], _data: bytes) -> Answer:
    while True:
        pass


def abort(_params: dict[str, Any], _data: bytes) -> Answer:
    os.kill(os.getpid(), signal.SIGSEGV)
    return {}, b""


def take_memory(params: dict[str, Any], _data: bytes) -> Answer:
    return {}, b"x" * params["bytes"]


def refuse(_params: dict[str, Any], _data: bytes) -> Answer:
    raise JobRefused("password", "It asks for a password.")


def fail(_params: dict[str, Any], data: bytes) -> Answer:
    raise ValueError(f"the document says {data.decode()}")


def surroundings(_params: dict[str, Any], _data: bytes) -> Answer:
    return {"environment": dict(os.environ), "arguments": sys.argv}, b""


def litter(_params: dict[str, Any], _data: bytes) -> Answer:
    folder = Path(os.environ["TMPDIR"])
    (folder / "left behind").write_text("x")
    return {"folder": str(folder)}, b""


def write_much(_params: dict[str, Any], _data: bytes) -> Answer:
    with open(Path(os.environ["TMPDIR"]) / "much", "wb") as file:
        file.truncate(200 * 1024 * 1024)
    return {}, b""


def reach_out(params: dict[str, Any], _data: bytes) -> Answer:
    """Each way out, and what came of it."""
    port = params["port"]
    native = ctypes.CDLL(None, use_errno=True)
    ways = {
        "socket": lambda: socket.create_connection(("127.0.0.1", port), timeout=2),
        "program": lambda: subprocess.run(["/bin/true"], check=True),
        "shell": lambda: os.system("true"),
        "exec": lambda: os.execv("/bin/true", ["true"]),
        "native socket": lambda: _native(native.socket(socket.AF_INET, socket.SOCK_STREAM, 0)),
        "native program": lambda: _native(native.execv(b"/bin/true", None)),
    }
    return {name: _outcome(way) for name, way in ways.items()}, b""


def _native(answer: int) -> None:
    if answer < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _outcome(way: Any) -> str:
    try:
        way()
    except PermissionError:
        return "refused"
    return "open"
