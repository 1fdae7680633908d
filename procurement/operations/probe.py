"""Does the web process of this container live? Run as a file by Docker's HEALTHCHECK: no Django, no package."""

import http.client
import os
import sys
from urllib.parse import urlsplit


def lives(port: int, base_url: str) -> bool:
    """Asks /healthz the way the proxy in front would, so that host and scheme are the expected ones."""
    address = urlsplit(base_url)
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        web.request("GET", "/healthz", headers={"Host": address.netloc, "X-Forwarded-Proto": address.scheme})
        return web.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        web.close()


if __name__ == "__main__":
    sys.exit(0 if lives(8000, os.environ["BASE_URL"]) else 1)
