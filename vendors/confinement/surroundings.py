"""What a confined process finds around it: where libraries are, folders of its own, and nothing else."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


def clean_environment(*, scratch: Path, cache: Path) -> dict[str, str]:
    """Nothing of ours but where libraries are found: no key, no address of a database, no secret.

    scratch  the folder that is removed with the process; `cache` one that stays for the next
    """
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(PROJECT),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "XDG_CACHE_HOME": str(cache),
    }
