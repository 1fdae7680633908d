"""The Dockerfile's steps without Docker: a debootstrap of Debian 12 in var/soak, and commands run inside of it.

Where packages come from stands in no file: apt's mirror and pip's index are those this machine is set up for.
"""

import json
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.repository.test_containers import instructions
from tests.repository.tree import ROOT

RELEASE = "bookworm"
# Where a RUN sees what pip of this machine is told to look at.
HOST = "/mnt/of-the-host"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class CannotReplay(Exception):
    """Says what this machine lacks, and the command that ends it."""


def check_this_machine() -> None:
    """Raises CannotReplay."""
    if os.geteuid() != 0:
        raise CannotReplay("A chroot needs root. To run it: sudo make soak")
    if not shutil.which("debootstrap"):
        raise CannotReplay("debootstrap is missing. To run it: apt-get install -y debootstrap")


@dataclass
class Image:
    """A file system with what the last stage of a Dockerfile says about the processes in it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    workdir: str = "/"
    user: str = "0"
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def inside(self, command: list[str], environment: dict[str, str], *, binds: tuple[Path, ...] = ()) -> list[str]:
        """The command line that runs this in the image: own mounts and processes, the image's user, no capabilities.

        What `binds` names is seen under HOST inside.
        """
        dev = f"{self.folder}/dev"
        mounts = [f"mount --bind /dev {dev}", f"mount --bind /dev/pts {dev}/pts"]
        mounts.append(f"mount -t tmpfs -o mode=1777,size=64m shm {dev}/shm")
        for bind in binds:
            there = f"{self.folder}{HOST}{bind}"
            make = f"mkdir -p {there}" if bind.is_dir() else f"mkdir -p $(dirname {there}) && touch {there}"
            mounts.append(f"{make} && mount --bind {bind} {there}")
        values = [f"{name}={value}" for name, value in {**self.environment, **environment}.items()]
        rights = ["setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--clear-groups"]
        rights += ["--reuid", self.user, "--regid", self.user] if self.user != "0" else []
        as_user = rights if self.user != "0" else []
        inside = ["chroot", str(self.folder), *as_user, "env", "--ignore-environment", *values]
        inside += ["sh", "-c", f"cd {self.workdir} && exec {shlex.join(command)}"]
        script = "; ".join([*mounts, f"exec {shlex.join(inside)}"])
        return [
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            f"--mount-proc={self.folder}/proc",
            "sh",
            "-c",
            script,
        ]

    def run(self, line: str) -> None:
        """One RUN."""
        binds, pip = pips_settings()
        done = subprocess.run(
            self.inside(["sh", "-c", line], {**pip, "DEBIAN_FRONTEND": "noninteractive"}, binds=binds),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotReplay(f"RUN {line}\n{(done.stdout + done.stderr)[-3000:]}")


def pips_settings() -> tuple[tuple[Path, ...], dict[str, str]]:
    """What pip is told on this machine, as environment, and the files and folders that it names."""
    told = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    listed = subprocess.run(["pip3", "config", "list"], capture_output=True, text=True, check=False, cwd="/").stdout
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        if name.startswith("global."):
            key = "PIP_" + name.removeprefix("global.").upper().replace("-", "_")
            told.setdefault(key, " ".join(shlex.split(value)))
    words = {word for value in told.values() for word in value.split()}
    named = {word: Path(word.removeprefix("file://")) for word in words}
    files = {word: path for word, path in named.items() if path.is_absolute() and path.exists()}
    inside = {word: word.replace(str(path), f"{HOST}{path}") for word, path in files.items()}
    told = {name: " ".join(inside.get(word, word) for word in value.split()) for name, value in told.items()}
    # An index of folders leads from one of them to the next: the whole of it is needed.
    roots = {Path(*path.parts[:3]) if path.is_dir() else path for path in files.values()}
    return tuple(roots), told


def build(folder: Path) -> Image:
    """Follow the Dockerfile, instruction by instruction. Raises CannotReplay."""
    check_this_machine()
    debian = _debian(folder / "debian")
    stages: dict[str, Image] = {}
    image = Image(debian)
    for word, rest in instructions():
        if word == "FROM":
            name = rest.split(" AS ")[1] if " AS " in rest else "image"
            image = stages[name] = Image(_copy_of(debian, folder / name))
        else:
            print(f"  {word} {rest[:100]}", flush=True)
            _follow(image, word, rest, stages)
    return image


def _follow(image: Image, word: str, rest: str, stages: dict[str, Image]) -> None:
    if word == "RUN":
        image.run(rest)
    elif word == "COPY":
        _follow_copy(image, rest, stages)
    elif word == "ENV":
        for pair in shlex.split(rest):
            name, _, value = pair.partition("=")
            image.environment[name] = value.replace("$PATH", image.environment["PATH"])
    elif word == "WORKDIR":
        image.workdir = rest
        (image.folder / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
    elif word in {"USER", "CMD", "HEALTHCHECK"}:
        _note(image, word, rest)
    elif word != "EXPOSE":
        raise CannotReplay(f"{word} is an instruction this replay does not know: teach it.")


def _note(image: Image, word: str, rest: str) -> None:
    if word == "USER":
        image.user = rest
    elif word == "CMD":
        image.command = json.loads(rest)
    else:
        image.health = json.loads(rest.split("CMD", 1)[1])


def _follow_copy(image: Image, rest: str, stages: dict[str, Image]) -> None:
    *sources, target = rest.split()
    root = stages[sources.pop(0).removeprefix("--from=")].folder if rest.startswith("--from=") else ROOT
    for source in sources:
        _copy(root / source.lstrip("/"), _place(image, target), only_one=len(sources) == 1)


def _place(image: Image, target: str) -> Path:
    place = image.folder / (target if target.startswith("/") else f"{image.workdir}/{target}").lstrip("/")
    return place / "" if target.endswith("/") else place


def _copy(source: Path, target: Path, *, only_one: bool) -> None:
    """As COPY does: a folder's content into the target, files into a folder or under the target's name."""
    if source.is_dir():
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True, ignore=ignore)
    else:
        into_folder = not only_one or target.is_dir()
        shutil.copy2(source, target / source.name if into_folder else target)


def _debian(folder: Path) -> Path:
    """A minimal Debian, made once and kept."""
    done = folder.with_suffix(".done")
    if done.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    print(f"  debootstrap {RELEASE}, some minutes", flush=True)
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", RELEASE, str(folder), mirror()],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise CannotReplay(f"debootstrap failed:\n{(made.stdout + made.stderr)[-2000:]}")
    done.touch()
    return folder


def mirror() -> str:
    """Where apt of this machine finds that release. Raises CannotReplay."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(RELEASE) $(REPO_URI)", "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    for line in listed.splitlines():
        release, _, address = line.partition(" ")
        if release == RELEASE:
            return address
    raise CannotReplay(f"apt of this machine knows no mirror of {RELEASE}. Add one and run apt-get update.")


def _copy_of(debian: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["cp", "--archive", "--reflink=auto", str(debian), str(folder)], check=True)
    for file in ("resolv.conf", "hosts"):
        shutil.copy(f"/etc/{file}", folder / "etc" / file)
    for proxy in Path("/etc/apt/apt.conf.d").glob("*proxy*"):
        shutil.copy(proxy, folder / "etc/apt/apt.conf.d")
    return folder
