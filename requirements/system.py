"""What Countersign needs from the operating system, by purpose, and how a Debian gets it.

    python requirements/system.py pdf browser postgres ocr

Installs what is missing where this process is root on a Debian; elsewhere it prints the command and goes on.
Exit 0 when everything asked for is there, 1 when something is not. Nothing but the standard library:
this runs before the packages of Python are installed.
"""

import ctypes
import ctypes.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PDF_LIBRARIES = ("libpango-1.0", "libpangoft2-1.0", "libharfbuzz-subset")
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")
# Playwright brings its own Node, and that one needs libatomic.
# Chromium without windows takes a fifth less of the machine than the whole one, which not every Debian has beside it.
BROWSER_PACKAGES = (("chromium-headless-shell", "libatomic1"), ("chromium", "libatomic1"))
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
OCR_PACKAGES = ("tesseract-ocr",)
POSTGRES_ROLE = "countersign"
POSTGRES_PORT = 5432


def loads(library: str) -> bool:
    """Whether the dynamic linker finds this library, under the names of Linux and of macOS."""
    found = ctypes.util.find_library(library.removeprefix("lib"))
    for name in (f"{library}.so.0", f"{library}.so.1", f"{library}.0.dylib", f"{library}.dylib", found):
        if name:
            try:
                ctypes.CDLL(name)
            except OSError:
                continue
            return True
    return False


def has_pdf_libraries() -> bool:
    return all(loads(library) for library in PDF_LIBRARIES)


def browser() -> str | None:
    """The Chromium for the browser tests: `CHROMIUM`, one on the path, or the one Playwright fetched."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return path
    caches = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
    cache = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    for folder in (Path(cache),) if cache else caches:
        for pattern in ("chromium-*/chrome-*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"):
            fetched = sorted(folder.glob(pattern))
            if fetched:
                return str(fetched[-1])
    return None


def can_drive_a_browser() -> bool:
    return browser() is not None and (sys.platform != "linux" or loads("libatomic"))


def can_recognise() -> bool:
    return shutil.which("tesseract") is not None


def answers(port: int) -> bool:
    """Whether something on this machine listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def root_on_debian() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_command(packages: tuple[str, ...]) -> str:
    return f"apt-get install -y --no-install-recommends {' '.join(packages)}"


def install_packages(packages: tuple[str, ...]) -> bool:
    """Installs Debian packages quietly; says what it does, and shows apt's words only when it fails.

    The lists of packages are fetched only when the first try does not find one: most machines have them.
    """
    print(f"Installing {' '.join(packages)} …", flush=True)
    # A PostgreSQL that is installed under the locale C would keep its texts as ASCII.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    # Python's packages may need one of Debian's meanwhile: whoever comes second waits.
    install = [*apt_command(packages).split(), "-o", "DPkg::Lock::Timeout=300"]
    said = ""
    for command in (install, ["apt-get", "update"], install):
        result = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        said = result.stdout + result.stderr
        if command is install and result.returncode == 0:
            return True
    print(said[-2000:], file=sys.stderr)
    return False


def start_postgres() -> bool:
    """Starts Debian's clusters that are down (a container has no service manager) and lets the tests in.

    The role belongs to the tests of this machine: it may make and drop its own databases.
    Returns whether a server answers.
    """
    if not shutil.which("pg_ctlcluster") and not answers(POSTGRES_PORT):
        install_packages(("postgresql",))
    if shutil.which("pg_lsclusters"):
        listing = subprocess.run(["pg_lsclusters", "-h"], capture_output=True, text=True, check=False).stdout
        for line in listing.splitlines():
            version, name, _port, state = line.split()[:4]
            if state.startswith("down"):
                subprocess.run(["pg_ctlcluster", version, name, "start"], check=False)
    for _ in range(40):
        if answers(POSTGRES_PORT):
            break
        time.sleep(0.25)
    let_the_tests_in()
    return answers(POSTGRES_PORT)


def let_the_tests_in() -> None:
    if not shutil.which("runuser") or not shutil.which("psql"):
        return
    psql = ["runuser", "-u", "postgres", "--", "psql", "-p", str(POSTGRES_PORT), "-tAXq", "-c"]
    question = f"SELECT 1 FROM pg_roles WHERE rolname = '{POSTGRES_ROLE}'"
    known = subprocess.run([*psql, question], capture_output=True, text=True, check=False, cwd="/")
    if known.returncode == 0 and not known.stdout.strip():
        make = f"CREATE ROLE {POSTGRES_ROLE} LOGIN CREATEDB PASSWORD '{POSTGRES_ROLE}'"
        subprocess.run([*psql, make], check=False, cwd="/")


@dataclass(frozen=True)
class Need:
    """One purpose: what for, when it is met, how root on a Debian gets it, the command for everybody else."""

    what_for: str
    met: Callable[[], bool]
    get: Callable[[], bool]
    command: str


NEEDS = {
    "pdf": Need(
        what_for="PDFs of memos and certificates",
        met=has_pdf_libraries,
        get=lambda: install_packages(PDF_PACKAGES) and has_pdf_libraries(),
        command=f"sudo {apt_command(PDF_PACKAGES)}" if shutil.which("apt-get") else "brew install pango",
    ),
    "browser": Need(
        what_for="the browser tests",
        met=can_drive_a_browser,
        get=lambda: any(map(install_packages, BROWSER_PACKAGES)) and can_drive_a_browser(),
        command=f"sudo {apt_command(BROWSER_PACKAGES[-1])}"
        if shutil.which("apt-get")
        else ".venv/bin/playwright install chromium",
    ),
    "postgres": Need(
        what_for="the PostgreSQL tests",
        met=lambda: bool(os.environ.get("TEST_POSTGRES_URL")),
        get=start_postgres,
        command="sudo make machine" if shutil.which("apt-get") else "TEST_POSTGRES_URL=… make test",
    ),
    "ocr": Need(
        what_for="the tests that read pictures of pages",
        met=can_recognise,
        get=lambda: install_packages(OCR_PACKAGES) and can_recognise(),
        command=f"sudo {apt_command(OCR_PACKAGES)}" if shutil.which("apt-get") else "brew install tesseract",
    ),
}


def provide(purpose: str) -> bool:
    """Makes one purpose possible, or says how a person can. True when it is possible now."""
    need = NEEDS[purpose]
    if need.met() or (root_on_debian() and need.get()):
        return True
    print(f"Pending: {need.what_for}. Install what is missing with: {need.command}", flush=True)
    return False


def main(purposes: list[str]) -> int:
    if not purposes or not set(purposes) <= set(NEEDS):
        print(f"usage: python requirements/system.py {' | '.join(NEEDS)} …", file=sys.stderr)
        return 2
    provided = [provide(purpose) for purpose in purposes]
    return 0 if all(provided) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
