"""The only files a page may name: those that lie in this package, by the private scheme `packaged:`.

Everything else is refused before anything is opened: file:, http:, data:, and names that only look packaged.
"""

from pathlib import Path

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "packaged:"
FOLDER = Path(__file__).resolve().parent
CONTENT_TYPES = {".css": "text/css", ".woff2": "font/woff2"}
NAMES = frozenset(
    path.relative_to(FOLDER).as_posix() for path in (*FOLDER.glob("*.css"), *FOLDER.glob("fonts/*.woff2"))
)


def packaged_bytes(name: str) -> bytes:
    """The content of a packaged file. Raises ValueError for any other name."""
    if name not in NAMES:
        raise ValueError("This is no packaged file.")
    return (FOLDER / name).read_bytes()


class PackagedFilesOnly(URLFetcher):
    """WeasyPrint's fetcher, without any of its ways to the disk or the network."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(SCHEME.rstrip(":"),), allow_redirects=False)
        self.handlers.clear()
        self.handle_open.clear()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        """A packaged file, or ValueError. WeasyPrint then goes on without what was asked for."""
        name = url.removeprefix(SCHEME)
        if name == url:
            raise ValueError("Only packaged files may be named.")
        content = packaged_bytes(name)
        return URLFetcherResponse(url, content, {"Content-Type": CONTENT_TYPES[Path(name).suffix]})
