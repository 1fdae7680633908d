"""Reports of our own on paper of our own: a writer of small PDFs whose every line is placed by hand.

It stands in for "another producer": no library, the standard fonts, text drawn line by line.
"""

import zlib
from dataclasses import dataclass, field

NARROW, WIDE = "fijlt.,:;'|!()[] I", "mwMW@%"


@dataclass(frozen=True)
class Run:
    x: float
    y: float  # from the top
    size: float
    text: str


def width(text: str, size: float, font: str = "") -> float:
    """About how wide it is set."""
    if font == "Courier":
        return 0.6 * size * len(text)
    return size * sum(0.28 if c in NARROW else 0.83 if c in WIDE else 0.67 if c.isupper() else 0.53 for c in text)


def wrapped(text: str, size: float, room: float, font: str = "") -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if line and width(f"{line} {word}", size, font) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line else lines


@dataclass
class Paper:
    """Pages that are filled from top to bottom. `foot` stands on each page, with its number."""

    size: tuple[float, float] = (612, 792)
    text_size: float = 10
    font: str = "Helvetica"
    foot: str = ""
    pages: list[list[Run]] = field(default_factory=lambda: [[]])
    y: float = 72
    margin: float = 60

    @property
    def room(self) -> float:
        return self.size[0] - 2 * self.margin

    def page(self) -> "Paper":
        """Go on on a new page, unless this one is still empty."""
        if self.pages[-1]:
            self.pages.append([])
        self.y = 72
        return self

    def _line(self, x: float, text: str, size: float) -> None:
        self.pages[-1].append(Run(x, self.y, size, text))

    def _advance(self, height: float) -> None:
        self.y += height
        if self.y > self.size[1] - 80:
            self.page()

    def heading(self, text: str, size: float = 14) -> "Paper":
        self._advance(size * 0.9)
        for line in wrapped(text, size, self.room, self.font):
            self._line(self.margin, line, size)
            self._advance(size * 1.2)
        self._advance(4)
        return self

    def text(self, *paragraphs: str, indent: float = 0) -> "Paper":
        for paragraph in paragraphs:
            for line in wrapped(paragraph, self.text_size, self.room - indent, self.font):
                self._line(self.margin + indent, line, self.text_size)
                self._advance(self.text_size * 1.25)
            self._advance(self.text_size * 0.6)
        return self

    def lines(self, *lines: str) -> "Paper":
        for line in lines:
            self._line(self.margin, line, self.text_size)
            self._advance(self.text_size * 1.25)
        return self

    def items(self, *items: str, mark: str = "•") -> "Paper":
        for number, item in enumerate(items, 1):
            self._line(self.margin + 4, mark.format(number), self.text_size)
            for line in wrapped(item, self.text_size, self.room - 24, self.font):
                self._line(self.margin + 24, line, self.text_size)
                self._advance(self.text_size * 1.25)
        self._advance(self.text_size)
        return self

    def table(
        self,
        head: list[str],
        rows: list[list[str]],
        shares: list[float],
        *,
        centred: bool = False,
        head_in: float = 0,
    ) -> "Paper":
        """A table whose head is repeated on each page; a row of one cell spans the columns; rows break over pages.

        head_in  the share of the room by which the head's cells stand in from the cells below, as centred ones do
        """
        size, gap = 8.5, 10.5
        lefts = [self.margin + self.room * sum(shares[:place]) for place in range(len(shares))]
        heads = [left + self.room * head_in for left in lefts]
        self._row([[line] for line in head], heads, size, gap, again=None, centred=False)
        for row in rows:
            if len(row) == 1:
                self._row([wrapped(row[0], size, self.room, self.font)], lefts, size, gap, again=head, centred=False)
                continue
            cells = [
                wrapped(cell, size, self.room * share - 8, self.font) or [""]
                for cell, share in zip(row, shares, strict=True)
            ]
            self._row(cells, lefts, size, gap, again=head, centred=centred)
        self._advance(10)
        return self

    def _row(
        self,
        cells: list[list[str]],
        lefts: list[float],
        size: float,
        gap: float,
        *,
        again: list[str] | None,
        centred: bool,
    ) -> None:
        tall = max(len(cell) for cell in cells)
        if centred:
            cells = [[""] * ((tall - len(cell)) // 2) + cell for cell in cells]
        for place in range(tall):
            if self.y + gap > self.size[1] - 80:
                self.page()
                for x, name in zip(lefts, again or [], strict=False):
                    self._line(x, name, size)
                self.y += gap + 5
            for x, cell in zip(lefts, cells, strict=False):
                if place < len(cell) and cell[place]:
                    self._line(x, cell[place], size)
            self.y += gap
        self.y += 6

    def columns(self, *paragraphs: str) -> "Paper":
        """Paragraphs in two columns: the left one holds the first half of the lines."""
        room = (self.room - 24) / 2
        lines: list[str] = []
        for paragraph in paragraphs:
            lines += [*wrapped(paragraph, self.text_size, room, self.font), ""]
        half, top = (len(lines) + 1) // 2, self.y
        for place, line in enumerate(lines):
            x = self.margin if place < half else self.margin + room + 24
            self.y = top + (place % half) * self.text_size * 1.25
            if line:
                self._line(x, line, self.text_size)
        self.y = top + (half + 1) * self.text_size * 1.25
        return self

    def pdf(
        self,
        *,
        rotated: bool = False,
        sideways: bool = False,
        watermark: str = "",
        backwards: bool = False,
        packed: bool = True,
    ) -> bytes:
        """The file. `rotated`: stored on its side with /Rotate 90. `backwards`: lines drawn from the last to the first.
        `packed`: contents compressed."""
        contents = []
        for number, runs in enumerate(self.pages, 1):
            runs = [*runs]
            if self.foot:
                runs.append(Run(self.margin, self.size[1] - 40, 8, self.foot))
                runs.append(Run(self.size[0] - self.margin - 12, self.size[1] - 40, 8, str(number)))
            if backwards:
                runs.reverse()
            contents.append(self._content(runs, rotated=rotated or sideways, watermark=watermark))
        return _file(
            contents,
            self.size,
            self.font,
            turn=" /Rotate 90" if rotated else "",
            on_side=rotated or sideways,
            packed=packed,
        )

    def _content(self, runs: list[Run], *, rotated: bool, watermark: str) -> bytes:
        wide, high = self.size
        out = []
        if rotated:
            # The sheet is high × wide on its side: what runs to the right is drawn upwards.
            out.append(f"0 1 -1 0 {high:.2f} 0 cm")
        if watermark:
            out.append(f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 {wide / 5:.1f} {high / 4:.1f} Tm ({_escaped(watermark)}) Tj ET")
        out += [f"BT /F1 {run.size} Tf {run.x:.2f} {high - run.y:.2f} Td ({_escaped(run.text)}) Tj ET" for run in runs]
        return "\n".join(out).encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(
    contents: list[bytes], size: tuple[float, float], font: str, *, turn: str, on_side: bool, packed: bool
) -> bytes:
    wide, high = (size[1], size[0]) if on_side else size
    count = len(contents)
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode(),
    ]
    for place, content in enumerate(contents):
        stream, how = (zlib.compress(content), b" /Filter /FlateDecode") if packed else (content, b"")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}]{turn} /Contents {5 + 2 * place} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(stream), how, stream))
    file = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(file)
