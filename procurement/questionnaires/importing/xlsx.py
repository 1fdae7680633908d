"""XLSX → cells. Own code on a streaming parser, because openpyxl gives either formulas or results, drops the
drop-downs of the x14 extension, and gives up a whole workbook for one odd style. Formulas are never calculated.

Entities and DTDs are refused, so that a few lines cannot grow to gigabytes; links are never followed.
"""

import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from procurement.questionnaires.importing.cell_notes import note_on_cell
from procurement.questionnaires.importing.grid import Sheet, Workbook
from procurement.questionnaires.importing.limits import ELEMENTS, SHEETS, UNPACKED, ImportRefused, open_package
from procurement.questionnaires.importing.number_formats import BUILT_IN
from procurement.questionnaires.importing.texts import clean
from procurement.questionnaires.importing.validations import Names, Validation, give_choices
from procurement.questionnaires.importing.xlsx_sheet import SHEET_ELEMENTS, Look, SheetReader, local_name, shared_text

# What a torn or forged package makes the parsers raise, RuntimeError also for a compression that zipfile does not know.
BROKEN = (
    DefusedXmlException,
    EOFError,
    KeyError,
    OSError,
    ParseError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def read_xlsx(data: bytes) -> Workbook:
    """The cells of all sheets, hidden ones as well. Raises ImportRefused."""
    package = open_package(data)
    try:
        return _Package(package).workbook()
    except BROKEN as error:
        raise ImportRefused("damaged") from error


class _Bounded:
    """A part of the zip that stops where the workbook has unpacked more than it may."""

    def __init__(self, part: IO[bytes], spent: list[int]) -> None:
        self.part, self.spent = part, spent

    def read(self, size: int = -1) -> bytes:
        content = self.part.read(min(size, 65_536) if size > 0 else 65_536)
        self.spent[0] += len(content)
        if self.spent[0] > UNPACKED:
            raise ImportRefused("unpacked")
        return content


class _Package:
    """The parts of the workbook that hold cells; pictures and charts are never unpacked."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.parts = set(package.namelist())
        self.spent = [0]
        self.elements = 0

    def workbook(self) -> Workbook:
        place = self._workbook_place()
        if "vbaProject.bin" in {part.rsplit("/", 1)[-1] for part in self.parts}:
            raise ImportRefused("macros")
        sheets, names, since_1904 = self._directory(place)
        targets = self._relations(place)
        strings = self._strings(targets)
        looks = self._looks(targets)
        workbook = Workbook([], title=self._title())
        workbook.has_external_links = any("externalLink" in part for part in self.parts)
        raw: list[tuple[int, Sheet, list[Validation]]] = []
        for number, (name, relation, hidden) in enumerate(sheets):
            kind, part = targets.get(relation, ("", ""))
            if kind != "worksheet" or part not in self.parts:
                continue
            sheet = Sheet(name=clean(name) or f"Sheet {len(raw) + 1}", hidden=hidden)
            reader = SheetReader(sheet, strings, looks, workbook, since_1904=since_1904)
            for tag, element in self._elements(part, *SHEET_ELEMENTS):
                reader.take(tag, element)
            sheet.notes = self._notes(part)
            workbook.sheets.append(sheet)
            raw.append((number, sheet, reader.validations))
        give_choices(raw, names)
        return workbook

    def _workbook_place(self) -> str:
        kinds = {
            element.get("PartName", "").lstrip("/"): element.get("ContentType", "")
            for _tag, element in self._elements("[Content_Types].xml", "Override")
        }
        if "EncryptedPackage" in self.parts:
            raise ImportRefused("encrypted")
        for place, kind in kinds.items():
            if "macroEnabled" in kind:
                raise ImportRefused("macros")
            if kind.endswith(("sheet.main+xml", "template.main+xml")) and place in self.parts:
                return place
        if any("sheet.binary" in kind for kind in kinds.values()):
            raise ImportRefused("binary")
        if any("wordprocessing" in kind or "presentation" in kind for kind in kinds.values()):
            raise ImportRefused("document")
        if "xl/workbook.xml" in self.parts:
            return "xl/workbook.xml"
        raise ImportRefused("other_format")

    def _directory(self, place: str) -> tuple[list[tuple[str, str, bool]], Names, bool]:
        """Sheets with the id of their relation and whether they are hidden; defined names; the first year."""
        sheets: list[tuple[str, str, bool]] = []
        names: dict[tuple[str, int | None], str] = {}
        since_1904 = False
        for tag, element in self._elements(place, "sheet", "definedName", "workbookPr"):
            if tag == "sheet":
                relation = next((value for key, value in element.items() if local_name(key) == "id"), "")
                sheets.append((element.get("name", ""), relation, element.get("state", "visible") != "visible"))
            elif tag == "definedName":
                scope = element.get("localSheetId", "")
                names[(element.get("name", "").casefold(), int(scope) if scope.isdigit() else None)] = (
                    element.text or ""
                )
            elif tag == "workbookPr":
                since_1904 = element.get("date1904") in {"1", "true"}
        if len(sheets) > SHEETS:
            raise ImportRefused("sheets")
        return sheets, Names(names), since_1904

    def _relations(self, place: str) -> dict[str, tuple[str, str]]:
        """The kind and the part behind each relation of the workbook, or of a sheet."""
        folder = dirname(place)
        relations = join(folder, "_rels", place.rsplit("/", 1)[-1] + ".rels")
        if relations not in self.parts:
            raise ImportRefused("damaged")
        return {
            element.get("Id", ""): (
                element.get("Type", "").rsplit("/", 1)[-1],
                normpath(join("/", folder, element.get("Target", ""))).lstrip("/"),
            )
            for _tag, element in self._elements(relations, "Relationship")
            if element.get("TargetMode") != "External"
        }

    def _notes(self, place: str) -> dict[tuple[int, int], str]:
        """What is written on the cells of a sheet; nothing where that part cannot be read."""
        try:
            return dict(self._written_on_cells(place))
        except BROKEN:
            return {}

    def _written_on_cells(self, place: str) -> Iterator[tuple[tuple[int, int], str]]:
        if join(dirname(place), "_rels", place.rsplit("/", 1)[-1] + ".rels") not in self.parts:
            return
        for kind, part in self._relations(place).values():
            if kind == "comments" and part in self.parts:
                yield from filter(None, (note_on_cell(each) for _tag, each in self._elements(part, "comment")))

    def _strings(self, targets: dict[str, tuple[str, str]]) -> list[str]:
        place = next((part for kind, part in targets.values() if kind == "sharedStrings"), "")
        if place not in self.parts:
            return []
        return [shared_text(element) for _tag, element in self._elements(place, "si")]

    def _looks(self, targets: dict[str, tuple[str, str]]) -> list[Look]:
        """Number format, boldness and fill by the number of a cell's style."""
        place = next((part for kind, part in targets.values() if kind == "styles"), "")
        if place not in self.parts:
            return []
        formats, bold, filled = dict(BUILT_IN), list[bool](), list[bool]()
        looks: list[Look] = []
        for tag, element in self._elements(place, "fonts", "fills", "cellXfs", "numFmts"):
            if tag == "numFmts":
                formats |= {_number(each.get("numFmtId")): each.get("formatCode", "") for each in element}
            elif tag == "fonts":
                bold = [
                    any(local_name(child.tag) == "b" and child.get("val") != "0" for child in each) for each in element
                ]
            elif tag == "fills":
                filled = [_is_filled(each) for each in element]
            elif tag == "cellXfs":
                for each in element:
                    font, fill = _number(each.get("fontId")), _number(each.get("fillId"))
                    looks.append(
                        Look(
                            formats.get(_number(each.get("numFmtId")), ""),
                            font < len(bold) and bold[font],
                            fill < len(filled) and filled[fill],
                        )
                    )
        return looks

    def _title(self) -> str:
        if "docProps/core.xml" not in self.parts:
            return ""
        try:
            return next((clean(title.text or "") for _tag, title in self._elements("docProps/core.xml", "title")), "")
        except BROKEN:
            return ""

    def _elements(self, place: str, *wanted: str) -> Iterator[tuple[str, Element]]:
        """The elements of these local names as they end, with all that is in them; then they are forgotten."""
        names: dict[str, str] = {}
        with self.package.open(place) as part:
            for _event, element in iterparse(_Bounded(part, self.spent), events=("end",), forbid_dtd=True):
                self.elements += 1
                if self.elements > ELEMENTS:
                    raise ImportRefused("cells")
                tag = names.get(element.tag)
                if tag is None:
                    tag = names[element.tag] = local_name(element.tag)
                if tag in wanted:
                    yield tag, element
                    element.clear()


def _is_filled(fill: Element) -> bool:
    pattern = next(iter(fill), None)
    return pattern is not None and pattern.get("patternType", "none") not in {"none", "gray125"}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
