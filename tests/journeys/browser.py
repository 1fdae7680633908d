"""People at their browsers. Each has one of their own, and every page they stop at is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Download, Page, Response, expect

from tests.journeys.house import link_in
from tests.smtp import Received

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PASSWORD = "quiet river under seven bridges"
PATIENCE_MS = 20_000

Values = dict[str, Any]


class Seat:
    """One person's browser at one address. A picture of each page looked at is kept in var/test/pages.

    judges  whether pages are looked at: once is enough where a story is told on two databases
    """

    def __init__(
        self,
        browser: Browser,
        base: str,
        *,
        faults: list[str],
        viewport: dict[str, int] = DESK,
        scripts: bool = True,
        state: Any = None,
        judges: bool = True,
    ) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=base, viewport=viewport, java_script_enabled=scripts, storage_state=state, locale="en-GB"
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.base = base
        self.browser = browser
        self.width = viewport["width"]
        self.judges = judges
        self.faults = faults
        self.complaints: list[str] = []
        self.seen: dict[str, str] = {}  # the address of each page looked at, by the name it was given
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def go(self, path: str) -> None:
        self.page.goto(path)

    def follow(self, letter: Received, path: str) -> None:
        """Click the link of this letter that leads there."""
        self.page.goto(link_in(letter, path))

    def sign_in(self, email: str) -> None:
        """Through the sign-in page, wherever it stands in the way."""
        if "/account/login/" not in self.page.url:
            self.go("/account/login/")
        self.fill({"login": email, "password": PASSWORD})
        self.press("Sign in")
        self.page.wait_for_url(lambda url: "/account/login/" not in url)

    def prove_password(self) -> None:
        self.fill({"password": PASSWORD})
        self.press("Go on")

    def on_a_phone(self) -> "Seat":
        """The same person, still signed in, with a phone in hand."""
        state = self.context.storage_state()
        return Seat(self.browser, self.base, faults=self.faults, viewport=PHONE, state=state, judges=self.judges)

    def leave(self) -> None:
        self.context.close()

    @contextmanager
    def slow_line(self, bytes_a_second: int = 60_000) -> Iterator[None]:
        """A hotel's network: a file takes a while to leave."""
        line = self.context.new_cdp_session(self.page)
        limits = {"offline": False, "latency": 0, "downloadThroughput": -1}
        line.send("Network.emulateNetworkConditions", {**limits, "uploadThroughput": bytes_a_second})
        yield
        line.send("Network.emulateNetworkConditions", {**limits, "uploadThroughput": -1})

    def press(self, name: str, *, within: str = "main") -> None:
        """Press the button, or follow the link, with exactly this name; the first where a page has two."""
        part = self.page.locator(within)
        button = part.get_by_role("button", name=name, exact=True)
        button.or_(part.get_by_role("link", name=name, exact=True)).first.click()

    def fill(self, values: Values, *, within: str = "main") -> None:
        """Fill fields by name, as a person does: type, choose, tick. `within` is the selector of one form."""
        for name, value in values.items():
            field = self.page.locator(within).locator(f'[name="{name}"]:not([type=hidden])')
            kind = field.first.evaluate("each => each.type")
            if kind in {"checkbox", "radio"}:
                self._tick(name, value)
            elif kind == "select-one":
                field.select_option(str(value))
            else:
                field.fill(str(value))

    def _tick(self, name: str, value: Any) -> None:
        if value is True:
            self.page.locator(f'[name="{name}"]').check()
        for each in value if isinstance(value, list) else [] if value is True else [value]:
            self.page.locator(f'[name="{name}"][value="{each}"]').check()

    def choose(self, name: str, words: str) -> None:
        """Choose the option of a list that begins with these words."""
        option = self.page.locator(f'select[name="{name}"] option').filter(has_text=words).first
        self.page.locator(f'select[name="{name}"]').select_option(option.get_attribute("value"))

    def reads(self, *words: str) -> None:
        """These words stand in the page's main part."""
        for each in words:
            expect(self.page.locator("main").get_by_text(each).first).to_be_visible(timeout=PATIENCE_MS)

    def heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words, timeout=PATIENCE_MS)

    def look(self, name: str) -> None:
        """axe finds nothing, no script and no policy complains, nothing hangs out at the side.

        What is found goes into `faults` and the story goes on: one run shows what is wrong on every page.
        """
        self.page.wait_for_load_state("load")
        self.seen[name] = self.page.url
        if self.judges:
            self._judge(name)
        self.fits(name)

    def _judge(self, name: str) -> None:
        keep = Path(settings.VAR) / "test" / "pages"
        keep.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=keep / f"{name}-{self.width}.png", full_page=True)
        for each in Axe().run(self.page).response["violations"]:
            where = ", ".join(node["html"][:160] for node in each["nodes"][:3])
            self.faults.append(f"{name}: {each['id']} at {where}")

    def fits(self, name: str) -> None:
        """The page does not scroll sideways, and nothing on it complained."""
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            self.faults.append(f"{name} is {wider} px wider than a screen of {self.width} px")
        self.faults += [f"{name}: {each}" for each in self.complaints]
        self.complaints.clear()

    def download(self, name: str) -> bytes:
        """Press this button and return the file that comes."""
        with self.page.expect_download() as coming:
            self.press(name)
        return downloaded(coming.value)


def downloaded(download: Download) -> bytes:
    return Path(download.path()).read_bytes()
