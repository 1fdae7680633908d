"""The long campaigns in full, of which the tests run seeded samples: `python -m tests.soak.in_full`."""

import os
import subprocess
import sys

from tests.parts import NOT_OURS
from tests.repository.tree import ROOT

SHOWN = ("-q", "--tb=short", "-rs")


def main() -> int:
    """Runs every test marked `sampled` with its full amount. Returns pytest's exit code."""
    print("\nThe long campaigns, in full:", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *SHOWN, "-m", "sampled"]
    ours = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    ours |= {"COUNTERSIGN_MODE": "test", "COUNTERSIGN_SOAK": "full"}
    return subprocess.run(command, cwd=ROOT, env=ours, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
