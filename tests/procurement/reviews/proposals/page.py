"""The facts page with proposals as a browser holds it."""

import re
from html import unescape

from tests.procurement.reviews.facts_page import page_of


def shown(client, review, report) -> str:
    return client.get(page_of(review, report)).content.decode()


def on_page(client, review, report) -> dict[str, str]:
    """Every field of the form as the page holds it: what a browser would send back."""
    page = shown(client, review, report)
    form = page[page.index('id="facts"') : page.index("</form>", page.index('id="facts"'))]
    form = re.sub(r"<template.*?</template>|<noscript.*?</noscript>", "", form, flags=re.DOTALL)
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        ticks = re.search(r'type="(checkbox|radio)"', tag)
        if name and (not ticks or " checked" in tag):
            fields.setdefault(name[1], []).append(unescape(value[1]) if value else "on" if ticks else "")
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, flags=re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = [chosen[1] if chosen else ""]
    for name, text in re.findall(r'<textarea name="([^"]*)".*?>\n?(.*?)</textarea>', form, flags=re.DOTALL):
        fields[name] = [unescape(text)]
    return fields


def press(client, review, report, **pressed):
    """Send the page as it stands, with one button."""
    return client.post(page_of(review, report), {**on_page(client, review, report), **pressed}, follow=True)


def offer(page: str, mark: str) -> str:
    """One proposal's part of the page."""
    start = page.index(f'data-offer="{mark}"')
    ends = [at for at in (page.find("data-offer=", start + 9), page.find("</section>", start)) if at > 0]
    return page[start : min(ends)]
