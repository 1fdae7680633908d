"""Closes itself in and becomes a program: `python -m vendors.confinement.walled MEMORY SECONDS PROGRAM ARGUMENT…`.

Started by `vendors.confinement.programs` with an environment that holds no secret.
"""

import os
import sys

from vendors.confinement.walls import raise_walls_for_a_program

if __name__ == "__main__":  # pragma: no cover - runs as a process of its own only
    memory, seconds, *command = sys.argv[1:]
    raise_walls_for_a_program(memory=int(memory), seconds=int(seconds))
    os.execv(command[0], command)  # noqa: S606 - no shell; no word of it comes from outside
