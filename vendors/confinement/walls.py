"""The walls around the child: memory, processor time, no core file, no network, no further program.

The limits of the kernel come first. On Linux a filter on system calls (seccomp) refuses sockets and new
programs also to native libraries; the audit hook refuses the same to Python code on every system.
"""

import ctypes
import platform
import resource
import struct
import sys

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

# By architecture: its audit number, then the calls socket, connect, execve, execveat, ptrace, io_uring_setup.
FILTERED_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 425)),
}
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 1  # 1 is EPERM
X32_CALLS = 0x40000000


def raise_walls(*, memory: int) -> None:  # pragma: no cover - runs in the child only
    """Close the child in, for good. `memory` is its whole address space in bytes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    sys.addaudithook(_refuse_forbidden_events)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        _filter_system_calls()


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


def _filter_system_calls() -> None:  # pragma: no cover - runs in the child only
    """Install the filter. A kernel or architecture without it keeps the other walls."""
    if platform.machine() not in FILTERED_CALLS:
        return
    architecture, calls = FILTERED_CALLS[platform.machine()]
    steps = [(LOAD, 0, 0, 4), (JUMP_IF_EQUAL, 0, len(calls) + 3, architecture), (LOAD, 0, 0, 0)]
    steps.append((JUMP_IF_AT_LEAST, len(calls) + 1, 0, X32_CALLS))
    steps += [(JUMP_IF_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    packed = b"".join(struct.pack("=HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
