"""The system libraries behind PDFs. Without them Countersign works on, and memos wait as "PDF pending"."""

import ctypes
import ctypes.util

PDF_LIBRARIES = ("libpango-1.0", "libpangoft2-1.0", "libharfbuzz-subset")
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")
INSTALL_PDF_LIBRARIES = f"apt-get install -y --no-install-recommends {' '.join(PDF_PACKAGES)}"


def missing_libraries(wanted: tuple[str, ...] = PDF_LIBRARIES) -> list[str]:
    """Those libraries that the dynamic linker does not find, under their names on Linux and macOS."""
    return [library for library in wanted if not _loads(library)]


def _loads(library: str) -> bool:
    found = ctypes.util.find_library(library.removeprefix("lib"))
    for name in (f"{library}.so.0", f"{library}.0.dylib", f"{library}.dylib", found):
        if name:
            try:
                ctypes.CDLL(name)
            except OSError:
                continue
            return True
    return False
