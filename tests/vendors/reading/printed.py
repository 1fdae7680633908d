"""The same stories through another producer: HTML laid out by WeasyPrint, with proportional fonts, ligatures, kerning
and subset fonts, where `paper` places every line by hand."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

from vendors.printing.services import print_pdf


@dataclass
class PrintedPaper:
    """What `paper.Paper` offers to a story, kept as HTML."""

    font: str = "IBM Plex Sans"
    size: str = "A4"
    text_size: float = 10
    justified: bool = False
    padding: float = 2  # of a table's cells
    parts: list[str] = field(default_factory=list)

    def page(self) -> "PrintedPaper":
        if self.parts:
            self.parts.append('<div class="break"></div>')
        return self

    def heading(self, text: str, size: float = 14) -> "PrintedPaper":
        self.parts.append(f'<h2 style="font-size:{size}pt">{escape(text)}</h2>')
        return self

    def text(self, *paragraphs: str, indent: float = 0) -> "PrintedPaper":
        self.parts += [f'<p style="margin-left:{indent}pt">{escape(paragraph)}</p>' for paragraph in paragraphs]
        return self

    def lines(self, *lines: str) -> "PrintedPaper":
        self.parts.append("<p>" + "<br>".join(map(escape, lines)) + "</p>")
        return self

    def items(self, *items: str, mark: str = "•") -> "PrintedPaper":
        rows = (
            f"<tr><td>{escape(mark.format(at))}</td><td>{escape(item)}</td></tr>" for at, item in enumerate(items, 1)
        )
        self.parts.append('<table class="items">' + "".join(rows) + "</table>")
        return self

    def table(
        self, head: list[str], rows: list[list[str]], shares: list[float], *, centred: bool = False
    ) -> "PrintedPaper":
        columns = "".join(f'<col style="width:{share:.0%}">' for share in shares)
        names = "".join(f"<th>{escape(name)}</th>" for name in head)
        body = ""
        for row in rows:
            spans = f' colspan="{len(shares)}"' if len(row) == 1 else ""
            body += "<tr>" + "".join(f"<td{spans}>{escape(cell)}</td>" for cell in row) + "</tr>"
        kind = "rows centred" if centred else "rows"
        self.parts.append(
            f'<table class="{kind}">{columns}<thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>'
        )
        return self

    def pdf(self) -> bytes:
        align = "justify" if self.justified else "left"
        style = (
            f"@page {{ size: {self.size}; margin: 22mm }}"
            f"body {{ font: {self.text_size}pt/1.3 '{self.font}'; text-align: {align} }}"
            "h2 { margin: 12pt 0 6pt; line-height: 1.2 } p { margin: 0 0 6pt } .break { break-after: page }"
            "table { width: 100%; border-collapse: collapse; margin-bottom: 8pt }"
            ".rows { table-layout: fixed; font-size: 8.5pt } "
            f".rows td, .rows th {{ text-align: left; vertical-align: top; padding: {self.padding}pt 4pt }}"
            " .centred td { vertical-align: middle } .items td:first-child { width: 16pt }"
        )
        html = f'<!doctype html><html lang="en"><style>{style}</style><body>{"".join(self.parts)}</body></html>'
        return print_pdf(
            html=html, created=datetime(2026, 1, 1, tzinfo=UTC), identifier=b"0" * 16, stylesheet_names=("print.css",)
        )
