"""Searching a document: in any case, over the ends of lines, with boxes where a viewer shows the words."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from tests.factories.vault import written as bytes_of
from tests.vendors.reading.paper import Paper, Run
from vendors.reading.jobs import find, find_in_text, text


def hits(content: bytes, words: str, *, most: int = 200, page: int | None = None) -> list[dict]:
    """Where they stand; what is found in the packed text of the pages is the same, but for the boxes."""
    result, _nothing = find({"words": words, "most": most, "page": page}, content)
    assert result["error"] is None
    if page is None:
        told, packed = text({}, content)
        assert told == {"error": None}
        again, _nothing = find_in_text({"words": words, "most": most}, packed)
        assert again["hits"] == [{**hit, "boxes": ()} for hit in result["hits"]]
    return result["hits"]


def lines(*texts: str) -> bytes:
    return Paper(pages=[[Run(60, 100 + 14 * place, 10, text) for place, text in enumerate(texts)]]).pdf()


@pytest.mark.parametrize(
    ("texts", "words", "found"),
    [
        (["Access of leavers is withdrawn."], "LEAVERS", ["leavers"]),
        (["The user", "entity controls are listed."], "user entity controls", ["user entity controls"]),
        (["All infor-", "mation is kept, and information is sent."], "information", ["infor-mation", "information"]),
        (["A third-party and a thirdparty."], "third-party", ["third-party", "thirdparty"]),
        (["A third-", "party audit."], "thirdparty", ["third-party"]),
        (["Costs (2025) are 5.0 and 5x0."], "5.0", ["5.0"]),
        (["Costs (2025) are 5.0."], "(2025)", ["(2025)"]),
        (["Nothing of the kind."], "leaver", []),
        (["Nothing of the kind."], " - ", []),
    ],
)
def test_words_are_found_as_people_mean_them(texts, words, found):
    assert [hit["found"] for hit in hits(lines(*texts), words)] == found


def test_a_hit_comes_with_the_words_around_it():
    late = "For 2 of the 25 leavers tested, access was withdrawn late; management"
    since = "has since changed the steps for everybody who leaves."
    (hit,) = hits(lines(late, since), "withdrawn late")
    assert (hit["before"][:1], hit["before"][-4:]) == ("F", "was ")
    assert hit["after"].startswith("; management has")
    assert hit["after"].endswith("…")


def test_its_box_lies_over_the_words_and_each_line_has_its_own():
    (hit,) = hits(lines("The user", "entity controls are listed."), "user entity")
    first, second = hit["boxes"]
    assert 75 < first[0] < 85
    assert 90 < first[1] < 100 < first[3] < 106
    assert second[0] == pytest.approx(60, abs=1)
    assert second[1] - first[1] == pytest.approx(14, abs=0.1)


@pytest.mark.parametrize(
    ("turned", "expected"),
    [
        (90, lambda x0, y0, x1, y1: (792 - y1, x0, 792 - y0, x1)),
        (180, lambda x0, y0, x1, y1: (612 - x1, 792 - y1, 612 - x0, 792 - y0)),
        (270, lambda x0, y0, x1, y1: (y0, 612 - x1, y1, 612 - x0)),
    ],
)
def test_on_a_turned_page_the_box_turns_with_it(turned, expected):
    upright = lines("Here are the leavers.")
    (hit,) = hits(upright, "leavers")
    turning = PdfWriter()
    turning.append(PdfReader(BytesIO(upright)))
    turning.pages[0].rotate(turned)
    (again,) = hits(bytes_of(turning), "leavers")
    assert again["boxes"][0] == pytest.approx(expected(*hit["boxes"][0]), abs=0.1)


def test_one_page_alone_or_the_first_places_of_all():
    paper = Paper()
    for number in range(1, 6):
        paper.page().pages[-1].extend(Run(60, 100 + 20 * place, 10, f"Control {number}.{place}") for place in range(3))
    content = paper.pdf()
    assert [hit["page"] for hit in hits(content, "control")] == [page for page in range(1, 6) for _line in range(3)]
    assert [hit["page"] for hit in hits(content, "control", most=4)] == [1, 1, 1, 2]
    assert [hit["page"] for hit in hits(content, "control", page=3)] == [3, 3, 3]
    assert hits(content, "control", page=9) == []


def test_a_file_that_cannot_be_read_says_why():
    assert find({"words": "control", "most": 9, "page": None}, b"%PDF-1.7 cut off")[0]["error"] == "damaged"
