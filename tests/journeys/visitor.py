"""A person at a browser without scripts: opens pages, fills in forms as they stand there, follows what comes."""

import http.cookiejar
import mimetypes
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

PATIENCE_SECONDS = 60
Values = dict[str, Any]


class Unexpected(Exception):
    """A page that the story did not expect; the text holds its words."""


@dataclass
class Form:
    """One form of a page, with what its fields hold."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    """Reads the forms of a page, its words, and the links in it."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._select = self._option = self._area = ""
        self._area_text: list[str] | None = None
        self._option_text: list[str] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag in {"script", "style", "template"}:
            self._silent += 1
        if tag == "a":
            self.links.append(has.get("href", ""))
        if tag == "form":
            self._form = Form(has.get("action", ""), has.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and not self._silent:
            self._field(self._form, tag, has)

    def _field(self, form: Form, tag: str, has: dict[str, str]) -> None:
        name, value = has.get("name", ""), has.get("value", "")
        if tag == "select":
            self._select = name
            form.choices[name] = []
        elif tag == "option" and self._select:
            self._option, self._option_text = value, []
            if "selected" in has:
                form.fields.append((self._select, value))
        elif tag == "textarea":
            self._area, self._area_text = name, []
        elif tag == "button" and name:
            form.buttons.append((name, value))
        elif tag == "input" and name:
            kind = has.get("type", "text")
            if kind in {"checkbox", "radio"} and "checked" not in has:
                return
            if kind not in {"submit", "file", "button"}:
                form.fields.append((name, value or ("on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        for text in (self._area_text, self._option_text):
            if text is not None:
                text.append(data)
        if not self._silent:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "template"}:
            self._silent -= 1
        elif tag == "form":
            self._form = None
        elif tag == "option" and self._option_text is not None and self._form is not None:
            self._form.choices[self._select].append((self._option, "".join(self._option_text).strip()))
            self._option_text = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area_text is not None and self._form is not None:
            self._form.fields.append((self._area, "".join(self._area_text).lstrip("\n")))
            self._area_text = None


class Visitor:
    """One person's browser at one address."""

    def __init__(self, base: str) -> None:
        self.base, self.url, self.status = base, base, 0
        self.content, self.page = b"", _Forms()
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.page.words).split())

    def go(self, path: str) -> None:
        self._open(urllib.request.Request(urljoin(self.url, path)))

    def reads(self, *words: str) -> None:
        for each in words:
            if each not in self.text:
                raise Unexpected(f"“{each}” is not on {self.path} ({self.status}): {self.text[:1500]}")

    def link_to(self, part: str) -> str:
        """The first link whose address holds this."""
        found = next((link for link in self.page.links if part in link), None)
        if found is None:
            raise Unexpected(f"No link to {part} on {self.path}: {self.page.links}")
        return found

    def submit(
        self, values: Values | None = None, *, to: str = "", files: dict[str, tuple[str, bytes]] | None = None
    ) -> None:
        """Send the form of this page whose action holds `to`, its fields as they stand with these values instead."""
        form = self._form(to, values or {})
        sent = [(name, value) for name, value in form.fields if name not in (values or {})]
        for name, value in (values or {}).items():
            sent += [(name, self._value(form, name, each)) for each in (value if isinstance(value, list) else [value])]
        if files:
            body, kind = _multipart(sent, files)
        else:
            body, kind = urlencode(sent).encode(), "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Referer": self.url, "Origin": self.base}
        self._open(urllib.request.Request(urljoin(self.url, form.action), body, headers))

    def _value(self, form: Form, name: str, value: Any) -> str:
        """A list's option may be given by the words it begins with."""
        if value is True:
            return "on"
        for key, words in form.choices.get(name, []):
            if words.startswith(str(value)):
                return key
        return str(value)

    def _form(self, to: str, values: Values) -> Form:
        posts = [form for form in self.page.forms if form.method == "post" and "sign-out" not in form.action]
        posts = [form for form in posts if "logout" not in form.action]
        for form in posts:
            if to in (form.action or self.path):
                return form
        raise Unexpected(f"No form to “{to}” on {self.path} ({self.status}): {self.text[:1500]}")

    def _open(self, request: urllib.request.Request) -> None:
        try:
            answer = self._opener.open(request, timeout=PATIENCE_SECONDS)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.url, self.status, self.content = answer.geturl(), answer.status, answer.read()
            kind = answer.headers.get("Content-Type", "")
        if self.status >= 500:
            raise Unexpected(f"{self.status} at {self.path}: {self.content[:1500]!r}")
        self.page = _Forms()
        if kind.startswith("text/html"):
            self.page.feed(self.content.decode())


def _multipart(fields: list[tuple[str, str]], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    border = secrets.token_hex(12)
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for name, (file_name, content) in files.items():
        says = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"'
        kind = mimetypes.guess_type(file_name)[0]
        parts.append(f"--{border}\r\n{says}\r\nContent-Type: {kind}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"
