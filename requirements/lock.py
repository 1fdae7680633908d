"""Resolves base.in and dev.in into the hashed locks: for every fitting Python, without an index's name.

    python requirements/lock.py [--upgrade]

A maintainer's tool: it needs uv on the path. Who installs from the locks needs pip only.
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESOLVE = ["pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
SILENT = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]


def resolve(lock: str, *extra: str) -> None:
    """Writes one lock beside its `.in` file; pins that still fit stay, unless an upgrade was asked for."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("uv resolves the locks and is not on the path. Install it: python3 -m pip install --user uv")
    command = [uv, *RESOLVE, *SILENT, *extra, f"{lock}.in", "--output-file", f"{lock}.txt"]
    if subprocess.run(command, cwd=HERE, stdin=subprocess.DEVNULL, check=False).returncode:
        sys.exit(f"{lock}.txt stays as it was. uv's reason stands above.")
    print(f"requirements/{lock}.txt is resolved.")


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--upgrade"]):
        sys.exit("usage: python requirements/lock.py [--upgrade]")
    resolve("base", *sys.argv[1:])
    # What the product runs on is tested with exactly the releases it ships with.
    resolve("dev", "--constraints", "base.txt", *sys.argv[1:])
