"""Makes the Python environment in `.venv` from a lock, once: a stamp with the lock's hash says so.

    python requirements/install.py base     what the product runs on
    python requirements/install.py dev      and what its tests need on top

Nothing but the standard library, and no name of a package index: pip asks the one this machine is set up for.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import system

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ("base", "dev")
OLDEST, NEWEST = (3, 11), (3, 13)


class CannotInstall(Exception):
    """Says in one sentence what is missing and what to type."""


def stamp_of(lock: str) -> Path:
    content = (HERE / f"{lock}.txt").read_bytes()
    return VENV / f".stamp-{hashlib.sha256(content).hexdigest()[:16]}"


def is_installed(lock: str) -> bool:
    """The dev lock holds the base lock: its stamp serves both. A moved tree starts anew."""
    stamps = [stamp_of(wider) for wider in LOCKS[LOCKS.index(lock) :]]
    return PYTHON.exists() and any(stamp.exists() and stamp.read_text() == str(ROOT) for stamp in stamps)


def works() -> bool:
    """Whether `.venv` holds a Python of the right age with pip in it, made for this folder."""
    if not PYTHON.exists() or any(stamp.read_text() != str(ROOT) for stamp in VENV.glob(".stamp-*")):
        return False
    question = f"import pip, sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    return subprocess.run([PYTHON, "-c", question], capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """Makes `.venv`, after Debian's separate package for that where it is absent.

    Raises CannotInstall naming the command when the module is missing and we may not install it.
    """
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if Path("/usr/bin/python3").resolve() == Path(sys.executable).resolve():
            package = "python3-venv"
        if not (system.root_on_debian() and system.install_packages((package,))):
            raise CannotInstall(
                "This Python cannot make an environment. Install the module for it: "
                f"sudo {system.apt_command((package,))}"
            )
    if VENV.is_symlink():
        VENV.unlink()  # emptying it would empty the environment of another folder
    print(f"Making .venv with Python {sys.version.split()[0]} …", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False).returncode:
        raise CannotInstall("Python could not make .venv. Its reason stands above.")


def install(lock: str) -> None:
    """Installs a lock by its hashes: with uv where it is at hand, else with pip. Raises CannotInstall.

    The lock names every package there is, so nothing is resolved again: an older pip would take a release that came
    after the lock for a package that another asks for with an extra, and refuse it for having no hash.
    """
    uv = shutil.which("uv")
    file = str(HERE / f"{lock}.txt")
    exactly = ["--require-hashes", "--no-deps", "-r", file]
    if uv:
        command = [uv, "pip", "install", "--python", str(PYTHON), "--quiet", *exactly]
    else:
        quietly = ["--no-input", "--quiet", "--quiet", "--disable-pip-version-check"]
        command = [str(PYTHON), "-m", "pip", "install", *quietly, *exactly]
    print("Installing Python packages, about half a minute …", flush=True)
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        raise CannotInstall("The packages were not installed. The reason stands above. Run make again when it is gone.")


def main(lock: str) -> None:
    """Leaves a working `.venv` with this lock installed. Two at once wait for each other."""
    if is_installed(lock):
        return
    with_lock = os.open(HERE, os.O_RDONLY)
    fcntl.flock(with_lock, fcntl.LOCK_EX)
    if is_installed(lock):
        return
    started = time.monotonic()
    if not works():
        make_environment()
    for old in VENV.glob(".stamp-*"):
        old.unlink()
    install(lock)
    stamp_of(lock).write_text(str(ROOT))
    print(f"Packages ready after {time.monotonic() - started:.0f} s.", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit(f"usage: python requirements/install.py {' | '.join(LOCKS)}")
    try:
        main(sys.argv[1])
    except CannotInstall as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit(130)
