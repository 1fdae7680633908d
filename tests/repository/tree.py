"""The files of the repository, for the tests that read them."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OURS_THOUGH_HIDDEN = {".ci", ".dockerignore", ".gitignore"}


@cache
def files() -> tuple[Path, ...]:
    """Every file tracked or about to be; without git (an unpacked archive) every one that is ours."""
    found = _known_to_git()
    if found is None:
        found = {path for path in ROOT.rglob("*") if _is_ours(path.relative_to(ROOT).parts)}
    return tuple(sorted(path for path in found if path.is_file() and path.suffix != ".pyc"))


def _known_to_git() -> set[Path] | None:
    """None where there is no git, or no repository of ours."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        return None
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return {ROOT / name for name in listing.stdout.split("\0") if name} if listing.returncode == 0 else None


def _is_ours(parts: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(".") and part not in OURS_THOUGH_HIDDEN for part in parts)
    return not hidden and parts[0] != "var"


def texts() -> dict[str, str]:
    """The text of each file that is text, by its path in the repository."""
    found = {}
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content:
            found[path.relative_to(ROOT).as_posix()] = content.decode("utf-8", "replace")
    return found


def modules(app: str) -> dict[str, Path]:
    """The Python modules of an app by dotted name, migrations left out."""
    found = {}
    for path in files():
        relative = path.relative_to(ROOT)
        if path.suffix == ".py" and relative.parts[0] == app and "migrations" not in relative.parts:
            found[".".join(relative.with_suffix("").parts).removesuffix(".__init__")] = path
    return found
