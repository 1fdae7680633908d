"""The walls around the child: memory, processor time, no core file, no network, no further program.

The limits of the kernel come first. On Linux a filter on system calls (seccomp) refuses sockets and new
programs also to native libraries; the audit hook refuses the same to Python code on every system.

A program that we start for a stranger's bytes gets the same, but that it may begin: it may start no process beside it.
"""

import ctypes
import platform
import resource
import struct
import sys
from collections.abc import Mapping

LARGEST_FILE = 32 * 1024 * 1024  # the fonts that a PDF embeds are written to the child's own folder
FORBIDDEN_EVENTS = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "pty.",
)

AUDIT_NUMBERS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# The numbers of system calls by architecture. Network and the ways around a filter: socket, connect, ptrace,
# io_uring_setup. Programs: execve, execveat. Processes: clone, clone3, and where they exist fork and vfork.
NETWORK = {"x86_64": (41, 42, 101, 425), "aarch64": (198, 203, 117, 425)}
PROGRAMS = {"x86_64": (59, 322), "aarch64": (221, 281)}
PROCESSES = {"x86_64": (56, 435, 57, 58), "aarch64": (220, 435)}
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 1  # 1 is EPERM
X32_CALLS = 0x40000000


def raise_walls(*, memory: int) -> None:  # pragma: no cover - runs in the child only
    """Close the child in, for good. `memory` is its whole address space in bytes."""
    _limit(memory)
    sys.addaudithook(_refuse_forbidden_events)
    _filter_system_calls(NETWORK, PROGRAMS)


def raise_walls_for_a_program(*, memory: int, seconds: int) -> None:  # pragma: no cover - runs in the launcher only
    """Close this process in before it becomes a program: it starts no other process and reaches no network."""
    _limit(memory)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    _filter_system_calls(NETWORK, PROCESSES)


def _limit(memory: int) -> None:  # pragma: no cover - runs in the child only
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def allow_processor_time(seconds: int) -> None:  # pragma: no cover - runs in the child only
    """Let this process run so many seconds more of processor time; then the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))


def _refuse_forbidden_events(event: str, _arguments: tuple[object, ...]) -> None:  # pragma: no cover
    if event.startswith(FORBIDDEN_EVENTS):
        raise PermissionError(f"{event} is not for the confined child.")


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def _filter_system_calls(*refused: Mapping[str, tuple[int, ...]]) -> None:  # pragma: no cover - runs in the child only
    """Install the filter. A system, kernel or architecture without it keeps the other walls."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in AUDIT_NUMBERS:
        return
    architecture, calls = AUDIT_NUMBERS[machine], [call for calls in refused for call in calls[machine]]
    steps = [(LOAD, 0, 0, 4), (JUMP_IF_EQUAL, 0, len(calls) + 3, architecture), (LOAD, 0, 0, 0)]
    steps.append((JUMP_IF_AT_LEAST, len(calls) + 1, 0, X32_CALLS))
    steps += [(JUMP_IF_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    packed = b"".join(struct.pack("=HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
