"""Pages that are pictures: what was recognised in them is read like text, and says where it comes from."""

import io
import os
import sys
from dataclasses import replace

import pypdfium2
import pytest
from django.test import override_settings

from requirements import system
from tests.machine import TO_RUN_IT
from tests.vendors.reading.paper import Paper, width
from tests.vendors.reading.stories import elm, oak
from tests.vendors.reading.test_whole_reports import facts_of
from vendors.reading import read_report
from vendors.reading.contract import as_json
from vendors.reading.recognised import Picture, read_tsv
from vendors.reports import ocr
from vendors.reports.ocr import can_recognise, read_whole

NO_TESSERACT = f"No tesseract on this machine.{TO_RUN_IT}{system.NEEDS['ocr'].command}"
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def picture_of(paper: Paper, page: int, *, scale: float = 2.0) -> Picture:
    """What a faultless recognition finds on a page: every word of it in a box of pixels."""
    words = []
    for run in paper.pages[page - 1]:
        x = run.x
        for word in run.text.split():
            wide = width(word, run.size, paper.font)
            box = (x, run.y - 0.8 * run.size, x + wide, run.y + 0.2 * run.size)
            words.append((word, *(scale * side for side in box)))
            x += wide + 0.28 * run.size
    return Picture(round(scale * paper.size[0]), words)


def scanned(paper: Paper, *pages: int) -> bytes:
    """The file with nothing on these pages that is text."""
    return replace(paper, pages=[[] if at in pages else runs for at, runs in enumerate(paper.pages, 1)]).pdf()


def test_a_recognised_letter_is_read_and_each_fact_says_so():
    paper = oak(Paper())
    told = as_json(read_report(scanned(paper, 2, 3), {page: picture_of(paper, page) for page in (2, 3)}))
    whole = as_json(read_report(paper.pdf()))
    for name in ("period_start", "period_end", "report_date", "categories", "system", "auditor"):
        assert told[name] == whole[name], name
    assert told["evidence"]["report_date"]["ocr"] is True
    assert told["evidence"]["controls_tested"]["ocr"] is False
    assert (told["pages_without_text"], told["pages_recognised"]) == ([2, 3], [2, 3])
    assert any("read by OCR: 2, 3" in note["text"] for note in told["notes"])


def test_an_unqualified_opinion_in_a_picture_is_left_to_the_eye_and_a_qualified_one_is_proposed():
    clean, qualified = oak(Paper()), elm(Paper())
    told = read_report(scanned(clean, 2, 3), {page: picture_of(clean, page) for page in (2, 3)})
    assert told.opinion.value is None
    assert any("Read the opinion by eye" in str(note) for note in told.notes)
    told = read_report(scanned(qualified, 2), {2: picture_of(qualified, 2)})
    assert told.opinion.value == "qualified"


def test_a_page_with_text_keeps_its_own_words():
    paper = oak(Paper())
    wrong = Picture(1224, [("Nonsense", 10.0, 10.0, 90.0, 30.0)])
    told = read_report(paper.pdf(), dict.fromkeys(range(1, 9), wrong))
    assert told.recognised == ()
    assert told.opinion.value == "unqualified"


def test_what_the_program_prints_becomes_words_of_one_height_a_line():
    tsv = "\n".join(
        [
            HEAD,
            "4\t1\t1\t1\t1\t0\t100\t200\t300\t40\t-1\t",
            "5\t1\t1\t1\t1\t1\t100\t210\t80\t20\t96.2\tWe",
            "5\t1\t1\t1\t1\t2\t190\t200\t120\t40\t12.0\texamined",
            "5\t1\t1\t1\t2\t1\t100\t260\t80\t20\t90\t ",
            "torn line",
        ]
    )
    picture = read_tsv(tsv, 1000)
    assert picture.words == [("We", 100, 200, 180, 240), ("examined", 190, 200, 310, 240)]
    assert Picture.from_json(picture.as_json()) == picture


@pytest.mark.slow
def test_nothing_is_recognised_unless_switched_on():
    assert not can_recognise()
    content = scanned(oak(Paper()), *range(1, 9))
    assert read_whole(lambda: [content], timeout=60)["pages_recognised"] == []


@pytest.mark.slow
@pytest.mark.skipif(not system.can_recognise(), reason=NO_TESSERACT)
@override_settings(TESSERACT=True)
def test_pictures_of_a_whole_report_are_read_with_the_program():
    paper = oak(Paper(text_size=11))
    document = pypdfium2.PdfDocument(paper.pdf())
    pictures = [page.render(scale=2.2).to_pil().convert("L") for page in list(document)[:3]]
    file = io.BytesIO()
    pictures[0].save(file, "PDF", save_all=True, append_images=pictures[1:], resolution=158)
    told = read_whole(lambda: [file.getvalue()], timeout=120)
    assert told["pages_recognised"] == [1, 2, 3]
    whole = facts_of(paper.pdf())
    for name in ("period_start", "period_end", "categories", "service_organization"):
        assert told[name] == whole[name], name
    assert told["evidence"]["period_end"]["ocr"] is True
    assert told["opinion"] is None


def false_tesseract(folder, *lines) -> None:
    """A program of that name that misbehaves."""
    program = folder / "tesseract"
    program.write_text("\n".join([f"#!{sys.executable}", "import os, sys, time", *lines]))
    program.chmod(0o700)


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        ["time.sleep(60)"],
        ["bytes(4 * 1024**3)"],
        ["print(os.environ['SECRET_KEY'])"],
        ["sys.exit(1)"],
        ["print('level\\tpage_num\\nnothing of the kind')"],
    ],
    ids=["hangs", "eats memory", "looks for a secret", "fails", "prints something else"],
)
@override_settings(TESSERACT=True)
def test_a_program_that_misbehaves_leaves_the_page_to_the_eye(lines, tmp_path, monkeypatch):
    false_tesseract(tmp_path, *lines)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("SECRET_KEY", "not for programs")
    monkeypatch.setattr(ocr, "SECONDS", 1.0)
    content = scanned(oak(Paper()), 2)
    told = read_whole(lambda: [content], timeout=60)
    assert (told["pages_without_text"], told["opinion"]) == ([2], None)
    assert told["controls_tested"] == 15, "the pages with text are read as ever"
