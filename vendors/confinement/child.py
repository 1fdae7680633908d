"""The confined child: `python -m vendors.confinement.child MEMORY JOB…`.

Reads a request, runs the named function, writes the answer, and waits for the next. Started by
`vendors.confinement.resident` with an environment that holds no secret. Libraries load when a job first asks.

A job is a function `(params, data) -> (result, data)`; it may raise JobRefused for what it expects.
"""

import importlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from vendors.confinement.errors import JobRefused
from vendors.confinement.frames import frame, read_request
from vendors.confinement.walls import allow_processor_time, raise_walls

Job = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]


def main(memory: int, allowed: frozenset[str]) -> None:  # pragma: no cover - runs in the child only
    """Answer requests until the parent closes the pipe, or a job ran out of memory: what is left is torn."""
    requests, answers = _pipes_of_our_own()
    raise_walls(memory=memory)

    def read_exactly(count: int) -> bytes:
        content = requests.read(count)
        if len(content) != count:
            raise EOFError
        return content

    torn = False
    while not torn:
        try:
            message, data = read_request(read_exactly)
        except EOFError:
            # The parent is gone, perhaps killed: nobody else will tidy up.
            shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
            return
        allow_processor_time(message["seconds"])
        answer, result = _run(message, data, allowed)
        del data
        torn = answer.get("failed") == "memory"
        answers.write(frame(json.dumps(answer).encode()) + frame(result))
        answers.flush()


def _run(message: dict[str, Any], data: bytes, allowed: frozenset[str]) -> tuple[dict[str, Any], bytes]:
    try:
        result, content = _function(message["job"], allowed)(message["params"], data)
    except JobRefused as refusal:
        return {"failed": refusal.code, "sentence": refusal.sentence}, b""
    except MemoryError:
        return {"failed": "memory"}, b""
    except Exception as error:
        return {"failed": "error", "error": _where(error)}, b""
    return {"result": result}, content


def _function(name: str, allowed: frozenset[str]) -> Job:
    if name not in allowed:
        raise PermissionError(f"{name} is not on the list of jobs.")
    module, _, function = name.partition(":")
    job: Job = getattr(importlib.import_module(module), function)
    return job


def _where(error: Exception) -> str:
    """The error's kind and place. Never its text: it may quote the document."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


def _pipes_of_our_own() -> tuple[BinaryIO, BinaryIO]:  # pragma: no cover - runs in the child only
    """Take the pipes away from standard input and output, where a library might print."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, answers


if __name__ == "__main__":  # pragma: no cover - runs in the child only
    main(int(sys.argv[1]), frozenset(sys.argv[2:]))
